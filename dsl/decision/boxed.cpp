#include "dsl/decision/boxed.h"

#include <algorithm>
#include <array>
#include <utility>

#include "dsl/decision/frame.h"
#include "dsl/feel/function.h"
#include "dsl/feel/operators.h"

namespace formwork::decision {
namespace {

using feel::Evaluation;
using feel::Value;
using feel::ValueKind;
using Kind = Boxed::Kind;
using Traces = std::vector<TracedTable>;

Value run(const Node& node, Slots& slots, Evaluation& evaluation, Traces* traces);

Value run_table(const Node& node, Evaluation& evaluation, Traces* traces) {
  if (traces == nullptr) return evaluate(*node.table, evaluation);
  TracedTable traced{node.table, {}};
  Value value = evaluate(*node.table, evaluation, &traced.trace);
  traces->push_back(std::move(traced));
  return value;
}

// Entries see those before them.
Value run_context(const Node& node, Slots& slots, Evaluation& evaluation, Traces* traces) {
  std::vector<Value> values(node.children.size());
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    const std::string& name = node.names[i].empty() ? node.home : node.names[i];
    values[i] =
        conform(run(node.children[i], slots, evaluation, traces), node.types[i], name, evaluation);
    slots[node.slot + i] = &values[i];
  }
  std::fill_n(slots.begin() + static_cast<std::ptrdiff_t>(node.slot), values.size(), nullptr);
  if (node.result) return std::move(values[*node.result]);
  return evaluation.within_limits(Value(feel::Context{node.shape, std::move(values)}));
}

Value run_invocation(const Node& node, Slots& slots, Evaluation& evaluation, Traces* traces) {
  const Value called = run(node.children.front(), slots, evaluation, traces);
  if (called.kind() != ValueKind::Function) {
    return evaluation.null(node.home + ": what is invoked is no function");
  }
  const feel::Function& function = *called.function();
  std::vector<Value> arguments(function.parameters.size());
  for (std::size_t i = 0; i < node.names.size(); ++i) {
    const auto parameter =
        std::find_if(function.parameters.begin(), function.parameters.end(),
                     [&](const feel::Member& each) { return each.name == node.names[i]; });
    if (parameter == function.parameters.end()) {
      return evaluation.null(node.home + ": the function has no parameter `" + node.names[i] + "`");
    }
    const Value argument = run(node.children[i + 1], slots, evaluation, traces);
    arguments[static_cast<std::size_t>(parameter - function.parameters.begin())] =
        conform(argument, node.types[i], node.names[i], evaluation);
  }
  return feel::call(function, arguments, evaluation);
}

// A function with the values that its text could see where it was made.
struct Closure {
  const Node* node;
  std::vector<Value> captured;

