// An entity: its fields, what is unique, how its form and its list are laid out.
#include <algorithm>

#include "dsl/compile/assignment.h"
#include "dsl/compile/keys.h"
#include "dsl/compile/layout.h"
#include "dsl/compile/lifecycle.h"
#include "dsl/compile/names.h"
#include "dsl/compile/reading.h"

namespace formwork::compile {
namespace {

void compile_texts(const yaml::Node& node, model::Entity& entity, Context& context) {
  entity.label = entity.plural = default_label(entity.name, context);
  if (const yaml::Node* label = value_of(node, "label")) {
    if (auto text = read_localized(*label, context))
      entity.label = entity.plural = std::move(*text);
  }
  if (const yaml::Node* plural = value_of(node, "plural")) {
    if (auto text = read_localized(*plural, context)) entity.plural = std::move(*text);
  }
  if (const yaml::Node* icon = value_of(node, "icon")) {
    entity.icon = read_text(*icon, "the name of an icon", context).value_or("");
  }
}

bool check_field_name(const yaml::Entry& entry, const model::Entity& entity, bool has_stages,
                      Context& context) {
  if (!check_name(entry.key, entry.key_span, "a field", context)) return false;
  if (is_reserved_field(entry.key)) {
    // It is compiled all the same, so that mentions of it are not mistakes of their own.
    context.diagnostics.error(codes::kNameReserved, entry.key_span,
                              "`" + entry.key + "` has a meaning of its own in lists and forms",
                              "give the field another name");
    return true;
  }
  if (entry.key == "user") {
    context.diagnostics.error(codes::kNameReserved, entry.key_span,
                              "`user` is who acts, in conditions and formulas",
                              "give the field another name");
    return true;
  }
  if (has_stages && is_stage_field(entry.key)) {
    context.diagnostics.error(codes::kNameReserved, entry.key_span,
                              "the program keeps `" + entry.key + "` for entities with stages",
                              "give the field another name");
    return false;
  }
  if (is_assignment_field(entry.key, entity.name, context)) {
    context.diagnostics.error(codes::kNameReserved, entry.key_span,
                              "the program keeps `" + entry.key + "` for entities with assignments",
                              "give the field another name");
    return false;
  }
  const std::optional<model::ColumnRef> taken = model::find_column(entity, entry.key);
  if (!taken) return true;
  context.diagnostics.error(codes::kNameReserved, entry.key_span,
                            "every record has `" + entry.key + "` already",
                            "give the field another name");
  return false;
}

void compile_fields(const yaml::Node& node, bool has_stages, model::Entity& entity,
                    Context& context) {
  if (!node.is_mapping() || node.entries.empty()) {
    report_wrong_type(node, "the fields: a mapping of names to fields", context);
    return;
  }
  for (const yaml::Entry& entry : node.entries) {
    fields::Field field;
    if (!check_field_name(entry, entity, has_stages, context)) continue;
    if (!compile_field(entry.key, entry.key_span, entry.value, context, field)) {
      // Later mentions of it are not mistakes of their own.
      field.type = nullptr;
    }
    entity.fields.push_back(std::move(field));
  }
}

// `number: "L-{yyyy}{mm}-{seq:5}"` is short for a serial field called `number`, in front of all
// others.
void compile_number(const yaml::Node& node, model::Entity& entity, Context& context) {
  yaml::Node definition{.kind = yaml::Node::Kind::Mapping, .span = node.span};
  yaml::Node type{.kind = yaml::Node::Kind::Scalar, .text = "serial", .span = node.span};
  definition.entries.push_back({"type", node.span, std::move(type)});
  definition.entries.push_back({"format", node.span, node});
  fields::Field field;
  if (!compile_field("number", node.span, definition, context, field)) return;
  static constexpr MessageText kLabel{"entity.number", "No.", "编号"};
  for (std::size_t i = 0; i < context.model.app.locales.size(); ++i) {
    field.label.by_locale[i] = render(kLabel, language_of(context.model.app.locales[i]));
  }
  entity.number = 0;
  entity.fields.push_back(std::move(field));
}

void add_unique(model::Entity& entity, model::Unique unique, Context& context) {
  const auto same = [&](const model::Unique& other) { return other.fields == unique.fields; };
  const auto known = std::find_if(entity.uniques.begin(), entity.uniques.end(), same);
  if (known != entity.uniques.end()) {
    context.diagnostics
        .error(codes::kEntityUnique, unique.where, "these fields are declared unique twice",
               "remove one")
        .related.push_back({known->where, "it is declared here too"});
    return;
  }
  entity.uniques.push_back(std::move(unique));
}

void compile_unique(const yaml::Node& node, model::Entity& entity, Context& context) {
  model::Unique unique{.fields = {}, .say = {}, .where = node.span};
  const yaml::Node* fields = &node;
  if (node.is_mapping()) {
    check_keys(node, keys::kUnique, "a uniqueness rule", context);
    fields = value_of(node, "fields");
    if (const yaml::Node* say = value_of(node, "say")) {
      if (auto text = read_localized(*say, context)) unique.say = std::move(*text);
    }
  }
  if (fields == nullptr) {
    report_missing(codes::kDocumentMissingKey, node.span, "a uniqueness rule names its fields",
                   "write `fields: [ … ]`", context);
    return;
  }
  // A rule of only some of its fields would be another rule.
  bool is_whole = true;
  for (const PlacedText& name : read_text_list(*fields, "a list of fields", context)) {
    const auto index = find_usable_field(name, entity, context);
    if (!index) is_whole = false;
    if (!index) continue;
    const fields::Field& field = entity.fields[*index];
    const fields::FieldType& type = *field.type;
    if (type.may_be_unique && !field.kept_by_engine) {
      unique.fields.push_back(*index);
      continue;
    }
    is_whole = false;
    context.diagnostics.error(
        codes::kEntityUnique, name.where,
        field.kept_by_engine ? "`" + field.name + "` is kept by the program, and cannot be unique"
                             : "a field of type " + std::string(type.name) + " cannot be unique",
        "leave it out");
  }
  if (is_whole && !unique.fields.empty()) add_unique(entity, std::move(unique), context);
}

void compile_uniques(const yaml::Node* node, model::Entity& entity, Context& context) {
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    const fields::Field& field = entity.fields[i];
    if (field.unique) add_unique(entity, {.fields = {i}, .say = {}, .where = field.where}, context);
  }
  if (node == nullptr) return;
  if (!node->is_sequence()) {
    report_wrong_type(*node, "a list of uniqueness rules", context);
    return;
  }
  for (const yaml::Node& item : node->items) compile_unique(item, entity, context);
}

// By their names, because a record has one of each: moves, tasks, assignments and record rules ask
// for its owner, automations for its tags.
void find_named_fields(model::Entity& entity) {
  const auto find = [&](std::string_view name, fields::Column column) {
    const std::optional<std::size_t> index = model::field_index(entity, name);
    const fields::FieldType* type = index ? entity.fields[*index].type : nullptr;
    return type != nullptr && type->column == column ? index : std::nullopt;
  };
  entity.owner = find("owner", fields::Column::User);
  entity.tags = find("tags", fields::Column::Codes);
}

}  // namespace

void compile_entity(const Document& document, model::Entity& entity, Context& context) {
  const yaml::Node& node = *document.node;
  check_keys(node, keys::kEntity, "an entity", context);
  compile_texts(node, entity, context);
  if (const yaml::Node* number = value_of(node, "number")) compile_number(*number, entity, context);
  if (const yaml::Node* fields = value_of(node, "fields")) {
    compile_fields(*fields, has_lifecycle(node), entity, context);
  } else {
    report_missing(codes::kDocumentMissingKey, document.name_where,
                   "the entity `" + entity.name + "` has no fields", "write `fields: …`", context);
  }
  declare_lifecycles(document, entity, context);
  declare_assignments(entity, context);
  find_named_fields(entity);
  compile_uniques(value_of(node, "unique"), entity, context);
  compile_title(value_of(node, "title"), document, entity, context);
  compile_sections(value_of(node, "sections"), entity, context);
  compile_list(value_of(node, "list"), entity, context);
}

}  // namespace formwork::compile
