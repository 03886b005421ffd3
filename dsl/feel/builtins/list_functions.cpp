// Lists: their elements, parts and order. What sums up their elements stands with the aggregates.
#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "dsl/feel/builtins/answers.h"
#include "dsl/feel/builtins/words.h"
#include "dsl/feel/function.h"
#include "dsl/feel/operators.h"

namespace formwork::feel {
namespace {

Value list_contains(Arguments arguments, Evaluation& evaluation) {
  for (const Value& element : arguments[0].list()) {
    if (!spend_on_equality(element, arguments[1], evaluation)) return {};
    if (are_equal(element, arguments[1], evaluation)) return Value(true);
  }
  return Value(false);
}

Value index_of_match(Arguments arguments, Evaluation& evaluation) {
  const List& list = arguments[0].list();
  List places;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!spend_on_equality(list[i], arguments[1], evaluation)) return {};
    if (are_equal(list[i], arguments[1], evaluation)) places.emplace_back(Number(i + 1));
  }
  return Value(std::move(places));
}

Value sublist(Arguments arguments, Evaluation& evaluation) {
  const List& list = arguments[0].list();
  const Number& position = arguments[1].number();
  const std::optional<std::size_t> start = index_of(position, list.size());
  if (!start.has_value()) {
    return no_such_place(evaluation, "start position", "sublist", position, list.size(),
                         "elements");
  }
  std::size_t length = list.size() - *start;
  if (!arguments[2].is_null()) {
    const std::int64_t wanted = truncated(arguments[2].number());
    if (wanted < 1) return no_answer(evaluation, "`length` of sublist() is less than 1");
    if (static_cast<std::uint64_t>(wanted) > length) {
      return no_answer(evaluation, "`length` of sublist() is {}, and {} elements follow", wanted,
                       length);
    }
    length = static_cast<std::size_t>(wanted);
  }
  if (!evaluation.spend(length)) return {};
  const auto first = list.begin() + static_cast<std::ptrdiff_t>(*start);
  return Value(List(first, first + static_cast<std::ptrdiff_t>(length)));
}

Value joined(const List& lists, std::string_view function, Evaluation& evaluation) {
  List all;
  for (const Value& list : lists) {
    if (list.is_null()) return no_answer(evaluation, "a list of {}() is null", function);
    if (!evaluation.spend(1 + list.list().size())) return {};
    if (!may_hold(evaluation, all.size() + list.list().size())) {
      return list_too_long(evaluation, function);
    }
    all.insert(all.end(), list.list().begin(), list.list().end());
  }
  return Value(std::move(all));
}

Value append(Arguments arguments, Evaluation& evaluation) {
  const List& items = arguments[1].list();
  List list = arguments[0].list();
  if (!evaluation.spend(list.size() + items.size())) return {};
  if (!may_hold(evaluation, list.size() + items.size())) return list_too_long(evaluation, "append");
  list.insert(list.end(), items.begin(), items.end());
  return Value(std::move(list));
}

Value concatenate(Arguments arguments, Evaluation& evaluation) {
  return joined(arguments[0].list(), "concatenate", evaluation);
}

Value insert_before(Arguments arguments, Evaluation& evaluation) {
  List list = arguments[0].list();
  const Number& position = arguments[1].number();
  const std::optional<std::size_t> place = index_of(position, list.size());
  if (!place.has_value()) {
    return no_such_place(evaluation, "position", "insert before", position, list.size(),
                         "elements");
  }
  if (!evaluation.spend(list.size())) return {};
  if (!may_hold(evaluation, list.size() + 1)) return list_too_long(evaluation, "insert before");
  list.insert(list.begin() + static_cast<std::ptrdiff_t>(*place), arguments[2]);
  return Value(std::move(list));
}

Value remove(Arguments arguments, Evaluation& evaluation) {
  List list = arguments[0].list();
  const Number& position = arguments[1].number();
  const std::optional<std::size_t> place = index_of(position, list.size());
  if (!place.has_value()) {
    return no_such_place(evaluation, "position", "remove", position, list.size(), "elements");
  }
  if (!evaluation.spend(list.size())) return {};
  list.erase(list.begin() + static_cast<std::ptrdiff_t>(*place));
  return Value(std::move(list));
}

