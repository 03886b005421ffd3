#include "dsl/compile/kept_fields.h"

#include "dsl/fields/field_type.h"

namespace formwork::compile {

Localized in_all_locales(const MessageText& text, const Context& context) {
  Localized label;
  for (const std::string& locale : context.model.app.locales) {
    label.by_locale.push_back(render(text, language_of(locale)));
  }
  return label;
}

std::size_t add_kept_field(const KeptField& kept, const Span& where,
                           std::vector<fields::Option> options, model::Entity& entity,
                           const Context& context) {
  fields::Field field;
  field.name = kept.name;
  field.label = in_all_locales(kept.label, context);
  field.type = fields::find_field_type(kept.type);
  field.where = where;
  field.kept_by_engine = true;
  field.options = std::move(options);
  // Options that are missing were reported: what mentions the field is no mistake of its own.
  if (field.type->settle != nullptr && field.type->settle(field)) field.type = nullptr;
  entity.fields.push_back(std::move(field));
  return entity.fields.size() - 1;
}

}  // namespace formwork::compile
