#include "dsl/compile/layout.h"

#include <algorithm>

#include "dsl/compile/keys.h"

namespace formwork::compile {
namespace {

using fields::Column;
using model::ColumnRef;
using model::SystemColumn;

// What an entity without `list` shows: its title and the next few fields, newest first.
constexpr std::size_t kDefaultColumns = 5;
constexpr std::size_t kDefaultFilters = 3;

void report_unknown(const PlacedText& name, const model::Entity& entity, bool with_system,
                    Context& context) {
  std::vector<std::string_view> names;
  for (const fields::Field& field : entity.fields) names.push_back(field.name);
  if (with_system) {
    for (const auto column : {SystemColumn::Id, SystemColumn::CreatedAt, SystemColumn::CreatedBy,
                              SystemColumn::UpdatedAt, SystemColumn::UpdatedBy}) {
      names.push_back(model::system_column_name(column));
    }
  }
  context.diagnostics.error(codes::kNameUnknown, name.where,
                            "`" + name.text + "` is not a field of " + entity.name,
                            suggest(name.text, names));
}

std::optional<ColumnRef> find_usable_column(const PlacedText& name, const model::Entity& entity,
                                            Context& context) {
  const std::optional<ColumnRef> column = model::find_column(entity, name.text);
  if (!column) {
    report_unknown(name, entity, true, context);
    return std::nullopt;
  }
  if (!column->is_system && entity.fields[column->field].type == nullptr) return std::nullopt;
  return column;
}

bool fits_in_list(const fields::Field& field) {
  const Column column = field.type->column;
  return column != Column::Rows && column != Column::Files &&
         field.type->widget != fields::Widget::Area;
}

void report_misfit(const PlacedText& name, std::string_view what, const fields::Field& field,
                   Context& context, std::string_view code = codes::kEntityList) {
  context.diagnostics.error(
      code, name.where,
      "a field of type " + std::string(field.type->name) + " cannot be " + std::string(what),
      "choose another field");
}

void compile_columns(const yaml::Node& node, model::Entity& entity, Context& context) {
  for (const PlacedText& name : read_text_list(node, "a list of fields", context)) {
    const auto column = find_usable_column(name, entity, context);
    if (!column) continue;
    if (!column->is_system && !fits_in_list(entity.fields[column->field])) {
      report_misfit(name, "a column of a list", entity.fields[column->field], context);
    } else {
      entity.list.columns.push_back(*column);
    }
  }
}

void compile_filters(const yaml::Node& node, model::Entity& entity, Context& context) {
  for (const PlacedText& name : read_text_list(node, "a list of fields", context)) {
    const auto column = find_usable_column(name, entity, context);
    if (!column) continue;
    if (!column->is_system && !entity.fields[column->field].type->filterable) {
      report_misfit(name, "a filter", entity.fields[column->field], context);
    } else {
      entity.list.filters.push_back(*column);
    }
  }
}

void compile_sort(const yaml::Node& node, model::Entity& entity, Context& context) {
  const auto text = read_text(node, "a field, with - in front for the largest first", context);
  if (!text) return;
  const bool descending = text->starts_with('-');
  const PlacedText name{text->substr(descending ? 1 : 0),
                        node.span_of(descending ? 1 : 0, text->size())};
  const auto column = find_usable_column(name, entity, context);
  if (!column) return;
  if (!column->is_system && !entity.fields[column->field].type->sortable) {
    report_misfit(name, "what a list is sorted by", entity.fields[column->field], context);
    return;
  }
  entity.list.sort = {*column, descending};
}

void default_columns(model::Entity& entity) {
  for (const std::size_t index : entity.title)
    entity.list.columns.push_back(ColumnRef::of_field(index));
  if (entity.stage_fields) {
    const ColumnRef stage = ColumnRef::of_field(entity.stage_fields->stage);
    const auto& columns = entity.list.columns;
    const bool is_title = std::find(columns.begin(), columns.end(), stage) != columns.end();
    if (!is_title) entity.list.columns.push_back(stage);
  }
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    if (entity.list.columns.size() >= kDefaultColumns) break;
    const ColumnRef column = ColumnRef::of_field(i);
    const auto& columns = entity.list.columns;
    const bool known = std::find(columns.begin(), columns.end(), column) != columns.end();
    if (entity.fields[i].kept_by_engine) continue;
    if (!known && entity.fields[i].type != nullptr && fits_in_list(entity.fields[i])) {
      entity.list.columns.push_back(column);
    }
  }
}

void default_filters(model::Entity& entity) {
  if (entity.stage_fields) {
    entity.list.filters.push_back(ColumnRef::of_field(entity.stage_fields->stage));
  }
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    if (entity.list.filters.size() >= kDefaultFilters) break;
    const fields::FieldType* type = entity.fields[i].type;
    if (entity.fields[i].kept_by_engine) continue;
    if (type != nullptr && type->widget == fields::Widget::Choice) {
      entity.list.filters.push_back(ColumnRef::of_field(i));
    }
  }
}

