#include "dsl/feel/sql_relations.h"

#include <algorithm>
#include <functional>

#include "dsl/base/json.h"

namespace formwork::feel::sql {
namespace {

// Longer chains become trees, since SQLite limits the depth of an expression.
constexpr std::size_t kLongestChain = 8;

// Longer lists are one parameter, so that a statement does not depend on how many somebody has
// below.
constexpr std::size_t kLongestList = 8;

bool is_equality(Relation relation) {
  return relation == Relation::Equal || relation == Relation::NotEqual;
}

bool has_order(Sort sort) {
  switch (sort) {
    case Sort::Number:
    case Sort::Text:
    case Sort::Date:
    case Sort::Time:
    case Sort::Instant:
    case Sort::Duration:
    case Sort::Months:
      return true;
    default:
      return false;
  }
}

// FEEL compares their whole seconds for equality, and their fractions for order.
bool equals_by_second(Sort sort) { return sort == Sort::Time || sort == Sort::Instant; }

using Keys = std::optional<std::vector<Key>>;

Operand boolean(Operand operand) {
  operand.sort = Sort::Boolean;
  operand.slot.reset();
  operand.zero_is_null.clear();
  operand.keys.reset();
  operand.measure = {};
  operand.bound = 1;
  return operand;
}

Operand answer(bool certain) {
  Operand operand = literal(Sort::Boolean, certain ? kTrue : kFalse);
  if (!certain) operand.keys.emplace();
  return operand;
}

Keys only(std::size_t slot, Bound value) {
  return std::vector<Key>{{.slot = slot, .value = std::move(value)}};
}

// A condition that is null for all records, and so holds for none.
Operand no_answer() {
  Operand operand = literal(Sort::Boolean, "NULL");
  operand.keys.emplace();
  return operand;
}

// The fewest of those that any of the conditions asks for.
Keys keys_of_all(const std::vector<Operand>& conditions) {
  Keys fewest;
  for (const Operand& one : conditions) {
    if (one.keys && (!fewest || one.keys->size() < fewest->size())) fewest = one.keys;
  }
  return fewest;
}

Keys keys_of_any(const std::vector<Operand>& conditions) {
  std::vector<Key> together;
  for (const Operand& one : conditions) {
    if (!one.keys) return std::nullopt;
    together.insert(together.end(), one.keys->begin(), one.keys->end());
  }
  std::sort(together.begin(), together.end());
  together.erase(std::unique(together.begin(), together.end()), together.end());
  return together;
}

Operand with_keys(Operand condition, Keys keys) {
  condition.keys = std::move(keys);
  return condition;
}

// A column in which 0 stands for null, and what is compared with it.
Operand related_to_zero(const Operand& column, Relation relation, Bound value) {
  if (std::holds_alternative<std::monostate>(value)) value = std::int64_t{0};
  Operand bare = literal(Sort::Record, column.zero_is_null);
  Operand condition =
      boolean(joined(std::move(bare), sql_of(relation), bound_operand(Sort::Record, value)));
  if (relation == Relation::Equal) condition.keys = only(*column.slot, std::move(value));
  return condition;
}

Operand related(Operand a, Relation relation, Operand b) {
  return boolean(joined(std::move(a), sql_of(relation), std::move(b)));
}

Operand is_null(Operand a, Relation relation) {
  return related(std::move(a), relation, literal(Sort::Null, "NULL"));
}

Operand chain(std::span<Operand> conditions, std::string_view op) {
  if (conditions.size() > kLongestChain) {
    const std::size_t half = conditions.size() / 2;
    return boolean(
        joined(chain(conditions.first(half), op), op, chain(conditions.subspan(half), op)));
  }
  Operand result = std::move(conditions.front());
  for (Operand& next : conditions.subspan(1)) {
    // One level of parentheses for the whole chain: `(a AND b AND c)`.
    const bool is_first = &next == &conditions[1];
    if (!is_first) result.is_atom = true;
    result = boolean(joined(std::move(result), op, std::move(next)));
  }
  return result;
}

// `(x IS NOT NULL AND x BETWEEN ? AND ?)`, and its opposite.
Operand in_second(const Operand& a, bool is_equal, const SecondSpan& span) {
  Operand present = is_null(a, is_equal ? Relation::NotEqual : Relation::Equal);
  Operand within =
      joined(a, is_equal ? " BETWEEN " : " NOT BETWEEN ", bound_operand(a.sort, span.first));
  within.is_atom = true;
  within = boolean(joined(std::move(within), " AND ", bound_operand(a.sort, span.last)));
  std::vector<Operand> both{std::move(present), std::move(within)};
  return is_equal ? all_of(std::move(both)) : any_of(std::move(both));
}

std::optional<Operand> compare_with_null(Operand a, Relation relation) {
  if (!is_equality(relation)) return no_answer();
  // A table without lines is a list without elements.
  if (a.sort == Sort::Rows) return answer(relation == Relation::NotEqual);
  if (!a.zero_is_null.empty()) return related_to_zero(a, relation, {});
  Keys keys;
  if (a.slot && relation == Relation::Equal) keys = only(*a.slot, {});
  return with_keys(is_null(std::move(a), relation), std::move(keys));
}

std::optional<Operand> compare_with_constant(Operand a, Relation relation, const Operand& b) {
  if (b.is_null()) return compare_with_null(std::move(a), relation);
  if (b.sort != a.sort) return std::nullopt;
  if (is_equality(relation) && equals_by_second(a.sort)) {
    const std::optional<SecondSpan> span = second_of(*b.constant, a.sort);
    if (!span) return std::nullopt;
    return in_second(a, relation == Relation::Equal, *span);
  }
  const std::optional<Fitted> fitted = fit(relation, *b.constant, a.sort, a.measure);
  if (!fitted) return std::nullopt;
  if (fitted->certain) return answer(*fitted->certain);
  if (!a.zero_is_null.empty()) return related_to_zero(a, fitted->relation, fitted->value);
  const Sort sort = a.sort;
  Keys keys;
  if (a.slot && fitted->relation == Relation::Equal) keys = only(*a.slot, fitted->value);
  return with_keys(related(std::move(a), fitted->relation, bound_operand(sort, fitted->value)),
                   std::move(keys));
}

}  // namespace

std::optional<Operand> as_condition(Operand operand) {
  if (operand.is_null()) return no_answer();
  if (operand.sort != Sort::Boolean) return std::nullopt;
  if (operand.constant) return answer(operand.constant->boolean());
  if (operand.slot) operand.keys = only(*operand.slot, std::int64_t{1});
  return operand;
}

std::optional<bool> certain_answer(const Operand& condition) {
  if (!condition.parameters.empty() || condition.sort != Sort::Boolean) return std::nullopt;
  if (condition.sql == kTrue) return true;
  return condition.sql == kFalse ? std::optional(false) : std::nullopt;
}

Operand negated(Operand condition) {
  return boolean(joined(literal(Sort::Boolean, ""), "NOT ", std::move(condition)));
}

namespace {

// One that is `deciding` for all records decides, and its opposite says nothing.
Operand junction(std::vector<Operand> conditions, bool deciding) {
  for (const Operand& one : conditions) {
    if (certain_answer(one) == deciding) return answer(deciding);
  }
  std::erase_if(conditions, [](const Operand& one) { return certain_answer(one).has_value(); });
  if (conditions.empty()) return answer(!deciding);
  Keys keys = deciding ? keys_of_any(conditions) : keys_of_all(conditions);
  return with_keys(chain(conditions, deciding ? " OR " : " AND "), std::move(keys));
}

}  // namespace

Operand all_of(std::vector<Operand> conditions) { return junction(std::move(conditions), false); }

Operand any_of(std::vector<Operand> conditions) { return junction(std::move(conditions), true); }

std::optional<Operand> compare(Arithmetic& arithmetic, Relation relation, Operand a, Operand b) {
  if (!a.is_column()) {
    std::swap(a, b);
    relation = mirrored(relation);
  }
  if (!a.is_column()) return std::nullopt;
  if (!is_equality(relation) && !has_order(a.sort)) return std::nullopt;
  if (b.constant) return compare_with_constant(std::move(a), relation, b);
  if (a.sort != b.sort || a.sort == Sort::Rows || a.sort == Sort::Opaque) return std::nullopt;
  if (is_equality(relation) && equals_by_second(a.sort)) return std::nullopt;
  if (!arithmetic.align(a, b)) return std::nullopt;
  return related(std::move(a), relation, std::move(b));
}

namespace {

std::optional<Operand> in_range(Arithmetic& arithmetic, const Operand& value, const Range& range) {
  using Form = Range::Form;
  const auto against = [&](Relation relation, const Value& bound) -> std::optional<Operand> {
    Operand constant;
    const std::optional<Sort> sort = sort_of(bound);
    if (!sort) return std::nullopt;
    constant.sort = *sort;
    constant.constant = bound;
    return compare(arithmetic, relation, value, std::move(constant));
  };
  switch (range.form) {
    case Form::Less:
      return against(Relation::Less, range.end);
    case Form::LessEqual:
      return against(Relation::AtMost, range.end);
    case Form::Greater:
      return against(Relation::Greater, range.start);
    case Form::GreaterEqual:
      return against(Relation::AtLeast, range.start);
    case Form::Equal:
      return against(Relation::Equal, range.start);
    case Form::NotEqual:
      return against(Relation::NotEqual, range.start);
    case Form::Interval:
      break;
  }
  auto above = against(range.start_included ? Relation::AtLeast : Relation::Greater, range.start);
  auto below = against(range.end_included ? Relation::AtMost : Relation::Less, range.end);
  if (!above || !below) return std::nullopt;
  return all_of({std::move(*above), std::move(*below)});
}

}  // namespace

namespace {

// `(x IS NOT NULL AND x IN list)`
Operand is_one_of(const Operand& value, Operand list) {
  if (!value.zero_is_null.empty()) {
    return boolean(joined(literal(Sort::Record, value.zero_is_null), " IN ", std::move(list)));
  }
  Operand present = is_null(value, Relation::NotEqual);
  Operand found = boolean(joined(value, " IN ", std::move(list)));
  return all_of({std::move(present), std::move(found)});
}

// False for a text that SQLite's JSON would cut.
bool write_element(json::Writer& writer, const Bound& bound) {
  if (const auto* integer = std::get_if<std::int64_t>(&bound)) {
    writer.number(*integer);
    return true;
  }
  const auto* text = std::get_if<std::string>(&bound);
  if (text == nullptr || text->find('\0') != std::string::npos) return false;
  writer.string(*text);
  return true;
}

}  // namespace

Operand any_test(const Operand& value, std::vector<Operand> tests) {
  Keys keys = keys_of_any(tests);
  const std::string equality = value.sql + " IS ?";
  const auto is_equality = [&](const Operand& test) {
    return value.is_column() && value.parameters.empty() && test.sql == equality;
  };
  if (std::count_if(tests.begin(), tests.end(), is_equality) < 2) return any_of(std::move(tests));
  const auto equal = std::stable_partition(tests.begin(), tests.end(), std::not_fn(is_equality));
  Operand list = literal(value.sort, "");
  for (auto test = equal; test != tests.end(); ++test) {
    list.sql += list.sql.empty() ? "(?" : ", ?";
    list.parameters.push_back(test->parameters.front());
  }
  list.sql += ")";
  tests.erase(equal, tests.end());
  tests.push_back(is_one_of(value, std::move(list)));
  return with_keys(any_of(std::move(tests)), std::move(keys));
}

namespace {

// Where the list is one parameter, its values have to be such that JSON and SQLite mean the same by
// them.
std::optional<Operand> in_long_list(const Operand& value, const List& list) {
  const bool is_plain = value.sort == Sort::Text || value.sort == Sort::Record ||
                        value.sort == Sort::Date || value.sort == Sort::Number;
  if (!value.is_column() || !is_plain) return std::nullopt;
  std::string json;
  json::Writer writer(json);
  std::vector<Key> keys;
  writer.begin_array();
  for (const Value& one : list) {
    if (sort_of(one) != value.sort) return std::nullopt;
    std::optional<Bound> bound = to_bound(one, value.sort, value.measure);
    if (!bound || !write_element(writer, *bound)) return std::nullopt;
    if (value.slot) keys.push_back({*value.slot, std::move(*bound)});
  }
  writer.end_array();
  Operand condition = is_one_of(value, wrapped("(SELECT value FROM json_each(",
                                               bound_operand(value.sort, std::move(json)), "))"));
  if (!value.slot) return condition;
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return with_keys(std::move(condition), std::move(keys));
}

}  // namespace

std::optional<Operand> in_constant(Arithmetic& arithmetic, const Operand& value,
                                   const Value& test) {
  // Only lists hold lists; the whole list as one element is an oddity that memory can answer.
  if (value.sort == Sort::Codes || value.sort == Sort::Rows) return std::nullopt;
  if (test.kind() == Value::Kind::Range) return in_range(arithmetic, value, test.range());
  if (test.kind() != Value::Kind::List) {
    const std::optional<Sort> sort = sort_of(test);
    if (!sort) return std::nullopt;
    Operand constant;
    constant.sort = *sort;
    constant.constant = test;
    return compare(arithmetic, Relation::Equal, value, std::move(constant));
  }
  if (test.list().size() > kLongestList) {
    if (std::optional<Operand> found = in_long_list(value, test.list())) return found;
  }
  std::vector<Operand> tests;
  for (const Value& one : test.list()) {
    std::optional<Operand> found = in_constant(arithmetic, value, one);
    if (!found) return std::nullopt;
    tests.push_back(std::move(*found));
  }
  return tests.empty() ? answer(false) : any_test(value, std::move(tests));
}

std::optional<Operand> listed(Arithmetic& arithmetic, const Value& list, const Operand& value) {
  const auto is_plain = [](const Value& one) {
    return one.kind() != Value::Kind::List && one.kind() != Value::Kind::Range;
  };
  if (list.kind() != Value::Kind::List) return std::nullopt;
  if (!std::all_of(list.list().begin(), list.list().end(), is_plain)) return std::nullopt;
  return in_constant(arithmetic, value, list);
}

std::optional<Operand> holds_code(Operand codes, const Operand& element, bool null_is_false) {
  if (codes.sort != Sort::Codes || !codes.is_column() || !element.constant) return std::nullopt;
  const std::string* code = element.constant->if_string();
  if (code == nullptr && !element.is_null()) return std::nullopt;
  // No column holds a null or a comma; but two codes side by side would look like one with a comma.
  const bool is_impossible = code == nullptr || code->find(',') != std::string::npos;
  if (is_impossible && null_is_false && code != nullptr) return answer(false);
  if (is_impossible && null_is_false) return std::nullopt;
  if (is_impossible) {
    return boolean(
        wrapped("CASE WHEN ", is_null(std::move(codes), Relation::NotEqual), " THEN 0 END"));
  }
  Operand present = is_null(codes, Relation::NotEqual);
  Operand call = wrapped("instr(", std::move(codes), ", ?)");
  call.parameters.emplace_back("," + *code + ",");
  Operand found = related(std::move(call), Relation::Greater, literal(Sort::Number, "0"));
  if (!null_is_false) return found;
  return all_of({std::move(present), std::move(found)});
}

namespace {

// `instr(text, match)`: where the match begins, counted from 1; NULL for a null.
std::optional<Operand> place_in(Operand text, Operand match) {
  if (text.sort != Sort::Text || match.sort != Sort::Text) return std::nullopt;
  if (!Arithmetic::settle(text) || !Arithmetic::settle(match)) return std::nullopt;
  Operand both = joined(std::move(text), ", ", std::move(match));
  return wrapped("instr(", std::move(both), ")");
}

}  // namespace

std::optional<Operand> contains_text(Operand text, Operand match) {
  if (text.is_null() || match.is_null()) return no_answer();
  std::optional<Operand> place = place_in(std::move(text), std::move(match));
  if (!place) return std::nullopt;
  return related(std::move(*place), Relation::Greater, literal(Sort::Number, "0"));
}

std::optional<Operand> starts_with_text(Operand text, Operand match) {
  if (text.is_null() || match.is_null()) return no_answer();
  std::optional<Operand> place = place_in(std::move(text), std::move(match));
  if (!place) return std::nullopt;
  Operand equal = joined(std::move(*place), " = ", literal(Sort::Number, "1"));
  return boolean(std::move(equal));
}

std::optional<Operand> ends_with_text(Operand text, const Operand& match) {
  if (text.is_null() || match.is_null()) return no_answer();
  if (text.sort != Sort::Text || !text.is_column() || !match.constant) return std::nullopt;
  const std::string* end = match.constant->if_string();
  if (end == nullptr) return std::nullopt;
  // From position 0 on there is everything, not nothing; every text begins as it ends with "".
  if (end->empty()) return starts_with_text(std::move(text), match);
  // In bytes, so that nothing is decoded; the end of a text that equals a text begins where a
  // character does.
  const auto size = static_cast<std::int64_t>(end->size());
  const Operand bytes = wrapped("CAST(", std::move(text), " AS BLOB)");
  // A part of no bytes is NULL to SQLite, so the size is asked first.
  Operand is_long_enough =
      joined(wrapped("length(", bytes, ")"), " >= ", bound_operand(Sort::Number, size));
  Operand tail = joined(bytes, ", ", bound_operand(Sort::Number, -size));
  tail = wrapped("substr(", std::move(tail), ")");
  Operand wanted = wrapped("CAST(", bound_operand(Sort::Text, *end), " AS BLOB)");
  return all_of({boolean(std::move(is_long_enough)),
                 boolean(joined(std::move(tail), " = ", std::move(wanted)))});
}

}  // namespace formwork::feel::sql
