// What a submitted form means before its values are read.
#include <algorithm>

#include "server/pages/form_state.h"
#include "server/pages/pages.h"

namespace formwork::pages {
namespace {

using fields::Field;
using fields::Widget;

const Field* named(const std::vector<Field>& fields, std::string_view name) {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const Field& field) { return field.name == name; });
  return found == fields.end() ? nullptr : &*found;
}

// The field, or the column of line items, that a pair is about.
const Field* field_of(const model::Entity& entity, std::string_view name) {
  const std::optional<CellName> cell = parse_cell_name(name);
  if (!cell) return named(entity.fields, name);
  const Field* table = named(entity.fields, cell->table);
  return table == nullptr ? nullptr : named(table->fields, cell->column);
}

}  // namespace

std::string without_title(const std::string& text) {
  const std::size_t dot = text.find(" · ");
  const bool is_suggestion =
      dot != std::string::npos && dot > 0 && text.find_first_not_of("0123456789") == dot;
  return is_suggestion ? text.substr(0, dot) : text;
}

std::vector<std::size_t> form_fields(const Frame& frame, const model::Entity& entity,
                                     const records::Preview* preview) {
  std::vector<std::size_t> fields;
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    if (preview != nullptr && preview->fields[i].read_only) continue;
    if (frame.gate->may_see_field(*frame.actor, entity, i) &&
        frame.gate->may_write_field(*frame.actor, entity, i)) {
      fields.push_back(i);
    }
  }
  return fields;
}

bool is_live(const model::Entity& entity) {
  const auto has_formula = [](const Field& field) {
    return field.value || field.default_formula || field.visible || field.required_when ||
           field.read_only;
  };
  return std::any_of(entity.fields.begin(), entity.fields.end(), [&](const Field& field) {
    return has_formula(field) || std::any_of(field.fields.begin(), field.fields.end(), has_formula);
  });
}

records::FormPairs as_input(const model::Entity& entity, const records::FormPairs& sent) {
  records::FormPairs pairs;
  for (const auto& [name, value] : sent) {
    const Field* field = field_of(entity, name);
    const Widget widget = field == nullptr ? Widget::Line : field->type->widget;
    if (widget == Widget::Files && has_code(joined_values(sent, name + ".remove"), value)) continue;
    pairs.emplace_back(name, widget == Widget::Reference ? without_title(value) : value);
  }
  return pairs;
}

}  // namespace formwork::pages
