// form_state: what the controls of a form hold at this moment, and what is wrong with it.
#pragma once

#include <string>
#include <vector>

#include "server/pages/context.h"
#include "server/pages/form_template.h"

namespace formwork::pages {

struct ControlState {
  std::string text;     // as the control shows it; several codes or ids joined by commas
  std::string problem;  // a sentence; empty: none
  std::string now;      // what somebody else saved meanwhile; empty: the same
  bool has_focus = false;
  records::FieldFlags flags = {};  // of fields with conditions
};

struct RowState {
  std::vector<ControlState> cells;  // by column
  std::string problem;              // of the row as a whole

  bool has_problem() const;
};

struct FieldState {
  ControlState control;        // of a table: its problem alone
  std::vector<RowState> rows;  // of a table
};

// A line of the summary: the sentence, and the id of the control that it is about.
struct SummaryLine {
  std::string sentence;
  std::string target;  // empty: it is about no control of this form
};

struct FormState {
  std::vector<FieldState> fields;  // by index of Entity::fields
  std::vector<SummaryLine> summary;
};

FormState read_state(const Context& context, const FormPage& page, const FormTemplate& form,
                     const std::vector<std::size_t>& shown);

// What an output shows; a dash for null.
std::string output_text(const Context& context, const fields::Field& field,
                        const feel::Value& value, const TitleOf& title_of);

// Whether a text of codes joined by commas has this one.
bool has_code(std::string_view joined, std::string_view code);

// What a form of pairs says about a single field: repeated names joined by commas.
std::string joined_values(const records::FormPairs& pairs, std::string_view name);

// `items[12].qty` taken apart.
struct CellName {
  std::string_view table;
  std::size_t row = 0;
  std::string_view column;
};

std::optional<CellName> parse_cell_name(std::string_view name);

}  // namespace formwork::pages
