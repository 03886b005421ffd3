// What all connections share and may exhaust: connections, requests in flight, buffered body bytes.
// Safe to use from any thread.
#pragma once

#include <atomic>
#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>

#include "server/http/limits.h"

namespace formwork::http {

// A counter that does not pass its bound.
class Budget {
 public:
  explicit Budget(std::size_t bound) : bound_(bound) {}

  // Takes all of `amount` or nothing.
  bool take(std::size_t amount);

  // Whether the next one would get in; somebody else may be quicker.
  bool has_room() const { return used() < bound_; }

  void give_back(std::size_t amount) { used_.fetch_sub(amount, std::memory_order_relaxed); }

  std::size_t used() const { return used_.load(std::memory_order_relaxed); }

 private:
  std::size_t bound_;
  std::atomic<std::size_t> used_{0};
};

// A share of a budget that is given back when it goes out of scope.
class Share {
 public:
  explicit Share(Budget& budget) : budget_(budget) {}

  Share(const Share&) = delete;
  Share& operator=(const Share&) = delete;

  ~Share() { release(); }

  // Enlarges the share up to `amount` in all; it stays as it was when the budget does not allow it.
  bool grow_to(std::size_t amount);

  void release() { budget_.give_back(std::exchange(amount_, 0)); }

 private:
  Budget& budget_;
  std::size_t amount_ = 0;
};

class Admission {
 public:
  explicit Admission(const Limits& limits);

  // One more connection from that address, or none. Each success needs one leave() with the same
  // text.
  bool enter(const std::string& address);
  void leave(const std::string& address);

  std::size_t connections() const;

  Budget requests;
  Budget body_bytes;

 private:
  const Limits limits_;
  mutable std::mutex mutex_;  // guards the two below
  std::size_t connections_ = 0;
  std::unordered_map<std::string, std::size_t> by_address_;  // key: see address_key()
};

// What the limit per address counts by: IPv4 as it is, IPv6 by its first 64 bits, because one
// customer of a provider owns at least these.
std::string address_key(const std::string& address);

bool is_loopback(const std::string& address);

}  // namespace formwork::http
