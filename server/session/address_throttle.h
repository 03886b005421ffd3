// How often an address may send something without being signed in: some at once, then one after
// another with time between them.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>

#include "dsl/base/time.h"

namespace formwork::session {

class AddressThrottle {
 public:
  struct Rate {
    std::int64_t burst = 1;         // so many at once
    std::int64_t seconds_each = 1;  // and one more whenever so long has passed
  };

  explicit AddressThrottle(Rate rate) : rate_(rate) {}

  // Seconds to wait before the next one; 0: go ahead, and it counts. An IPv6 address counts by its
  // /64. A proxy on this machine speaks for everybody, and may do more.
  std::int64_t take(const std::string& address, Instant now);

 private:
  static constexpr std::size_t kMostKeys = 100'000;  // memory stays bounded under a flood
  static constexpr std::int64_t kLoopbackShare = 50;

  void forget_old(Instant now);

  const Rate rate_;
  std::mutex mutex_;
  // By address: when all that it sent would have come one by one. Guarded by mutex_.
  std::unordered_map<std::string, Instant> settled_;
};

}  // namespace formwork::session
