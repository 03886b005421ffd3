// A public form: what it asks, of anybody, and what a record is given besides.
#include <algorithm>

#include "dsl/compile/field_values.h"
#include "dsl/compile/intake.h"
#include "dsl/compile/keys.h"
#include "dsl/compile/reading.h"

namespace formwork::compile {
namespace {

using fields::Column;
using fields::Field;

// Why such a field cannot be asked of somebody who may see nothing; empty: it can.
std::string_view why_not(const Field& field) {
  switch (field.type->column) {
    case Column::Record:
      return "it leads to other records, and who fills in the form may see none";
    case Column::User:
      return "it names a colleague, and who fills in the form may see none";
    case Column::Files:
      return "it holds files, which only people who are signed in may send";
    case Column::Rows:
      return "it is a table, and a public form asks for single values";
    default:
      return {};
  }
}

class FormReader {
 public:
  FormReader(const Document& document, model::PublicForm& form, Context& context)
      : node_(*document.node), where_(document.name_where), form_(form), context_(context) {}

  void read() {
    check_keys(node_, keys::kForm, "a form", context_);
    form_.label = default_label(form_.name, context_);
    read_words("label", form_.label);
    read_words("intro", form_.intro);
    read_words("thanks", form_.thanks);
    const std::string what = "the form `" + form_.name + "`";
    if (!check_has(node_, {"of", "fields"}, where_, what, context_)) return;
    const yaml::Node* fields = value_of(node_, "fields");
    const model::Entity* entity = read_entity_name(*value_of(node_, "of"), context_);
    if (entity == nullptr) return;
    form_.intake.entity = entity->index;
    read_fields(*fields, *entity);
    const IntakePlace place{
        .values = "set", .asked = asked_, .never = "the form could never be sent"};
    read_intake(node_, place, fields->span, form_.intake, context_);
  }

 private:
  void read_words(std::string_view key, Localized& into) {
    const yaml::Node* words = value_of(node_, key);
    if (words == nullptr) return;
    if (auto text = read_localized(*words, context_)) into = std::move(*text);
  }

  void read_fields(const yaml::Node& node, const model::Entity& entity) {
    if (node.is_sequence() && node.items.empty()) {
      report_wrong_type(node, "the fields that the form asks for", context_);
    }
    for (const PlacedText& name : read_text_list(node, "a list of fields", context_)) {
      const auto index = find_input_field(name.text, name.where, entity, context_);
      if (index) add_field(*index, name, entity.fields[*index]);
    }
  }

  void add_field(std::size_t index, const PlacedText& name, const Field& field) {
    if (std::find(asked_.begin(), asked_.end(), index) != asked_.end()) {
      context_.diagnostics.error(codes::kDocumentDuplicate, name.where,
                                 "`" + name.text + "` is listed twice", "remove one");
      return;
    }
    asked_.push_back(index);
    if (const std::string_view why = why_not(field); !why.empty()) {
      context_.diagnostics.error(
          codes::kFormField, name.where,
          "a public form cannot ask for `" + name.text + "`: " + std::string(why),
          field.type->column == Column::Record ? "ask for a text or a choice, or give it in `set`"
                                               : "leave it out");
      return;
    }
    form_.fields.push_back(index);
  }

  const yaml::Node& node_;
  const Span& where_;
  model::PublicForm& form_;
  Context& context_;
  std::vector<std::size_t> asked_;  // also those that it cannot ask for
};

}  // namespace

void compile_form(const Document& document, model::PublicForm& form, Context& context) {
  FormReader(document, form, context).read();
}

}  // namespace formwork::compile
