// Moves from stage to stage, beside plain updates of the same quotes: what criteria, stays and
// clocks cost.
#include <chrono>
#include <vector>

#include <fmt/format.h>

#include "tests/bench/benches.h"
#include "tests/bench/lanes.h"
#include "tests/bench/office.h"
#include "tests/bench/rounds.h"

namespace formwork::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kUnderWay = 32;
constexpr std::string_view kFirst = "draft";
constexpr std::string_view kSecond = "priced";

// Goes through all quotes again and again, so that no two commands under way are about the same.
class Desk {
 public:
  Desk(Office& office, std::uint64_t quotes)
      : office_(office), quotes_(quotes), probability_(office.field("probability")) {}

  // There and back: each time around the quotes are in the other stage.
  double moves_per_second(std::chrono::milliseconds duration) {
    return per_second(duration, moved_, [this](engine::RecordId quote, std::uint64_t around) {
      const std::string_view to = around % 2 == 0 ? kSecond : kFirst;
      return engine::Intent(
          engine::MoveRecord{&office_.quotes(), quote, std::nullopt, std::string(to), {}});
    });
  }

  double updates_per_second(std::chrono::milliseconds duration) {
    return per_second(duration, updated_, [this](engine::RecordId quote, std::uint64_t around) {
      const feel::Number probability(static_cast<std::int64_t>(around % 2));
      return engine::Intent(engine::UpdateRecord{
          &office_.quotes(), quote, version_of(quote), {{probability_, feel::Value(probability)}}});
    });
  }

 private:
  template <class Make>
  double per_second(std::chrono::milliseconds duration, std::uint64_t& next, const Make& make) {
    const auto begin = Clock::now();
    std::uint64_t done = 0;
    run_lanes(office_.engine(), kUnderWay, [&](std::size_t, const engine::Outcome* last) {
      if (last != nullptr) ++done;
      if (Clock::now() - begin >= duration) return std::optional<engine::Command>();
      const auto quote = static_cast<engine::RecordId>(next % quotes_ + 1);
      engine::Command command{.actor = office_.seller_of(quote).actor,
                              .intent = make(quote, next / quotes_),
                              .once = {}};
      ++next;
      return std::optional(std::move(command));
    });
    const std::chrono::duration<double> taken = Clock::now() - begin;
    return static_cast<double>(done) / taken.count();
  }

  // Every move and every update before has changed it once.
  std::int64_t version_of(engine::RecordId quote) const {
    const auto index = static_cast<std::uint64_t>(quote - 1);
    const auto times = [&](std::uint64_t next) {
      return next / quotes_ + (index < next % quotes_ ? 1 : 0);
    };
    return static_cast<std::int64_t>(1 + times(moved_) + times(updated_));
  }

  Office& office_;
  std::uint64_t quotes_;
  std::size_t probability_;
  std::uint64_t moved_ = 0;
  std::uint64_t updated_ = 0;
};

std::vector<double> micros_each(const std::vector<double>& cores,
                                const std::vector<double>& rates) {
  std::vector<double> micros;
  for (std::size_t i = 0; i < rates.size(); ++i) micros.push_back(cores[i] * 1e6 / rates[i]);
  return micros;
}

}  // namespace

void run_moves(Lab& lab, BenchResult& result) {
  constexpr double kOfUpdates = 0.6;
  const Options& options = lab.options();
  Office office(office_app(lab), office_with(lab, options.rows));
  Desk desk(office, options.rows);
  const Readings readings = run_in_turn(
      options, [&] { return desk.moves_per_second(options.duration); },
      [&] { return desk.updates_per_second(options.duration); });
  result.figures.push_back({.name = "moves",
                            .unit = "/s",
                            .peer = "plain updates",
                            .values = readings.ours,
                            .peer_values = readings.peers,
                            .goal = Goal{Bound::AtLeast, kOfUpdates}});
  result.figures.push_back({.name = "CPU a move",
                            .unit = "us",
                            .peer = "plain updates",
                            .values = micros_each(readings.our_cores, readings.ours),
                            .peer_values = micros_each(readings.peer_cores, readings.peers)});
  result.notes.push_back(fmt::format(
      "{} quotes there, {} commands under way; a move asks an exit and an entry criterion, keeps "
      "the stay, and drops or sets the clocks of the stage",
      options.rows, kUnderWay));
  note_disturbance(readings, result);
}

}  // namespace formwork::bench
