// filters: the conditions of a list, as a form to set them and as pills to remove them.
#pragma once

#include "server/pages/candidates.h"
#include "server/pages/columns.h"

namespace formwork::pages {

// The list's address with these changes; what is left out drops the cursor as well.
struct ListAddress {
  const http::Parameter* without = nullptr;  // a condition to leave out
  const model::Sort* sort = nullptr;         // another order
  std::string_view cursor;
};

std::string list_address(const ListPage& page, const ListAddress& change = {});

class FilterWriter {
 public:
  FilterWriter(Html& html, const Context& context, const ListPage& page)
      : html_(html),
        context_(context),
        page_(page),
        values_(context, page.title_of),
        candidates_(context, page.options_of, page.title_of) {}

  void form();

 private:
  void control(const model::ColumnRef& column);
  void range(const model::ColumnRef& column, const fields::Field& field);
  void bound(const model::ColumnRef& column, const fields::Field& field, std::string_view end,
             const MessageText& label, const MessageText& placeholder);
  void options(const fields::Field& field, const std::string& chosen);
  void option(std::string_view value, std::string_view label, bool is_chosen);
  void order();
  void condition();
  void pill(const http::Parameter& filter);
  void pill(const http::Parameter& filter, std::string_view label, std::string_view value);
  std::string words_for(const http::Parameter& filter, const fields::Field& field,
                        std::string_view ask) const;
  std::string typed(const std::string& name) const;

  Html& html_;
  const Context& context_;
  const ListPage& page_;
  ValueWriter values_;
  Candidates candidates_;
  bool is_first_ = true;
};

}  // namespace formwork::pages
