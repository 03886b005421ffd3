// One field: its type, its settings, its texts, and what it takes from the field dictionary.
#include <algorithm>
#include <iterator>
#include <span>

#include "dsl/compile/formulas.h"
#include "dsl/compile/keys.h"
#include "dsl/compile/options.h"
#include "dsl/compile/reading.h"
#include "dsl/fields/field_type.h"
#include "dsl/fields/pattern.h"
#include "dsl/fields/serial_number.h"

namespace formwork::compile {
namespace {

using fields::Field;
using fields::FieldType;
using fields::Setting;

// A field's definition as one mapping: the dictionary's entries under those that stand here.
yaml::Node merged(const yaml::Node& base, const yaml::Node& own) {
  yaml::Node result = own;
  std::erase_if(result.entries, [](const yaml::Entry& entry) { return entry.key == "use"; });
  for (const yaml::Entry& entry : base.entries) {
    if (value_of(own, entry.key) == nullptr) result.entries.push_back(entry);
  }
  return result;
}

class FieldCompiler {
 public:
  FieldCompiler(const yaml::Node& definition, Context& context, Field& field, bool in_table)
      : definition_(definition), context_(context), field_(field), in_table_(in_table) {}

  bool run() {
    if (!find_type()) return false;
    refuse_foreign_keys();
    read_texts();
    read_flags();
    check_formulas();
    const std::span<const Setting> settings = field_.type->settings;
    if (std::find(settings.begin(), settings.end(), Setting::Currency) != settings.end()) {
      field_.currency = context_.model.app.currency;
    }
    for (const Setting setting : field_.type->settings) {
      if (setting == Setting::Min || setting == Setting::Max) continue;
      if (const yaml::Node* node = value_of(definition_, fields::info(setting).key))
        read(setting, *node);
    }
    if (!settle()) return false;
    read_limits();
    read_default();
    return true;
  }

 private:
  bool find_type() {
    const yaml::Entry* entry = definition_.find("type");
    if (entry == nullptr) {
      report_missing(codes::kDocumentMissingKey, field_.where,
                     "the field `" + field_.name + "` has no type",
                     "write `type: …`, or `use: …` with a field of the dictionary", context_);
      return false;
    }
    const auto name = read_text(entry->value, "the name of a field type", context_);
    if (!name) return false;
    field_.type = fields::find_field_type(*name);
    if (field_.type == nullptr) {
      std::vector<std::string_view> names;
      for (const FieldType* type : fields::all_field_types()) names.push_back(type->name);
      const std::string hint = suggest(*name, names);
      context_.diagnostics.error(codes::kFieldUnknownType, entry->value.span,
                                 "there is no field type `" + *name + "`",
                                 hint.empty() ? "docs/reference/field-types.md lists them" : hint);
      return false;
    }
    if (in_table_ && !field_.type->may_be_in_table) {
      context_.diagnostics.error(codes::kFieldNested, entry->value.span,
                                 "a field of type " + *name + " cannot be a column of line items",
                                 "move it out of the table");
      return false;
    }
    return true;
  }

  void refuse_foreign_keys() {
    std::vector<std::string_view> known(std::begin(keys::kField), std::end(keys::kField));
    for (const Setting setting : field_.type->settings) known.push_back(fields::info(setting).key);
    check_keys(definition_, known, "a field of type " + std::string(field_.type->name), context_);
  }

  void read_texts() {
    field_.label = default_label(field_.name, context_);
    if (const yaml::Node* node = value_of(definition_, "label")) {
      if (auto label = read_localized(*node, context_)) field_.label = std::move(*label);
    }
    if (const yaml::Node* node = value_of(definition_, "hint")) {
      if (auto hint = read_localized(*node, context_)) field_.hint = std::move(*hint);
    }
    if (const yaml::Node* node = value_of(definition_, "say")) {
      if (auto say = read_localized(*node, context_)) field_.pattern_say = std::move(*say);
      if (value_of(definition_, "pattern") == nullptr) {
        setting_error(node->span, "`say` explains a pattern, and `" + field_.name + "` has none",
                      "add `pattern`, or use `hint`");
      }
    }
  }

  void read_flags() {
    if (const yaml::Node* node = value_of(definition_, "required")) {
      check_condition(*node);
      field_.required = node->is_scalar() && !node->quoted && node->text == "true";
    }
    check_required_from();
    const yaml::Node* unique = value_of(definition_, "unique");
    if (unique == nullptr) return;
    field_.unique = read_boolean(*unique, context_).value_or(false);
    if (field_.unique && (in_table_ || !field_.type->may_be_unique)) {
      setting_error(unique->span,
                    in_table_
                        ? "a column of line items cannot be unique"
                        : "a field of type " + std::string(field_.type->name) + " cannot be unique",
                    "remove `unique`");
      field_.unique = false;
    }
  }

