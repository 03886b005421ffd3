// Slows down guessing: after a few failures for an account or an address, further tries wait,
// longer each time. The keys are the peer's address and a bucket of the name, never a free field of
// the request alone.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>

#include "dsl/base/time.h"

namespace formwork::accounts {

class Throttle {
 public:
  // Seconds to wait before the next try of this key; 0: go ahead.
  std::int64_t wait_seconds(const std::string& key, Instant now);

  void failed(const std::string& key, Instant now);
  void succeeded(const std::string& key);

 private:
  static constexpr int kFreeFailures = 5;
  static constexpr std::int64_t kLongestWaitSeconds = std::int64_t{15} * 60;
  static constexpr std::int64_t kForgetSeconds = std::int64_t{60} * 60;
  static constexpr std::size_t kMostKeys = 100'000;  // memory stays bounded under a flood of names

  struct Failures {
    int count = 0;
    Instant last;
  };

  void forget_old(Instant now);

  std::mutex mutex_;
  std::unordered_map<std::string, Failures> failures_;  // guarded by mutex_
};

}  // namespace formwork::accounts
