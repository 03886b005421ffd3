// Lifecycles: the stages that records of an entity pass through, what lets them in and out, and who
// moves them.
//
// Words: an entry criterion [准入] must hold to come into a stage, an exit criterion [准出] to go
// on from it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "dsl/base/localized.h"
#include "dsl/calendar/calendar.h"
#include "dsl/diagnostics/source.h"
#include "dsl/feel/expression.h"

namespace formwork::model {

struct Criterion {
  feel::Expression require;         // null does not hold
  Localized say;                    // what to do; never empty
  std::vector<std::size_t> fields;  // that it reads, as indices into Entity::fields
  Span where;
};

// Something to do in a stage [行动清单]. Ticked items are codes in the record's field `checklist`.
struct ChecklistItem {
  std::string code;  // unique in the entity
  Localized label;
  Localized hint;
  bool required = false;  // to go on
  Span where;
};

enum class Final : unsigned char { Won, Lost, Neutral };

// A move that people may make.
struct Transition {
  std::size_t to = 0;                    // index into Lifecycle::stages
  std::vector<std::size_t> roles;        // any of them; empty: whoever may edit the record
  std::optional<feel::Expression> when;  // offered only then; null: no
  Localized label;                       // of the button; empty: the stage's label
  Localized confirm;                     // asked before; empty: nothing
  bool needs_comment = false;
  Span where;
};

// How long a record may stay [停留超时].
struct Dwell {
  std::optional<calendar::Period> warn;
  std::optional<calendar::Period> limit;
  std::optional<std::size_t> then;  // the stage to which the limit moves; none: it is only overdue
  Span where;
};

// What an approval chain of a stage leads to, as indices into Lifecycle::stages.
struct StageApproval {
  std::size_t chain = 0;  // index into Model::approvals
  std::size_t approved = 0;
  std::size_t rejected = 0;
  std::optional<std::size_t> withdrawn;  // none: the stage that the record came from
  // The moves that people make where that stage refused the outcome, and its reasons are gone now.
  Transition after_approved;
  Transition after_rejected;
};

struct Stage {
  std::string name;
  Localized label;
  Localized goal;   // what the stage is for; may be empty
  Localized risks;  // what goes wrong in it, and how to prevent it; may be empty
  std::vector<Criterion> entry;
  std::vector<Criterion> exit;
  std::vector<ChecklistItem> checklist;
  std::vector<Transition> to;
  std::optional<Final> final;
  std::optional<StageApproval> approval;
  std::optional<Dwell> dwell;
  Span where;
};

struct Lifecycle {
  std::string name;  // empty when it is the only one
  Localized label;
  std::optional<feel::Expression> when;  // for which new records; the last one is for all others
  std::size_t initial = 0;
  std::vector<Stage> stages;  // in their order: a move to a later one goes forward
  Span where;
};

// Fields that the engine keeps for entities with a lifecycle, as indices into Entity::fields. They
// are like others for lists, filters, FEEL and history, but take no input.
struct StageFields {
  std::size_t stage = 0;      // choice: the name of the stage
  std::size_t since = 0;      // date_time `stage_since`: when the record came into it
  std::size_t final = 0;      // choice `final`: won, lost, neutral; null while it is under way
  std::size_t closed_at = 0;  // date_time: when it came into a final stage
  std::optional<std::size_t>
      checklist;  // multi_choice: the items that are done; when stages have any
  std::optional<std::size_t> lifecycle;  // choice: which one; when there are several
};

}  // namespace formwork::model