  // The stage is found when the entity's stages are known.
  void check_required_from() {
    const yaml::Entry* from = definition_.find("required_from");
    if (from == nullptr) return;
    std::string fault;
    if (in_table_) fault = "a column of line items cannot be required from a stage on";
    if (field_.required) fault = "`" + field_.name + "` is required always";
    if (field_.type->set_by_engine) fault = "`" + field_.name + "` is filled by the program";
    if (fault.empty()) return;
    context_.diagnostics.error(codes::kFieldRequiredFrom, from->key_span, std::move(fault),
                               "remove `required_from`");
  }

  // Expressions are compiled later, when all fields are known; what is none is said here.
  void check_condition(const yaml::Node& node) {
    if (!may_be_condition(node)) {
      report_wrong_type(node, "true or false, or a condition", context_);
    }
  }

  void check_formulas() {
    for (const std::string_view key : {"visible", "read_only"}) {
      if (const yaml::Node* node = value_of(definition_, key)) check_condition(*node);
    }
    const yaml::Entry* value = definition_.find("value");
    const yaml::Entry* read_only = definition_.find("read_only");
    if (in_table_ && read_only != nullptr) {
      formula_error(*read_only,
                    "a column of line items cannot be read-only, since lines come and go",
                    "compute it with `value`, or make the whole table read-only");
    }
    if (value == nullptr) return;
    if (!field_.type->may_be_computed) {
      formula_error(*value,
                    "a field of type " + std::string(field_.type->name) + " cannot be computed",
                    "remove `value`");
    }
    for (const std::string_view key : {"required", "required_from", "read_only", "default"}) {
      const yaml::Entry* other = definition_.find(key);
      if (other == nullptr) continue;
      formula_error(*other, "`" + field_.name + "` is computed, so nobody fills it",
                    "remove `" + std::string(key) + "` or `value`");
    }
  }

  void formula_error(const yaml::Entry& entry, std::string message, std::string remedy) {
    context_.diagnostics.error(codes::kFieldValue, entry.key_span, std::move(message),
                               std::move(remedy));
  }

