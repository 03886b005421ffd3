#include "dsl/feel/builtins/answers.h"

#include <algorithm>
#include <limits>

#include "dsl/feel/operators.h"

namespace formwork::feel {

Value detail::no_answer(Evaluation& evaluation, std::string_view reason,
                        std::initializer_list<std::string> parts) {
  std::string text;
  for (const std::string& part : parts) {
    const std::size_t place = reason.find("{}");
    text += reason.substr(0, place);
    text += part;
    reason.remove_prefix(place + 2);
  }
  text += reason;
  return evaluation.null(text);
}

std::int64_t truncated(const Number& number) {
  const std::optional<Number> whole = round(number, 0, Rounding::Down);
  const std::optional<std::int64_t> value = whole ? whole->to_int64() : std::nullopt;
  if (value.has_value()) return *value;
  return number.is_negative() ? std::numeric_limits<std::int64_t>::min()
                              : std::numeric_limits<std::int64_t>::max();
}

std::optional<std::size_t> index_of(const Number& position, std::size_t count) {
  const std::int64_t place = truncated(position);
  const auto places = static_cast<std::int64_t>(count);
  if (place == 0 || place > places || place < -places) return std::nullopt;
  return static_cast<std::size_t>(place > 0 ? place - 1 : places + place);
}

Value no_such_place(Evaluation& evaluation, std::string_view parameter, std::string_view function,
                    const Number& position, std::size_t count, std::string_view things) {
  if (!evaluation.wants_reasons()) return {};
  if (truncated(position) == 0) {
    return no_answer(evaluation, "`{}` of {}() is 0; the first is 1 and the last is -1", parameter,
                     function);
  }
  return no_answer(evaluation, "`{}` of {}() is {}, and there are {} {}", parameter, function,
                   position.to_string(), count, things);
}

Value list_too_long(Evaluation& evaluation, std::string_view function) {
  return no_answer(evaluation, "the list of {}() would have more than {} elements", function,
                   evaluation.limits().list_elements);
}

Value text_too_long(Evaluation& evaluation, std::string_view function) {
  return no_answer(evaluation, "the text of {}() would have more than {} bytes", function,
                   evaluation.limits().string_bytes);
}

bool spend_on_equality(const Value& a, const Value& b, Evaluation& evaluation) {
  return evaluation.spend(std::min(a.extent().parts, b.extent().parts));
}

bool are_equal(const Value& a, const Value& b, const Evaluation& evaluation) {
  return equal(a, b, *evaluation.environment().zone).value_or(false);
}

Type type_of_first(std::span<const Type> arguments) {
  if (arguments.empty()) return TypeKind::Any;
  // A list of one stands for its element.
  const Type& first = arguments[0];
  return first.is(TypeKind::List) ? first.element().or_null() : first.or_null();
}

Type element_of_all(std::span<const Type> arguments) {
  if (arguments.empty()) return TypeKind::Any;
  if (arguments.size() == 1 && arguments[0].is(TypeKind::List)) {
    return arguments[0].element().or_null();
  }
  Type all = arguments[0];
  for (const Type& type : arguments.subspan(1)) all = join(all, type);
  return all.or_null();
}

Type number_of_all(std::span<const Type> arguments) {
  Type number = element_of_all(arguments);
  return number.is(TypeKind::Number) ? number : Type(TypeKind::Number);
}

}  // namespace formwork::feel