void compile_section(const yaml::Node& node, std::vector<Span>& placed, model::Entity& entity,
                     Context& context) {
  if (!node.is_mapping()) {
    report_wrong_type(node, "a section: a mapping with `label` and `fields`", context);
    return;
  }
  check_keys(node, keys::kSection, "a section", context);
  model::Section section;
  if (const yaml::Node* label = value_of(node, "label")) {
    if (auto text = read_localized(*label, context)) section.label = std::move(*text);
  }
  const yaml::Node* fields = value_of(node, "fields");
  if (fields == nullptr) {
    report_missing(codes::kDocumentMissingKey, node.span, "a section names its fields",
                   "write `fields: [ … ]`", context);
    return;
  }
  for (const PlacedText& name : read_text_list(*fields, "a list of fields", context)) {
    const auto index = find_usable_field(name, entity, context);
    if (!index) continue;
    if (placed[*index]) {
      context.diagnostics
          .error(codes::kDocumentDuplicate, name.where,
                 "the sections show `" + name.text + "` twice", "remove one")
          .related.push_back({placed[*index], "it is here too"});
      continue;
    }
    placed[*index] = name.where;
    section.fields.push_back(*index);
  }
  entity.sections.push_back(std::move(section));
}

}  // namespace

std::optional<std::size_t> find_usable_field(const PlacedText& name, const model::Entity& entity,
                                             Context& context) {
  const std::optional<std::size_t> index = model::field_index(entity, name.text);
  if (!index) {
    report_unknown(name, entity, false, context);
    return std::nullopt;
  }
  if (entity.fields[*index].type == nullptr) return std::nullopt;
  return index;
}

void compile_title(const yaml::Node* node, const Document& document, model::Entity& entity,
                   Context& context) {
  if (node != nullptr) {
    for (const PlacedText& name : read_text_list(*node, "a field, or a list of fields", context)) {
      const auto index = find_usable_field(name, entity, context);
      if (!index) continue;
      if (fits_in_list(entity.fields[*index])) {
        entity.title.push_back(*index);
      } else {
        report_misfit(name, "part of a title", entity.fields[*index], context, codes::kEntityTitle);
      }
    }
    return;
  }
  // Without `title` the first field of text that every record has names it. A field that is itself
  // in error might have been that one, so nothing is said about the title then.
  bool might_be_there = entity.fields.empty();
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    const fields::Field& field = entity.fields[i];
    might_be_there = might_be_there || field.type == nullptr;
    if (field.type != nullptr && field.required && field.type->widget == fields::Widget::Line) {
      entity.title = {i};
      return;
    }
  }
  if (might_be_there) return;
  report_missing(codes::kEntityTitle, document.name_where,
                 "nothing names a record of `" + entity.name + "`", "write `title: <field>`",
                 context);
}

void compile_sections(const yaml::Node* node, model::Entity& entity, Context& context) {
  std::vector<Span> placed(entity.fields.size());
  if (node != nullptr && !node->is_sequence()) {
    report_wrong_type(*node, "a list of sections", context);
  } else if (node != nullptr) {
    for (const yaml::Node& item : node->items) compile_section(item, placed, entity, context);
  }
  // What no section names stands in one at the end, so that no field is lost.
  model::Section rest;
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    // What the program keeps is shown above the form, unless a section asks for it.
    const fields::Field& field = entity.fields[i];
    if (!placed[i] && field.type != nullptr && !field.kept_by_engine) rest.fields.push_back(i);
  }
  if (!rest.fields.empty()) entity.sections.push_back(std::move(rest));
}

void compile_list(const yaml::Node* node, model::Entity& entity, Context& context) {
  entity.list.sort = {ColumnRef::of(SystemColumn::CreatedAt), true};
  const bool usable = node != nullptr && node->is_mapping();
  if (node != nullptr && !usable)
    report_wrong_type(*node, "a list: a mapping with `columns`", context);
  if (usable) {
    check_keys(*node, keys::kList, "a list", context);
    if (const yaml::Node* columns = value_of(*node, "columns"))
      compile_columns(*columns, entity, context);
    if (const yaml::Node* filters = value_of(*node, "filters"))
      compile_filters(*filters, entity, context);
    if (const yaml::Node* sort = value_of(*node, "sort")) compile_sort(*sort, entity, context);
  }
  if (entity.list.columns.empty()) default_columns(entity);
  if (!usable || value_of(*node, "filters") == nullptr) default_filters(entity);
}

}  // namespace formwork::compile
