// Where webhooks may go, by the address of the connection.
#include "engine/delivery/address_policy.h"

#include <string>
#include <tuple>

#include <doctest/doctest.h>
#include <netdb.h>
#include <sys/socket.h>

namespace formwork::delivery {
namespace {

std::string refusal(const AddressPolicy& policy, std::string_view text, bool has_tls = true) {
  const auto address = parse_address(text);
  REQUIRE(address);
  return policy.refuse(*address, has_tls).value_or("");
}

std::vector<Range> ranges(std::initializer_list<std::string_view> texts) {
  std::vector<Range> all;
  for (const std::string_view text : texts) all.push_back(parse_range(text).value());
  return all;
}

TEST_CASE("public addresses are open") {
  const AddressPolicy policy;
  for (const std::string_view text : {"1.1.1.1",
                                      "8.8.8.8",
                                      "9.255.255.255",
                                      "11.0.0.0",
                                      "100.63.255.255",
                                      "100.128.0.0",
                                      "126.255.255.255",
                                      "128.0.0.1",
                                      "169.253.255.255",
                                      "169.255.0.0",
                                      "172.15.255.255",
                                      "172.32.0.0",
                                      "192.0.1.0",
                                      "192.167.255.255",
                                      "192.169.0.0",
                                      "198.17.255.255",
                                      "198.20.0.0",
                                      "203.0.114.0",
                                      "223.255.255.255",
                                      "2001:4860:4860::8888",
                                      "2400:cb00:2049:1::a29f:1804",
                                      "2600::1",
                                      "2a00:1450:4001::200e",
                                      "::ffff:8.8.8.8",
                                      "64:ff9b::8.8.8.8"}) {
    CAPTURE(text);
    CHECK(refusal(policy, text) == "");
  }
}

TEST_CASE("what is not of the public network is refused, in all forms that an address has") {
  struct Row {
    std::string_view address;
    std::string_view what;
  };

  const AddressPolicy policy;
  for (const Row& row : {
           Row{"0.0.0.0", "no host's address"},
           Row{"0.1.2.3", "no host's address"},
           Row{"10.0.0.0", "a private address"},
           Row{"10.255.255.255", "a private address"},
           Row{"100.64.0.1", "an address within a provider's network"},
           Row{"100.100.100.200", "an address within a provider's network"},
           Row{"100.127.255.255", "an address within a provider's network"},
           Row{"127.0.0.1", "this machine"},
           Row{"127.255.255.254", "this machine"},
           Row{"168.63.129.16", "a cloud's address for its own machines"},
           Row{"169.254.0.1", "a link-local address"},
           Row{"169.254.169.254", "a link-local address"},
           Row{"172.16.0.1", "a private address"},
           Row{"172.31.255.255", "a private address"},
           Row{"192.0.0.192", "a reserved address"},
           Row{"192.0.2.7", "an address for documentation"},
           Row{"192.88.99.1", "a reserved address"},
           Row{"192.168.0.1", "a private address"},
           Row{"198.18.0.1", "an address for measurements"},
           Row{"198.19.255.255", "an address for measurements"},
           Row{"198.51.100.1", "an address for documentation"},
           Row{"203.0.113.1", "an address for documentation"},
           Row{"224.0.0.1", "a multicast address"},
           Row{"239.255.255.250", "a multicast address"},
           Row{"240.0.0.1", "a reserved address"},
           Row{"255.255.255.255", "a reserved address"},
           Row{"::", "no host's address"},
           Row{"::1", "this machine"},
           Row{"::127.0.0.1", "an IPv4 address inside of an IPv6 one"},
           Row{"::8.8.8.8", "an IPv4 address inside of an IPv6 one"},
           Row{"::ffff:127.0.0.1", "this machine"},
           Row{"::ffff:7f00:1", "this machine"},
           Row{"0:0:0:0:0:ffff:a00:1", "a private address"},
           Row{"::ffff:169.254.169.254", "a link-local address"},
           Row{"::ffff:0:127.0.0.1", "a reserved address"},
           Row{"64:ff9b::127.0.0.1", "this machine"},
           Row{"64:ff9b::a9fe:a9fe", "a link-local address"},
           Row{"64:ff9b::10.1.2.3", "a private address"},
           Row{"64:ff9b:1::8.8.8.8", "an IPv4 address inside of an IPv6 one"},
           Row{"100::1", "a reserved address"},
           Row{"2001::1", "a reserved address"},
           Row{"2001:0:4136:e378:8000:63bf:3fff:fdd2", "a reserved address"},
           Row{"2001:db8::1", "an address for documentation"},
           Row{"3fff::1", "an address for documentation"},
           Row{"2002:7f00:1::", "an IPv4 address inside of an IPv6 one"},
           Row{"2002:808:808::1", "an IPv4 address inside of an IPv6 one"},
           Row{"fc00::1", "a private address"},
           Row{"fd00:ec2::254", "a private address"},
           Row{"fe80::1", "a link-local address"},
           Row{"febf::1", "a link-local address"},
           Row{"fec0::1", "a private address"},
           Row{"ff02::1", "a multicast address"},
           Row{"4000::1", "a reserved address"},
           Row{"5f00::1", "a reserved address"},
       }) {
    CAPTURE(row.address);
    const std::string refused = refusal(policy, row.address);
    CHECK(refused.find(" is " + std::string(row.what) + ",") != std::string::npos);
    CHECK(refused.find("--allow-destination") != std::string::npos);
  }
}

TEST_CASE("however a number is spelled, the address of the connection is judged") {
  const AddressPolicy policy;
  // Spellings that resolvers take beside four decimal numbers.
  for (const char* text :
       {"127.1", "127.0.1", "0177.0.0.1", "0x7f.0.0.1", "0x7f000001", "2130706433", "017700000001",
        "0x7f.1", "10.1", "012.0.0.1", "0xa9fea9fe", "2852039166", "0", "::ffff:7f00:1"}) {
    CAPTURE(text);
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICHOST;
    addrinfo* found = nullptr;
    REQUIRE(::getaddrinfo(text, "80", &hints, &found) == 0);
    const auto address = address_of(found->ai_addr, found->ai_addrlen);
    ::freeaddrinfo(found);
    REQUIRE(address);
    CHECK(policy.refuse(*address, true));
  }
}

TEST_CASE("what is allowed by range is open, also without TLS, and nothing beside it") {
  const AddressPolicy policy(ranges({"10.1.0.0/16", "127.0.0.1", "fd00:1::/32", "8.8.8.8"}));
  for (const std::string_view text : {"10.1.0.0", "10.1.255.255", "127.0.0.1", "::ffff:127.0.0.1",
                                      "64:ff9b::10.1.2.3", "fd00:1:2::3", "8.8.8.8"}) {
    CAPTURE(text);
    CHECK(refusal(policy, text, true) == "");
    CHECK(refusal(policy, text, false) == "");
  }
  for (const std::string_view text : {"10.0.255.255", "10.2.0.0", "127.0.0.2", "fd00:2::1"}) {
    CAPTURE(text);
    CHECK(refusal(policy, text) != "");
  }
  CHECK(refusal(policy, "1.1.1.1", true) == "");
  CHECK(refusal(policy, "1.1.1.1", false) ==
        "plain http is sent only where --allow-destination names the address, and not to 1.1.1.1");
}

TEST_CASE("a range of every length holds what it should") {
  for (const auto& [text, inside, outside] :
       {std::tuple{"0.0.0.0/0", "255.1.2.3", "::1"},
        std::tuple{"128.0.0.0/1", "200.0.0.1", "1.2.3.4"},
        std::tuple{"10.20.30.40/31", "10.20.30.41", "10.20.30.42"},
        std::tuple{"10.20.30.40/32", "10.20.30.40", "10.20.30.41"},
        std::tuple{"::/0", "2001:db8::1", ""}, std::tuple{"fe80::/9", "feff::1", "fe00::1"}}) {
    CAPTURE(text);
    const auto range = parse_range(text);
    REQUIRE(range);
    CHECK(range->holds(parse_address(inside).value()));
    if (std::string_view(outside).empty()) continue;
    CHECK_FALSE(range->holds(parse_address(outside).value()));
  }
  for (const std::string_view text : {"", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "::/129",
                                      "10.0.0/8", "localhost", "10.0.0.0/8 ", "10.0.0.0/0x8"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_range(text));
  }
}

}  // namespace
}  // namespace formwork::delivery
