#include "engine/scenario/values.h"

#include <algorithm>

#include "dsl/base/json.h"
#include "engine/records/output.h"

namespace formwork::scenario {
namespace {

using Kind = json::Value::Kind;

const fields::Field* find_in(const std::vector<fields::Field>& fields, std::string_view name) {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const fields::Field& field) { return field.name == name; });
  return found == fields.end() ? nullptr : &*found;
}

json::Value text_value(std::string text) {
  json::Value value;
  value.kind = Kind::String;
  value.text = std::move(text);
  return value;
}

// Puts ids where records are named. The answer is a name that no record has.
std::optional<std::string> put_ids(json::Value& value, const fields::Field& field,
                                   const World& world) {
  if (field.type->column == fields::Column::Rows) {
    for (json::Value& row : value.elements) {
      for (json::Value::Member& member : row.members) {
        const fields::Field* column = find_in(field.fields, member.first);
        if (column == nullptr) continue;
        if (auto unknown = put_ids(member.second, *column, world)) return unknown;
      }
    }
    return std::nullopt;
  }
  const bool is_name =
      field.type->column == fields::Column::Record && value.is_string() && !value.text.empty();
  if (!is_name) return std::nullopt;
  const Named* record = world.find(value.text);
  const bool fits = record != nullptr && record->entity->index == field.target;
  if (!fits) return value.text;
  value.kind = Kind::Number;
  value.text = std::to_string(record->id);
  return std::nullopt;
}

void put_names(json::Value& value, const fields::Field& field, const World& world) {
  if (field.type->column == fields::Column::Rows) {
    for (json::Value& row : value.elements) {
      for (json::Value::Member& member : row.members) {
        const fields::Field* column = find_in(field.fields, member.first);
        if (column != nullptr) put_names(member.second, *column, world);
      }
    }
  } else if (field.type->column == fields::Column::Record && value.kind == Kind::Number) {
    value = text_value(world.name_of(world.model().entities[field.target],
                                     std::strtoll(value.text.c_str(), nullptr, 10)));
  }
}

std::string joined(const std::vector<std::string>& parts, char open, char close) {
  std::string out(1, open);
  for (const std::string& part : parts) out += (out.size() > 1 ? ", " : "") + part;
  return out + close;
}

}  // namespace

Expected<json::Value, ValueFault> to_input(const model::PlacedValue& value,
                                           const fields::Field& field, const World& world) {
  json::Value input = value.value;
  if (const auto unknown = put_ids(input, field, world)) {
    const std::string& entity = world.model().entities[field.target].name;
    return Unexpected(
        ValueFault{"no " + entity + " before it is called `" + *unknown + "`", value.where});
  }
  return input;
}

Expected<json::Value, ValueFault> to_body(const model::PlacedValues& values,
                                          const std::vector<fields::Field>& fields,
                                          const World& world) {
  json::Value body;
  body.kind = Kind::Object;
  for (const auto& [name, value] : values) {
    const fields::Field* field = find_in(fields, name);
    if (field == nullptr) {
      body.members.emplace_back(name, value.value);
      continue;
    }
    FW_TRY(json::Value input, to_input(value, *field, world));
    body.members.emplace_back(name, std::move(input));
  }
  return body;
}

json::Value to_named(const feel::Value& value, const fields::Field& field, World& world) {
  std::string text;
  json::Writer writer(text);
  records::write_value(writer, field, value, *world.engine().directory());
  json::Value named = json::parse(text).value();
  put_names(named, field, world);
  return named;
}

std::string shown(const json::Value& value) {
  std::vector<std::string> parts;
  switch (value.kind) {
    case Kind::Null:
      return "nothing";
    case Kind::False:
      return "false";
    case Kind::True:
      return "true";
    case Kind::Number:
    case Kind::String:
      return value.text;
    case Kind::Array:
      for (const json::Value& element : value.elements) parts.push_back(shown(element));
      return joined(parts, '[', ']');
    case Kind::Object:
      for (const json::Value::Member& member : value.members) {
        parts.push_back(member.first + ": " + shown(member.second));
      }
      return joined(parts, '{', '}');
  }
  return {};
}

std::vector<std::string> texts_of(const json::Value& value) {
  std::vector<std::string> texts;
  if (value.is_null()) return texts;
  if (!value.is_array()) return {shown(value)};
  for (const json::Value& element : value.elements) texts.push_back(shown(element));
  return texts;
}

}  // namespace formwork::scenario
