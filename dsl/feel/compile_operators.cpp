// Operators: what their operands may be, and what they give.
#include <algorithm>
#include <map>

#include <fmt/core.h>

#include "dsl/diagnostics/codes.h"
#include "dsl/diagnostics/did_you_mean.h"
#include "dsl/feel/compiler.h"

namespace formwork::feel {

using syntax::Kind;

namespace {

bool is_number(const Type& type) { return type.is(TypeKind::Number); }

bool is_duration(const Type& type) {
  return type.is(TypeKind::DaysDuration) || type.is(TypeKind::MonthsDuration);
}

bool is_point(const Type& type) { return type.is(TypeKind::Date) || type.is(TypeKind::DateTime); }

bool has_order(const Type& type) {
  return is_number(type) || is_duration(type) || is_point(type) || type.is(TypeKind::String) ||
         type.is(TypeKind::Time);
}

bool is_vague(const Type& type) { return type.is_open() || type.is(TypeKind::Null); }

struct OperatorOf {
  code::Operator op;
  std::string_view sign;
};

OperatorOf operator_of(Kind kind) {
  switch (kind) {
    case Kind::Add:
      return {code::Operator::Add, "+"};
    case Kind::Subtract:
      return {code::Operator::Subtract, "-"};
    case Kind::Multiply:
      return {code::Operator::Multiply, "*"};
    case Kind::Divide:
      return {code::Operator::Divide, "/"};
    default:
      return {code::Operator::Power, "**"};
  }
}

// Money plus money is money, money times a share is money, money by money is a number; everything
// else that is more than a number loses what it is more.
Type unit_of(Kind kind, const Type& left, const Type& right) {
  const bool is_sum = kind == Kind::Add || kind == Kind::Subtract;
  const Type& money = left.is_money() ? left : right;
  if (is_sum && (left.is_money() || right.is_money())) return money;
  if (is_sum && left.is_percent() && right.is_percent()) return Type::percent();
  if (kind == Kind::Multiply && left.is_money() != right.is_money()) return money;
  if (kind == Kind::Divide && left.is_money() && !right.is_money()) return left;
  return TypeKind::Number;
}

// The result of an operation on dates, times and durations, Any when there is none (tables 54 to
// 60 of DMN 1.5).
std::optional<Type> temporal_result(Kind kind, const Type& left, const Type& right) {
  switch (kind) {
    case Kind::Add:
      if (is_duration(left) && left.kind() == right.kind()) return left;
      if (is_point(left) && is_duration(right)) return left;
      if (is_duration(left) && is_point(right)) return right;
      if (left.is(TypeKind::Time) && right.is(TypeKind::DaysDuration)) return left;
      if (left.is(TypeKind::DaysDuration) && right.is(TypeKind::Time)) return right;
      return std::nullopt;
    case Kind::Subtract:
      if (is_duration(left) && left.kind() == right.kind()) return left;
      if (is_point(left) && is_point(right)) return Type(TypeKind::DaysDuration);
      if (left.is(TypeKind::Time) && right.is(TypeKind::Time)) return Type(TypeKind::DaysDuration);
      if (is_point(left) && is_duration(right)) return left;
      if (left.is(TypeKind::Time) && right.is(TypeKind::DaysDuration)) return left;
      return std::nullopt;
    case Kind::Multiply:
      if (is_duration(left) && is_number(right)) return left;
      if (is_number(left) && is_duration(right)) return right;
      return std::nullopt;
    case Kind::Divide:
      if (is_duration(left) && is_number(right)) return left;
      if (is_duration(left) && left.kind() == right.kind()) return Type(TypeKind::Number);
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

bool clash(const Type& a, const Type& b) {
  if ((a.is_money() && b.is_percent()) || (a.is_percent() && b.is_money())) return true;
  return a.is_money() && b.is_money() && !a.currency().empty() && !b.currency().empty() &&
         a.currency() != b.currency();
}

}  // namespace

Type Compiler::type_of_arithmetic(NodeId id, const Compiled& left, const Compiled& right) {
  const Kind kind = at(id).kind;
  const NodeId left_id = at(id).children[0];
  const NodeId right_id = at(id).children[1];
  if (left.type.is(TypeKind::Unknown) || right.type.is(TypeKind::Unknown)) return TypeKind::Unknown;
  if (is_vague(left.type) || is_vague(right.type)) return TypeKind::Any;
  const bool is_sum = kind == Kind::Add || kind == Kind::Subtract;
  if (is_number(left.type) && is_number(right.type)) {
    if (is_sum && clash(left.type, right.type)) {
      error(codes::kFeelTypeMismatch, id,
            fmt::format("{} and {}; they cannot be {}", describe(left_id, left.type),
                        describe(right_id, right.type), kind == Kind::Add ? "added" : "subtracted"),
            left.type.is_percent() || right.type.is_percent()
                ? "write `amount * (1 + share)` to add a share of the amount"
                : "convert one of them first");
      return TypeKind::Unknown;
    }
    // Also of numbers that are never null: the result may be too large.
    return unit_of(kind, left.type, right.type).or_null();
  }
  const bool are_texts = left.type.is(TypeKind::String) && right.type.is(TypeKind::String);
  if (kind == Kind::Add && are_texts) return TypeKind::String;
  if (const auto result = temporal_result(kind, left.type, right.type)) return result->or_null();
  std::string remedy;
  const bool has_text = left.type.is(TypeKind::String) || right.type.is(TypeKind::String);
  if (kind == Kind::Add && has_text) remedy = "write string(…) around what is no text";
  error(codes::kFeelTypeMismatch, id,
        fmt::format("{} and {}; `{}` has no answer for them", describe(left_id, left.type),
                    describe(right_id, right.type), operator_of(kind).sign),
        std::move(remedy));
  return TypeKind::Unknown;
}

Compiled Compiler::compile_arithmetic(NodeId id, Compiled left) {
  Compiled right = compile(at(id).children[1]);
  const Type type = type_of_arithmetic(id, left, right);
  const Kind kind = at(id).kind;
  const bool divides_by_zero = kind == Kind::Divide && right.constant &&
                               right.constant->if_number() != nullptr &&
                               right.constant->number().is_zero();
  if (divides_by_zero) {
    error(codes::kFeelTypeMismatch, id, "a division by zero has no answer",
          "divide by something else");
  }
  const bool are_numbers = is_number(left.type) && is_number(right.type);
  const bool are_constants = left.constant && right.constant;
  return folded(code::make_arithmetic(place_of(id), operator_of(kind).op, are_numbers,
                                      std::move(left.node), std::move(right.node)),
                type, are_constants);
}

Compiled Compiler::compile_negate(NodeId id) {
  const NodeId operand_id = at(id).children.front();
  Compiled operand = compile(operand_id);
  const bool fits = is_number(operand.type) || is_duration(operand.type) || is_vague(operand.type);
  if (!fits) {
    error(codes::kFeelTypeMismatch, id,
          fmt::format("{}, and `-` needs a number or a duration",
                      describe(operand_id, operand.type)));
  }
  Type type = fits ? operand.type : Type(TypeKind::Unknown);
  if (is_duration(type)) type = type.or_null();  // the shortest has no counterpart
  const bool is_constant = operand.constant.has_value();
  return folded(code::make_negate(place_of(id), std::move(operand.node)), type, is_constant);
}

void Compiler::check_option(NodeId id, const Compiled& choice, const Compiled& text) {
  const std::vector<std::string>* options = choice.type.options();
  if (options == nullptr || !text.constant || text.constant->if_string() == nullptr) return;
  const std::string& code = text.constant->string();
  if (std::find(options->begin(), options->end(), code) != options->end()) return;
  const std::vector<std::string_view> names(options->begin(), options->end());
  std::string hint = suggest(code, names);
  error(codes::kFeelUnknownOption, id,
        fmt::format(
            "\"{}\" is not among {}", code,
            choice.type.options_where().empty() ? "the options" : choice.type.options_where()),
        std::move(hint));
}

bool Compiler::check_comparable(NodeId id, NodeId left_id, const Compiled& left, NodeId right_id,
                                const Compiled& right, bool needs_order) {
  const Type& a = left.type;
  const Type& b = right.type;
  if (a.is(TypeKind::Unknown) || b.is(TypeKind::Unknown)) return true;
  const auto report = [&](std::string_view what, std::string remedy) {
    error(codes::kFeelTypeMismatch, id,
          fmt::format("{} and {}; {}", describe(left_id, a), describe(right_id, b), what),
          std::move(remedy));
    return false;
  };
  if (is_vague(a) || is_vague(b)) {
    const bool orders_null = needs_order && (a.is(TypeKind::Null) || b.is(TypeKind::Null));
    return !orders_null || report("null is neither less nor greater than anything", {});
  }
  const bool is_alike =
      a.kind() == b.kind() && (a.record_type() == b.record_type() || a.record_type() == nullptr ||
                               b.record_type() == nullptr);
  if (!is_alike) {
    std::string remedy;
    if (is_point(a) && is_point(b)) remedy = "write date(…) around the date and time";
    if (a.is_percent() && b.is(TypeKind::String)) remedy = "write a share such as 0.2 for 20 %";
    return report("they cannot be compared", std::move(remedy));
  }
  if (clash(a, b)) return report("they cannot be compared", {});
  if (needs_order && !has_order(a)) return report("they have no order", {});
  check_option(right_id, left, right);
  check_option(left_id, right, left);
  return true;
}

Compiled Compiler::compile_relation(NodeId id, Compiled left) {
  const Node& node = at(id);
  Compiled right = compile(node.children[1]);
  check_comparable(id, node.children[0], left, node.children[1], right, true);
  code::Relation relation = code::Relation::Less;
  if (node.kind == Kind::LessEqual) relation = code::Relation::AtMost;
  if (node.kind == Kind::Greater) relation = code::Relation::Greater;
  if (node.kind == Kind::GreaterEqual) relation = code::Relation::AtLeast;
  const bool are_constants = left.constant && right.constant;
  return folded(
      code::make_relation(place_of(id), relation, std::move(left.node), std::move(right.node)),
      TypeKind::Boolean, are_constants);
}

Compiled Compiler::compile_equality(NodeId id, Compiled left) {
  const Node& node = at(id);
  Compiled right = compile(node.children[1]);
  const bool negated = node.kind == Kind::NotEqual;
  if (check_comparable(id, node.children[0], left, node.children[1], right, false)) {
    const bool asks_null = right.type.is(TypeKind::Null) || left.type.is(TypeKind::Null);
    const Type& other = right.type.is(TypeKind::Null) ? left.type : right.type;
    const bool is_settled = asks_null && !other.may_be_null() && !other.is_open() &&
                            !other.is(TypeKind::Null) && !(left.constant && right.constant);
    if (is_settled) {
      const NodeId other_id = node.children[right.type.is(TypeKind::Null) ? 0 : 1];
      warning(codes::kFeelConstant, id,
              fmt::format("`{}` is never null, so this is always {}", text_of(other_id),
                          negated ? "true" : "false"));
    }
  }
  const bool are_constants = left.constant && right.constant;
  return folded(
      code::make_equal(place_of(id), negated, std::move(left.node), std::move(right.node)),
      TypeKind::Boolean, are_constants);
}

// An operand of `and`, `or`, `not` and the condition of `if`.
Compiled Compiler::compile_condition(NodeId id) {
  Compiled condition = compile(id);
  if (!condition.type.is(TypeKind::Boolean) && !is_vague(condition.type)) {
    error(codes::kFeelTypeMismatch, id,
          "a condition is needed here, and " + describe(id, condition.type));
  }
  const bool is_written = at(id).kind == Kind::True || at(id).kind == Kind::False;
  const bool is_settled = condition.constant && condition.constant->if_boolean() != nullptr;
  if (is_settled && !is_written) {
    warning(codes::kFeelConstant, id,
            fmt::format("this condition is always {}",
                        condition.constant->boolean() ? "true" : "false"));
  }
  return condition;
}

// A chain of the same word is one list of operands.
Compiled Compiler::compile_junction(NodeId id) {
  const Kind kind = at(id).kind;
  std::vector<NodeId> operands;
  NodeId left = id;
  while (at(left).kind == kind) {
    operands.push_back(at(left).children[1]);
    left = at(left).children[0];
  }
  operands.push_back(left);
  std::reverse(operands.begin(), operands.end());
  std::vector<code::NodePtr> nodes;
  bool are_constants = true;
  for (const NodeId operand : operands) {
    Compiled condition = compile_condition(operand);
    are_constants = are_constants && condition.constant;
    nodes.push_back(std::move(condition.node));
  }
  if (is_strict()) check_repeats(id, operands);
  return folded(code::make_junction(place_of(id), kind == Kind::Or, std::move(nodes)),
                TypeKind::Boolean, are_constants);
}

// `a and a`, and `stage = "won" and stage = "lost"`: conditions that say nothing or never hold.
void Compiler::check_repeats(NodeId id, const std::vector<NodeId>& operands) {
  constexpr std::size_t kMost = 50;  // pairs are compared
  const std::size_t count = std::min(operands.size(), kMost);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (are_same(operands[i], operands[j])) {
        warning(codes::kFeelConstant, operands[i], "this condition stands here twice",
                "remove one of them");
        break;
      }
      const Node& a = at(operands[j]);
      const Node& b = at(operands[i]);
      const bool excludes =
          at(id).kind == Kind::And && a.kind == Kind::Equal && b.kind == Kind::Equal &&
          are_same(a.children[0], b.children[0]) &&
          at(a.children[1]).kind == at(b.children[1]).kind &&
          (at(a.children[1]).kind == Kind::String || at(a.children[1]).kind == Kind::Number) &&
          at(a.children[1]).text != at(b.children[1]).text;
      if (!excludes) continue;
      warning(codes::kFeelConstant, operands[i],
              fmt::format("`{}` cannot be both {} and {}", text_of(b.children[0]),
                          text_of(a.children[1]), text_of(b.children[1])),
              "write `or`, or `in (…)`");
      break;
    }
  }
}

Compiled Compiler::compile_between(NodeId id, Compiled value) {
  const Node& node = at(id);
  Compiled low = compile(node.children[1]);
  Compiled high = compile(node.children[2]);
  if (check_comparable(id, node.children[0], value, node.children[1], low, true)) {
    check_comparable(id, node.children[0], value, node.children[2], high, true);
  }
  if (low.constant && high.constant && is_strict()) {
    const std::optional<int> sign = order(*low.constant, *high.constant, TimeZone::utc());
    if (sign && *sign > 0) {
      warning(codes::kFeelConstant, id,
              fmt::format("nothing lies between {} and {}", text_of(node.children[1]),
                          text_of(node.children[2])),
              "write the smaller one first");
    }
  }
  const bool are_constants = value.constant && low.constant && high.constant;
  return folded(code::make_between(place_of(id), std::move(value.node), std::move(low.node),
                                   std::move(high.node)),
                TypeKind::Boolean, are_constants);
}

// What stands behind `in`: a value like those on the left, a range of such, or a list of either.
void Compiler::check_test(NodeId value_id, const Compiled& value, NodeId test_id,
                          const Compiled& test) {
  const Node& node = at(test_id);
  if (node.kind == Kind::List && !value.type.is(TypeKind::List)) {
    for (const NodeId element : node.children) {
      std::vector<Problem> ignored;
      if (at(element).kind == Kind::String) {
        const Compiled text = constant(place_of(element), Value(at(element).text),
                                       Type(TypeKind::String).never_null());
        check_comparable(element, value_id, value, element, text, false);
      }
    }
  }
  Compiled element{nullptr, test.type, test.constant};
  if (test.type.is(TypeKind::List) && !value.type.is(TypeKind::List)) {
    element.type = test.type.element();
    element.constant.reset();
  }
  if (element.type.is(TypeKind::Range) && !value.type.is(TypeKind::Range)) {
    element.type = element.type.element();
    element.constant.reset();
  }
  if (node.kind == Kind::List && element.type.is(TypeKind::String)) return;  // done above
  check_comparable(test_id, value_id, value, test_id, element, false);
}

Compiled Compiler::compile_in(NodeId id, Compiled value) {
  const Node& node = at(id);
  std::vector<code::NodePtr> tests;
  bool are_constants = true;
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    Compiled test = compile(node.children[i]);
    check_test(node.children[0], value, node.children[i], test);
    are_constants = are_constants && test.constant;
    tests.push_back(std::move(test.node));
  }
  const code::Place place = place_of(id);
  const bool is_constant = value.constant && are_constants;
  code::NodePtr test;
  if (tests.size() == 1) {
    test = std::move(tests.front());
  } else {
    test = folded(code::make_list(place, std::move(tests)), TypeKind::Any, are_constants).node;
  }
  return folded(code::make_in(place, std::move(value.node), std::move(test)), TypeKind::Boolean,
                is_constant);
}

Compiled Compiler::compile_instance_of(NodeId id, Compiled value) {
  Type type = compile_type(at(id).children[1]);
  const bool is_unknown = type.is(TypeKind::Unknown);
  if (is_unknown)
    return {code::make_null(place_of(id), "the type is not known"), TypeKind::Boolean, {}};
  const bool is_constant = value.constant.has_value();
  return folded(code::make_instance_of(place_of(id), std::move(value.node), std::move(type)),
                TypeKind::Boolean, is_constant);
}

}  // namespace formwork::feel
