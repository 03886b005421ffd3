#include "engine/pipeline/timekeeper.h"

#include <algorithm>

namespace formwork::engine {
namespace {

// So many stand before a command that comes while much is due.
constexpr std::size_t kBatch = 32;
constexpr std::int64_t kShortestWait = 1'000;

}  // namespace

std::int64_t catch_up(Engine& engine, const std::stop_token& stop) {
  // A batch that is not full has reached the present moment.
  while (!stop.stop_requested() && engine.fire_timers(kBatch) == kBatch) {
  }
  const std::optional<Instant> next = engine.next_timer();
  if (!next) return kLongestWait;
  const std::int64_t left = next->microseconds - engine.clock().now().microseconds;
  // One that is due and could not be carried out is tried again, but not in a circle.
  if (left <= 0) return kLongestWait;
  return std::clamp(left, kShortestWait, kLongestWait);
}

}  // namespace formwork::engine
