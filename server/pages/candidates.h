// candidates: the people and records that a control offers, asked for once per page.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "server/pages/context.h"

namespace formwork::pages {

struct Candidate {
  std::string value;  // what the control sends
  std::string title;
  std::string offered = {};  // what stands for it in the list of choices; empty: the title

  const std::string& shown() const { return offered.empty() ? title : offered; }
};

class Candidates {
 public:
  Candidates(const Context& context, const OptionsOf& options_of, const TitleOf& title_of)
      : context_(context), options_of_(options_of), title_of_(title_of) {}

  struct Offer {
    std::vector<Candidate> all;
    bool is_select = true;  // false: too many for a select
  };

  const Offer& of(const fields::Field& field);

  // The candidate's title for a value that is among them or not: a deleted record, a disabled
  // account, a wrong number.
  std::string title_of(const fields::Field& field, const std::string& value);

 private:
  Offer people() const;
  Offer records(const model::Entity& target) const;

  const Context& context_;
  const OptionsOf& options_of_;
  const TitleOf& title_of_;
  std::map<std::size_t, Offer> offers_;  // by entity; people behind the last
};

// `<option>`s of a select, with the chosen one, also when it is none of them; `any` comes first.
void append_options(Html& html, Candidates& candidates, const fields::Field& field,
                    const std::string& chosen, std::string_view any);

// What a text field with suggestions shows for a value, and the suggestions: `12 · Title`.
std::string suggestion(const fields::Field& field, const Candidate& candidate);
// Whom a script asks for suggestions that fit what is typed.
std::string suggest_path(const model::Entity& entity);
void append_suggestions(Html& html, Candidates& candidates, const fields::Field& field);

}  // namespace formwork::pages
