// What the families share: saying that there is no answer, positions in lists and texts, limits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "dsl/feel/builtin.h"

namespace formwork::feel {

// Null with a reason that is only worded when somebody wants it: each {} stands for the next part.
template <class... Parts>
Value no_answer(Evaluation& evaluation, std::string_view reason, const Parts&... parts);

// What is behind the point is cut off; beyond 64 bits it is the nearest that fits.
std::int64_t truncated(const Number& number);

// The index from 0 of a position that counts from 1, or from the end when negative. nullopt when
// there is no such place among `count`.
std::optional<std::size_t> index_of(const Number& position, std::size_t count);

// Null that says so: "`position` of remove() is 4, and there are 3 elements".
Value no_such_place(Evaluation& evaluation, std::string_view parameter, std::string_view function,
                    const Number& position, std::size_t count, std::string_view things);

// Whether a list of so many elements, a text of so many bytes may be made.
inline bool may_hold(const Evaluation& evaluation, std::size_t elements) {
  return elements <= evaluation.limits().list_elements;
}

inline bool may_write(const Evaluation& evaluation, std::size_t bytes) {
  return bytes <= evaluation.limits().string_bytes;
}

Value list_too_long(Evaluation& evaluation, std::string_view function);
Value text_too_long(Evaluation& evaluation, std::string_view function);

// Pays for comparing two values: lists and contexts cost as many steps as they have parts.
bool spend_on_equality(const Value& a, const Value& b, Evaluation& evaluation);

// Whether FEEL's `=` says true.
bool are_equal(const Value& a, const Value& b, const Evaluation& evaluation);

// A result type that is that of the first argument, which is no list.
Type type_of_first(std::span<const Type> arguments);

// The type of an element of a variadic `list`: of one list, or of all arguments. It may be null, as
// lists may be empty.
Type element_of_all(std::span<const Type> arguments);

// The same where elements are numbers: `money`, say, or `number` when nothing closer is known.
Type number_of_all(std::span<const Type> arguments);

namespace detail {

inline std::string in_words(std::string_view part) { return std::string(part); }

template <class Integer>

requires(std::is_integral_v<Integer>) std::string in_words(Integer part) {
  return std::to_string(part);
}

Value no_answer(Evaluation& evaluation, std::string_view reason,
                std::initializer_list<std::string> parts);

}  // namespace detail

template <class... Parts>
Value no_answer(Evaluation& evaluation, std::string_view reason, const Parts&... parts) {
  if (!evaluation.wants_reasons()) return {};
  return detail::no_answer(evaluation, reason, {detail::in_words(parts)...});
}

}  // namespace formwork::feel