Value reverse(Arguments arguments, Evaluation& evaluation) {
  const List& list = arguments[0].list();
  if (!evaluation.spend(list.size())) return {};
  return Value(List(list.rbegin(), list.rend()));
}

// The elements seen so far. Scalars are found by their hashes, so that long lists of them stay
// cheap; others are compared one by one.
class Seen {
 public:
  explicit Seen(Evaluation& evaluation) : evaluation_(evaluation) {}

  // Whether the value is new; nullopt when the budget is used up. The value must outlive this.
  std::optional<bool> add(const Value& value) {
    if (!evaluation_.spend()) return std::nullopt;
    switch (value.kind()) {
      case ValueKind::Null:
        return !std::exchange(has_null_, true);
      case ValueKind::Number:
        return numbers_.insert(value.number()).second;
      case ValueKind::String:
        return texts_.insert(value.string()).second;
      default:
        break;
    }
    for (const Value* other : others_) {
      if (!spend_on_equality(*other, value, evaluation_)) return std::nullopt;
      if (are_equal(*other, value, evaluation_)) return false;
    }
    others_.push_back(&value);
    return true;
  }

 private:
  Evaluation& evaluation_;
  bool has_null_ = false;
  std::unordered_set<Number> numbers_;
  std::unordered_set<std::string_view> texts_;
  std::vector<const Value*> others_;
};

Value distinct(const List& list, Evaluation& evaluation) {
  Seen seen(evaluation);
  List result;
  for (const Value& element : list) {
    const std::optional<bool> is_new = seen.add(element);
    if (!is_new.has_value()) return {};
    if (*is_new) result.push_back(element);
  }
  return Value(std::move(result));
}

Value distinct_values(Arguments arguments, Evaluation& evaluation) {
  return distinct(arguments[0].list(), evaluation);
}

Value union_of(Arguments arguments, Evaluation& evaluation) {
  const Value all = joined(arguments[0].list(), "union", evaluation);
  return all.is_null() ? Value{} : distinct(all.list(), evaluation);
}

// Without recursion: lists may lie in lists deeper than the program's stack.
Value flatten(Arguments arguments, Evaluation& evaluation) {
  struct Place {
    const List* list;
    std::size_t next;
  };

  List flat;
  std::vector<Place> open{{&arguments[0].list(), 0}};
  while (!open.empty()) {
    Place& place = open.back();
    if (place.next == place.list->size()) {
      open.pop_back();
      continue;
    }
    const Value& element = (*place.list)[place.next++];
    if (!evaluation.spend()) return {};
    if (element.kind() == ValueKind::List) {
      open.push_back({&element.list(), 0});
      continue;
    }
    if (!may_hold(evaluation, flat.size() + 1)) return list_too_long(evaluation, "flatten");
    flat.push_back(element);
  }
  return Value(std::move(flat));
}

Value list_replace_at(Arguments arguments, Evaluation& evaluation) {
  List list = arguments[0].list();
  const Number& position = arguments[1].number();
  const std::optional<std::size_t> place = index_of(position, list.size());
  if (!place.has_value()) {
    return no_such_place(evaluation, "position", "list replace", position, list.size(), "elements");
  }
  if (!evaluation.spend(list.size())) return {};
  list[*place] = arguments[2];
  return Value(std::move(list));
}

// The answer of an author's function that must say yes or no. nullopt after saying why not.
std::optional<bool> ask(const Function& function, std::string_view parameter,
                        std::string_view builtin, const Value& a, const Value& b,
                        Evaluation& evaluation) {
  const Value arguments[] = {a, b};
  const Value answer = call(function, arguments, evaluation);
  if (const bool* yes = answer.if_boolean(); yes != nullptr) return *yes;
  no_answer(evaluation, "`{}` of {}() answers with {}, and a boolean is needed", parameter, builtin,
            words::kind_of(answer));
  return std::nullopt;
}

Value list_replace_matches(Arguments arguments, Evaluation& evaluation) {
  const Function& match = *arguments[1].function();
  List list = arguments[0].list();
  for (Value& element : list) {
    if (!evaluation.spend()) return {};
    const std::optional<bool> is_match =
        ask(match, "match", "list replace", element, arguments[2], evaluation);
    if (!is_match.has_value()) return {};
    if (*is_match) element = arguments[2];
  }
  return Value(std::move(list));
}

