// Where webhooks may go: to public addresses, and to those that whoever runs the program allows.
//
// The address of a webhook is written by the app's author, and what a name resolves to is decided
// by its owner; neither may make the program speak to the machines of its own network. So what
// counts is the address of the very connection, whatever was written or resolved before.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace formwork::delivery {

// An IPv6 address; one of IPv4 is `::ffff:a.b.c.d`, so that both ways to write it are the same.
struct Address {
  std::array<std::uint8_t, 16> bytes{};

  bool is_v4() const;
  bool operator==(const Address&) const = default;
};

std::optional<Address> parse_address(std::string_view text);
// From a sockaddr of AF_INET or AF_INET6 with that many bytes; nothing: of another family.
std::optional<Address> address_of(const void* socket_address, std::size_t size);
std::string to_string(const Address& address);

// `10.0.0.0/8`, `fd00::/8`; an address alone is a range of one.
struct Range {
  Address first;
  unsigned bits = 128;  // that count, also of an IPv4 range: 96 and its own

  bool holds(const Address& address) const;
};

std::optional<Range> parse_range(std::string_view text);

class AddressPolicy {
 public:
  explicit AddressPolicy(std::vector<Range> allowed = {}) : allowed_(std::move(allowed)) {}

  // Why nothing is sent there: "127.0.0.1 is this machine". Nothing: it may be. Without TLS only
  // where it is allowed by name, since whoever is on the way would read along.
  std::optional<std::string> refuse(const Address& address, bool has_tls) const;

 private:
  std::vector<Range> allowed_;
};

}  // namespace formwork::delivery
