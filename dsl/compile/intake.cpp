#include "dsl/compile/intake.h"

#include <algorithm>

#include "dsl/compile/field_values.h"
#include "dsl/compile/reading.h"
#include "dsl/model/scope.h"

namespace formwork::compile {
namespace {

using fields::Column;
using fields::Field;
using Found = model::Intake::Found;

struct FoundWord {
  std::string_view word;
  Found found;
};

constexpr FoundWord kFound[] = {{"fill", Found::Fill},
                                {"replace", Found::Replace},
                                {"keep", Found::Keep},
                                {"refuse", Found::Refuse}};

// Whether records can be found by a value of it.
bool is_comparable(const Field& field) {
  const Column column = field.type->column;
  return column != Column::Rows && column != Column::Files && column != Column::Codes;
}

class IntakeReader {
 public:
  IntakeReader(const yaml::Node& mapping, const IntakePlace& place, model::Intake& intake,
               Context& context)
      : mapping_(mapping),
        place_(place),
        intake_(intake),
        entity_(context.model.entities[intake.entity]),
        context_(context) {}

  void read(const Span& where) {
    if (const yaml::Node* values = value_of(mapping_, place_.values)) read_values(*values);
    if (const yaml::Node* match = value_of(mapping_, "match")) read_match(*match);
    if (const yaml::Node* found = value_of(mapping_, "found")) read_found(*found);
    if (const yaml::Node* always = value_of(mapping_, "always")) read_always(*always);
    for (const char* key : {"found", "always"}) check_is_found(key);
    check_required(where);
  }

 private:
  void read_values(const yaml::Node& node) {
    const FieldValuesPlace place{
        .entity = entity_, .scope = context_.model.scopes->of_intake(), .as_input = true};
    for (model::FieldValue& value : read_field_values(node, place, context_)) {
      const Field& field = entity_.fields[value.field];
      if (field.type->column == Column::Files) {
        context_.diagnostics.error(codes::kIntakeField, value.where,
                                   "`" + field.name + "` holds files, which cannot come in here",
                                   "leave it out");
      } else if (is_asked(value.field)) {
        context_.diagnostics.error(codes::kIntakeField, value.where,
                                   "`" + field.name + "` is asked for in `fields` already",
                                   "leave it out here or there");
      } else {
        intake_.values.push_back(std::move(value));
      }
    }
    // Whatever was wrong with one of them, it was meant to be given.
    for (const yaml::Entry& entry : node.entries) {
      if (const auto index = model::field_index(entity_, entry.key)) meant_.push_back(*index);
    }
  }

  bool is_asked(std::size_t field) const {
    return std::find(place_.asked.begin(), place_.asked.end(), field) != place_.asked.end();
  }

  bool is_given(std::size_t field) const {
    return is_asked(field) || std::find(meant_.begin(), meant_.end(), field) != meant_.end();
  }

  // A field that something comes in for.
  std::optional<std::size_t> find_given(const yaml::Node& node, std::string_view key) {
    const auto name = read_text(node, "the name of a field", context_);
    if (!name) return std::nullopt;
    const auto index = find_input_field(*name, node.span, entity_, context_);
    if (!index || is_given(*index)) return index;
    context_.diagnostics.error(codes::kIntakeMatch, node.span,
                               "nothing comes in for `" + *name + "`",
                               "add it to `" + std::string(place_.values) +
                                   "`, or take it out of `" + std::string(key) + "`");
    return std::nullopt;
  }

  void read_match(const yaml::Node& node) {
    if (!node.is_sequence()) return read_set(node);
    if (node.items.empty()) {
      report_wrong_type(node, "fields, or lists of fields, that tell records apart", context_);
    }
    for (const yaml::Node& item : node.items) read_set(item);
  }

  void read_set(const yaml::Node& node) {
    std::vector<std::size_t> fields;
    if (node.is_sequence() && !node.items.empty()) {
      for (const yaml::Node& item : node.items) read_match_field(item, fields);
    } else {
      read_match_field(node, fields);
    }
    if (!fields.empty()) intake_.match.push_back(std::move(fields));
  }

