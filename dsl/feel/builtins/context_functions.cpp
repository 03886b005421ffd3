// Contexts: reading their entries and making new ones.
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "dsl/feel/builtins/answers.h"
#include "dsl/feel/builtins/words.h"

namespace formwork::feel {
namespace {

// Entries in the order in which their names first came; a later value takes the place.
class Builder {
 public:
  explicit Builder(const Context* base = nullptr) {
    if (base != nullptr) add_all(*base);
  }

  void add_all(const Context& context) {
    for (std::size_t i = 0; i < context.values.size(); ++i) {
      set(context.shape->names[i], context.values[i]);
    }
  }

  bool has(const std::string& name) const { return places_.contains(name); }

  void set(const std::string& name, const Value& value) {
    const auto [place, is_new] = places_.emplace(name, entries_.size());
    if (is_new) {
      entries_.emplace_back(name, value);
    } else {
      entries_[place->second].second = value;
    }
  }

  Value finish() { return Value(Context::of(std::move(entries_))); }

 private:
  std::unordered_map<std::string, std::size_t> places_;
  std::vector<std::pair<std::string, Value>> entries_;
};

Value get_value(Arguments arguments, Evaluation& evaluation) {
  const Value* found = arguments[0].context().find(arguments[1].string());
  if (found != nullptr) return *found;
  return no_answer(evaluation, "the context has no entry \"{}\"", arguments[1].string());
}

Value get_value_of_path(Arguments arguments, Evaluation& evaluation) {
  const List& keys = arguments[1].list();
  if (keys.empty()) return no_answer(evaluation, "`keys` of get value() is an empty list");
  if (!evaluation.spend(keys.size())) return {};
  const Value* value = &arguments[0];
  for (const Value& key : keys) {
    if (key.is_null()) return no_answer(evaluation, "`keys` of get value() holds null");
    const Value* next =
        value->kind() == ValueKind::Context ? value->context().find(key.string()) : nullptr;
    if (next == nullptr) {
      return no_answer(evaluation, "there is no entry \"{}\" on the way", key.string());
    }
    value = next;
  }
  return *value;
}

Value get_entries(Arguments arguments, Evaluation& evaluation) {
  static const auto kShape =
      std::make_shared<const Shape>(Shape{std::vector<std::string>{"key", "value"}});
  const Context& context = arguments[0].context();
  if (!evaluation.spend(context.values.size())) return {};
  List entries;
  entries.reserve(context.values.size());
  for (std::size_t i = 0; i < context.values.size(); ++i) {
    entries.emplace_back(Context{kShape, {Value(context.shape->names[i]), context.values[i]}});
  }
  return Value(std::move(entries));
}

Value context_of(Arguments arguments, Evaluation& evaluation) {
  const List& entries = arguments[0].list();
  if (!evaluation.spend(entries.size())) return {};
  Builder builder;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].is_null()) {
      return no_answer(evaluation, "element {} of `entries` of context() is null", i + 1);
    }
    const Value* key = entries[i].context().find("key");
    const Value* value = entries[i].context().find("value");
    if (key == nullptr || value == nullptr) {
      return no_answer(evaluation, "element {} of `entries` of context() has no `{}`", i + 1,
                       key == nullptr ? "key" : "value");
    }
    if (key->kind() != ValueKind::String) {
      return no_answer(evaluation, "`key` of element {} of context() is {}, and text is needed",
                       i + 1, words::kind_of(*key));
    }
    if (builder.has(key->string())) {
      return no_answer(evaluation, "context() has two entries \"{}\"", key->string());
    }
    builder.set(key->string(), *value);
  }
  return builder.finish();
}

Value with_entry(const Context& context, const std::string& key, const Value& value) {
  Builder builder(&context);
  builder.set(key, value);
  return builder.finish();
}

Value context_put(Arguments arguments, Evaluation& evaluation) {
  const Context& context = arguments[0].context();
  if (!evaluation.spend(context.values.size())) return {};
  return with_entry(context, arguments[1].string(), arguments[2]);
}

