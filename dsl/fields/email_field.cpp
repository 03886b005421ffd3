// email: one address, its domain in lower case. Whether a mailbox exists only a mail can tell, so
// the check is for slips of typing and for what would smuggle a second recipient into a mail's
// header.
#include <algorithm>

#include "dsl/base/utf8.h"
#include "dsl/fields/field_messages.h"
#include "dsl/fields/field_type.h"
#include "dsl/fields/text_value.h"
#include "dsl/fields/typed_text.h"

namespace formwork::fields {
namespace {

constexpr std::size_t kLongestAddress = 254;  // RFC 5321, 4.5.3.1, less the angle brackets
constexpr std::size_t kLongestName = 64;
constexpr std::size_t kLongestLabel = 63;

std::optional<Message> check_characters(std::string_view text) {
  // They separate or enclose addresses in lists and headers.
  const std::size_t at = text.find_first_of(" <>,;:\"()[]\\");
  if (at == std::string_view::npos) return std::nullopt;
  if (text[at] == ' ') return say(Say::EmailBlank, {{"value", repeated(text.substr(0, at))}});
  return say(Say::EmailCharacter, {{"character", std::string(1, text[at])}});
}

bool is_label(std::string_view label) {
  const auto is_allowed = [](char c) {
    // Bytes of other scripts pass: there are such domains, and mail programs know them.
    return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-' ||
           static_cast<unsigned char>(c) >= 0x80;
  };
  return !label.empty() && label.size() <= kLongestLabel && label.front() != '-' &&
         label.back() != '-' && std::all_of(label.begin(), label.end(), is_allowed);
}

bool is_domain(std::string_view domain) {
  std::size_t labels = 0;
  while (true) {
    const std::size_t dot = std::min(domain.find('.'), domain.size());
    if (!is_label(domain.substr(0, dot))) return false;
    ++labels;
    if (dot == domain.size()) return labels > 1;
    domain.remove_prefix(dot + 1);
  }
}

Read<feel::Value> read(std::string_view input, const Field&, const Reading&) {
  FW_TRY(const std::string text, plain_text(narrowed(input), false));
  if (text.empty()) return feel::Value();
  if (auto problem = check_characters(text)) return Unexpected{std::move(*problem)};
  const auto signs = std::count(text.begin(), text.end(), '@');
  if (signs != 1) return Unexpected{say(Say::EmailAt, {{"actual", std::to_string(signs)}})};
  const std::size_t at = text.find('@');
  const std::string name = text.substr(0, at);
  const std::string domain = to_lower_ascii(text.substr(at + 1));
  if (name.empty() || name.size() > kLongestName) {
    return Unexpected{say(Say::EmailName, {{"value", repeated(name)}})};
  }
  if (!is_domain(domain)) return Unexpected{say(Say::EmailDomain, {{"value", repeated(domain)}})};
  const std::size_t length = text.size();
  if (length > kLongestAddress) {
    return Unexpected{
        say_count(Say::TooLong, kLongestAddress, length, Word::Character, Word::Characters)};
  }
  return feel::Value(name + "@" + domain);
}

Read<feel::Value> read_json(const json::Value& input, const Field& field, const Reading& reading) {
  FW_TRY(const std::string_view text, json_text(input));
  return read(text, field, reading);
}

}  // namespace

const FieldType& email_field() {
  static const FieldType type{
      .name = "email",
      .summary = "An e-mail address; its domain is kept in lower case.",
      .value = feel::Value::Kind::String,
      .column = Column::Text,
      .widget = Widget::Email,
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
