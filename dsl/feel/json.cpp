#include "dsl/feel/json.h"

#include <optional>
#include <utility>
#include <vector>

#include "dsl/feel/operators.h"
#include "dsl/feel/temporal.h"

namespace formwork::feel {
namespace {

using Kind = json::Value::Kind;
using Read = Expected<Value, std::string>;

bool is_temporal(TypeKind kind) {
  switch (kind) {
    case TypeKind::Date:
    case TypeKind::Time:
    case TypeKind::DateTime:
    case TypeKind::DaysDuration:
    case TypeKind::MonthsDuration:
      return true;
    default:
      return false;
  }
}

Value read_temporal(const std::string& text, TypeKind kind) {
  switch (kind) {
    case TypeKind::Date:
      if (const auto date = parse_feel_date(text)) return Value(*date);
      break;
    case TypeKind::Time:
      if (const auto time = parse_feel_time(text)) return Value(*time);
      break;
    case TypeKind::DateTime:
      if (const auto moment = parse_feel_date_time(text)) return Value(*moment);
      break;
    default:
      return parse_feel_duration(text);
  }
  return {};
}

Value read_string(const std::string& text, const Type& type) {
  if (is_temporal(type.kind())) {
    Value value = read_temporal(text, type.kind());
    if (!value.is_null()) return value;
  }
  return Value(text);
}

Read read_array(const json::Value& json, const Type& type) {
  List list;
  list.reserve(json.elements.size());
  const Type element = type.is(TypeKind::List) ? type.element() : Type(TypeKind::Any);
  for (const json::Value& each : json.elements) {
    FW_TRY(Value value, from_json(each, element));
    list.push_back(std::move(value));
  }
  return Value(std::move(list));
}

const Type& member_type(const Type& type, std::string_view name) {
  static const Type any;
  for (const Member& member : type.members()) {
    if (member.name == name) return member.type;
  }
  return any;
}

Read read_object(const json::Value& json, const Type& type) {
  std::vector<std::pair<std::string, Value>> entries;
  entries.reserve(json.members.size());
  for (const auto& [name, each] : json.members) {
    FW_TRY(Value value, from_json(each, member_type(type, name)));
    entries.emplace_back(name, std::move(value));
  }
  return Value(Context::of(std::move(entries)));
}

Read read_number(const std::string& text) {
  const std::optional<Number> number = Number::parse(text);
  if (!number) return Unexpected("the number " + text.substr(0, 40) + " is out of reach");
  return Value(*number);
}

void write_list(json::Writer& writer, const List& list, const TimeZone& zone) {
  writer.begin_array();
  for (const Value& element : list) write_json(writer, element, zone);
  writer.end_array();
}

void write_context(json::Writer& writer, const Context& context, const TimeZone& zone) {
  writer.begin_object();
  for (std::size_t i = 0; i < context.values.size(); ++i) {
    writer.key(context.shape->names[i]);
    write_json(writer, context.values[i], zone);
  }
  writer.end_object();
}

}  // namespace

void write_json(json::Writer& writer, const Value& value, const TimeZone& zone) {
  switch (value.kind()) {
    case ValueKind::Null:
      writer.null();
      return;
    case ValueKind::Boolean:
      writer.boolean(value.boolean());
      return;
    case ValueKind::Number:
      writer.raw(value.number().to_string());
      return;
    case ValueKind::List:
      write_list(writer, value.list(), zone);
      return;
    case ValueKind::Context:
      write_context(writer, value.context(), zone);
      return;
    default:
      writer.string(to_text(value, zone));
  }
}

std::string to_json(const Value& value, const TimeZone& zone) {
  std::string out;
  json::Writer writer(out);
  write_json(writer, value, zone);
  return out;
}

Expected<Value, std::string> from_json(const json::Value& json, const Type& type) {
  switch (json.kind) {
    case Kind::Null:
      return Value();
    case Kind::False:
      return Value(false);
    case Kind::True:
      return Value(true);
    case Kind::Number:
      return read_number(json.text);
    case Kind::String:
      return read_string(json.text, type);
    case Kind::Array:
      return read_array(json, type);
    case Kind::Object:
      return read_object(json, type);
  }
  return Value();
}

}  // namespace formwork::feel
