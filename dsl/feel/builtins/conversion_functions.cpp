// Conversions between texts and other values. Those of dates, times and durations stand with their
// family.
#include <algorithm>
#include <string>

#include "dsl/feel/builtins/answers.h"
#include "dsl/feel/operators.h"

namespace formwork::feel {
namespace {

Value no_number(const std::string& text, Evaluation& evaluation) {
  return no_answer(evaluation, "\"{}\" is not a number", text);
}

Value number_from(Arguments arguments, Evaluation& evaluation) {
  const std::string& text = arguments[0].string();
  const std::optional<Number> number = Number::parse(text);
  return number ? Value(*number) : no_number(text, evaluation);
}

// Blanks, commas and points group thousands; null stands for no such separator.
bool is_grouping(const Value& value) {
  if (value.is_null()) return true;
  const std::string& text = value.string();
  return text == " " || text == "," || text == ".";
}

bool is_point(const Value& value) {
  return value.is_null() || value.string() == "." || value.string() == ",";
}

Value number_with_separators(Arguments arguments, Evaluation& evaluation) {
  const Value& grouping = arguments[1];
  const Value& point = arguments[2];
  if (!is_grouping(grouping)) {
    return no_answer(evaluation,
                     "`grouping separator` of number() is \"{}\"; a blank, a comma and a point are "
                     "possible",
                     grouping.string());
  }
  if (!is_point(point)) {
    return no_answer(evaluation,
                     "`decimal separator` of number() is \"{}\"; a comma and a point are possible",
                     point.string());
  }
  if (!grouping.is_null() && grouping == point) {
    return no_answer(evaluation, "both separators of number() are \"{}\"", point.string());
  }
  std::string text = arguments[0].string();
  if (!grouping.is_null()) std::erase(text, grouping.string()[0]);
  if (!point.is_null()) {
    // A point that is no separator is none of a number.
    if (point.string() == "," && text.find('.') != std::string::npos) {
      return no_number(arguments[0].string(), evaluation);
    }
    std::replace(text.begin(), text.end(), point.string()[0], '.');
  }
  const std::optional<Number> number = Number::parse(text);
  return number ? Value(*number) : no_number(arguments[0].string(), evaluation);
}

// Whether the text of a value stays within the limits. Parts may be shared many times over, so a
// small value can have a very long text.
bool may_be_written(const Value& value, Evaluation& evaluation) {
  struct Part {
    const Value* value;
    unsigned depth;
  };

  std::vector<Part> open{{&value, 0}};
  std::size_t bytes = 0;
  while (!open.empty()) {
    const Part part = open.back();
    open.pop_back();
    bytes += 2;
    if (part.value->kind() == ValueKind::String) bytes += part.value->string().size();
    if (part.depth > evaluation.limits().depth || !may_write(evaluation, bytes)) return false;
    if (part.value->kind() == ValueKind::List) {
      if (!evaluation.spend(part.value->list().size())) return false;
      for (const Value& element : part.value->list()) open.push_back({&element, part.depth + 1});
    } else if (part.value->kind() == ValueKind::Context) {
      const Context& context = part.value->context();
      if (!evaluation.spend(context.values.size())) return false;
      for (const std::string& name : context.shape->names) bytes += name.size();
      for (const Value& entry : context.values) open.push_back({&entry, part.depth + 1});
    }
  }
  return true;
}

Value string_of(Arguments arguments, Evaluation& evaluation) {
  if (arguments[0].is_null()) return {};
  if (!may_be_written(arguments[0], evaluation)) return text_too_long(evaluation, "string");
  return Value(to_text(arguments[0], *evaluation.environment().zone));
}

}  // namespace

const Family& conversion_functions() {
  static const Family family{
      .title = "Conversions",
      .entries =
          {
              {
                  .name = "number",
                  .parameters = {{"from", "string"}},
                  .result = "number",
                  .call = number_from,
                  .summary = "The number that a text means.",
                  .example = "number(\"1000.5\")",
                  .answer = "1000.5",
              },
              {
                  .name = "number",
                  .parameters =
                      {{"from", "string"},
                       {.name = "grouping separator", .type = "string", .takes_null = true},
                       {.name = "decimal separator", .type = "string", .takes_null = true}},
                  .result = "number",
                  .call = number_with_separators,
                  .summary = "The number that a text with these separators means.",
                  .example = "number(\"1.000,5\", \".\", \",\")",
                  .answer = "1000.5",
              },
              {
                  .name = "string",
                  .parameters = {{.name = "from", .type = "Any", .takes_null = true}},
                  .result = "string",
                  .call = string_of,
                  .summary = "The text of a value.",
                  .example = "string(1.10)",
                  .answer = "\"1.10\"",
              },
          },
  };
  return family;
}

}  // namespace formwork::feel