  Value operator()(std::span<const Value> arguments, Evaluation& evaluation) const {
    Slots slots(node->slots, nullptr);
    for (std::size_t i = 0; i < captured.size(); ++i) slots[i] = &captured[i];
    std::vector<Value> values(node->names.size());
    for (std::size_t i = 0; i < values.size() && i < arguments.size(); ++i) {
      values[i] = conform(arguments[i], node->types[i], node->names[i], evaluation);
      slots[node->slot + i] = &values[i];
    }
    return with_variables(evaluation, slots, [&](Evaluation& inner) {
      return run(node->children.front(), slots, inner, nullptr);
    });
  }
};

Value make_function(const Node& node, const Slots& slots) {
  if (node.children.empty()) return {};
  Closure closure{&node, {}};
  for (std::size_t i = 0; i < node.slot; ++i) {
    closure.captured.push_back(slots[i] != nullptr ? *slots[i] : Value());
  }
  auto function = std::make_shared<feel::Function>();
  for (std::size_t i = 0; i < node.names.size(); ++i) {
    function->parameters.push_back({node.names[i], node.types[i].type});
  }
  function->extent = feel::extent_around(closure.captured.data(), closure.captured.size());
  function->body = std::move(closure);
  return Value(std::shared_ptr<const feel::Function>(std::move(function)));
}

Value run_list(const Node& node, Slots& slots, Evaluation& evaluation, Traces* traces) {
  feel::List list;
  list.reserve(node.children.size());
  for (const Node& child : node.children) list.push_back(run(child, slots, evaluation, traces));
  return evaluation.within_limits(Value(std::move(list)));
}

Value run_relation(const Node& node, Slots& slots, Evaluation& evaluation, Traces* traces) {
  feel::List rows;
  for (const Node& row : node.children) {
    feel::Context context{node.shape, std::vector<Value>(node.names.size())};
    for (std::size_t i = 0; i < node.names.size() && i < row.children.size(); ++i) {
      context.values[i] = conform(run(row.children[i], slots, evaluation, traces), node.types[i],
                                  node.names[i], evaluation);
    }
    rows.emplace_back(std::move(context));
  }
  return evaluation.within_limits(Value(std::move(rows)));
}

Value run_conditional(const Node& node, Slots& slots, Evaluation& evaluation, Traces* traces) {
  if (node.children.size() != 3) return {};
  const Value condition = run(node.children[0], slots, evaluation, traces);
  const bool* holds = condition.if_boolean();
  const std::size_t branch = holds != nullptr && *holds ? 1 : 2;
  return run(node.children[branch], slots, evaluation, traces);
}

// What a loop goes over: a list, the whole numbers or days of a range, a lone value as a list of
// it. False for null and for endless ranges.
bool gather(const Value& value, feel::List& elements, Evaluation& evaluation) {
  if (value.is_null()) return false;
  if (value.kind() == ValueKind::List) {
    elements = value.list();
    return true;
  }
  if (value.kind() != ValueKind::Range) {
    elements.push_back(value);
    return true;
  }
  const feel::Range& range = value.range();
  const TimeZone& zone = *evaluation.environment().zone;
  Value step = Value(feel::Number(1));
  if (range.start.kind() == ValueKind::Date) step = Value(DaysDuration{kSecondsPerDay});
  Value next = range.start;
  if (!feel::order(range.start, range.end, zone)) return false;
  if (!range.start_included) next = feel::add(next, step, zone);
  while (true) {
    const std::optional<int> order = feel::order(next, range.end, zone);
    if (!order) return false;
    if (*order > 0 || (*order == 0 && !range.end_included)) return true;
    if (!evaluation.spend() || elements.size() >= evaluation.limits().list_elements) return false;
    elements.push_back(next);
    next = feel::add(next, step, zone);
  }
}

Value run_for(const Node& node, const feel::List& elements, Slots& slots, Evaluation& evaluation) {
  feel::List results;
  results.reserve(elements.size());
  for (const Value& element : elements) {
    if (!evaluation.spend()) return {};
    // The results so far are a list of its own in each turn; copying it is paid for.
    if (node.reads_partial && !evaluation.spend(results.size())) return {};
    slots[node.slot] = &element;
    const Value partial = node.reads_partial ? evaluation.within_limits(Value(results)) : Value();
    slots[node.slot + 1] = &partial;
    Value result = run(node.children[1], slots, evaluation, nullptr);
    slots[node.slot + 1] = nullptr;
    results.push_back(std::move(result));
  }
  return evaluation.within_limits(Value(std::move(results)));
}

constexpr std::string_view kNoBoolean = "the condition gives no boolean";

// `some` is done at the first true, `every` at the first false. A null makes the whole null unless
// a later answer decides; what is no boolean at all ends it (DMN TCK 1153).
Value run_quantified(const Node& node, const feel::List& elements, Slots& slots,
                     Evaluation& evaluation) {
  const bool decisive = node.kind == Kind::Some;
  bool is_unknown = false;
  for (const Value& element : elements) {
    if (!evaluation.spend()) return {};
    slots[node.slot] = &element;
    const Value answer = run(node.children[1], slots, evaluation, nullptr);
    const bool* holds = answer.if_boolean();
    if (holds != nullptr && *holds == decisive) return Value(decisive);
    if (holds == nullptr && !answer.is_null()) return evaluation.null(kNoBoolean);
    is_unknown = is_unknown || holds == nullptr;
  }
  return is_unknown ? evaluation.null(kNoBoolean) : Value(!decisive);
}

Value run_loop(const Node& node, Slots& slots, Evaluation& evaluation, Traces* traces) {
  if (node.children.size() != 2) return {};
  const Value over = run(node.children[0], slots, evaluation, traces);
  feel::List elements;
  if (!gather(over, elements, evaluation)) {
    return evaluation.null(node.home + ": there is nothing to go over");
  }
  Value result = node.kind == Kind::For ? run_for(node, elements, slots, evaluation)
                                        : run_quantified(node, elements, slots, evaluation);
  slots[node.slot] = nullptr;
  return result;
}

Value at_index(const feel::List& elements, const feel::Number& index) {
  const std::optional<std::int64_t> whole = index.to_int64();
  const auto size = static_cast<std::int64_t>(elements.size());
  if (!whole || *whole == 0 || *whole > size || *whole < -size) return {};
  return elements[static_cast<std::size_t>(*whole > 0 ? *whole - 1 : size + *whole)];
}

// Binds `item` and its entries.
void bind_item(const Node& node, const Value& item, Slots& slots) {
  slots[node.slot] = &item;
  for (std::size_t i = 0; i < node.names.size(); ++i) {
    slots[node.slot + 1 + i] =
        item.kind() == ValueKind::Context ? item.context().find(node.names[i]) : nullptr;
  }
}

Value run_filter(const Node& node, Slots& slots, Evaluation& evaluation, Traces* traces) {
  if (node.children.size() != 2) return {};
  const Value over = run(node.children[0], slots, evaluation, traces);
  feel::List elements;
  if (!gather(over, elements, evaluation)) {
    return evaluation.null(node.home + ": there is nothing to filter");
  }
  feel::List kept;
  for (const Value& element : elements) {
    if (!evaluation.spend()) return {};
    bind_item(node, element, slots);
    const Value answer = run(node.children[1], slots, evaluation, nullptr);
    if (const feel::Number* index = answer.if_number()) return at_index(elements, *index);
    const bool* holds = answer.if_boolean();
    if (holds != nullptr && *holds) kept.push_back(element);
  }
  bind_item(node, Value(), slots);
  slots[node.slot] = nullptr;
  return Value(std::move(kept));
}

Value run_kind(const Node& node, Slots& slots, Evaluation& evaluation, Traces* traces) {
  switch (node.kind) {
    case Kind::Nothing:
      return evaluation.null(node.home + " has no logic");
    case Kind::Foreign:
      return evaluation.null(node.home + " is a function in another language");
    case Kind::Literal:
      return node.expression.evaluate(evaluation);
    case Kind::Table:
      return run_table(node, evaluation, traces);
    case Kind::Context:
      return run_context(node, slots, evaluation, traces);
    case Kind::Invocation:
      return run_invocation(node, slots, evaluation, traces);
    case Kind::Function:
      return make_function(node, slots);
    case Kind::List:
      return run_list(node, slots, evaluation, traces);
    case Kind::Relation:
      return run_relation(node, slots, evaluation, traces);
    case Kind::Conditional:
      return run_conditional(node, slots, evaluation, traces);
    case Kind::Filter:
      return run_filter(node, slots, evaluation, traces);
    case Kind::For:
    case Kind::Some:
    case Kind::Every:
      return run_loop(node, slots, evaluation, traces);
  }
  return {};
}

Value run(const Node& node, Slots& slots, Evaluation& evaluation, Traces* traces) {
  Value value = run_kind(node, slots, evaluation, traces);
  if (node.type.is_open()) return value;
  return conform(value, node.type, node.home, evaluation);
}

}  // namespace

Value evaluate(const Node& node, Slots& slots, Evaluation& evaluation, Traces* traces) {
  return run(node, slots, evaluation, traces);
}

}  // namespace formwork::decision
