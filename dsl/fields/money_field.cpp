// money: an amount in one currency, which the field declares; its decimals are the currency's.
//
// A record holds amounts of different currencies in different fields, so that a sum cannot mix
// them.
#include <algorithm>

#include "dsl/base/utf8.h"
#include "dsl/fields/currency.h"
#include "dsl/fields/decimal.h"
#include "dsl/fields/field_messages.h"
#include "dsl/fields/field_type.h"
#include "dsl/fields/typed_text.h"

namespace formwork::fields {
namespace {

std::string_view mark_of(const Currency& currency) {
  return currency.symbol.empty() ? currency.code : currency.symbol;
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return to_lower_ascii(a) == to_lower_ascii(b);
}

// Takes `mark` off one end of the text, where a currency may stand.
bool strip(std::string_view& text, std::string_view mark) {
  if (mark.empty() || text.size() <= mark.size()) return false;
  if (equals_ignoring_case(text.substr(0, mark.size()), mark)) {
    text = trimmed(text.substr(mark.size()));
    return true;
  }
  if (equals_ignoring_case(text.substr(text.size() - mark.size()), mark)) {
    text = trimmed(text.substr(0, text.size() - mark.size()));
    return true;
  }
  return false;
}

void strip_own_marks(std::string_view& text, const Currency& currency) {
  if (strip(text, currency.code) || strip(text, currency.symbol) || currency.code != "CNY") return;
  if (!strip(text, "RMB")) strip(text, "元");
}

const Currency* other_currency(std::string_view text, const Currency& own) {
  for (const Currency& other : all_currencies()) {
    std::string_view rest = text;
    if (other.code != own.code && (strip(rest, other.code) || strip(rest, other.symbol)))
      return &other;
  }
  return nullptr;
}

Read<feel::Value> read(std::string_view input, const Field& field, const Reading&) {
  const Currency& currency = *find_currency(field.currency);
  const std::string narrow = narrowed(input);
  std::string_view text = narrow;
  // The sign may stand before the currency: -¥5.
  const bool is_negative = text.starts_with('-');
  if (is_negative) text = trimmed(text.substr(1));
  strip_own_marks(text, currency);
  if (const Currency* other = other_currency(text, currency)) {
    return Unexpected{say(Say::OtherCurrency, {{"currency", std::string(currency.code)},
                                               {"actual", std::string(other->code)}})};
  }
  return read_decimal((is_negative ? "-" : "") + std::string(text), field.scale, field.scale);
}

// The decimal alone, in the field's currency.
Read<feel::Value> read_json(const json::Value& input, const Field& field, const Reading&) {
  return read_json_decimal(input, field.scale);
}

std::string input(const feel::Value& value, const Field& field, const Showing&) {
  return decimal_text(value.number(), field.scale, {.keeps_zeros = true});
}

std::string show(const feel::Value& value, const Field& field, const Showing&) {
  const Currency& currency = *find_currency(field.currency);
  std::string digits =
      decimal_text(value.number(), field.scale, {.groups_thousands = true, .keeps_zeros = true});
  std::string text;
  if (digits.starts_with('-')) {
    text = "-";
    digits.erase(0, 1);
  }
  text += mark_of(currency);
  if (currency.symbol.empty()) text += ' ';
  return text + digits;
}

void write_json(json::Writer& writer, const feel::Value& value, const Field& field, const People&) {
  writer.string(decimal_text(value.number(), field.scale, {.keeps_zeros = true}));
}

std::string_view unit(const Field& field) { return mark_of(*find_currency(field.currency)); }

std::optional<std::string> settle(Field& field) {
  const Currency* currency = find_currency(field.currency);
  if (currency == nullptr) {
    return "`currency` is a code of ISO 4217 such as CNY or USD; this is \"" + field.currency +
           "\"";
  }
  field.scale = currency->minor_units;
  return std::nullopt;
}

feel::Type feel_type(const Field& field) { return feel::Type::money(field.currency); }

constexpr Setting kSettings[] = {Setting::Min, Setting::Max, Setting::Currency};

}  // namespace

const FieldType& money_field() {
  static const FieldType type{
      .name = "money",
      .summary = "An amount in one currency, with that currency's decimals, kept exactly.",
      .value = feel::Value::Kind::Number,
      .column = Column::Scaled,
      .widget = Widget::Decimal,
      .settings = kSettings,
      .read = read,
      .read_json = read_json,
      .input = input,
      .show = show,
      .write_json = write_json,
      .unit = unit,
      .feel_type = feel_type,
      .settle = settle,
  };
  return type;
}

}  // namespace formwork::fields