Value context_put_at_path(Arguments arguments, Evaluation& evaluation) {
  const List& keys = arguments[1].list();
  if (keys.empty()) return no_answer(evaluation, "`keys` of context put() is an empty list");
  // The contexts on the way; each but the last is an entry of the one before.
  std::vector<const Context*> way;
  const Value* at = &arguments[0];
  for (const Value& key : keys) {
    if (key.is_null()) return no_answer(evaluation, "`keys` of context put() holds null");
    if (at == nullptr || at->kind() != ValueKind::Context) {
      return no_answer(evaluation, "no context stands before \"{}\"", key.string());
    }
    if (!evaluation.spend(1 + at->context().values.size())) return {};
    way.push_back(&at->context());
    at = at->context().find(key.string());
  }
  Value result = arguments[2];
  for (std::size_t i = keys.size(); i-- > 0;) {
    result = with_entry(*way[i], keys[i].string(), result);
  }
  return result;
}

Value context_merge(Arguments arguments, Evaluation& evaluation) {
  Builder builder;
  for (const Value& context : arguments[0].list()) {
    if (context.is_null()) {
      return no_answer(evaluation, "`contexts` of context merge() holds null");
    }
    if (!evaluation.spend(1 + context.context().values.size())) return {};
    builder.add_all(context.context());
  }
  return builder.finish();
}

constexpr Parameter kNewValue{.name = "value", .type = "Any", .takes_null = true};

}  // namespace

// NOLINTNEXTLINE(readability-function-size): a table
const Family& context_functions() {
  static const Family family{
      .title = "Contexts",
      .entries =
          {
              {
                  .name = "context",
                  .parameters = {{"entries", "list<context>"}},
                  .result = "context",
                  .call = context_of,
                  .summary = "A context of entries that have a `key` and a `value`.",
                  .example = "context([{key: \"a\", value: 1}, {key: \"b\", value: 2}])",
                  .answer = "{a: 1, b: 2}",
              },
              {
                  .name = "context merge",
                  .parameters = {{"contexts", "list<context>"}},
                  .result = "context",
                  .call = context_merge,
                  .summary = "The entries of all contexts; of one name, the last counts.",
                  .example = "context merge([{a: 1, b: 2}, {b: 3}])",
                  .answer = "{a: 1, b: 3}",
              },
              {
                  .name = "context put",
                  .parameters = {{"context", "context"}, {"key", "string"}, kNewValue},
                  .result = "context",
                  .call = context_put,
                  .summary = "The context with this entry new or in place of the one of its name.",
                  .example = "context put({a: 1}, \"b\", 2)",
                  .answer = "{a: 1, b: 2}",
              },
              {
                  .name = "context put",
                  .parameters = {{"context", "context"}, {"keys", "list<string>"}, kNewValue},
                  .result = "context",
                  .call = context_put_at_path,
                  .summary = "The context with this entry at the end of a path of contexts.",
                  .example = "context put({a: {b: 1}}, [\"a\", \"c\"], 2)",
                  .answer = "{a: {b: 1, c: 2}}",
              },
              {
                  .name = "get entries",
                  .parameters = {{"m", "context"}},
                  .result = "list<context<key: string, value: Any>>",
                  .call = get_entries,
                  .summary = "The entries of a context, each with its `key` and `value`.",
                  .example = "get entries({a: 1})",
                  .answer = "[{key: \"a\", value: 1}]",
              },
              {
                  .name = "get value",
                  .parameters = {{"m", "context"}, {"key", "string"}},
                  .result = "Any",
                  .call = get_value,
                  .summary = "The value of the entry of that name.",
                  .example = "get value({a: 1}, \"a\")",
                  .answer = "1",
              },
              {
                  .name = "get value",
                  .parameters = {{"m", "context"}, {"keys", "list<string>"}},
                  .result = "Any",
                  .call = get_value_of_path,
                  .summary = "The value at the end of a path of contexts.",
                  .example = "get value({a: {b: 1}}, [\"a\", \"b\"])",
                  .answer = "1",
              },
          },
  };
  return family;
}

}  // namespace formwork::feel
