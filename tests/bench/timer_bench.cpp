// Timers in a store where a million of them wait, beside one where ten thousand do: their number
// should hardly matter.
#include <chrono>
#include <memory>
#include <random>
#include <stdexcept>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "tests/bench/benches.h"
#include "tests/bench/office.h"
#include "tests/bench/rounds.h"

namespace formwork::bench {
namespace {

using Clock = std::chrono::steady_clock;
using engine::Timer;

constexpr std::uint64_t kMany = 1'000'000;
constexpr std::uint64_t kFew = 10'000;
constexpr std::int64_t kQuotes = 10'000;       // as many as are fired in a round
constexpr std::int64_t kOthers = 100'000'000;  // the first record that waiting timers are about
constexpr std::int64_t kDayMicros = 24 * 3'600 * kMicrosPerSecond;
constexpr std::size_t kInOneCommit = 32;
constexpr int kCommits = 50;

double micros_since(Clock::time_point begin) {
  return std::chrono::duration<double, std::micro>(Clock::now() - begin).count();
}

// Of so many times: what interrupts a few of them does not count.
template <class Act>
double median_micros(int times, const Act& act) {
  std::vector<double> taken;
  for (int i = 0; i < times; ++i) {
    const auto begin = Clock::now();
    act();
    taken.push_back(micros_since(begin));
  }
  return median(std::move(taken));
}

class Waiting {
 public:
  // Exactly so many wait: the quotes' own are taken away.
  Waiting(Lab& lab, std::uint64_t count)
      : office_(office_app(lab), office_with(lab, static_cast<std::uint64_t>(kQuotes))) {
    constexpr std::uint64_t kPiece = 10'000;
    write([&](store::Transaction& transaction) {
      for (std::int64_t quote = 1; quote <= kQuotes; ++quote) {
        transaction.delete_timers_of_record(office_.quotes().name, quote, true);
      }
    });
    while (records_.size() < count) {
      write([&](store::Transaction& transaction) {
        for (std::uint64_t i = 0; i < kPiece && records_.size() < count; ++i) set_one(transaction);
      });
    }
  }

  // Microseconds for one more timer, as one of 32 in a commit. The number that wait stays: as many
  // are cancelled as were set before.
  double schedule_micros() {
    return micros_each([this](store::Transaction& transaction) { set_one(transaction); });
  }

  double cancel_micros() {
    return micros_each([this](store::Transaction& transaction) {
      const std::size_t at = random_() % records_.size();
      std::swap(records_[at], records_.back());
      transaction.delete_timers_of_record(office_.quotes().name, records_.back(), false);
      records_.pop_back();
    });
  }

  // Microseconds to find the first 256, as firing does with what is due.
  double find_micros() {
    constexpr std::size_t kFound = 256;
    constexpr int kTimes = 200;
    const Instant end{engine::system_clock().now().microseconds + 1'000 * kDayMicros};
    return median_micros(kTimes, [&] {
      const auto found = office_.engine().store().read()->timers_due(end, nullptr, kFound);
      if (found.size() != kFound) throw std::runtime_error("timers are missing");
    });
  }

  // Lets a timer of every quote come due, a warning and a limit in turn, and fires them.
  double fired_per_second() {
    const std::int64_t now = engine::system_clock().now().microseconds;
    write([&](store::Transaction& transaction) {
      for (std::int64_t quote = 1; quote <= kQuotes; ++quote) {
        using enum Timer::Kind;
        transaction.insert_timer(
            timer(quote, now - kQuotes + quote, quote % 2 == 0 ? DwellWarning : DwellLimit));
      }
    });
    const auto begin = Clock::now();
    std::size_t fired = 0;
    while (const std::size_t more = office_.engine().fire_timers()) fired += more;
    if (fired != kQuotes) throw std::runtime_error(fmt::format("{} timers fired", fired));
    return static_cast<double>(fired) * 1e6 / micros_since(begin);
  }

 private:
  Timer timer(std::int64_t record, std::int64_t due_at, Timer::Kind kind) const {
    return {.id = 0,
            .due_at = Instant{due_at},
            .kind = kind,
            .entity = office_.quotes().name,
            .record = record,
            .task = 0,
            .number = 0};
  }

  // Of a record that has none yet, at some moment of the year that begins tomorrow.
  void set_one(store::Transaction& transaction) {
    const std::int64_t now = engine::system_clock().now().microseconds;
    const auto ahead = static_cast<std::int64_t>(random_() % (365 * kDayMicros));
    records_.push_back(kOthers + next_record_++);
    transaction.insert_timer(
        timer(records_.back(), now + kDayMicros + ahead, Timer::Kind::DwellWarning));
  }

  template <class Work>
  void write(const Work& work) {
    const auto commit = office_.engine().store().submit_and_wait([&](store::Transaction& open) {
      work(open);
      return true;
    });
    if (commit != store::Commit::Committed) throw std::runtime_error("the store does not write");
  }

  template <class Work>
  double micros_each(const Work& work) {
    const double commit = median_micros(kCommits, [&] {
      write([&](store::Transaction& transaction) {
        for (std::size_t i = 0; i < kInOneCommit; ++i) work(transaction);
      });
    });
    return commit / static_cast<double>(kInOneCommit);
  }

  Office office_;
  std::mt19937_64 random_{1};
  std::vector<engine::RecordId> records_;  // of the timers that wait
  std::int64_t next_record_ = 0;
};

struct Question {
  std::string name;
  std::string unit;
  double (Waiting::*ask)();
  Bound bound;
};

}  // namespace

void run_timers(Lab& lab, BenchResult& result) {
  constexpr double kGrowth = 1.5;
  const Options& options = lab.options();
  Waiting many(lab, kMany);
  Waiting few(lab, kFew);
  const std::vector<Question> questions{
      {"one more", "us", &Waiting::schedule_micros, Bound::AtMost},
      {"one cancelled", "us", &Waiting::cancel_micros, Bound::AtMost},
      {"the first 256 found", "us", &Waiting::find_micros, Bound::AtMost},
      {"fired, of 10,000 due", "/s", &Waiting::fired_per_second, Bound::AtLeast}};
  for (const Question& question : questions) {
    const Readings readings = run_in_turn(
        options, [&] { return (many.*question.ask)(); }, [&] { return (few.*question.ask)(); });
    result.figures.push_back(
        {.name = question.name,
         .unit = question.unit,
         .subject = "1,000,000:",
         .peer = "10,000:",
         .values = readings.ours,
         .peer_values = readings.peers,
         .goal = Goal{question.bound, question.bound == Bound::AtMost ? kGrowth : 1 / kGrowth}});
    note_disturbance(readings, result);
  }
  result.notes.push_back(
      fmt::format("setting and cancelling: {} in one commit, which is counted; fired: a warning or "
                  "a move by the program, with its history, each by itself",
                  kInOneCommit));
}

}  // namespace formwork::bench
