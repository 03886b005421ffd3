// Numbers: rounding and arithmetic. Functions over lists of numbers stand with the lists.
#include <optional>

#include "dsl/feel/builtins/answers.h"
#include "dsl/feel/temporal.h"

namespace formwork::feel {
namespace {

Value rounded(Arguments arguments, std::string_view function, Rounding mode,
              Evaluation& evaluation) {
  const std::int64_t scale = arguments[1].is_null() ? 0 : truncated(arguments[1].number());
  std::optional<Number> result;
  if (scale >= -Number::kMaxExponent && scale <= -Number::kMinExponent) {
    result = round(arguments[0].number(), static_cast<int>(scale), mode);
  }
  if (result.has_value()) return Value(*result);
  return no_answer(evaluation, "`scale` of {}() is {}, and must lie within {} and {}", function,
                   scale, -Number::kMaxExponent, -Number::kMinExponent);
}

Value decimal(Arguments arguments, Evaluation& evaluation) {
  return rounded(arguments, "decimal", Rounding::HalfEven, evaluation);
}

Value floor_of(Arguments arguments, Evaluation& evaluation) {
  if (arguments[1].is_null()) return Value(floor(arguments[0].number()));
  return rounded(arguments, "floor", Rounding::Floor, evaluation);
}

Value ceiling_of(Arguments arguments, Evaluation& evaluation) {
  if (arguments[1].is_null()) return Value(ceiling(arguments[0].number()));
  return rounded(arguments, "ceiling", Rounding::Ceiling, evaluation);
}

Value round_up(Arguments arguments, Evaluation& evaluation) {
  return rounded(arguments, "round up", Rounding::Up, evaluation);
}

Value round_down(Arguments arguments, Evaluation& evaluation) {
  return rounded(arguments, "round down", Rounding::Down, evaluation);
}

Value round_half_up(Arguments arguments, Evaluation& evaluation) {
  return rounded(arguments, "round half up", Rounding::HalfUp, evaluation);
}

Value round_half_down(Arguments arguments, Evaluation& evaluation) {
  return rounded(arguments, "round half down", Rounding::HalfDown, evaluation);
}

Value abs_of(Arguments arguments, Evaluation&) { return Value(arguments[0].number().abs()); }

Value abs_of_days(Arguments arguments, Evaluation& evaluation) {
  const Value& duration = arguments[0];
  if (duration.days_duration() >= DaysDuration{}) return duration;
  const Value positive = negate_duration(duration);
  return positive.is_null() ? no_answer(evaluation, "the duration is too long") : positive;
}

Value abs_of_months(Arguments arguments, Evaluation& evaluation) {
  const Value& duration = arguments[0];
  if (duration.months_duration() >= MonthsDuration{}) return duration;
  const Value positive = negate_duration(duration);
  return positive.is_null() ? no_answer(evaluation, "the duration is too long") : positive;
}

Value modulo_of(Arguments arguments, Evaluation& evaluation) {
  const std::optional<Number> rest = modulo(arguments[0].number(), arguments[1].number());
  return rest ? Value(*rest) : no_answer(evaluation, "`divisor` of modulo() is 0");
}

Value sqrt_of(Arguments arguments, Evaluation& evaluation) {
  const std::optional<Number> root = sqrt(arguments[0].number());
  return root ? Value(*root) : no_answer(evaluation, "`number` of sqrt() is below 0");
}

Value log_of(Arguments arguments, Evaluation& evaluation) {
  const std::optional<Number> logarithm = log(arguments[0].number());
  return logarithm ? Value(*logarithm) : no_answer(evaluation, "`number` of log() is not above 0");
}

Value exp_of(Arguments arguments, Evaluation& evaluation) {
  const std::optional<Number> power = exp(arguments[0].number());
  return power ? Value(*power) : no_answer(evaluation, "the result of exp() is too large");
}

// Whether the number is even; nullopt when it is not whole.
std::optional<bool> is_even(const Number& number) {
  if (!number.is_integer()) return std::nullopt;
  const std::optional<Number> rest = modulo(number, Number(2));
  return rest ? std::optional(rest->is_zero()) : std::nullopt;
}

Value even(Arguments arguments, Evaluation& evaluation) {
  const std::optional<bool> answer = is_even(arguments[0].number());
  return answer ? Value(*answer)
                : no_answer(evaluation, "`number` of even() is {}, which is not whole",
                            arguments[0].number().to_string());
}

Value odd(Arguments arguments, Evaluation& evaluation) {
  const std::optional<bool> answer = is_even(arguments[0].number());
  return answer ? Value(!*answer)
                : no_answer(evaluation, "`number` of odd() is {}, which is not whole",
                            arguments[0].number().to_string());
}

constexpr Parameter kOptionalScale{.name = "scale", .type = "number", .is_optional = true};

}  // namespace

// NOLINTNEXTLINE(readability-function-size): a table
const Family& numeric_functions() {
  static const Family family{
      .title = "Numbers",
      .entries =
          {
              {
                  .name = "abs",
                  .parameters = {{"n", "number"}},
                  .result = "number",
                  .call = abs_of,
                  .summary = "The number without its sign.",
                  .example = "abs(-10)",
                  .answer = "10",
                  .result_of = type_of_first,
              },
              {
                  .name = "abs",
                  .parameters = {{"n", "days and time duration"}},
                  .result = "days and time duration",
                  .call = abs_of_days,
                  .summary = "The duration without its sign.",
                  .example = "abs(@\"-PT5H\")",
                  .answer = "@\"PT5H\"",
              },
              {
                  .name = "abs",
                  .parameters = {{"n", "years and months duration"}},
                  .result = "years and months duration",
                  .call = abs_of_months,
                  .summary = "The duration without its sign.",
                  .example = "abs(@\"-P2Y\")",
                  .answer = "@\"P2Y\"",
              },
              {
                  .name = "ceiling",
                  .parameters = {{"n", "number"}, kOptionalScale},
                  .result = "number",
                  .call = ceiling_of,
                  .summary = "The nearest number that is not less and has `scale` digits, or none, "
                             "after the point.",
                  .example = "ceiling(1.56, 1)",
                  .answer = "1.6",
              },
              {
                  .name = "decimal",
                  .parameters = {{"n", "number"}, {"scale", "number"}},
                  .result = "number",
                  .call = decimal,
                  .summary = "The number rounded to `scale` digits after the point; ties go to the "
                             "even digit.",
                  .example = "decimal(1/3, 2)",
                  .answer = "0.33",
              },
              {
                  .name = "even",
                  .parameters = {{"number", "number"}},
                  .result = "boolean",
                  .call = even,
                  .summary = "Whether a whole number is even.",
                  .example = "even(2)",
                  .answer = "true",
              },
              {
                  .name = "exp",
                  .parameters = {{"number", "number"}},
                  .result = "number",
                  .call = exp_of,
                  .summary = "Euler's number to this power.",
                  .example = "decimal(exp(5), 4)",
                  .answer = "148.4132",
              },
              {
                  .name = "floor",
                  .parameters = {{"n", "number"}, kOptionalScale},
                  .result = "number",
                  .call = floor_of,
                  .summary = "The nearest number that is not greater and has `scale` digits, or "
                             "none, after the point.",
                  .example = "floor(-1.56, 1)",
                  .answer = "-1.6",
              },
              {
                  .name = "log",
                  .parameters = {{"number", "number"}},
                  .result = "number",
                  .call = log_of,
                  .summary = "The natural logarithm.",
                  .example = "decimal(log(10), 4)",
                  .answer = "2.3026",
              },
              {
                  .name = "modulo",
                  .parameters = {{"dividend", "number"}, {"divisor", "number"}},
                  .result = "number",
                  .call = modulo_of,
                  .summary = "What is left of a division; it has the sign of the divisor.",
                  .example = "modulo(-12, 5)",
                  .answer = "3",
              },
              {
                  .name = "odd",
                  .parameters = {{"number", "number"}},
                  .result = "boolean",
                  .call = odd,
                  .summary = "Whether a whole number is odd.",
                  .example = "odd(5)",
                  .answer = "true",
              },
              {
                  .name = "round down",
                  .parameters = {{"n", "number"}, {"scale", "number"}},
                  .result = "number",
                  .call = round_down,
                  .summary = "The number with `scale` digits after the point, towards 0.",
                  .example = "round down(-1.126, 2)",
                  .answer = "-1.12",
              },
              {
                  .name = "round half down",
                  .parameters = {{"n", "number"}, {"scale", "number"}},
                  .result = "number",
                  .call = round_half_down,
                  .summary = "The number rounded to `scale` digits after the point; ties go "
                             "towards 0.",
                  .example = "round half down(5.5, 0)",
                  .answer = "5",
              },
              {
                  .name = "round half up",
                  .parameters = {{"n", "number"}, {"scale", "number"}},
                  .result = "number",
                  .call = round_half_up,
                  .summary = "The number rounded to `scale` digits after the point; ties go away "
                             "from 0.",
                  .example = "round half up(-5.5, 0)",
                  .answer = "-6",
              },
              {
                  .name = "round up",
                  .parameters = {{"n", "number"}, {"scale", "number"}},
                  .result = "number",
                  .call = round_up,
                  .summary = "The number with `scale` digits after the point, away from 0.",
                  .example = "round up(1.121, 2)",
                  .answer = "1.13",
              },
              {
                  .name = "sqrt",
                  .parameters = {{"number", "number"}},
                  .result = "number",
                  .call = sqrt_of,
                  .summary = "The square root.",
                  .example = "sqrt(16)",
                  .answer = "4",
              },
          },
  };
  return family;
}

}  // namespace formwork::feel
