#include "tests/conformance/kit_value.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/dmn/xml.h"
#include "dsl/feel/temporal.h"

namespace formwork::conformance {
namespace {

using feel::Number;
using feel::Value;
using feel::ValueKind;
using pugi::xml_node;

std::string_view after_colon(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

// xsi:type and xsi:nil, whatever the prefix.
std::string_view attribute(const xml_node& node, std::string_view name) {
  for (const pugi::xml_attribute& each : node.attributes()) {
    if (after_colon(each.name()) == name) return each.value();
  }
  return {};
}

bool is_nil(const xml_node& node) {
  const std::string_view nil = attribute(node, "nil");
  return nil == "true" || nil == "1";
}

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

template <class T>
Value value_or_null(const std::optional<T>& parsed) {
  return parsed ? Value(*parsed) : Value();
}

// Some tests leave the type out.
Value guessed(const std::string& text) {
  const std::string word = trimmed(text);
  if (word == "true" || word == "false") return Value(word == "true");
  if (const auto number = Number::parse(word)) return Value(*number);
  return Value(text);
}

Value read_scalar(const xml_node& node) {
  std::string text;
  for (const xml_node& part : node.children()) text += part.value();
  const std::string_view type = after_colon(attribute(node, "type"));
  if (type.empty()) return guessed(text);
  if (type == "string") return Value(text);
  const std::string word = trimmed(text);
  if (type == "boolean") return Value(word == "true" || word == "1");
  if (type == "date") return value_or_null(feel::parse_feel_date(word));
  if (type == "time") return value_or_null(feel::parse_feel_time(word));
  if (type == "dateTime") return value_or_null(feel::parse_feel_date_time(word));
  if (type.ends_with("uration")) return feel::parse_feel_duration(word);
  return value_or_null(Number::parse(word));
}

bool are_close(const Number& a, const Number& b) {
  const auto difference = subtract(a, b);
  static const Number kTolerance = *Number::parse("0.00000001");
  return difference && difference->abs() <= kTolerance;
}

bool are_contexts_alike(const feel::Context& expected, const feel::Context& got) {
  if (expected.values.size() != got.values.size()) return false;
  for (std::size_t i = 0; i < expected.values.size(); ++i) {
    const Value* other = got.find(expected.shape->names[i]);
    if (other == nullptr || !are_alike(expected.values[i], *other)) return false;
  }
  return true;
}

}  // namespace

Value read_value(const xml_node& node) {
  std::vector<std::pair<std::string, Value>> entries;
  for (const xml_node& each : node.children()) {
    const std::string_view name = dmn::local_name(each);
    if (name == "value") return is_nil(each) ? Value() : read_scalar(each);
    if (name == "list") {
      if (is_nil(each)) return {};
      feel::List list;
      for (const xml_node& item : each.children()) {
        if (dmn::local_name(item) == "item") list.push_back(read_value(item));
      }
      return Value(std::move(list));
    }
    if (name == "component") {
      entries.emplace_back(each.attribute("name").value(),
                           is_nil(each) ? Value() : read_value(each));
    }
  }
  if (entries.empty()) return {};
  return Value(feel::Context::of(std::move(entries)));
}

bool are_alike(const Value& expected, const Value& got) {
  if (expected.kind() != got.kind()) return false;
  switch (expected.kind()) {
    case ValueKind::Number:
      return are_close(expected.number(), got.number());
    case ValueKind::DateTime:
      return expected.date_time().local == got.date_time().local &&
             feel::offset_of(expected.date_time()) == feel::offset_of(got.date_time());
    case ValueKind::List:
      return std::equal(expected.list().begin(), expected.list().end(), got.list().begin(),
                        got.list().end(), are_alike);
    case ValueKind::Context:
      return are_contexts_alike(expected.context(), got.context());
    default:
      return expected == got;
  }
}

}  // namespace formwork::conformance
