// What all types share whose value is a string: showing and writing it, and how long it may be.
#pragma once

#include <cstddef>
#include <string>

#include "dsl/fields/field_type.h"

namespace formwork::fields {

// Null for an empty text, so that there is one kind of nothing.
feel::Value text_or_null(std::string text);

std::string text_itself(const feel::Value& value, const Field& field, const Showing& showing);
void write_text(json::Writer& writer, const feel::Value& value, const Field& field,
                const People& people);

// In characters.
struct TextLimits {
  std::size_t usual;    // `max_length` where the author writes none
  std::size_t largest;  // that an author may write
};

std::optional<std::string> settle_length(Field& field, const TextLimits& limits);

}  // namespace formwork::fields
