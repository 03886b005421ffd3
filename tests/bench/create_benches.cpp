// Creates of ours against the floor's: same rows, same machine, same moment.
#include <fmt/format.h>

#include "tests/bench/benches.h"
#include "tests/bench/rounds.h"

namespace formwork::bench {
namespace {

constexpr double kHighestMib = 68;

Rounds measure_creates(Lab& lab, int connections, BenchResult& result) {
  const std::uint64_t rows = lab.options().rows;
  const Server ours = lab.start_filled(Kind::Product, rows);
  const Server floor = lab.start_filled(Kind::Floor, rows);
  Rounds rounds = measure_in_turn(lab.options(), {ours, lab.creates(ours, connections)},
                                  {floor, lab.creates(floor, connections)});
  result.notes.push_back(fmt::format("{} records at the beginning", rows));
  result.figures.push_back(
      limited("highest memory", "MiB", {ours.process.memory().highest_mib}, kHighestMib));
  note_disturbance(rounds, result);
  return rounds;
}

}  // namespace

void run_create_http(Lab& lab, BenchResult& result) {
  const Rounds rounds = measure_creates(lab, 32, result);
  result.figures.push_back(
      figure(rounds, "creates", "/s", "floor", &Sample::per_second, Goal{Bound::AtLeast, 0.60}));
  result.figures.push_back(figure(rounds, "p50", "ms", "floor", &Sample::p50_ms));
  result.figures.push_back(
      figure(rounds, "p99", "ms", "floor", &Sample::p99_ms, Goal{Bound::AtMost, 1.0}));
  result.figures.push_back(figure(rounds, "p99.9", "ms", "floor", &Sample::p999_ms));
  result.figures.push_back(figure(rounds, "CPU a create", "ms", "floor", &Sample::cpu_ms));
}

void run_create_1(Lab& lab, BenchResult& result) {
  const Rounds rounds = measure_creates(lab, 1, result);
  result.figures.push_back(
      figure(rounds, "p50", "ms", "floor", &Sample::p50_ms, Goal{Bound::AtMost, 1.5}));
  result.figures.push_back(figure(rounds, "p99", "ms", "floor", &Sample::p99_ms));
  result.figures.push_back(figure(rounds, "creates", "/s", "floor", &Sample::per_second));
  result.figures.push_back(figure(rounds, "CPU a create", "ms", "floor", &Sample::cpu_ms));
}

}  // namespace formwork::bench
