// What a command would make of a record: authorised, computed and validated, but not yet written.
// Pure over the view it is given.
//
// Computed values are those of the moment of writing: every change of a record computes them anew,
// with the clock and the related records of that moment. They never come from input.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/base/expected.h"
#include "engine/command/effects.h"
#include "engine/command/organization.h"
#include "engine/permissions/gate.h"
#include "engine/store/store.h"

namespace formwork::records {

// What an account is owed of the turns of an assignment's rule from now on.
struct Share {
  std::string assignment;
  std::string rule;
  engine::AccountId account = 0;
  std::int64_t share = 0;
};

// The decision: what to write and what to say in history. Serial numbers are still to be given.
struct Decision {
  const model::Entity* entity = nullptr;
  std::string_view action;               // "created", "updated", …
  std::optional<engine::Record> before;  // none: a new record
  engine::Record after;
  std::vector<std::size_t> changed;  // fields that differ; empty for an update that changes nothing
  std::vector<engine::FieldProblem> problems;       // found while it was made, for validate()
  std::optional<engine::ResponseClock> clock = {};  // as it is then; nothing: as it was
  std::vector<Share> shares = {};                   // of an assignment by rules
  std::string detail = {};  // HistoryEntry::detail, where the decision itself has to be explained
};

struct Situation {
  const permissions::Gate& gate;
  store::View& view;
  const engine::Actor& actor;
  const fields::Showing& showing;  // to name other records and people in refusals
  Instant now;
  const engine::Organization& organization;
};

// That somebody saved first; `current` is what the record is now.
engine::Refusal stale(const model::Entity& entity, const engine::Record& current,
                      const Situation& situation);

// For questions to the gate.
permissions::Moment moment_of(const Situation& situation);

Expected<Decision, engine::Refusal> decide(const engine::Intent& intent,
                                           const Situation& situation);

// The same as far as it goes without validating: authorised and computed.
Expected<Decision, engine::Refusal> draft(const engine::Intent& intent, const Situation& situation);

}  // namespace formwork::records