  void read_match_field(const yaml::Node& node, std::vector<std::size_t>& fields) {
    const auto index = find_given(node, "match");
    if (!index) return;
    if (is_comparable(entity_.fields[*index])) return fields.push_back(*index);
    context_.diagnostics.error(codes::kIntakeMatch, node.span,
                               "`" + node.text + "` is a " +
                                   std::string(entity_.fields[*index].type->name) +
                                   ", and no record can be found by it",
                               "name fields with a single value, such as an email");
  }

  void read_found(const yaml::Node& node) {
    const auto text = read_text(node, "one of fill, replace, keep and refuse", context_);
    if (!text) return;
    std::vector<std::string_view> words;
    for (const auto& [word, found] : kFound) {
      words.push_back(word);
      if (word != *text) continue;
      intake_.found = found;
      return;
    }
    context_.diagnostics.error(
        codes::kIntakeFound, node.span,
        "`" + *text + "` is not what can be done with a record that is found",
        suggest(*text, words));
  }

  void read_always(const yaml::Node& node) {
    if (!node.is_scalar() && !node.is_sequence()) {
      report_wrong_type(node, "a list of fields", context_);
    }
    const auto add = [&](const yaml::Node& item) {
      if (const auto index = find_given(item, "always")) intake_.always.push_back(*index);
    };
    if (node.is_scalar()) add(node);
    for (const yaml::Node& item : node.items) add(item);
  }

  void check_is_found(const char* key) {
    const yaml::Entry* entry = mapping_.find(key);
    if (entry == nullptr || mapping_.find("match") != nullptr) return;
    context_.diagnostics.error(
        codes::kIntakeFound, entry->key_span,
        "`" + std::string(key) + "` is about records that are found, and nothing is looked for",
        "write `match: …`, or take it out");
  }

  // Conditions are left to be asked of the record.
  void check_required(const Span& where) {
    for (std::size_t i = 0; i < entity_.fields.size(); ++i) {
      const Field& field = entity_.fields[i];
      const bool has_value =
          !field.default_value.is_null() || field.default_formula || field.value || field.visible;
      if (!field.required || has_value || field.type == nullptr || is_given(i)) continue;
      if (!fields::takes_input(field)) continue;
      report_missing(codes::kIntakeRequired, where,
                     "a new " + entity_.name + " needs `" + field.name + "`, so that " +
                         std::string(place_.never),
                     "add `" + field.name + "` to `" + std::string(place_.values) + "`" +
                         (place_.values == "set" ? " or `fields`" : ""),
                     context_);
    }
  }

  const yaml::Node& mapping_;
  const IntakePlace& place_;
  model::Intake& intake_;
  const model::Entity& entity_;
  Context& context_;
  std::vector<std::size_t> meant_;  // fields that `values` names
};

}  // namespace

const model::Entity* read_entity_name(const yaml::Node& node, Context& context) {
  const auto name = read_text(node, "the name of an entity", context);
  if (!name) return nullptr;
  const model::Entity* entity = context.model.find_entity(*name);
  if (entity != nullptr) return entity;
  std::vector<std::string_view> names;
  for (const model::Entity& each : context.model.entities) names.push_back(each.name);
  context.diagnostics.error(codes::kNameUnknown, node.span, "there is no entity `" + *name + "`",
                            suggest(*name, names));
  return nullptr;
}

bool check_has(const yaml::Node& mapping, std::initializer_list<std::string_view> keys,
               const Span& where, const std::string& what, Context& context) {
  std::string lacks;
  std::string remedy;
  for (const std::string_view key : keys) {
    if (mapping.find(key) != nullptr) continue;
    lacks += (lacks.empty() ? "`" : ", `") + std::string(key) + "`";
    remedy += (remedy.empty() ? "write `" : " and `") + std::string(key) + ": …`";
  }
  if (lacks.empty()) return true;
  report_missing(codes::kDocumentMissingKey, where, what + " lacks " + lacks, std::move(remedy),
                 context);
  return false;
}

void read_intake(const yaml::Node& mapping, const IntakePlace& place, const Span& where,
                 model::Intake& intake, Context& context) {
  IntakeReader(mapping, place, intake, context).read(where);
}

}  // namespace formwork::compile
