// Where a record stands for somebody: what `/why`, the record page and the decision panel tell. One
// answer for all of them, through the gate.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/approvals/machine.h"
#include "engine/assignment/explanation.h"
#include "engine/lifecycle/move.h"
#include "engine/records/contributions.h"

namespace formwork::engine {

// A task and what the asking one may do with it.
struct TaskStanding {
  Task task;
  std::vector<TaskAction> may;
};

struct ProcessStanding {
  Process process;
  const model::ApprovalChain* chain = nullptr;  // null: the model no longer has it
  std::vector<approvals::Planned> to_come;      // of what is under way: its pending steps
  std::vector<TaskStanding> tasks;              // those with which the asking one may do something
};

// Who has the record, and how it came so.
struct OwnerStanding {
  AccountId account = 0;            // 0: nobody
  std::optional<std::size_t> pool;  // index into Entity::pools: where it waits
  std::optional<Instant> since;     // that the owner has it
  // The last change of its owner: what was done, by whom (0: the program), and when it was by the
  // rules of an assignment, why. Empty: it never changed, or too long ago.
  std::string action;
  AccountId by = 0;
  std::string comment;
  std::optional<assignment::Explanation> explanation;
  const model::Assignment* assignment = nullptr;  // of the explanation; null: the model has it no
  const model::AssignmentRule* rule = nullptr;    // longer
};

// How the owner stands to the first response.
struct ResponseStanding {
  enum class State : unsigned char { Running, Paused, Met, Late };

  State state = State::Running;
  std::optional<Instant> respond_by;
  std::optional<Instant> responded_at;
  DaysDuration used;  // by this owner, of the kind that counts
  const model::Response* response = nullptr;
};

struct Standing {
  Record record;
  std::optional<OwnerStanding> owner;        // of entities with an assignment
  std::optional<ResponseStanding> response;  // where the clock has run for this owner
  const model::Lifecycle* lifecycle =
      nullptr;  // null: the entity has no stages, and nothing of them is set
  const model::Stage* stage = nullptr;
  std::vector<lifecycle::MoveCheck> moves;
  std::vector<lifecycle::Unmet> to_go_on;  // exit criteria, items and fields that are unmet now
  std::vector<Stay> stays;                 // oldest first
  lifecycle::DwellTimes dwell;
  std::vector<ProcessStanding> processes;  // newest first

  // If a possible move begins an approval: how it would go.
  struct Route {
    std::string to;  // the stage
    std::vector<approvals::Planned> steps;
  };

  std::vector<Route> routes;
  std::vector<records::Contributions> decisions;  // behind values that decision tables give
  bool may_edit = false;
  bool may_delete = false;
  bool may_assign = false;
  bool may_claim = false;
  bool may_release = false;
};

// One task with what it is about, for the decision panel.
struct TaskDetail {
  Task task;
  Process process;
  const model::ApprovalChain* chain = nullptr;
  const model::ApprovalStep* step = nullptr;  // null: of a task to submit again, and of a copy
  const model::Entity* entity = nullptr;
  Record record;
  std::vector<TaskAction> may;
  std::vector<approvals::Planned> to_come;
  std::vector<std::string> return_to;  // steps to which it may be returned, by id
};

}  // namespace formwork::engine
