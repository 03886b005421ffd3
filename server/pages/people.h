// people: choosing somebody among those who could do what is asked of them.
#pragma once

#include "server/pages/context.h"

namespace formwork::pages {

struct PeopleField {
  std::string id;
  std::string name;  // what it sends: an account's name
  std::string label;
  const model::Entity* entity = nullptr;  // null: anybody
  model::Action action =
      model::Action::View;  // what those offered may do with records of the entity
  std::string chosen = {};
  bool is_required = true;
  bool with_me = false;  // whoever asks is offered, too
};

// Somebody's name, with a mark when nothing should be given to them now.
std::string name_with_absence(const Context& context, const engine::Account& account);

// A select, or with many accounts a text field with suggestions.
void append_people_field(Html& html, const Context& context, const PeopleField& field);

}  // namespace formwork::pages
