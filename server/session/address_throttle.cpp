#include "server/session/address_throttle.h"

#include <algorithm>

#include "server/http/admission.h"

namespace formwork::session {

std::int64_t AddressThrottle::take(const std::string& address, Instant now) {
  const std::int64_t share = http::is_loopback(address) ? kLoopbackShare : 1;
  const std::int64_t each = rate_.seconds_each * kMicrosPerSecond / share;
  const std::int64_t most = rate_.burst * rate_.seconds_each * kMicrosPerSecond;
  const std::lock_guard lock(mutex_);
  if (settled_.size() >= kMostKeys) forget_old(now);
  Instant& settled = settled_[http::address_key(address)];
  const Instant next{std::max(settled, now).microseconds + each};
  const std::int64_t wait = next.microseconds - now.microseconds - most;
  if (wait > 0) return (wait + kMicrosPerSecond - 1) / kMicrosPerSecond;
  settled = next;
  return 0;
}

void AddressThrottle::forget_old(Instant now) {
  std::erase_if(settled_, [now](const auto& entry) { return entry.second <= now; });
  // All of them are busy: better to forget than to grow.
  if (settled_.size() >= kMostKeys) settled_.clear();
}

}  // namespace formwork::session
