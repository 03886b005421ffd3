#include "server/http/target.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "server/http/characters.h"
#include "server/http/url_coding.h"

namespace formwork::http {
namespace {

constexpr std::size_t kHostBytes = 255;

bool is_port(std::string_view text) {
  if (text.empty() || text.size() > 5 || !std::all_of(text.begin(), text.end(), is_digit))
    return false;
  unsigned port = 0;
  std::from_chars(text.data(), text.data() + text.size(), port);
  return port <= 65535;
}

bool is_name_char(char c) {
  return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'z') || c == '-' || c == '.' ||
         c == '_';
}

bool is_ipv6_char(char c) { return hex_digit(c).has_value() || c == ':' || c == '.'; }

// `http://host/path` becomes `/path` when the host is the one of the Host field.
std::optional<std::string_view> without_authority(std::string_view raw, std::string_view host) {
  const std::size_t scheme_end = raw.find("://");
  if (scheme_end == std::string_view::npos) return std::nullopt;
  const std::string_view scheme = raw.substr(0, scheme_end);
  if (!equals_ignoring_case(scheme, "http") && !equals_ignoring_case(scheme, "https")) {
    return std::nullopt;
  }
  const std::string_view rest = raw.substr(scheme_end + 3);
  const std::size_t path = rest.find('/');
  if (path == std::string_view::npos || host.empty()) return std::nullopt;
  if (!equals_ignoring_case(rest.substr(0, path), host)) return std::nullopt;
  return rest.substr(path);
}

// C1 controls are U+0080 to U+009F: two bytes, the first always 0xC2.
bool has_control(std::string_view path) {
  if (std::any_of(path.begin(), path.end(), is_control)) return true;
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    const auto next = static_cast<unsigned char>(path[i + 1]);
    if (static_cast<unsigned char>(path[i]) == 0xC2 && next >= 0x80 && next <= 0x9F) return true;
  }
  return false;
}

bool has_dot_segment(std::string_view path) {
  while (!path.empty()) {
    const std::string_view segment = take_until(path, '/');
    if (segment == "." || segment == "..") return true;
  }
  return false;
}

bool has_escaped_separator(std::string_view path) {
  for (std::size_t i = path.find('%'); i != std::string_view::npos; i = path.find('%', i + 1)) {
    const std::string_view escape = path.substr(i + 1, 2);
    if (equals_ignoring_case(escape, "2f") || equals_ignoring_case(escape, "5c")) return true;
  }
  return path.find('\\') != std::string_view::npos;
}

}  // namespace

bool is_well_formed_host(std::string_view host) {
  if (host.empty() || host.size() > kHostBytes) return false;
  std::string_view name;
  std::string_view port;
  if (host.front() == '[') {
    const std::size_t end = host.find(']');
    if (end == std::string_view::npos || end < 3) return false;
    name = host.substr(1, end - 1);
    port = host.substr(end + 1);
    if (!std::all_of(name.begin(), name.end(), is_ipv6_char)) return false;
  } else {
    name = host.substr(0, host.find(':'));
    port = host.substr(name.size());
    if (name.empty() || !std::all_of(name.begin(), name.end(), is_name_char)) return false;
  }
  return port.empty() || (port.front() == ':' && is_port(port.substr(1)));
}

Expected<Target, std::string_view> parse_target(std::string_view raw, std::string_view host) {
  using Reason = std::string_view;
  if (raw.empty() || raw.front() != '/') {
    const std::optional<std::string_view> local = without_authority(raw, host);
    if (!local) return Unexpected(Reason("the request target must begin with / or name the Host"));
    raw = *local;
  }
  const auto is_printable = [](char c) { return c > 0x20 && c < 0x7f; };
  if (!std::all_of(raw.begin(), raw.end(), is_printable) ||
      raw.find('#') != std::string_view::npos) {
    return Unexpected(Reason("the request target holds a character that must be escaped"));
  }
  std::string_view query = raw;
  const std::string_view raw_path = take_until(query, '?');
  if (has_escaped_separator(raw_path)) {
    return Unexpected(Reason("the path holds a backslash or an escaped slash"));
  }
  std::optional<std::string> path = decode_percent(raw_path, Plus::IsPlus);
  if (!path || has_control(*path)) {
    return Unexpected(Reason("the path is not valid UTF-8 once its escapes are undone"));
  }
  if (has_dot_segment(*path)) return Unexpected(Reason("the path holds a . or .. segment"));
  return Target{std::move(*path), std::string(query)};
}

}  // namespace formwork::http
