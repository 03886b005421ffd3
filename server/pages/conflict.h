// conflict: what somebody else saved while a form was open, field by field.
//
// Fields that only the other one changed are taken into the form; where both changed, the form
// keeps what was typed and says what it would replace. Saving again is the decision.
#pragma once

#include <string>
#include <vector>

#include "server/pages/form_state.h"

namespace formwork::pages {

struct Clash {
  std::string label;
  std::string before;  // as people read it; empty: not known
  std::string now;
  std::string typed;
  bool is_clash = true;  // false: only the other one changed it
  bool is_table = false;
};

// Puts the other's values into `state` where nothing else was typed.
std::vector<Clash> settle_conflict(const Context& context, const FormPage& page,
                                   const std::vector<std::size_t>& shown, FormState& state);

void append_conflict(Html& html, const Context& context, const FormPage& page,
                     const std::vector<Clash>& clashes);

}  // namespace formwork::pages
