// Moves between stages: which there are, what they ask for, and what a record becomes by one.
//
// One rule for every door: page, API, import, timer and approval come here. What people may not do
// the program may: a move by an approval's outcome or by a timer needs no transition and no right,
// but entry criteria hold for all.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/records/decide.h"

namespace formwork::lifecycle {

// One thing that keeps a record from a stage.
struct Unmet {
  enum class Kind : unsigned char { Exit, Entry, Field, Item, Rule };

  Kind kind = Kind::Entry;
  Message message;  // what to do: the criterion's `say`, "fill in Budget", "tick Demo given"
  std::string saw;  // the values that a condition hung on: `amount = 0`; empty: none
  std::optional<std::size_t>
      field;         // where to fix it: the first field that it reads, or the one that is missing
  std::string item;  // of Item: its code
  Span where;        // in the documents
};

// A move as it stands for somebody and a record.
struct MoveCheck {
  const model::Stage* to = nullptr;
  std::size_t index = 0;                          // in Lifecycle::stages
  const model::Transition* transition = nullptr;  // null: not offered from this stage
  bool allowed_role = true;                       // whether the actor's roles may make it
  std::vector<const model::Role*> who_could;      // when they may not
  std::optional<Message> other;                   // any other reason: an approval is running
  std::vector<Unmet> unmet;

  bool is_possible() const {
    return transition != nullptr && allowed_role && !other && unmet.empty();
  }
};

// Every transition of the record's stage, in the order of the text, for the actor of the situation;
// those whose `when` does not hold are left out.
std::vector<MoveCheck> possible_moves(const model::Entity& entity, const engine::Record& record,
                                      const records::Situation& situation);

// What is unmet of what the record's stage asks of a move forward.
std::vector<Unmet> to_go_on(const model::Entity& entity, const engine::Record& record,
                            const records::Situation& situation);

// Why it is refused: Conflict with a problem for each unmet criterion, or Forbidden with who could.
engine::Refusal refusal_of(const MoveCheck& check, const model::Entity& entity,
                           const records::Situation& situation);

// What the command makes of the record. Values are computed and validated as by any change; nothing
// is written.
Expected<records::Decision, engine::Refusal> decide_move(const engine::MoveRecord& move,
                                                         const records::Situation& situation);

// The same without asking who, for the program: approvals and timers. Entry criteria are asked all
// the same.
Expected<records::Decision, engine::Refusal> enter_stage(const model::Entity& entity,
                                                         const engine::Record& record,
                                                         std::size_t stage,
                                                         const records::Situation& situation);

Expected<records::Decision, engine::Refusal> decide_check(const engine::CheckItem& check,
                                                          const records::Situation& situation);

// When the stage's dwell warns and ends for a record that came into it then; nothing where there is
// none.
struct DwellTimes {
  std::optional<Instant> warn;
  std::optional<Instant> limit;
};

DwellTimes dwell_times(const model::Stage& stage, Instant entered, const model::Model& model);

}  // namespace formwork::lifecycle
