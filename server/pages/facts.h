// facts: a record's values with their labels, and its line items as tables.
#pragma once

#include "server/pages/values.h"

namespace formwork::pages {

bool is_table(const fields::Field& field);

class FactWriter {
 public:
  FactWriter(Html& html, const Context& context, const model::Entity& entity,
             const engine::Record& record, const TitleOf& title_of, const FileOf& file_of)
      : html_(html),
        context_(context),
        entity_(entity),
        record_(record),
        file_of_(file_of),
        values_(context, title_of) {}

  // A `div` of a `dl`, for a field that is no table.
  void fact(std::size_t field);
  // A card of its own, for one that is.
  void lines(std::size_t field);

 private:
  void line_table(const fields::Field& table, const feel::List& rows);

  Html& html_;
  const Context& context_;
  const model::Entity& entity_;
  const engine::Record& record_;
  const FileOf& file_of_;
  ValueWriter values_;
};

}  // namespace formwork::pages