// Merges neighbouring runs of `width`. Not std::sort: what an author says about order need not make
// sense, and must not lead out of the list.
class Sorter {
 public:
  Sorter(const Function& precedes, Evaluation& evaluation)
      : precedes_(precedes), evaluation_(evaluation) {}

  // False when there is no answer.
  bool sort(List& list) {
    List merged(list.size());
    for (std::size_t width = 1; width < list.size(); width *= 2) {
      for (std::size_t begin = 0; begin < list.size(); begin += 2 * width) {
        if (!merge(list, merged, begin, width)) return false;
      }
      std::swap(list, merged);
    }
    return true;
  }

 private:
  bool merge(List& from, List& to, std::size_t begin, std::size_t width) {
    const std::size_t middle = std::min(begin + width, from.size());
    const std::size_t end = std::min(begin + 2 * width, from.size());
    std::size_t left = begin;
    std::size_t right = middle;
    for (std::size_t out = begin; out < end; ++out) {
      bool takes_right = left == middle;
      if (!takes_right && right < end) {
        if (!evaluation_.spend()) return false;
        // Only what truly precedes moves ahead, so equal elements keep their order.
        const std::optional<bool> precedes =
            ask(precedes_, "precedes", "sort", from[right], from[left], evaluation_);
        if (!precedes.has_value()) return false;
        takes_right = *precedes;
      }
      to[out] = std::move(takes_right ? from[right++] : from[left++]);
    }
    return true;
  }

  const Function& precedes_;
  Evaluation& evaluation_;
};

Value sort(Arguments arguments, Evaluation& evaluation) {
  List list = arguments[0].list();
  if (!Sorter(*arguments[1].function(), evaluation).sort(list)) return {};
  return Value(std::move(list));
}

// Types

Type list_of_all(std::span<const Type> arguments) {
  if (arguments.empty() || !arguments[0].is(TypeKind::List)) return Type::list(TypeKind::Any);
  return arguments[0].or_null();
}

// Of append() and insert before(): the elements and what comes to them.
Type list_with_last(std::span<const Type> arguments) {
  const Type list = list_of_all(arguments);
  if (arguments.size() < 2) return list;
  return Type::list(join(list.element(), arguments.back()));
}

Type list_with_items(std::span<const Type> arguments) {
  Type element = list_of_all(arguments).element();
  for (std::size_t i = 1; i < arguments.size(); ++i) element = join(element, arguments[i]);
  return Type::list(element);
}

Type list_of_lists(std::span<const Type> arguments) {
  std::optional<Type> element;
  for (const Type& type : arguments) {
    const Type of_list = type.is(TypeKind::List) ? type.element() : type;
    element = element ? join(*element, of_list) : of_list;
  }
  return Type::list(element.value_or(TypeKind::Any));
}

Type flat_list(std::span<const Type> arguments) {
  Type element = list_of_all(arguments).element();
  while (element.is(TypeKind::List)) element = Type(element.element());
  return Type::list(element);
}

constexpr Parameter kList{.name = "list", .type = "list<Any>"};
constexpr Parameter kNewItem{.name = "newItem", .type = "Any", .takes_null = true};
constexpr Parameter kPosition{.name = "position", .type = "number"};
constexpr Parameter kLists{.name = "list", .type = "list<list<Any>>", .is_variadic = true};

}  // namespace

