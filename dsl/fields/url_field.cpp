// url: an address of the web, http or https. The text is kept as typed, but for the case of scheme
// and host.
//
// Browsers read addresses more generously than this and make something of nearly everything; what
// would be read in two ways (backslashes, credentials that look like a host, blanks) is refused,
// since it ends in an href.
#include <algorithm>
#include <charconv>

#include "dsl/base/utf8.h"
#include "dsl/fields/field_messages.h"
#include "dsl/fields/field_type.h"
#include "dsl/fields/text_value.h"
#include "dsl/fields/typed_text.h"

namespace formwork::fields {
namespace {

constexpr std::size_t kLongestUrl = 2'048;
constexpr std::size_t kLongestHost = 253;
constexpr std::size_t kLongestLabel = 63;

std::string percent_encoded(char c) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  return {'%', kHex[byte >> 4], kHex[byte & 0xF]};
}

// RFC 3986 leaves no place for these outside of percent-encoding. Other scripts pass: browsers
// encode them.
std::optional<Message> check_characters(std::string_view text) {
  const std::size_t at = text.find_first_of(" \"<>\\^`{|}");
  if (at == std::string_view::npos) return std::nullopt;
  if (text[at] == ' ') return say(Say::UrlBlank, {{"value", repeated(text.substr(0, at))}});
  return say(Say::UrlCharacter,
             {{"character", std::string(1, text[at])}, {"encoded", percent_encoded(text[at])}});
}

bool is_host_label(std::string_view label) {
  const auto is_allowed = [](char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
  };
  return !label.empty() && label.size() <= kLongestLabel && label.front() != '-' &&
         label.back() != '-' && std::all_of(label.begin(), label.end(), is_allowed);
}

// Of a lower-case text. A name in another script has to come as xn--…, which cannot be taken for
// another host.
bool is_host(std::string_view host) {
  if (host.size() > kLongestHost) return false;
  if (host.starts_with('[') && host.ends_with(']')) {
    return host.size() > 4 && host.find_first_not_of("0123456789abcdef:.", 1) == host.size() - 1 &&
           std::count(host.begin(), host.end(), ':') >= 2;
  }
  if (host.ends_with('.')) host.remove_suffix(1);
  while (true) {
    const std::size_t dot = std::min(host.find('.'), host.size());
    if (!is_host_label(host.substr(0, dot))) return false;
    if (dot == host.size()) return true;
    host.remove_prefix(dot + 1);
  }
}

bool is_port(std::string_view port) {
  constexpr std::size_t kMostDigits = 5;
  unsigned number = 0;
  if (!is_digits(port) || port.size() > kMostDigits) return false;
  std::from_chars(port.data(), port.data() + port.size(), number);
  return number >= 1 && number <= 65'535;
}

struct Authority {
  std::string host;
  std::string port;  // with its colon, or empty
};

Read<Authority> read_authority(std::string_view text) {
  if (text.find('@') != std::string_view::npos) return Unexpected{say(Say::UrlCredentials)};
  const std::size_t bracket = text.rfind(']');
  const std::size_t colon = text.find(':', bracket == std::string_view::npos ? 0 : bracket);
  const std::string_view host = text.substr(0, colon);
  Authority authority{to_lower_ascii(host), {}};
  if (!is_host(authority.host)) return Unexpected{say(Say::UrlHost, {{"value", repeated(host)}})};
  if (colon == std::string_view::npos) return authority;
  authority.port = text.substr(colon);
  if (is_port(text.substr(colon + 1))) return authority;
  return Unexpected{say(Say::UrlPort, {{"value", repeated(text.substr(colon + 1))}})};
}

Read<feel::Value> read(std::string_view input, const Field&, const Reading&) {
  FW_TRY(const std::string text, plain_text(input, false));
  if (text.empty()) return feel::Value();
  const std::size_t length = count_characters(text);
  if (length > kLongestUrl) {
    return Unexpected{
        say_count(Say::TooLong, kLongestUrl, length, Word::Character, Word::Characters)};
  }
  const std::size_t slashes = std::min(text.find("://"), text.size());
  const std::string scheme = to_lower_ascii(std::string_view(text).substr(0, slashes));
  if (slashes == text.size() || (scheme != "http" && scheme != "https")) {
    return Unexpected{say(Say::UrlScheme, {{"value", repeated(text)}})};
  }
  if (auto problem = check_characters(text)) return Unexpected{std::move(*problem)};
  const std::string_view rest = std::string_view(text).substr(slashes + 3);
  const std::size_t end = std::min(rest.find_first_of("/?#"), rest.size());
  FW_TRY(const Authority authority, read_authority(rest.substr(0, end)));
  return feel::Value(scheme + "://" + authority.host + authority.port +
                     std::string(rest.substr(end)));
}

Read<feel::Value> read_json(const json::Value& input, const Field& field, const Reading& reading) {
  FW_TRY(const std::string_view text, json_text(input));
  return read(text, field, reading);
}

}  // namespace

const FieldType& url_field() {
  static const FieldType type{
      .name = "url",
      .summary = "An address of the web that begins with https:// or http://, without credentials.",
      .value = feel::Value::Kind::String,
      .column = Column::Text,
      .widget = Widget::Url,
      .settings = {},
      .read = read,
      .read_json = read_json,
      .input = text_itself,
      .show = text_itself,
      .write_json = write_text,
  };
  return type;
}

}  // namespace formwork::fields
