// What automations cost: updates of the same records where nobody listens, where those who listen
// decline, and where they act.
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
constexpr std::size_t kElsewhere = 30;
constexpr std::size_t kListening = 3;

std::string elsewhere() {
  std::string text =
      "entity: memo\ntitle: name\nfields: { name: { type: text }, count: { type: number } }\n";
  for (std::size_t i = 0; i < kElsewhere; ++i) {
    text += fmt::format(
        "---\nautomation: memo_{}\non: [created, {{ updated: name }}]\nof: memo\n"
        "do: {{ set: {{ count: '{}' }} }}\n",
        i, i);
  }
  return text;
}

// A condition of each that no quote of the bench meets, or that all do.
std::string listening(bool acts) {
  std::string text;
  for (std::size_t i = 0; i < kListening; ++i) {
    text += fmt::format(
        "{}automation: quote_{}\non: {{ updated: probability }}\nof: quote\nwhen: amount {} 0\n"
        "do: {{ set: {{ {}: '\"p \" + string(probability)' }} }}\n",
        i == 0 ? "" : "---\n", i, acts ? ">" : "<",
        i == 0   ? "notes"
        : i == 1 ? "terms"
                 : "customer");
  }
  return text;
}

// Goes through all quotes again and again, so that no two commands under way are about the same.
// Automations change records as well, so each is asked for its version when its turn comes again.
class Updates {
 public:
  Updates(Office& office, std::uint64_t quotes)
      : office_(office),
        probability_(office.field("probability")),
        versions_(static_cast<std::size_t>(quotes), 1) {}

  double per_second(std::chrono::milliseconds duration) {
    const auto begin = Clock::now();
    std::uint64_t done = 0;
    run_lanes(office_.engine(), kUnderWay, [&](std::size_t, const engine::Outcome* last) {
      if (last != nullptr) {
        ++done;
        versions_[static_cast<std::size_t>(last->record.id - 1)] = last->record.version;
      }
      if (Clock::now() - begin >= duration) return std::optional<engine::Command>();
      return std::optional(next());
    });
    const std::chrono::duration<double> taken = Clock::now() - begin;
    return static_cast<double>(done) / taken.count();
  }

 private:
  engine::Command next() {
    const std::size_t index = next_ % versions_.size();
    const auto quote = static_cast<engine::RecordId>(index + 1);
    const feel::Number probability(static_cast<std::int64_t>(next_ / versions_.size() % 2));
    ++next_;
    return {.actor = office_.seller_of(quote).actor,
            .intent = engine::UpdateRecord{&office_.quotes(),
                                           quote,
                                           versions_[index],
                                           {{probability_, feel::Value(probability)}}},
            .once = {}};
  }

  Office& office_;
  std::size_t probability_;
  std::vector<std::int64_t> versions_;
  std::size_t next_ = 0;
};

void compare(Lab& lab, BenchResult& result, const std::string& name, const std::string& documents,
             std::optional<Goal> goal) {
  const Options& options = lab.options();
  Office with(office_app(lab), office_with(lab, options.rows), documents);
  Office without(office_app(lab), office_with(lab, options.rows));
  Updates ours(with, options.rows);
  Updates peer(without, options.rows);
  const Readings readings = run_in_turn(
      options, [&] { return ours.per_second(options.duration); },
      [&] { return peer.per_second(options.duration); });
  result.figures.push_back({.name = name,
                            .unit = "/s",
                            .peer = "no automations",
                            .values = readings.ours,
                            .peer_values = readings.peers,
                            .goal = goal});
  note_disturbance(readings, result);
}

}  // namespace

void run_automations(Lab& lab, BenchResult& result) {
  constexpr double kOfUpdates = 0.95;
  compare(lab, result, "updates, others have automations", elsewhere(),
          Goal{Bound::AtLeast, kOfUpdates});
  compare(lab, result, "updates, three decline", listening(false), std::nullopt);
  compare(lab, result, "updates, three act", listening(true), std::nullopt);
  result.notes.push_back(
      fmt::format("{} quotes there, {} commands under way; {} automations elsewhere",
                  lab.options().rows, kUnderWay, kElsewhere));
}

}  // namespace formwork::bench
