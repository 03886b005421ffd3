// Tasks and approvals as lists show them: together with what they are about. All of it comes from a
// Reader, so nothing appears that its caller may not see.
#pragma once

#include "engine/permissions/reader.h"

namespace formwork::engine {

struct TaskLine {
  Task task;
  Process process;
  const model::ApprovalChain* chain = nullptr;  // null: the model no longer has it
  const model::ApprovalStep* step = nullptr;    // null: of a task to submit again, and of a copy
  const model::Entity* entity = nullptr;
  Record record;
};

struct ProcessLine {
  Process process;
  const model::ApprovalChain* chain = nullptr;  // null: the model no longer has it
  const model::Entity* entity = nullptr;
  Record record;
};

// The caller's tasks and those of whoever the caller acts for.
permissions::Some<TaskLine> tasks_of(permissions::Reader& reader, const store::TaskQuery& query);

// What the caller has submitted, newest first.
permissions::Some<ProcessLine> submitted_by(permissions::Reader& reader, ProcessId before,
                                            std::size_t limit);

// What waits for somebody to name an approver, if the caller may.
permissions::Some<ProcessLine> held_for(permissions::Reader& reader, ProcessId before,
                                        std::size_t limit);

}  // namespace formwork::engine
