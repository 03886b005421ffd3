#include "dsl/compile/scenario_values.h"

#include <algorithm>

namespace formwork::compile {
namespace {

using fields::Column;
using fields::Field;

const Field* find(const std::vector<Field>& fields, std::string_view name) {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const Field& field) { return field.name == name; });
  return found == fields.end() ? nullptr : &*found;
}

}  // namespace

model::PlacedValues ScenarioValues::read_with(const yaml::Node& node, const model::Entity& entity,
                                              bool is_refused) {
  model::PlacedValues values;
  if (!node.is_mapping()) {
    report_wrong_type(node, "a mapping of fields to values", context_);
    return values;
  }
  check_fields(entity.fields, entity.name, node, is_refused);
  for (const yaml::Entry& entry : node.entries) {
    values.emplace_back(entry.key, model::PlacedValue{to_json(entry.value), entry.value.span});
  }
  return values;
}

void ScenarioValues::check_fields(const std::vector<Field>& fields, const std::string& owner,
                                  const yaml::Node& node, bool is_refused) {
  for (const yaml::Entry& entry : node.entries) {
    const Field* field = find(fields, entry.key);
    if (field == nullptr) {
      std::vector<std::string_view> names;
      for (const Field& each : fields) names.push_back(each.name);
      context_.diagnostics.error(codes::kNameUnknown, entry.key_span,
                                 "`" + owner + "` has no field `" + entry.key + "`",
                                 suggest(entry.key, names));
      continue;
    }
    if (is_refused || field->type == nullptr) continue;
    if (!fields::takes_input(*field)) {
      context_.diagnostics.error(
          codes::kScenarioValue, entry.key_span,
          "`" + entry.key +
              "` takes no input: " + (field->value ? "it is computed" : "the program keeps it"),
          entry.key == "stage" ? "move the record: `- move: { NAME: STAGE }`" : "leave it out");
      continue;
    }
    check_value(*field, entry.value);
  }
}

void ScenarioValues::check_value(const Field& field, const yaml::Node& node) {
  if (field.type == nullptr || node.is_null()) return;
  if (field.type->column == Column::Rows) return check_rows(field, node);
  for (const yaml::Node& item : node.items) check_value(field, item);
  if (!node.is_scalar()) return;
  for (const PlacedText& text : cases_.texts_of(node)) check_text(field, text);
}

void ScenarioValues::check_text(const Field& field, const PlacedText& text) {
  if (field.type->column == Column::User) return names_.check_person(text);
  if (field.type->column == Column::Record) {
    const model::Entity* entity = names_.check_record(text);
    if (entity == nullptr || entity->index == field.target) return;
    context_.diagnostics.error(codes::kScenarioValue, text.where,
                               "`" + text.text + "` is a record of `" + entity->name + "`, and `" +
                                   field.name + "` leads to `" +
                                   context_.model.entities[field.target].name + "`",
                               "name another record");
    return;
  }
  if (field.options.empty()) return;
  std::vector<std::string_view> codes;
  for (const fields::Option& option : field.options) codes.push_back(option.code);
  if (std::find(codes.begin(), codes.end(), text.text) != codes.end()) return;
  context_.diagnostics.error(codes::kScenarioValue, text.where,
                             "`" + field.name + "` has no option `" + text.text + "`",
                             suggest(text.text, codes));
}

void ScenarioValues::check_rows(const Field& field, const yaml::Node& node) {
  if (!node.is_sequence()) {
    report_wrong_type(node, "a list of lines, each a mapping of columns to values", context_);
    return;
  }
  for (const yaml::Node& row : node.items) {
    if (row.is_mapping()) {
      check_fields(field.fields, field.name, row, false);
    } else {
      report_wrong_type(row, "a line: a mapping of columns to values", context_);
    }
  }
}

}  // namespace formwork::compile
