// form_template: the form of an entity in a locale, compiled when the model is loaded.
#pragma once

#include <vector>

#include "server/pages/context.h"
#include "server/pages/template.h"

namespace formwork::pages {

// The control of a field, or of a column of line items, with what surrounds it.
struct FieldTemplate {
  Template markup;
  std::string described_before;  // ids for aria-describedby, before and behind those of the moment
  std::string described_behind;
};

// Line items: a card of their own.
struct TableTemplate {
  Template open;                       // up to the first row; has the error of the whole table
  Fragment close;                      // behind the last row
  Template row;                        // without its cells: opening, and closing behind them
  std::vector<FieldTemplate> columns;  // a cell each
  Template row_end;
};

struct FormTemplate {
  struct Card {
    Fragment open;
    std::vector<std::size_t> fields;  // indices into Entity::fields; empty: the table alone
    std::optional<std::size_t> table;
  };

  std::vector<Card> cards;
  std::vector<FieldTemplate> fields;  // by index of Entity::fields, of those that are no tables
  std::vector<TableTemplate> tables;  // likewise, of those that are
  std::vector<std::size_t> order;     // of each field: its place on the page
  bool has_files = false;
};

// Whom a form is for: only those behind sign-in are told in which stage a field is needed.
enum class FormFor : unsigned char { Staff, Anybody };

FormTemplate compile_form(const model::Model& model, const model::Entity& entity,
                          std::size_t locale, FormFor whom = FormFor::Staff);

// Choices up to this are radio buttons.
inline constexpr std::size_t kMostRadios = 5;

bool is_conditional(const fields::Field& field);  // visible or required only at times
bool is_group(const fields::Field& field);        // several controls under one legend
bool is_wide(const fields::Field& field);         // takes the whole row of a card

}  // namespace formwork::pages
