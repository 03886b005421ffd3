// form_render: puts the state of a form into the holes of its template.
#pragma once

#include "server/pages/candidates.h"
#include "server/pages/form_state.h"
#include "server/pages/form_template.h"

namespace formwork::pages {

// What there is to mend, each line leading to its control; nothing where all is well.
void append_summary(Html& html, const Words& words, const FormState& state);

class FormRenderer {
 public:
  FormRenderer(Html& html, const Context& context, const FormPage& page, const FormTemplate& form);

  // All cards.
  void render(const FormState& state, const std::vector<std::size_t>& shown);
  // Only the controls of these fields, without cards.
  void render_only(const FormState& state, const std::vector<std::size_t>& fields);

 private:
  // Where a hole is: the field or column, its state, and the row that it is in.
  struct Place {
    const fields::Field& field;
    const FieldTemplate& markup;
    const ControlState& state;
    const fields::Field* table = nullptr;
    const RowState* row = nullptr;
    std::size_t number = 0;  // of the row, from 1; 0 in the template of new rows
  };

  void field(std::size_t index, const FieldState& state);
  void read_only(const fields::Field& field, std::size_t index);
  void table(std::size_t index, const FieldState& state);
  void row(const fields::Field& table, const TableTemplate& markup, const RowState& row,
           std::size_t number);
  void fill(Hole hole, std::size_t index, const Place& place);
  void id(const Place& place);
  void error(const Place& place);
  void error_line(const fields::Field& table, std::size_t number, std::string_view column,
                  std::string_view sentence);
  void row_errors(const Place& place);
  void described(const Place& place, bool is_group);
  void option_checked(const Place& place, std::size_t index);
  void other_option(const Place& place);
  void candidates_open(const Place& place);
  void candidates_close(const Place& place);
  void count(const Place& place);
  void files(const Place& place);
  void shown_value(const Place& place);

  Html& html_;
  const Context& context_;
  const FormPage& page_;
  const FormTemplate& form_;
  Candidates candidates_;
};

}  // namespace formwork::pages
