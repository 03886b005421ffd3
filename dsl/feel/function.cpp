#include "dsl/feel/function.h"

#include <fmt/core.h>

namespace formwork::feel {
namespace {

// Calls in calls go through the program's own stack, so their depth is bounded.
class Deeper {
 public:
  explicit Deeper(Evaluation& evaluation) : evaluation_(evaluation) { ++evaluation_.depth; }

  Deeper(const Deeper&) = delete;
  Deeper& operator=(const Deeper&) = delete;

  ~Deeper() { --evaluation_.depth; }

 private:
  Evaluation& evaluation_;
};

}  // namespace

Value call(const Function& function, std::span<const Value> arguments, Evaluation& evaluation) {
  if (arguments.size() != function.parameters.size()) {
    if (!evaluation.wants_reasons()) return {};
    return evaluation.null(fmt::format("the function takes {} arguments, and {} are given",
                                       function.parameters.size(), arguments.size()));
  }
  if (!evaluation.spend()) return {};
  if (evaluation.is_too_deep()) {
    return evaluation.null("functions call each other too deeply");
  }
  const Deeper deeper(evaluation);
  std::vector<Value> coerced;
  coerced.reserve(arguments.size());
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Member& parameter = function.parameters[i];
    // Whether a list or context fits is asked of all its parts.
    const std::uint64_t parts = parameter.type.is_open() ? 1 : arguments[i].extent().parts;
    if (parts > 1 && !evaluation.spend(parts)) return {};
    std::optional<Value> value = coerce(arguments[i], parameter.type);
    if (!value) {
      if (!evaluation.wants_reasons()) return {};
      return evaluation.null(
          fmt::format("`{}` must be of type {}", parameter.name, parameter.type.to_string()));
    }
    coerced.push_back(std::move(*value));
  }
  Value result = function.body(coerced, evaluation);
  std::optional<Value> answer = coerce(result, function.result);
  if (answer) return std::move(*answer);
  if (!evaluation.wants_reasons()) return {};
  return evaluation.null(
      fmt::format("the function's answer is not of type {}", function.result.to_string()));
}

}  // namespace formwork::feel
