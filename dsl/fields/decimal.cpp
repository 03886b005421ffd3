#include "dsl/fields/decimal.h"

#include <algorithm>
#include <limits>

#include "dsl/fields/field_messages.h"
#include "dsl/fields/typed_text.h"

namespace formwork::fields {
namespace {

using feel::Number;

// As many as a Number holds without rounding.
constexpr std::size_t kMostDigits = Number::kDigits;

Message not_a_number(std::string_view input) {
  return say(Say::NotANumber, {{"example", "1234.5"}, {"value", repeated(input)}});
}

// "1,234" or "1 234" without its separators, "1234" as it is; nothing for other places of
// separators.
std::optional<std::string> join_groups(std::string_view whole) {
  const std::size_t first = whole.find_first_of(", ");
  if (first == std::string_view::npos) return std::string(whole);
  if (first == 0 || first > 3 || !is_digits(whole.substr(0, first))) return std::nullopt;
  const char separator = whole[first];
  std::string digits(whole.substr(0, first));
  for (std::size_t at = first; at < whole.size(); at += 4) {
    const std::string_view group = whole.substr(at + 1, 3);
    if (whole[at] != separator || group.size() != 3 || !is_digits(group)) return std::nullopt;
    digits += group;
  }
  return digits;
}

Message not_typed_number(std::string_view text) {
  const bool has_comma = text.find(',') != std::string_view::npos;
  const bool else_fine = text.find_first_not_of("+-0123456789., ") == std::string_view::npos;
  if (has_comma && else_fine) return say(Say::DecimalComma, {{"value", repeated(text)}});
  return not_a_number(text);
}

// What was typed as "-1234.5": the notation that Number reads.
std::optional<std::string> plain_decimal(std::string_view text) {
  std::string plain;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    if (text.front() == '-') plain += '-';
    text.remove_prefix(1);
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  }
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::optional<std::string> whole = join_groups(text.substr(0, point));
  if (!whole || (!whole->empty() && !is_digits(*whole))) return std::nullopt;
  const std::string_view decimals =
      point == text.size() ? std::string_view{} : text.substr(point + 1);
  if (point < text.size() && !is_digits(decimals)) return std::nullopt;
  if (whole->empty() && decimals.empty()) return std::nullopt;
  plain += whole->empty() ? "0" : *whole;
  if (!decimals.empty()) plain.append(".").append(decimals);
  return plain;
}

std::size_t count_digits(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_digit));
}

// `typed` has at most `shown_decimals` decimals, and the value fits the store's integer.
Read<feel::Value> fit(const Number& typed, int scale, int shown_decimals) {
  const Number bare = typed.normalized();
  const int decimals = std::max(0, -bare.exponent());
  if (!typed.is_zero() && decimals > shown_decimals) {
    if (shown_decimals == 0) {
      return Unexpected{say(Say::NotWhole, {{"value", repeated(typed.to_string())}})};
    }
    return Unexpected{say_count(Say::TooManyDecimals, static_cast<std::size_t>(shown_decimals),
                                static_cast<std::size_t>(decimals), Word::Decimal, Word::Decimals)};
  }
  const std::optional<std::int64_t> scaled = typed.to_scaled(shown_decimals);
  constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
  if (!scaled || *scaled == std::numeric_limits<std::int64_t>::min()) {
    const std::optional<Number> limit =
        feel::round(Number::from_scaled(kMax, shown_decimals), 0, feel::Rounding::Down);
    return Unexpected{say(Say::NumberOutOfRange,
                          {{"limit", decimal_text(*limit, 0, {.groups_thousands = true})}})};
  }
  return feel::Value(Number::from_scaled(*scaled, scale));
}

Read<feel::Value> read_plain(const std::string& plain, std::string_view input, int scale,
                             int shown_decimals) {
  // Number would round more digits than it holds, silently.
  const std::optional<Number> number =
      count_digits(plain) <= kMostDigits ? Number::parse(plain) : std::nullopt;
  if (!number) return Unexpected{not_a_number(input)};
  return fit(*number, scale, shown_decimals);
}

}  // namespace

Read<feel::Value> read_decimal(std::string_view input, int scale, int shown_decimals) {
  const std::string text = narrowed(input);
  const std::optional<std::string> plain = plain_decimal(text);
  if (!plain) return Unexpected{not_typed_number(text)};
  return read_plain(*plain, input, scale, shown_decimals);
}

Read<feel::Value> read_json_decimal(const json::Value& input, int scale) {
  if (input.kind != json::Value::Kind::Number && !input.is_string()) {
    return Unexpected{wrong_json(input, word(Word::JsonDecimal))};
  }
  // A moved temporary would do, but GCC 12 with sanitizers takes its unused alternatives for reads
  // of uninitialised memory, and warnings are errors.
  static const feel::Value kNothing;
  if (is_blank(input.text)) return kNothing;
  return read_plain(input.text, input.text, scale, scale);
}

std::string decimal_text(const Number& value, int scale, const DecimalStyle& style) {
  const std::optional<std::int64_t> scaled = value.to_scaled(scale);
  if (!scaled) return value.to_string();  // an intermediate result of an expression: shown as it is
  std::string digits = Number::from_scaled(*scaled, 0).abs().to_string();
  const auto decimals = static_cast<std::size_t>(scale);
  if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
  std::string fraction = digits.substr(digits.size() - decimals);
  digits.resize(digits.size() - decimals);
  if (!style.keeps_zeros) fraction.resize(fraction.find_last_not_of('0') + 1);
  if (style.groups_thousands) {
    for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  }
  if (!fraction.empty()) digits.append(".").append(fraction);
  return *scaled < 0 ? "-" + digits : digits;
}

std::optional<std::string> settle_scale(Field& field, int scale_of_type, int smallest_scale) {
  if (field.scale == kScaleOfType) field.scale = scale_of_type;
  if (field.scale >= smallest_scale && field.scale <= kLargestScale) return std::nullopt;
  return "`scale` is " + std::to_string(smallest_scale) + " to " + std::to_string(kLargestScale) +
         "; this is " + std::to_string(field.scale);
}

}  // namespace formwork::fields
