#include "dsl/compile/field_values.h"

#include <algorithm>

#include "dsl/compile/formulas.h"
#include "dsl/compile/reading.h"
#include "dsl/model/scope.h"

namespace formwork::compile {
namespace {

using fields::Field;

// An option that stands there as if it were a name: `hot` for `"hot"`.
bool is_bare_option(const yaml::Node& node, const Field& field, const feel::Scope& scope) {
  if (scope.find(node.text)) return false;
  return std::any_of(field.options.begin(), field.options.end(),
                     [&](const fields::Option& option) { return option.code == node.text; });
}

std::optional<feel::Expression> read_value(const yaml::Node& node, const Field& field,
                                           const FieldValuesPlace& place, Context& context) {
  if (node.is_scalar() && is_bare_option(node, field, place.scope)) {
    context.diagnostics.error(codes::kFeelUnknownName, node.span,
                              "values are FEEL, and there is no `" + node.text +
                                  "` here but an option of `" + field.name + "`",
                              "write it as a text: '\"" + node.text + "\"'");
    return std::nullopt;
  }
  const feel::Type expected =
      place.as_input ? feel::Type(feel::TypeKind::Any) : context.model.scopes->type_of(field);
  return read_expression(node, place.scope, expected, context);
}

}  // namespace

std::optional<std::size_t> find_input_field(const std::string& name, const Span& where,
                                            const model::Entity& entity, Context& context) {
  const auto index = model::field_index(entity, name);
  if (!index) {
    std::vector<std::string_view> names;
    for (const Field& field : entity.fields) {
      if (fields::takes_input(field)) names.push_back(field.name);
    }
    context.diagnostics.error(codes::kNameUnknown, where,
                              "`" + entity.name + "` has no field `" + name + "`",
                              suggest(name, names));
    return std::nullopt;
  }
  const Field& field = entity.fields[*index];
  if (field.type == nullptr) return std::nullopt;  // what is wrong with it was said where it stands
  if (fields::takes_input(field)) return index;
  context.diagnostics.error(
      codes::kFieldNoInput, where,
      "`" + name + "` takes no value: " + (field.value ? "it is computed" : "the program keeps it"),
      "leave it out");
  return std::nullopt;
}

std::vector<model::FieldValue> read_field_values(const yaml::Node& node,
                                                 const FieldValuesPlace& place, Context& context) {
  std::vector<model::FieldValue> values;
  if (!node.is_mapping() || node.entries.empty()) {
    report_wrong_type(node, "a mapping of fields to values", context);
    return values;
  }
  for (const yaml::Entry& entry : node.entries) {
    const auto index = find_input_field(entry.key, entry.key_span, place.entity, context);
    if (!index) continue;
    auto value = read_value(entry.value, place.entity.fields[*index], place, context);
    if (value) values.push_back({*index, std::move(*value), entry.key_span});
  }
  return values;
}

}  // namespace formwork::compile
