#include "engine/delivery/address_policy.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace formwork::delivery {
namespace {

constexpr std::size_t kV4At = 12;  // where an IPv4 address lies in ours
constexpr unsigned kV4Bits = 96;
constexpr std::array<std::uint8_t, kV4At> kV4Prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

struct Kind {
  std::string_view range;
  std::string_view what;
};

// IANA's special-purpose registries, and what clouds tell their machines under public addresses.
constexpr Kind kRefused[] = {
    {"0.0.0.0/8", "no host's address"},
    {"10.0.0.0/8", "a private address"},
    {"100.64.0.0/10", "an address within a provider's network"},
    {"127.0.0.0/8", "this machine"},
    {"168.63.129.16/32", "a cloud's address for its own machines"},
    {"169.254.0.0/16", "a link-local address"},
    {"172.16.0.0/12", "a private address"},
    {"192.0.0.0/24", "a reserved address"},
    {"192.0.2.0/24", "an address for documentation"},
    {"192.88.99.0/24", "a reserved address"},
    {"192.168.0.0/16", "a private address"},
    {"198.18.0.0/15", "an address for measurements"},
    {"198.51.100.0/24", "an address for documentation"},
    {"203.0.113.0/24", "an address for documentation"},
    {"224.0.0.0/4", "a multicast address"},
    {"240.0.0.0/4", "a reserved address"},
    {"::/128", "no host's address"},
    {"::1/128", "this machine"},
    {"fc00::/7", "a private address"},
    {"fe80::/10", "a link-local address"},
    {"fec0::/10", "a private address"},
    {"ff00::/8", "a multicast address"},
    {"2001:db8::/32", "an address for documentation"},
    {"3fff::/20", "an address for documentation"},
    // Teredo and 6to4 carry an IPv4 address of anybody's choice; both are out of use.
    {"2001::/23", "a reserved address"},
    {"2002::/16", "an IPv4 address inside of an IPv6 one"},
    {"64:ff9b:1::/48", "an IPv4 address inside of an IPv6 one"},
    {"::/96", "an IPv4 address inside of an IPv6 one"},
};

// What IPv6 gives to hosts of the public network.
constexpr std::string_view kGlobal = "2000::/3";
// Where machines with IPv6 alone reach IPv4; what lies inside is judged.
constexpr std::string_view kTranslated = "64:ff9b::/96";

struct Known {
  Range range;
  std::string_view what;
};

const std::vector<Known>& refused_ranges() {
  static const std::vector<Known> all = [] {
    std::vector<Known> parsed;
    for (const Kind& kind : kRefused)
      parsed.push_back({parse_range(kind.range).value(), kind.what});
    return parsed;
  }();
  return all;
}

Address from_v4(const void* four_bytes) {
  Address address;
  std::copy(kV4Prefix.begin(), kV4Prefix.end(), address.bytes.begin());
  std::memcpy(address.bytes.data() + kV4At, four_bytes, 4);
  return address;
}

Address without_translation(const Address& address) {
  static const Range translated = parse_range(kTranslated).value();
  return translated.holds(address) ? from_v4(address.bytes.data() + kV4At) : address;
}

// Why it is no public address; empty: it is one.
std::string_view what_is(const Address& address) {
  for (const Known& known : refused_ranges()) {
    if (known.range.holds(address)) return known.what;
  }
  static const Range global = parse_range(kGlobal).value();
  return address.is_v4() || global.holds(address) ? "" : "a reserved address";
}

}  // namespace

bool Address::is_v4() const {
  return std::equal(kV4Prefix.begin(), kV4Prefix.end(), bytes.begin());
}

std::optional<Address> parse_address(std::string_view text) {
  const std::string whole(text);
  in_addr v4{};
  if (::inet_pton(AF_INET, whole.c_str(), &v4) == 1) return from_v4(&v4);
  Address address;
  if (::inet_pton(AF_INET6, whole.c_str(), address.bytes.data()) == 1) return address;
  return std::nullopt;
}

std::optional<Address> address_of(const void* socket_address, std::size_t size) {
  // Copied, because the bytes need not lie where the type wants them.
  sockaddr_storage storage{};
  std::memcpy(&storage, socket_address, std::min(size, sizeof storage));
  if (storage.ss_family == AF_INET && size >= sizeof(sockaddr_in)) {
    sockaddr_in v4{};
    std::memcpy(&v4, &storage, sizeof v4);
    return from_v4(&v4.sin_addr);
  }
  if (storage.ss_family != AF_INET6 || size < sizeof(sockaddr_in6)) return std::nullopt;
  sockaddr_in6 v6{};
  std::memcpy(&v6, &storage, sizeof v6);
  Address address;
  std::memcpy(address.bytes.data(), &v6.sin6_addr, address.bytes.size());
  return address;
}

std::string to_string(const Address& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const bool v4 = address.is_v4();
  ::inet_ntop(v4 ? AF_INET : AF_INET6, address.bytes.data() + (v4 ? kV4At : 0), text.data(),
              text.size());
  return text.data();
}

bool Range::holds(const Address& address) const {
  const std::size_t whole = bits / 8;
  const auto begin = first.bytes.begin();
  if (!std::equal(begin, begin + static_cast<std::ptrdiff_t>(whole), address.bytes.begin())) {
    return false;
  }
  const unsigned rest = bits % 8;
  if (rest == 0) return true;
  const unsigned mask = 0xffU << (8 - rest);
  return (first.bytes[whole] & mask) == (address.bytes[whole] & mask);
}

std::optional<Range> parse_range(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto first = parse_address(text.substr(0, slash));
  if (!first) return std::nullopt;
  if (slash == std::string_view::npos) return Range{*first, 128};
  const bool is_v4 = text.substr(0, slash).find(':') == std::string_view::npos;
  const unsigned before = is_v4 ? kV4Bits : 0;
  unsigned bits = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data() + slash + 1, end, bits);
  if (read.ec != std::errc() || read.ptr != end || bits > 128 - before) return std::nullopt;
  return Range{*first, before + bits};
}

std::optional<std::string> AddressPolicy::refuse(const Address& address, bool has_tls) const {
  const Address meant = without_translation(address);
  const bool is_allowed = std::any_of(allowed_.begin(), allowed_.end(), [&](const Range& range) {
    return range.holds(address) || range.holds(meant);
  });
  if (is_allowed) return std::nullopt;
  const std::string_view what = what_is(meant);
  if (!what.empty()) {
    return to_string(address) + " is " + std::string(what) +
           ", where webhooks are sent only with --allow-destination";
  }
  if (has_tls) return std::nullopt;
  return "plain http is sent only where --allow-destination names the address, and not to " +
         to_string(address);
}

}  // namespace formwork::delivery
