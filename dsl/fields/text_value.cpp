#include "dsl/fields/text_value.h"

#include <utility>

#include "dsl/fields/field_messages.h"

namespace formwork::fields {

feel::Value text_or_null(std::string text) {
  return text.empty() ? feel::Value() : feel::Value(std::move(text));
}

std::string text_itself(const feel::Value& value, const Field&, const Showing&) {
  return value.string();
}

void write_text(json::Writer& writer, const feel::Value& value, const Field&, const People&) {
  writer.string(value.string());
}

std::optional<std::string> settle_length(Field& field, const TextLimits& limits) {
  if (!field.max_length) field.max_length = limits.usual;
  if (*field.max_length >= 1 && *field.max_length <= limits.largest) return std::nullopt;
  return "`max_length` is 1 to " + grouped(limits.largest) + "; this is " +
         grouped(*field.max_length);
}

}  // namespace formwork::fields
