// Lists, contexts, ranges, and the steps into them.
#include <algorithm>

#include <fmt/core.h>

#include "dsl/diagnostics/codes.h"
#include "dsl/diagnostics/did_you_mean.h"
#include "dsl/feel/compiler.h"

namespace formwork::feel {

using syntax::Kind;

Compiled Compiler::compile_list(NodeId id) {
  std::vector<code::NodePtr> elements;
  Type element = TypeKind::Any;
  bool are_constants = true;
  bool is_first = true;
  for (const NodeId child : at(id).children) {
    Compiled compiled = compile(child);
    element = is_first ? compiled.type : join(element, compiled.type);
    is_first = false;
    are_constants = are_constants && compiled.constant;
    elements.push_back(std::move(compiled.node));
  }
  return folded(code::make_list(place_of(id), std::move(elements)),
                Type::list(element).never_null(), are_constants);
}

Compiled Compiler::compile_context(NodeId id) {
  const Bound bound(body());
  auto shape = std::make_shared<Shape>();
  std::vector<Member> members;
  std::vector<code::NodePtr> values;
  const std::size_t count = at(id).children.size();
  const std::size_t first_local = body().next_local;
  for (std::size_t i = 0; i < count; ++i) add_local(body());
  bool are_constants = true;
  for (std::size_t i = 0; i < count; ++i) {
    const NodeId entry = at(id).children[i];
    const std::string& key = at(entry).text;
    if (std::find(shape->names.begin(), shape->names.end(), key) != shape->names.end()) {
      error(codes::kFeelArguments, entry, "the context has two entries `" + key + "`",
            "rename one of them");
      return unknown(id, "the context has two entries `" + key + "`");
    }
    Compiled value = compile(at(entry).children.front());
    are_constants = are_constants && value.constant;
    shape->names.push_back(key);
    members.push_back({key, value.type});
    values.push_back(std::move(value.node));
    body().names.push_back({key, first_local + i, members.back().type, false, true});
  }
  return folded(code::make_context(place_of(id), std::move(shape), std::move(values), first_local),
                Type::context(std::move(members)).never_null(), are_constants);
}

Compiled Compiler::compile_interval(NodeId id) {
  const Node& node = at(id);
  Compiled start = compile(node.children[0]);
  Compiled end = compile(node.children[1]);
  const bool has_open_end = start.type.is(TypeKind::Null) || end.type.is(TypeKind::Null);
  if (!has_open_end) {
    check_comparable(id, node.children[0], start, node.children[1], end, true);
  }
  const bool are_constants = start.constant && end.constant;
  if (are_constants && is_strict()) {
    const std::optional<int> sign = order(*start.constant, *end.constant, TimeZone::utc());
    if (sign && *sign > 0) {
      error(codes::kFeelTypeMismatch, id, "the range starts above its end",
            "write the smaller one first");
    }
  }
  const Type type = Type::range(join(start.type, end.type));
  return folded(code::make_range(place_of(id), Range::Form::Interval, !node.open_start,
                                 !node.open_end, std::move(start.node), std::move(end.node)),
                type, are_constants);
}

Compiled Compiler::compile_comparison_value(NodeId id) {
  using Form = Range::Form;
  const Node& node = at(id);
  Compiled bound = compile(node.children.front());
  const Type type = Type::range(bound.type);
  const bool is_constant = bound.constant.has_value();
  const auto make = [&](Form form, bool is_upper) {
    code::NodePtr start = is_upper ? nullptr : std::move(bound.node);
    code::NodePtr end = is_upper ? std::move(bound.node) : nullptr;
    return folded(
        code::make_range(place_of(id), form, true, true, std::move(start), std::move(end)), type,
        is_constant);
  };
  if (node.text == "<") return make(Form::Less, true);
  if (node.text == "<=") return make(Form::LessEqual, true);
  if (node.text == ">") return make(Form::Greater, false);
  if (node.text == ">=") return make(Form::GreaterEqual, false);
  return make(node.text == "=" ? Form::Equal : Form::NotEqual, false);
}

namespace {

struct PropertyType {
  std::string_view name;
  TypeKind type;
};

// The properties of dates, times and durations (table 65 of DMN 1.5).
std::vector<PropertyType> properties_of(TypeKind kind) {
  constexpr TypeKind kNumber = TypeKind::Number;
  const std::vector<PropertyType> date{
      {"year", kNumber}, {"month", kNumber}, {"day", kNumber}, {"weekday", kNumber}};
  const std::vector<PropertyType> time{{"hour", kNumber},
                                       {"minute", kNumber},
                                       {"second", kNumber},
                                       {"time offset", TypeKind::DaysDuration},
                                       {"timezone", TypeKind::String}};
  switch (kind) {
    case TypeKind::Date:
      return date;
    case TypeKind::Time:
      return time;
    case TypeKind::DateTime: {
      std::vector<PropertyType> both = date;
      both.insert(both.end(), time.begin(), time.end());
      return both;
    }
    case TypeKind::DaysDuration:
      return {{"days", kNumber}, {"hours", kNumber}, {"minutes", kNumber}, {"seconds", kNumber}};
    case TypeKind::MonthsDuration:
      return {{"years", kNumber}, {"months", kNumber}};
    default:
      return {};
  }
}

std::vector<Member> members_of(const Type& type) {
  if (type.record_type() != nullptr) return type.record_type()->members;
  if (type.is(TypeKind::Context)) return type.members();
  if (type.is(TypeKind::Range)) {
    // An end that is open is null.
    return {{"start", type.element().or_null()},
            {"end", type.element().or_null()},
            {"start included", TypeKind::Boolean},
            {"end included", TypeKind::Boolean}};
  }
  std::vector<Member> members;
  for (const PropertyType& property : properties_of(type.kind())) {
    members.push_back({std::string(property.name), property.type});
  }
  return members;
}

bool is_open_value(const Type& type) {
  return type.is_open() || type.is(TypeKind::Null) ||
         (type.is(TypeKind::Context) && !type.is_closed_context()) ||
         (type.is(TypeKind::Record) && type.record_type() == nullptr);
}

}  // namespace

Compiled Compiler::compile_path(NodeId id, Compiled value) {
  // A list stands for its elements, also a list of lists.
  Type type = value.type;
  int lists = 0;
  for (; type.is(TypeKind::List); ++lists) type = Type(type.element());
  const bool is_constant = value.constant.has_value();
  Compiled step = path_of(id, std::move(value), type);
  // What is null, or a list itself, has no parts.
  if (type.may_be_null() || lists > 1) step.type = step.type.or_null();
  if (lists > 0) step.type = Type::list(step.type);
  if (is_constant && !step.type.is(TypeKind::Unknown)) {
    return folded(std::move(step.node), step.type, true);
  }
  return step;
}

Compiled Compiler::path_of(NodeId id, Compiled value, const Type& type) {
  const std::string& name = at(id).text;
  const NodeId value_id = at(id).children.front();
  const auto dynamic = [&](Type result) {
    return Compiled{code::make_path(place_of(id), std::move(value.node), name), std::move(result),
                    std::nullopt};
  };
  if (is_open_value(type)) {
    return dynamic(type.is(TypeKind::Unknown) ? TypeKind::Unknown : TypeKind::Any);
  }
  const std::vector<Member> members = members_of(type);
  const auto found = std::find_if(members.begin(), members.end(),
                                  [&](const Member& member) { return member.name == name; });
  if (found == members.end()) {
    std::vector<std::string_view> names;
    for (const Member& member : members) names.push_back(member.name);
    error(codes::kFeelUnknownName, id,
          members.empty() ? fmt::format("{}, which has no parts", describe(value_id, value.type))
                          : fmt::format("{} has no `{}`", in_words(type), name),
          suggest(name, names));
    return dynamic(TypeKind::Unknown);
  }
  if (type.record_type() == nullptr) return dynamic(found->type);
  return {code::make_record_path(place_of(id), std::move(value.node), *type.record_type(),
                                 static_cast<std::size_t>(found - members.begin())),
          found->type.or_null(), std::nullopt};
}

Compiled Compiler::compile_filter(NodeId id, Compiled list) {
  const Bound bound(body());
  const NodeId condition_id = at(id).children[1];
  const Type element = list.type.is(TypeKind::List) ? list.type.element() : list.type;
  const std::size_t item = bind("item", element, true);
  Compiled condition = compile(condition_id);
  const bool are_constants = list.constant && condition.constant;
  code::FilterKind kind = code::FilterKind::Open;
  Type type = TypeKind::Any;
  // Where the position may be null, a lenient filter has no elements, whatever else is known of it.
  const bool may_be_index = is_strict() || condition.constant.has_value();
  if (condition.type.is(TypeKind::Number) && may_be_index) {
    kind = code::FilterKind::Index;
    type = element.or_null();
  } else if (condition.type.is(TypeKind::Boolean)) {
    kind = code::FilterKind::Condition;
    type = Type::list(element);
  } else if (!condition.type.is_open() && !condition.type.is(TypeKind::Null) &&
             !condition.type.is(TypeKind::Number)) {
    error(
        codes::kFeelTypeMismatch, condition_id,
        "a filter needs a condition or a position, and " + describe(condition_id, condition.type));
    type = TypeKind::Unknown;
  }
  return folded(code::make_filter(place_of(id), std::move(list.node), std::move(condition.node),
                                  kind, item, cost_of(condition_id)),
                type, are_constants);
}

}  // namespace formwork::feel
