#include "server/session/address_throttle.h"

#include <doctest/doctest.h>

namespace formwork::session {
namespace {

constexpr Instant at(std::int64_t seconds) { return {seconds * kMicrosPerSecond}; }

}  // namespace

TEST_CASE("an address may send some at once and then one now and then") {
  AddressThrottle throttle({.burst = 3, .seconds_each = 10});
  for (int i = 0; i < 3; ++i) CHECK(throttle.take("192.0.2.1", at(1000)) == 0);
  CHECK(throttle.take("192.0.2.1", at(1000)) == 10);
  CHECK(throttle.take("192.0.2.1", at(1004)) == 6);
  CHECK(throttle.take("192.0.2.1", at(1010)) == 0);
  CHECK(throttle.take("192.0.2.1", at(1010)) == 10);
  CHECK(throttle.take("192.0.2.2", at(1010)) == 0);
  for (int i = 0; i < 3; ++i) CHECK(throttle.take("192.0.2.1", at(2000)) == 0);
}

TEST_CASE("IPv6 counts by the network, and a proxy on this machine may do more") {
  AddressThrottle throttle({.burst = 1, .seconds_each = 10});
  CHECK(throttle.take("2001:db8::1", at(1)) == 0);
  CHECK(throttle.take("2001:db8::2", at(1)) > 0);
  CHECK(throttle.take("2001:db8:0:1::2", at(1)) == 0);
  for (int i = 0; i < 50; ++i) CHECK(throttle.take("127.0.0.1", at(1)) == 0);
  CHECK(throttle.take("127.0.0.1", at(1)) > 0);
}

}  // namespace formwork::session
