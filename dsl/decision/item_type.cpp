#include "dsl/decision/item_type.h"

#include <array>

#include "dsl/decision/frame.h"
#include "dsl/diagnostics/did_you_mean.h"
#include "dsl/feel/operators.h"

namespace formwork::decision {
namespace {

using feel::Evaluation;
using feel::Value;
using feel::ValueKind;

std::string shown(const Value& value, const Evaluation& evaluation) {
  std::string text = feel::to_literal(value, *evaluation.environment().zone);
  if (text.size() <= 80) return text;
  std::size_t end = 77;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "…";
}

bool is_allowed(const Value& value, const feel::Expression& allowed, Evaluation& evaluation) {
  const std::array<const Value*, 1> variables{&value};
  const Value answer = with_variables(evaluation, variables,
                                      [&](Evaluation& inner) { return allowed.evaluate(inner); });
  const bool* yes = answer.if_boolean();
  return yes != nullptr && *yes;
}

bool satisfies(const Value& value, const Constraint& constraint, std::string_view what,
               Evaluation& evaluation);

bool members_satisfy(const Value& value, const Constraint& constraint, std::string_view what,
                     Evaluation& evaluation) {
  for (const auto& [name, member] : constraint.members) {
    const Value* part = value.context().find(name);
    if (part == nullptr || member == nullptr) continue;
    if (!satisfies(*part, *member, std::string(what) + "." + name, evaluation)) return false;
  }
  return true;
}

bool satisfies(const Value& value, const Constraint& constraint, std::string_view what,
               Evaluation& evaluation) {
  if (value.is_null()) return true;
  if (constraint.allowed && !is_allowed(value, *constraint.allowed, evaluation)) {
    if (evaluation.wants_reasons()) {
      evaluation.null(std::string(what) + " is " + shown(value, evaluation) +
                      "; allowed: " + constraint.allowed_text);
    }
    return false;
  }
  if (constraint.element != nullptr && value.kind() == ValueKind::List) {
    for (const Value& each : value.list()) {
      if (!satisfies(each, *constraint.element, what, evaluation)) return false;
    }
  }
  return value.kind() != ValueKind::Context || members_satisfy(value, constraint, what, evaluation);
}

}  // namespace

Value conform(const Value& value, const ItemType& type, std::string_view what,
              Evaluation& evaluation) {
  if (type.is_open() || value.is_null()) return value;
  std::optional<Value> coerced = feel::coerce(value, type.type);
  if (!coerced) {
    if (!evaluation.wants_reasons()) return {};
    return evaluation.null(std::string(what) + " is " + shown(value, evaluation) +
                           ", not of type " + type.type.to_string());
  }
  if (type.constraint != nullptr && !satisfies(*coerced, *type.constraint, what, evaluation)) {
    return {};
  }
  return std::move(*coerced);
}

std::string suggest_type(std::string_view name) {
  static constexpr std::array<std::string_view, 9> kBuiltin{"number",
                                                            "string",
                                                            "boolean",
                                                            "date",
                                                            "time",
                                                            "date and time",
                                                            "days and time duration",
                                                            "years and months duration",
                                                            "Any"};
  if (!nearest(name, kBuiltin).empty()) return suggest(name, kBuiltin);
  return "write a type of FEEL, such as number, or the name of an item definition";
}

}  // namespace formwork::decision
