// Ten times more than the server can do: it should do what it can, refuse the rest clearly and at
// once, hold no more memory than planned, and be itself again afterwards.
#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "tests/bench/benches.h"
#include "tests/bench/rounds.h"

namespace formwork::bench {
namespace {

constexpr int kTimesTooMuch = 10;
constexpr int kMostConnections = 2'000;
constexpr double kHighestMib = 68;
constexpr double kKept = 0.85;  // of the throughput at its best

struct Overloaded {
  Sample before;
  LoadResult flood;
  Sample crowded;  // 512 connections, closed loop
  Sample after;
  double highest_mib = 0;

  double kept() const { return flood.granted_per_second() / before.per_second; }
};

Overloaded overload(Lab& lab, Kind kind) {
  const Server server = lab.start_filled(kind, lab.options().few_rows);
  Overloaded seen;
  seen.before = measure(lab.options(), {server, lab.creates(server, 32)});
  LoadPlan flood = lab.creates(server, kMostConnections);
  flood.rate = seen.before.per_second * kTimesTooMuch;
  flood.duration = std::max(flood.duration, std::chrono::milliseconds(5'000));
  seen.flood = run_load(flood);
  seen.after = measure(lab.options(), {server, lab.creates(server, 32)});
  seen.crowded = measure(lab.options(), {server, lab.creates(server, 512)});
  seen.highest_mib = server.process.memory().highest_mib;
  return seen;
}

std::uint64_t count_of(const LoadResult& result, int status) {
  const auto found = result.statuses.find(status);
  return found == result.statuses.end() ? 0 : found->second;
}

std::string counts_text(const LoadResult& result) {
  std::string text = fmt::format("{} due, {} unsent for want of a free connection, {} broken",
                                 result.offered, result.unsent, result.broken);
  for (const auto& [status, count] : result.statuses)
    text += fmt::format(", {}: {}", status, count);
  return text;
}

void add_shape(const Overloaded& ours, const Overloaded& floor, BenchResult& result) {
  result.figures.push_back({.name = "granted, of capacity",
                            .unit = "share",
                            .peer = "floor",
                            .values = {ours.kept()},
                            .peer_values = {floor.kept()}});
  result.figures.push_back({.name = "p99 of the granted",
                            .unit = "ms",
                            .peer = "floor",
                            .values = {ours.flood.granted.quantile_ms(0.99)},
                            .peer_values = {floor.flood.granted.quantile_ms(0.99)}});
  result.figures.push_back({.name = "p99 of the refused",
                            .unit = "ms",
                            .peer = "floor",
                            .values = {ours.flood.refused.quantile_ms(0.99)},
                            .peer_values = {floor.flood.refused.quantile_ms(0.99)}});
}

void add_goals(const Overloaded& ours, BenchResult& result) {
  const double refused = static_cast<double>(ours.flood.refused.count());
  if (refused > 0) {
    result.figures.push_back({.name = "503 with Retry-After",
                              .unit = "answers",
                              .peer = "all refusals",
                              .values = {static_cast<double>(ours.flood.with_retry_after)},
                              .peer_values = {refused},
                              .goal = Goal{Bound::AtLeast, 1}});
  } else {
    result.notes.push_back("nothing was refused");
  }
  result.figures.push_back({.name = "creates afterwards",
                            .unit = "/s",
                            .peer = "before",
                            .values = {ours.after.per_second},
                            .peer_values = {ours.before.per_second},
                            .goal = Goal{Bound::AtLeast, kKept}});
  result.figures.push_back({.name = "creates, 512 connections",
                            .unit = "/s",
                            .peer = "32 connections",
                            .values = {ours.crowded.per_second},
                            .peer_values = {ours.before.per_second},
                            .goal = Goal{Bound::AtLeast, kKept}});
  result.figures.push_back(limited("highest memory", "MiB", {ours.highest_mib}, kHighestMib));
}

}  // namespace

void run_overload(Lab& lab, BenchResult& result) {
  const Overloaded ours = overload(lab, Kind::Product);
  const Overloaded floor = overload(lab, Kind::Floor);
  add_goals(ours, result);
  add_shape(ours, floor, result);
  result.notes.push_back("formwork: " + counts_text(ours.flood));
  result.notes.push_back("floor: " + counts_text(floor.flood));
  const std::uint64_t other = ours.flood.refused.count() - count_of(ours.flood, 503);
  if (other > 0) result.notes.push_back(fmt::format("{} refusals were not 503", other));
}

}  // namespace formwork::bench
