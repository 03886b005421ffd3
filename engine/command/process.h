// Approvals that run or ran, as the store keeps them: one Process for each time that a record was
// submitted, with its steps and tasks.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/command/record.h"

namespace formwork::engine {

using ProcessId = std::int64_t;  // from 1
using TaskId = std::int64_t;     // from 1
using TimerId = std::int64_t;    // from 1

enum class ProcessState : unsigned char {
  Running,
  Returned,  // waits for the submitter to submit it again
  Approved,
  Rejected,
  Withdrawn,
  Cancelled,  // its record was deleted or left the stage in another way
};

std::string_view process_state_name(ProcessState state);
std::optional<ProcessState> find_process_state(std::string_view name);

enum class StepState : unsigned char {
  Pending,   // not reached yet
  Skipped,   // its condition does not hold
  Open,      // waits for decisions
  Held,      // nobody was found: waits for somebody to name an approver
  Approved,  // decided by people
  Passed,    // by time-out, or because whoever was asked had submitted or decided already
  Rejected,
  Cancelled,  // overtaken: another branch was enough, or the process ended
};

std::string_view step_state_name(StepState state);
std::optional<StepState> find_step_state(std::string_view name);

struct ProcessStep {
  std::string id;  // ApprovalStep::id
  StepState state = StepState::Pending;
  // Why it applies or not, and why nobody was found, in the terms of the text: `discount > 0.2:
  // discount = 0.25`.
  std::string reason;
  std::optional<Instant> opened_at;
  std::optional<Instant> closed_at;
  // Of the guarded fields when it was last asked or decided; 32 bytes, empty while it is pending.
  std::string fingerprint;
  std::size_t first_seat = 0;  // seats below this one are of an earlier time that it was open

  // Decided, or passed without a decision: it stands in nobody's way.
  bool is_through() const { return state == StepState::Approved || state == StepState::Passed; }

  bool is_waiting() const { return state == StepState::Open || state == StepState::Held; }

  bool operator==(const ProcessStep&) const = default;
};

enum class TaskKind : unsigned char {
  Decide,
  Resubmit,  // of the submitter, when a process was returned
  Copy,      // for information [抄送]
};

enum class TaskState : unsigned char {
  Waiting,  // others of its seat come first, or of its step when they decide in order
  Open,
  Done,  // see TaskOutcome
  Void,  // of no account any more: the process ended, another was enough, what was decided on has
         // changed
};

enum class TaskOutcome : unsigned char {
  None,
  Approved,
  Rejected,
  Returned,
  Transferred,
  Submitted,  // again, after a return
  Read,
  CountedBefore,  // the same person approved in the step before
  SubmitterSkipped,
  ApprovedByTimeout,
  RejectedByTimeout,
  ReturnedByTimeout,
  TransferredByTimeout,
  HandedOver,  // the account was closed
};

std::string_view task_outcome_name(TaskOutcome outcome);
std::string_view task_state_name(TaskState state);

struct Task {
  TaskId id = 0;
  ProcessId process = 0;
  std::size_t step = 0;  // index into Process::steps; of Decide
  std::size_t seat = 0;  // in its step, from 0
  std::size_t place =
      0;  // in its seat, from 0: the next place opens when one task of this is approved
  TaskKind kind = TaskKind::Decide;
  TaskState state = TaskState::Waiting;
  TaskOutcome outcome = TaskOutcome::None;
  AccountId assignee = 0;
  std::string reason;        // why it is this person, in the terms of the text: `manager of owner`
  AccountId added_by = 0;    // who transferred it or added this approver; 0: the chain
  AccountId decided_by = 0;  // 0: nobody or the program; another than the assignee is a delegate
  std::string comment;
  std::optional<Instant> opened_at;
  std::optional<Instant> due_at;  // when the first deadline that is no reminder comes
  std::optional<Instant> closed_at;
  std::optional<Instant> read_at;   // when the assignee first looked at it
  std::optional<Instant> urged_at;  // the last time [催办]
  std::int64_t urged = 0;           // by people or by reminders

  bool operator==(const Task&) const = default;
};

struct Process {
  ProcessId id = 0;
  std::string entity;
  RecordId record = 0;
  std::string chain;  // ApprovalChain::name
  std::string model;  // fingerprint of the model that it began under
  ProcessState state = ProcessState::Running;
  AccountId submitter = 0;
  Instant submitted_at;
  std::optional<Instant> ended_at;
  std::string stage;                     // that it was begun by
  std::string origin;                    // the stage that the record came from
  std::int64_t round = 1;                // one more with each submission after a return
  std::optional<std::size_t> resume_at;  // the step to which it returns after a return
  // The decision that may be taken back, as an index into `tasks`; nothing: somebody has acted
  // since.
  std::optional<std::size_t> last_decision;
  std::vector<ProcessStep> steps;  // by index of ApprovalChain::steps
  std::vector<Task> tasks;         // in the order in which they were made

  bool is_under_way() const {
    return state == ProcessState::Running || state == ProcessState::Returned;
  }

  // The place among `tasks` of the one with that id, which must be there.
  std::size_t place_of(TaskId task) const;
};

// A record's time in a stage.
struct Stay {
  std::string stage;
  Instant entered_at;
  std::optional<Instant> left_at;  // nothing: it is there now
  AccountId entered_by = 0;
};

// Something to do at a moment. Timers go with what they belong to: leaving a stage drops those of
// the record's dwell, closing a task those of the task, deleting a record all of it.
struct Timer {
  enum class Kind : unsigned char {
    DwellWarning,
    DwellLimit,
    TaskDeadline,
    Response,  // a step of the response clock
    Recycle,
    Delayed,  // an automation that waits: `after`, `debounce`, or for its window
    Date,     // an automation some time before or after a date field
    Cron,
    ToDo,    // is due
    Digest,  // of an account's notifications
  };

  TimerId id = 0;
  Instant due_at;
  Kind kind = Kind::DwellWarning;
  std::string entity;  // empty: about no record
  RecordId record = 0;
  TaskId task = 0;          // of TaskDeadline
  std::int64_t number = 0;  // of TaskDeadline: which of ApprovalStep::within; of Response: which of
                            // Response::steps; of Recycle: which of Assignment::recycle; of ToDo
                            // and Digest: whose id
  std::string rule = {};    // the automation or assignment, by name
  std::string payload = {};  // of Delayed: what triggered it (engine/automations/event.h)
};

std::string_view timer_kind_name(Timer::Kind kind);

// For that long, somebody else may decide what one is asked.
struct Delegation {
  std::int64_t id = 0;
  AccountId from = 0;
  AccountId to = 0;
  Instant starts_at;
  Instant ends_at;
  AccountId created_by = 0;
};

}  // namespace formwork::engine