// NOLINTNEXTLINE(readability-function-size): a table
const Family& list_functions() {
  static const Family family{
      .title = "Lists",
      .entries =
          {
              {
                  .name = "append",
                  .parameters = {kList,
                                 {.name = "item",
                                  .type = "list<Any>",
                                  .takes_null = true,
                                  .is_variadic = true}},
                  .result = "list<Any>",
                  .call = append,
                  .summary = "The list with these elements behind its own.",
                  .example = "append([1], 2, 3)",
                  .answer = "[1, 2, 3]",
                  .result_of = list_with_items,
              },
              {
                  .name = "concatenate",
                  .parameters = {kLists},
                  .result = "list<Any>",
                  .call = concatenate,
                  .summary = "The elements of all lists, one list after the other.",
                  .example = "concatenate([1, 2], [3])",
                  .answer = "[1, 2, 3]",
                  .result_of = list_of_lists,
              },
              {
                  .name = "distinct values",
                  .parameters = {kList},
                  .result = "list<Any>",
                  .call = distinct_values,
                  .summary = "The list without elements that came before.",
                  .example = "distinct values([1, 2, 3, 2, 1])",
                  .answer = "[1, 2, 3]",
                  .result_of = list_of_all,
              },
              {
                  .name = "flatten",
                  .parameters = {kList},
                  .result = "list<Any>",
                  .call = flatten,
                  .summary = "The elements of the list and of all lists in it.",
                  .example = "flatten([[1, 2], [[3]], 4])",
                  .answer = "[1, 2, 3, 4]",
                  .result_of = flat_list,
              },
              {
                  .name = "index of",
                  .parameters = {kList, {.name = "match", .type = "Any", .takes_null = true}},
                  .result = "list<number>",
                  .call = index_of_match,
                  .summary = "The positions, from 1, of the elements that equal a value.",
                  .example = "index of([1, 2, 3, 2], 2)",
                  .answer = "[2, 4]",
              },
              {
                  .name = "insert before",
                  .parameters = {kList, kPosition, kNewItem},
                  .result = "list<Any>",
                  .call = insert_before,
                  .summary = "The list with a new element before the one at a position.",
                  .example = "insert before([1, 3], 1, 2)",
                  .answer = "[2, 1, 3]",
                  .result_of = list_with_last,
              },
              {
                  .name = "list contains",
                  .parameters = {kList, {.name = "element", .type = "Any", .takes_null = true}},
                  .result = "boolean",
                  .call = list_contains,
                  .summary = "Whether an element of the list equals a value.",
                  .example = "list contains([1, 2, 3], 2)",
                  .answer = "true",
              },
              {
                  .name = "list replace",
                  .parameters = {kList, kPosition, kNewItem},
                  .result = "list<Any>",
                  .call = list_replace_at,
                  .summary = "The list with a new element in place of the one at a position.",
                  .example = "list replace([2, 4, 7, 8], 3, 6)",
                  .answer = "[2, 4, 6, 8]",
                  .result_of = list_with_last,
              },
              {
                  .name = "list replace",
                  .parameters = {kList, {"match", "function<Any, Any> -> Any"}, kNewItem},
                  .result = "list<Any>",
                  .call = list_replace_matches,
                  .summary = "The list with a new element in place of each that a function, given "
                             "the element and the new one, says yes to.",
                  .example =
                      "list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5)",
                  .answer = "[5, 5, 7, 8]",
                  .result_of = list_with_last,
              },
              {
                  .name = "remove",
                  .parameters = {kList, kPosition},
                  .result = "list<Any>",
                  .call = remove,
                  .summary = "The list without the element at a position.",
                  .example = "remove([1, 2, 3], 2)",
                  .answer = "[1, 3]",
                  .result_of = list_of_all,
              },
              {
                  .name = "reverse",
                  .parameters = {kList},
                  .result = "list<Any>",
                  .call = reverse,
                  .summary = "The list from its end to its beginning.",
                  .example = "reverse([1, 2, 3])",
                  .answer = "[3, 2, 1]",
                  .result_of = list_of_all,
              },
              {
                  .name = "sort",
                  .parameters = {kList, {"precedes", "function<Any, Any> -> Any"}},
                  .result = "list<Any>",
                  .call = sort,
                  .summary = "The list in the order in which, by a function of two elements, one "
                             "precedes the other.",
                  .example = "sort([3, 1, 2], function(x, y) x < y)",
                  .answer = "[1, 2, 3]",
                  .result_of = list_of_all,
              },
              {
                  .name = "sublist",
                  .parameters = {kList,
                                 {"start position", "number"},
                                 {.name = "length",
                                  .type = "number",
                                  .is_optional = true,
                                  .takes_null = true}},
                  .result = "list<Any>",
                  .call = sublist,
                  .summary = "The elements from a position on, counted from 1 or, when negative, "
                             "from the end.",
                  .example = "sublist([4, 5, 6], 1, 2)",
                  .answer = "[4, 5]",
                  .result_of = list_of_all,
              },
              {
                  .name = "union",
                  .parameters = {kLists},
                  .result = "list<Any>",
                  .call = union_of,
                  .summary = "The elements of all lists, each value once.",
                  .example = "union([1, 2], [2, 3])",
                  .answer = "[1, 2, 3]",
                  .result_of = list_of_lists,
              },
          },
  };
  return family;
}

}  // namespace formwork::feel
