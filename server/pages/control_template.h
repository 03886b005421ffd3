// control_template: the markup of one field's control, by its widget.
#pragma once

#include "server/pages/form_template.h"

namespace formwork::pages {

// With label, hint and error around it. `needed_from` is the stage from which it is required;
// empty: none.
FieldTemplate compile_field(const model::App& app, const fields::Field& field, const Words& words,
                            std::string_view needed_from);

// A cell of line items: the label stands in the table's head and, for those who do not see it, at
// the control.
FieldTemplate compile_cell(const fields::Field& table, const fields::Field& column,
                           const Words& words, bool is_first);

// The star behind the label of what is required, or is at times.
void append_star(TemplateBuilder& builder, const fields::Field& field);
void append_star(Html& html);

// Where a unit stands: before the number for currencies, behind it otherwise.
std::string unit_of(const fields::Field& field);

}  // namespace formwork::pages
