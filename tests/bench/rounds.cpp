#include "tests/bench/rounds.h"

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <utility>

#include <fmt/format.h>

namespace formwork::bench {
namespace {

constexpr int kTries = 3;
constexpr double kQuietCores = 0.35;

// Two looks at the whole machine while we do nothing ourselves; servers that wait cost nothing.
bool is_quiet() {
  constexpr std::chrono::milliseconds kLook{250};
  const double busy = busy_cpu_seconds();
  std::this_thread::sleep_for(kLook);
  const std::chrono::duration<double> look = kLook;
  return (busy_cpu_seconds() - busy) / look.count() <= kQuietCores;
}

void wait_for_quiet(std::chrono::milliseconds patience) {
  const auto limit = std::chrono::steady_clock::now() + patience;
  while (!is_quiet() && std::chrono::steady_clock::now() < limit) continue;
}

void require_all_granted(const LoadResult& result) {
  if (result.broken > 0) {
    throw std::runtime_error(fmt::format("{} connections broke under way", result.broken));
  }
  for (const auto& [status, count] : result.statuses) {
    if (status / 100 == 2) continue;
    throw std::runtime_error(fmt::format("expected only 2xx, but got {} {} times", status, count));
  }
  if (result.granted.count() == 0) throw std::runtime_error("no answer came in time");
}

Sample measure_once(const Side& side) {
  const double busy = busy_cpu_seconds();
  const double own = own_cpu_seconds();
  const double server = side.server.process.cpu_seconds();
  const auto begin = std::chrono::steady_clock::now();
  const LoadResult result = run_load(side.plan);
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
  const double server_used = side.server.process.cpu_seconds() - server;
  const double own_used = own_cpu_seconds() - own;
  const double others = busy_cpu_seconds() - busy - own_used - server_used;
  require_all_granted(result);
  return {.per_second = result.granted_per_second(),
          .p50_ms = result.granted.quantile_ms(0.5),
          .p99_ms = result.granted.quantile_ms(0.99),
          .p999_ms = result.granted.quantile_ms(0.999),
          .cpu_ms = server_used * 1'000 / static_cast<double>(result.answers),
          .others_cores = std::max(0.0, others / wall.count())};
}

Reading read_once(const Run& run) {
  const double busy = busy_cpu_seconds();
  const double own = own_cpu_seconds() + ended_cpu_seconds();
  const auto begin = std::chrono::steady_clock::now();
  const double value = run();
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
  const double used = own_cpu_seconds() + ended_cpu_seconds() - own;
  const double others = busy_cpu_seconds() - busy - used;
  return {value, used / wall.count(), std::max(0.0, others / wall.count())};
}

// The quietest of some tries, as many as are needed.
template <class Once>
auto quietest(const Options& options, const Once& once) {
  wait_for_quiet(options.patience);
  auto best = once();
  for (int i = 1; i < kTries && best.others_cores > kQuietCores; ++i) {
    wait_for_quiet(options.patience);
    const auto next = once();
    if (next.others_cores < best.others_cores) best = next;
  }
  return best;
}

void note_others(double cores, BenchResult& result) {
  if (cores <= kQuietCores) return;
  result.notes.push_back(
      fmt::format("other programs used up to {:.2f} cores in a round that was kept", cores));
}

std::vector<double> values_of(const std::vector<Sample>& samples, double Sample::*member) {
  std::vector<double> values;
  for (const Sample& sample : samples) values.push_back(sample.*member);
  return values;
}

}  // namespace

Sample measure(const Options& options, const Side& side) {
  return quietest(options, [&side] { return measure_once(side); });
}

Rounds measure_in_turn(const Options& options, const Side& ours, const Side& peer) {
  Rounds rounds;
  for (int i = 0; i < options.rounds; ++i) {
    rounds.ours.push_back(measure(options, ours));
    rounds.peers.push_back(measure(options, peer));
  }
  return rounds;
}

Figure figure(const Rounds& rounds, std::string name, std::string unit, std::string peer,
              double Sample::*member, std::optional<Goal> goal) {
  return {.name = std::move(name),
          .unit = std::move(unit),
          .peer = std::move(peer),
          .values = values_of(rounds.ours, member),
          .peer_values = values_of(rounds.peers, member),
          .goal = goal};
}

void note_disturbance(const Rounds& rounds, BenchResult& result) {
  double most = 0;
  for (const auto* side : {&rounds.ours, &rounds.peers}) {
    for (const Sample& sample : *side) most = std::max(most, sample.others_cores);
  }
  note_others(most, result);
}

Reading read_quietly(const Options& options, const Run& run) {
  return quietest(options, [&run] { return read_once(run); });
}

Readings run_in_turn(const Options& options, const Run& ours, const Run& peer) {
  Readings readings;
  const auto read = [&](const Run& run, std::vector<double>& values, std::vector<double>& cores) {
    const Reading reading = read_quietly(options, run);
    values.push_back(reading.value);
    cores.push_back(reading.cores);
    readings.most_others_cores = std::max(readings.most_others_cores, reading.others_cores);
  };
  for (int i = 0; i < options.rounds; ++i) {
    read(ours, readings.ours, readings.our_cores);
    read(peer, readings.peers, readings.peer_cores);
  }
  return readings;
}

void note_disturbance(const Readings& readings, BenchResult& result) {
  note_others(readings.most_others_cores, result);
}

}  // namespace formwork::bench
