// Why somebody got a record or lost it, as history keeps it and tells it again.
//
// In HistoryEntry::detail it is the member `assignment`, beside a comment. What is kept outlives
// the documents that it speaks of: names, not places in a model.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/assignment/pick.h"

namespace formwork::assignment {

struct Explanation {
  struct Candidate {
    std::string account;
    std::string why;          // `team east`
    std::string passed_over;  // empty: was free
    std::int64_t weight = 1;
    std::optional<std::int64_t> open;
  };

  std::string assignment;
  std::string rule;       // its id; empty: none held, or none was asked
  std::string step;       // of the response clock: `PT30M`; empty: it was not the clock
  std::string recycle;    // id of the recycle rule; empty: none
  std::string condition;  // with the values that it saw
  std::string pick;       // `round_robin`; empty: nobody was to be chosen
  std::string to;         // who got it; empty: nobody
  std::string pool;       // where it went; empty: nowhere
  std::vector<Candidate> candidates;
};

Explanation explain(const Picked& picked, const model::Entity& entity,
                    const fields::People& people);

// A history entry's detail: `{"comment":…,"reason":…,"assignment":{…}}`.
std::string write_detail(const Explanation& explanation, std::string_view comment,
                         std::string_view reason = {});

// What write_detail() has written; nothing for what tells of no assignment.
std::optional<Explanation> read_detail(std::string_view detail);

}  // namespace formwork::assignment