  void read(Setting setting, const yaml::Node& node) {
    switch (setting) {
      case Setting::Min:
      case Setting::Max:
        break;  // read_limits: they need the settled type
      case Setting::MinLength:
        field_.min_length = size(node, "a length", 0, 100'000);
        break;
      case Setting::MaxLength:
        field_.max_length = size(node, "a length", 1, 100'000);
        break;
      case Setting::Pattern:
        read_pattern(node);
        break;
      case Setting::Scale:
        field_.scale =
            static_cast<int>(read_integer(node, "a number of decimal places", 0, 9, context_)
                                 .value_or(field_.scale));
        break;
      case Setting::Currency:
        text(node, "a currency such as CNY", field_.currency);
        break;
      case Setting::Region:
        text(node, "a region such as CN", field_.region);
        break;
      case Setting::Kind:
        read_kind(node);
        break;
      case Setting::Options:
        field_.options = read_options(node, context_);
        break;
      case Setting::To:
        read_target(node);
        break;
      case Setting::Format:
        read_format(node);
        break;
      case Setting::MaxFiles:
        field_.max_files = size(node, "a number of files", 1, 100).value_or(1);
        break;
      case Setting::MaxBytes:
        field_.max_bytes =
            size(node, "a size in bytes", 1, 1'073'741'824).value_or(field_.max_bytes);
        break;
      case Setting::Accept:
        for (PlacedText& type : read_text_list(node, "a list of media types", context_)) {
          field_.accept.push_back(std::move(type.text));
        }
        break;
      case Setting::Fields:
        read_columns(node);
        break;
      case Setting::MaxRows:
        field_.max_rows = size(node, "a number of lines", 1, 1'000).value_or(200);
        break;
    }
  }

  void text(const yaml::Node& node, std::string_view what, std::string& into) {
    if (auto value = read_text(node, what, context_)) into = std::move(*value);
  }

  std::optional<std::size_t> size(const yaml::Node& node, std::string_view what, std::int64_t min,
                                  std::int64_t max) {
    const auto value = read_integer(node, what, min, max, context_);
    if (!value) return std::nullopt;
    return static_cast<std::size_t>(*value);
  }

  void read_pattern(const yaml::Node& node) {
    const auto text = read_text(node, "a pattern", context_);
    if (!text) return;
    auto pattern = fields::Pattern::compile(*text);
    if (pattern) {
      field_.pattern = std::move(*pattern);
      return;
    }
    const fields::Pattern::Problem& problem = pattern.error();
    const std::size_t at =
        problem.fragment.empty() ? std::string::npos : text->find(problem.fragment);
    const Span where =
        at == std::string::npos ? node.span : node.span_of(at, at + problem.fragment.size());
    context_.diagnostics.error(codes::kFieldPattern, where,
                               "this pattern cannot be read: " + problem.message,
                               "patterns follow the RE2 syntax");
  }

  void read_kind(const yaml::Node& node) {
    const auto kind = read_text(node, "days or months", context_);
    if (!kind) return;
    if (*kind != "days" && *kind != "months") {
      setting_error(node.span, "a duration counts `days` or `months`, not `" + *kind + "`",
                    "write kind: days or kind: months");
    }
    field_.whole_months = *kind == "months";
  }

  void read_target(const yaml::Node& node) {
    const auto name = read_text(node, "the name of an entity", context_);
    if (!name) return;
    const model::Entity* target = context_.model.find_entity(*name);
    if (target != nullptr) {
      field_.target = target->index;
      has_target_ = true;
      return;
    }
    std::vector<std::string_view> names;
    for (const model::Entity& entity : context_.model.entities) names.push_back(entity.name);
    context_.diagnostics.error(codes::kFieldReference, node.span,
                               "there is no entity `" + *name + "` to point to",
                               suggest(*name, names));
    has_target_ = true;  // reported here, not as missing
  }

  void read_format(const yaml::Node& node) {
    const auto text = read_text(node, "a format such as L-{yyyy}{mm}-{seq:5}", context_);
    if (!text) return;
    auto parts = fields::parse_serial_format(*text);
    if (parts) {
      field_.serial = std::move(*parts);
      return;
    }
    const auto& problem = parts.error();
    context_.diagnostics.error(codes::kEntityNumber,
                               node.span_of(problem.offset, problem.offset + problem.length),
                               problem.message, "write a format such as L-{yyyy}{mm}-{seq:5}");
    failed_ = true;
  }

  void read_columns(const yaml::Node& node) {
    if (!node.is_mapping() || node.entries.empty()) {
      report_wrong_type(node, "the columns: a mapping of names to fields", context_);
      failed_ = true;
      return;
    }
    for (const yaml::Entry& entry : node.entries) {
      Field column;
      if (!check_name(entry.key, entry.key_span, "a field", context_)) continue;
      if (compile_field(entry.key, entry.key_span, entry.value, context_, column, true)) {
        field_.fields.push_back(std::move(column));
      }
    }
  }

  bool settle() {
    require_setting(Setting::Options, field_.options.empty(), "options");
    require_setting(Setting::To, !has_target_, "the entity it points to");
    require_setting(Setting::Fields, value_of(definition_, "fields") == nullptr, "its columns");
    require_setting(Setting::Format, value_of(definition_, "format") == nullptr, "a format");
    if (failed_) return false;
    if (field_.type->settle == nullptr) return true;
    if (const auto fault = field_.type->settle(field_)) {
      setting_error(place_of(*fault), *fault, {});
      return false;
    }
    return true;
  }

  // Settings without which a field of its type means nothing.
  void require_setting(Setting setting, bool is_missing, std::string_view what) {
    const auto& known = field_.type->settings;
    const std::string_view key = fields::info(setting).key;
    if (!is_missing || std::find(known.begin(), known.end(), setting) == known.end()) return;
    failed_ = true;
    if (value_of(definition_, key) != nullptr)
      return;  // it is there, and what is wrong with it was said
    report_missing(codes::kDocumentMissingKey, field_.where,
                   "the field `" + field_.name + "` lacks " + std::string(what),
                   "write `" + std::string(key) + ": …`", context_);
  }

  void read_limits() {
    read_limit("min", field_.min);
    read_limit("max", field_.max);
    if (const auto fault = fields::find_contradiction(field_)) {
      context_.diagnostics.error(codes::kFieldRange, place_of(*fault), *fault);
    }
  }

  // What field types find wrong begins with the setting that they mean, as in "`scale` is 2 to 9".
  Span place_of(const std::string& fault) const {
    const std::size_t end = fault.find('`', 1);
    if (!fault.starts_with('`') || end == std::string::npos) return field_.where;
    const yaml::Node* node = value_of(definition_, fault.substr(1, end - 1));
    return node == nullptr ? field_.where : node->span;
  }

  void read_limit(std::string_view key, std::optional<feel::Value>& limit) {
    const yaml::Node* node = value_of(definition_, key);
    const bool known = std::any_of(field_.type->settings.begin(), field_.type->settings.end(),
                                   [key](Setting s) { return fields::info(s).key == key; });
    if (node == nullptr || !known) return;
    auto value = fields::read_limit(to_json(*node), field_, {});
    if (value) {
      limit = std::move(*value);
    } else {
      context_.diagnostics.error(codes::kFieldRange, node->span,
                                 "`" + std::string(key) + "` does not fit the field: " +
                                     render(value.error(), Language::English));
    }
  }

  void read_default() {
    const yaml::Node* node = value_of(definition_, "default");
    if (node == nullptr) return;
    if (is_formula(*node) && field_.type->may_be_computed) {
      if (!in_table_) return;
      context_.diagnostics.error(codes::kFieldDefault, node->span,
                                 "the default of a column is a value, not a formula",
                                 "write a value, or compute the column with `value`");
      return;
    }
    if (!field_.type->may_have_default || field_.type->read_json == nullptr) {
      context_.diagnostics.error(
          codes::kFieldDefault, node->span,
          "a field of type " + std::string(field_.type->name) + " cannot have a default",
          field_.type->may_be_computed ? "write a formula such as `=user`, or remove `default`"
                                       : "remove `default`");
      return;
    }
    const json::Value value = to_json(*node);
    if (value.is_null()) return;
    auto read = field_.type->read_json(value, field_, {});
    std::optional<Message> complaint;
    if (read) complaint = fields::check(*read, field_, {});
    if (!read) complaint = std::move(read.error());
    if (complaint) {
      context_.diagnostics.error(
          codes::kFieldDefault, node->span,
          "the default does not fit the field: " + render(*complaint, Language::English));
    } else {
      field_.default_value = std::move(*read);
    }
  }

  void setting_error(const Span& where, std::string message, std::string remedy) {
    context_.diagnostics.error(codes::kFieldSetting, where, std::move(message), std::move(remedy));
  }

  const yaml::Node& definition_;
  Context& context_;
  Field& field_;
  bool in_table_;
  bool has_target_ = false;
  bool failed_ = false;
};

// The dictionary's definition that `use` names, with its type; null when there is none, which is
// then reported.
const yaml::Node* find_used(const yaml::Node& definition, Context& context) {
  const yaml::Entry* use = definition.find("use");
  const auto name = read_text(use->value, "the name of a field of the dictionary", context);
  if (!name) return nullptr;
  const auto found = context.dictionary.find(*name);
  if (found == context.dictionary.end()) {
    context.diagnostics.error(codes::kFieldUse, use->value.span,
                              "the dictionary has no field `" + *name + "`",
                              suggest(*name, names_of(context.dictionary)));
    return nullptr;
  }
  found->second.used = true;
  if (const yaml::Entry* type = definition.find("type")) {
    context.diagnostics
        .error(codes::kFieldUse, type->key_span,
               "a field takes its type from the dictionary or states it, not both",
               "remove `type` or `use`")
        .related.push_back({found->second.where, "`" + *name + "` is defined here"});
    return nullptr;
  }
  const yaml::Node& base = *found->second.node;
  if (!base.is_mapping()) {
    report_wrong_type(base, "a field: a mapping with its type", context);
    return nullptr;
  }
  if (value_of(base, "type") != nullptr) return &base;
  report_missing(codes::kDocumentMissingKey, found->second.where,
                 "the field `" + *name + "` of the dictionary has no type", "write `type: …`",
                 context);
  return nullptr;
}

}  // namespace

yaml::Node whole_definition(const yaml::Node& definition, const Context& context) {
  const yaml::Node* use = value_of(definition, "use");
  if (use == nullptr) return definition;
  const auto found = context.dictionary.find(use->text);
  if (found == context.dictionary.end()) return definition;
  return merged(*found->second.node, definition);
}

bool compile_field(std::string_view name, const Span& where, const yaml::Node& definition,
                   Context& context, Field& field, bool in_table) {
  field.name = name;
  field.where = where;
  if (!definition.is_mapping()) {
    report_wrong_type(definition, "a field: a mapping with its type", context);
    return false;
  }
  if (value_of(definition, "use") == nullptr) {
    return FieldCompiler(definition, context, field, in_table).run();
  }
  const yaml::Node* base = find_used(definition, context);
  if (base == nullptr) return false;
  return FieldCompiler(merged(*base, definition), context, field, in_table).run();
}

}  // namespace formwork::compile
