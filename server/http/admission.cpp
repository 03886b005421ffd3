#include "server/http/admission.h"

#include <array>

#include <arpa/inet.h>

namespace formwork::http {

bool is_loopback(const std::string& address) {
  return address == "::1" || address.starts_with("127.");
}

bool Budget::take(std::size_t amount) {
  std::size_t used = used_.load(std::memory_order_relaxed);
  do {
    if (amount > bound_ || used > bound_ - amount) return false;
  } while (!used_.compare_exchange_weak(used, used + amount, std::memory_order_relaxed));
  return true;
}

bool Share::grow_to(std::size_t amount) {
  if (amount <= amount_) return true;
  if (!budget_.take(amount - amount_)) return false;
  amount_ = amount;
  return true;
}

std::string address_key(const std::string& address) {
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) return address;
  return {bytes.begin(), bytes.begin() + 8};
}

Admission::Admission(const Limits& limits)
    : requests(limits.requests_in_flight),
      body_bytes(limits.buffered_body_bytes),
      limits_(limits) {}

bool Admission::enter(const std::string& address) {
  const std::size_t bound =
      is_loopback(address) ? limits_.connections_from_loopback : limits_.connections_per_address;
  const std::string key = address_key(address);
  const std::lock_guard lock(mutex_);
  if (connections_ >= limits_.connections) return false;
  const auto found = by_address_.find(key);
  if ((found == by_address_.end() ? 0 : found->second) >= bound) return false;
  ++connections_;
  ++by_address_[key];
  return true;
}

void Admission::leave(const std::string& address) {
  const std::string key = address_key(address);
  const std::lock_guard lock(mutex_);
  --connections_;
  const auto found = by_address_.find(key);
  if (--found->second == 0) by_address_.erase(found);
}

std::size_t Admission::connections() const {
  const std::lock_guard lock(mutex_);
  return connections_;
}

}  // namespace formwork::http
