#include "engine/accounts/throttle.h"

#include <algorithm>

namespace formwork::accounts {
namespace {

std::int64_t seconds_between(Instant from, Instant to) {
  return (to.microseconds - from.microseconds) / kMicrosPerSecond;
}

}  // namespace

std::int64_t Throttle::wait_seconds(const std::string& key, Instant now) {
  const std::lock_guard lock(mutex_);
  const auto found = failures_.find(key);
  if (found == failures_.end() || found->second.count < kFreeFailures) return 0;
  const int doublings = std::min(found->second.count - kFreeFailures, 20);
  const std::int64_t wait = std::min(std::int64_t{1} << doublings, kLongestWaitSeconds);
  return std::max<std::int64_t>(0, wait - seconds_between(found->second.last, now));
}

void Throttle::failed(const std::string& key, Instant now) {
  const std::lock_guard lock(mutex_);
  if (failures_.size() >= kMostKeys) forget_old(now);
  Failures& failures = failures_[key];
  if (seconds_between(failures.last, now) > kForgetSeconds) failures.count = 0;
  failures.count += 1;
  failures.last = now;
}

void Throttle::succeeded(const std::string& key) {
  const std::lock_guard lock(mutex_);
  failures_.erase(key);
}

void Throttle::forget_old(Instant now) {
  std::erase_if(failures_, [now](const auto& entry) {
    return seconds_between(entry.second.last, now) > kForgetSeconds;
  });
  // A flood of fresh names: better to forget than to grow.
  if (failures_.size() >= kMostKeys) failures_.clear();
}

}  // namespace formwork::accounts
