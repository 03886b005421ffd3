// Aggregates: one answer from all elements of a list, or from all arguments.
#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "dsl/feel/builtins/answers.h"
#include "dsl/feel/builtins/words.h"
#include "dsl/feel/operators.h"

namespace formwork::feel {
namespace {

Value count(Arguments arguments, Evaluation&) { return Value(Number(arguments[0].list().size())); }

// The first element that no other precedes; `sign` is -1 for the least, 1 for the greatest.
Value extreme(const List& list, int sign, std::string_view function, Evaluation& evaluation) {
  if (list.empty()) return no_answer(evaluation, "the list of {}() is empty", function);
  if (!evaluation.spend(list.size())) return {};
  const TimeZone& zone = *evaluation.environment().zone;
  const Value* best = &list.front();
  // The first is also compared with itself: a list of one boolean has no least element either.
  for (const Value& element : list) {
    const std::optional<int> result = order(element, *best, zone);
    if (!result.has_value()) {
      return no_answer(evaluation, "{}() cannot compare {} with {}", function,
                       words::kind_of(*best), words::kind_of(element));
    }
    if (sign < 0 ? *result < 0 : *result > 0) best = &element;
  }
  return *best;
}

Value min(Arguments arguments, Evaluation& evaluation) {
  return extreme(arguments[0].list(), -1, "min", evaluation);
}

Value max(Arguments arguments, Evaluation& evaluation) {
  return extreme(arguments[0].list(), 1, "max", evaluation);
}

// The numbers of a list; nullopt after saying why not, null being the only other thing in it.
std::optional<std::vector<Number>> numbers_of(const Value& list, std::string_view function,
                                              Evaluation& evaluation) {
  if (!evaluation.spend(list.list().size())) return std::nullopt;
  std::vector<Number> numbers;
  numbers.reserve(list.list().size());
  for (const Value& element : list.list()) {
    const Number* number = element.if_number();
    if (number == nullptr) {
      no_answer(evaluation, "element {} of `list` of {}() is null", numbers.size() + 1, function);
      return std::nullopt;
    }
    numbers.push_back(*number);
  }
  return numbers;
}

// The same, and an empty list has no answer either.
std::optional<std::vector<Number>> some_numbers_of(const Value& list, std::string_view function,
                                                   Evaluation& evaluation) {
  std::optional<std::vector<Number>> numbers = numbers_of(list, function, evaluation);
  if (numbers.has_value() && numbers->empty()) {
    no_answer(evaluation, "the list of {}() is empty", function);
    return std::nullopt;
  }
  return numbers;
}

std::optional<Number> total(const std::vector<Number>& numbers) {
  std::optional<Number> sum = Number(0);
  for (const Number& number : numbers) {
    sum = add(*sum, number);
    if (!sum.has_value()) return sum;
  }
  return sum;
}

std::optional<Number> average(const std::vector<Number>& numbers) {
  const std::optional<Number> sum = total(numbers);
  return sum ? divide(*sum, Number(numbers.size())) : std::nullopt;
}

Value answer(const std::optional<Number>& number, std::string_view function,
             Evaluation& evaluation) {
  if (number.has_value()) return Value(*number);
  return no_answer(evaluation, "the result of {}() is too large", function);
}

Value sum(Arguments arguments, Evaluation& evaluation) {
  const auto numbers = some_numbers_of(arguments[0], "sum", evaluation);
  return numbers ? answer(total(*numbers), "sum", evaluation) : Value{};
}

Value mean(Arguments arguments, Evaluation& evaluation) {
  const auto numbers = some_numbers_of(arguments[0], "mean", evaluation);
  return numbers ? answer(average(*numbers), "mean", evaluation) : Value{};
}

Value product(Arguments arguments, Evaluation& evaluation) {
  const auto numbers = some_numbers_of(arguments[0], "product", evaluation);
  if (!numbers.has_value()) return {};
  std::optional<Number> result = Number(1);
  for (const Number& number : *numbers) {
    if (result.has_value()) result = multiply(*result, number);
  }
  return answer(result, "product", evaluation);
}

Value median(Arguments arguments, Evaluation& evaluation) {
  auto numbers = some_numbers_of(arguments[0], "median", evaluation);
  if (!numbers.has_value()) return {};
  std::sort(numbers->begin(), numbers->end());
  const std::size_t half = numbers->size() / 2;
  if (numbers->size() % 2 == 1) return Value((*numbers)[half]);
  return answer(average({(*numbers)[half - 1], (*numbers)[half]}), "median", evaluation);
}

// Of a sample: the squares are divided by one less than there are.
std::optional<Number> deviation(const std::vector<Number>& numbers) {
  const std::optional<Number> middle = average(numbers);
  if (!middle.has_value()) return std::nullopt;
  std::vector<Number> squares;
  for (const Number& number : numbers) {
    const std::optional<Number> off = subtract(number, *middle);
    const std::optional<Number> square = off ? multiply(*off, *off) : std::nullopt;
    if (!square.has_value()) return std::nullopt;
    squares.push_back(*square);
  }
  const std::optional<Number> all = total(squares);
  const std::optional<Number> variance =
      all ? divide(*all, Number(numbers.size() - 1)) : std::nullopt;
  return variance ? sqrt(*variance) : std::nullopt;
}

Value stddev(Arguments arguments, Evaluation& evaluation) {
  const auto numbers = some_numbers_of(arguments[0], "stddev", evaluation);
  if (!numbers.has_value()) return {};
  if (numbers->size() == 1) return no_answer(evaluation, "one number has no stddev()");
  return answer(deviation(*numbers), "stddev", evaluation);
}

Value mode(Arguments arguments, Evaluation& evaluation) {
  auto numbers = numbers_of(arguments[0], "mode", evaluation);
  if (!numbers.has_value()) return {};
  std::stable_sort(numbers->begin(), numbers->end());
  List modes;
  std::ptrdiff_t most = 0;
  for (auto first = numbers->begin(); first != numbers->end();) {
    const auto last = std::upper_bound(first, numbers->end(), *first);
    if (last - first > most) modes.clear();
    if (last - first >= most) {
      most = last - first;
      modes.emplace_back(*first);
    }
    first = last;
  }
  return Value(std::move(modes));
}

// `decisive` settles the answer wherever it stands; null does when nothing is decisive.
Value settle(const List& list, bool decisive, std::string_view function, Evaluation& evaluation) {
  if (!evaluation.spend(list.size())) return {};
  bool has_null = false;
  for (const Value& element : list) {
    const bool* value = element.if_boolean();
    if (value == nullptr) {
      has_null = true;
    } else if (*value == decisive) {
      return Value(decisive);
    }
  }
  if (!has_null) return Value(!decisive);
  return no_answer(evaluation, "an element of {}() is null, and the others do not decide",
                   function);
}

Value all(Arguments arguments, Evaluation& evaluation) {
  return settle(arguments[0].list(), false, "all", evaluation);
}

Value any(Arguments arguments, Evaluation& evaluation) {
  return settle(arguments[0].list(), true, "any", evaluation);
}

constexpr Parameter kBooleans{.name = "list", .type = "list<boolean>", .is_variadic = true};
constexpr Parameter kNumbers{.name = "list", .type = "list<number>", .is_variadic = true};
constexpr Parameter kValues{.name = "list", .type = "list<Any>", .is_variadic = true};

}  // namespace

// NOLINTNEXTLINE(readability-function-size): a table
const Family& aggregate_functions() {
  static const Family family{
      .title = "Aggregates",
      .entries =
          {
              {
                  .name = "all",
                  .parameters = {kBooleans},
                  .result = "boolean",
                  .call = all,
                  .summary = "Whether no element is false.",
                  .example = "all([true, false])",
                  .answer = "false",
              },
              {
                  .name = "any",
                  .parameters = {kBooleans},
                  .result = "boolean",
                  .call = any,
                  .summary = "Whether an element is true.",
                  .example = "any([true, false])",
                  .answer = "true",
              },
              {
                  .name = "count",
                  .parameters = {{"list", "list<Any>"}},
                  .result = "number",
                  .call = count,
                  .summary = "The number of elements.",
                  .example = "count([1, 2, 3])",
                  .answer = "3",
              },
              {
                  .name = "max",
                  .parameters = {kValues},
                  .result = "Any",
                  .call = max,
                  .summary = "The greatest element.",
                  .example = "max(1, 2, 3)",
                  .answer = "3",
                  .result_of = element_of_all,
              },
              {
                  .name = "mean",
                  .parameters = {kNumbers},
                  .result = "number",
                  .call = mean,
                  .summary = "The sum of the numbers divided by how many there are.",
                  .example = "mean(1, 2, 3)",
                  .answer = "2",
                  .result_of = number_of_all,
              },
              {
                  .name = "median",
                  .parameters = {kNumbers},
                  .result = "number",
                  .call = median,
                  .summary = "The number in the middle, or the mean of the two that are.",
                  .example = "median([6, 1, 2, 3])",
                  .answer = "2.5",
                  .result_of = number_of_all,
              },
              {
                  .name = "min",
                  .parameters = {kValues},
                  .result = "Any",
                  .call = min,
                  .summary = "The least element.",
                  .example = "min([1, 2, 3])",
                  .answer = "1",
                  .result_of = element_of_all,
              },
              {
                  .name = "mode",
                  .parameters = {kNumbers},
                  .result = "list<number>",
                  .call = mode,
                  .summary = "The most frequent numbers, in their order.",
                  .example = "mode([6, 1, 9, 6, 1])",
                  .answer = "[1, 6]",
              },
              {
                  .name = "product",
                  .parameters = {kNumbers},
                  .result = "number",
                  .call = product,
                  .summary = "All numbers multiplied.",
                  .example = "product([2, 3, 4])",
                  .answer = "24",
              },
              {
                  .name = "stddev",
                  .parameters = {kNumbers},
                  .result = "number",
                  .call = stddev,
                  .summary = "The standard deviation of a sample.",
                  .example = "stddev(2, 4, 7, 5)",
                  .answer = "2.081665999466132735282297706979931",
                  .result_of = number_of_all,
              },
              {
                  .name = "sum",
                  .parameters = {kNumbers},
                  .result = "number",
                  .call = sum,
                  .summary = "All numbers added.",
                  .example = "sum([1, 2, 3])",
                  .answer = "6",
                  .result_of = number_of_all,
              },
          },
  };
  return family;
}

}  // namespace formwork::feel
