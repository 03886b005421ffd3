// What an action of an automation works with: what it is about, and what it can have done. The
// pipeline does it; actions are tested against a list of what they asked for.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/automations/event.h"
#include "engine/command/command.h"
#include "engine/command/effects.h"
#include "engine/command/refusal.h"
#include "engine/records/decide.h"

namespace formwork::automations {

using engine::AccountId;
using engine::Record;
using engine::RecordId;
using engine::Refusal;

// One run of an automation, while its actions are carried out one after another.
struct Occasion {
  const model::Automation& automation;
  const model::Entity* entity = nullptr;  // null: about no record
  Record record;                          // as it is now
  // Behind the slots of the entity, or of `user` alone: `old`, where there is an entity, then the
  // records that actions have named.
  std::vector<feel::Value> more;
};

// Somebody is to be told something about the occasion's record.
struct Telling {
  std::vector<AccountId> to;
  std::function<std::string(std::size_t locale)> title;
  std::function<std::string(std::size_t locale)> text;
  bool inbox = true;
  bool mail = false;
  bool urgent = false;
};

struct Told {
  AccountId account = 0;
  bool inbox = false;
  bool mail = false;
  std::string why_not;  // empty: it was told in all the ways that were asked for
};

// All of it is done in the name of the rule, which no rights bind.
class Doing {
 public:
  virtual ~Doing() = default;

  // Of the rule.
  virtual const records::Situation& situation() const = 0;
  // The same with `user` as FEEL has it here: who caused what set the automation off.
  virtual const records::Situation& asking() const = 0;

  virtual std::optional<Record> find(const model::Entity& entity, RecordId id) = 0;
  virtual std::vector<Record> list(const store::Query& query) = 0;
  virtual std::optional<RecordId> find_match(const model::Entity& entity,
                                             std::span<const std::size_t> fields,
                                             std::span<const feel::Value> values) = 0;

  // Refused beyond the chain's budget as well.
  virtual Expected<engine::Outcome, Refusal> change(const engine::Intent& intent) = 0;
  // To the stage of that number in the record's lifecycle, by what the rule says alone: no
  // transition is needed, entry criteria hold.
  virtual Expected<void, Refusal> enter(const model::Entity& entity, const Record& record,
                                        std::size_t stage, const std::string& comment) = 0;

  virtual std::vector<Told> tell(const Occasion& occasion, const Telling& telling) = 0;
  // Key, times and cause are given here.
  virtual void send(engine::OutboxMessage message) = 0;
  virtual void give(engine::ToDo todo) = 0;
};

}  // namespace formwork::automations
