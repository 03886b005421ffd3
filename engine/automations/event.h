// What happened to a record: what automations listen for.
//
// One change may be several things at once: a new record is created, enters its first stage and has
// an owner. Whoever listens for any of them is triggered once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dsl/model/model.h"
#include "engine/command/record.h"

namespace formwork::automations {

struct Event {
  const model::Entity* entity = nullptr;
  engine::RecordId record = 0;
  std::optional<engine::Record> before;  // of changes of a record that was there
  bool created = false;
  bool deleted = false;
  bool restored = false;
  std::vector<std::size_t> changed;  // fields; of a new record those that are not null
  std::string left;                  // a stage; empty: none
  std::string entered;               // a stage; empty: none
  bool assigned = false;
  bool released = false;
  std::optional<model::ApprovalEvent> approval;
  std::size_t chain = 0;  // of `approval`: index into Model::approvals
  std::optional<model::OverdueEvent> overdue;
  std::optional<std::size_t> form;     // index into Model::forms
  std::optional<std::size_t> webhook;  // index into Model::webhooks

  engine::AccountId actor = 0;  // who caused it; 0: the program
  std::int64_t cause = 0;       // sequence of its history entry
  // The automations that led to it, by name, the first one first.
  std::vector<std::string> path;
  // When the date came that the chain began with, which may be long ago; nothing: with none.
  std::optional<Instant> due;
};

}  // namespace formwork::automations
