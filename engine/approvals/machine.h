// The approval machine: what each action makes of a process. Pure: it changes the Process that it
// is given and says what else has to happen; pipeline/ writes.
//
// The table in docs/reference/approvals.md says for each action, mode and state what comes of it.
// The tests read the table from there.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/approvals/people.h"
#include "engine/records/decide.h"

namespace formwork::approvals {

// For history and for whoever wants to know: one thing that happened.
struct Event {
  std::string action;  // "submitted", "approved", "passed", "voided", …: HistoryEntry::action
  std::string step;    // its id; empty: the process as a whole
  engine::AccountId whom = 0;       // whose task; 0: nobody's
  engine::AccountId on_behalf = 0;  // of whom, when a delegate acted
  std::string comment;
  std::string reason;  // in the terms of the text
};

// What came of an action beside the changed process.
struct Effects {
  std::vector<Event> events;
  // The process came to an end, or came back to life because something approved has changed: where
  // the record goes. Nothing: it stays.
  enum class Outcome : unsigned char { None, Approved, Rejected, Withdrawn, Reopened };

  Outcome outcome = Outcome::None;
};

struct Context {
  const model::ApprovalChain& chain;
  const model::Entity& entity;
  const engine::Record& record;  // as it is
  const records::Situation& situation;
};

// What the process would be if the record were submitted now by the actor; nothing is asked of
// rights. Also the route's preview: steps have states and reasons, tasks their people. Refuses
// where a step finds nobody and the chain says so. The stages of the process are the caller's to
// name.
Expected<engine::Process, engine::Refusal> begin(const Context& context, Effects& effects);

// A step as it is expected to go, before it is reached.
struct Planned {
  const model::ApprovalStep* step = nullptr;
  bool applies = true;
  std::string reason;         // why it applies or not
  std::vector<Found> people;  // who would be asked, as of now
  std::string trouble;        // why nobody is; empty: somebody is
};

std::vector<Planned> plan(const Context& context, engine::AccountId submitter);

// Whether the actor may do that with the task, and if not, why not, as a refusal would say. `task`
// is the index into Process::tasks.
std::optional<engine::Refusal> why_not(engine::TaskAction action, const engine::Process& process,
                                       std::size_t task, const Context& context);

// Every action that `why_not` would grant, in the order of TaskAction.
std::vector<engine::TaskAction> possible_actions(const engine::Process& process, std::size_t task,
                                                 const Context& context);

// Steps to which the task may be returned, by id: decided ones that lie before its own.
std::vector<std::string> return_targets(const engine::Process& process, std::size_t task,
                                        const Context& context);

// Carries it out, or says why not. `values` are the pipeline's to write first: the context's record
// has them. Other decisions that they void are among the effects, so on_change() is not asked as
// well.
Expected<Effects, engine::Refusal> act(const engine::ActOnTask& action, engine::Process& process,
                                       std::size_t task, const Context& context);

Expected<Effects, engine::Refusal> name_approver(const engine::NameApprover& name,
                                                 engine::Process& process, const Context& context);

// A deadline of a task has come. No refusals: what can no longer be done is left.
Effects on_deadline(const model::Deadline& deadline, engine::Process& process, std::size_t task,
                    const Context& context);

// The record has changed: voids the decisions of exactly those steps that read or show one of the
// fields whose values are others now, asks again, and reopens a process that was approved.
Effects on_change(engine::Process& process, const Context& context);

// The record was deleted or has left the stage.
Effects cancel(engine::Process& process, std::string_view reason, Instant now);

// An account was closed: its open tasks go to `heir`, as far as that one may have them. 0: there is
// nobody.
Effects hand_over(engine::Process& process, engine::AccountId from, engine::AccountId heir,
                  const Context& context);

// SHA-256 over the values of the fields that a step reads or shows.
std::string fingerprint(const model::ApprovalStep& step, const engine::Record& record,
                        const model::Entity& entity);

// The deadlines of a task that was opened then, with their numbers in ApprovalStep::within.
struct Due {
  std::size_t number = 0;
  Instant at;
};

std::vector<Due> deadlines_of(const model::ApprovalStep& step, Instant opened,
                              const model::Model& model);

}  // namespace formwork::approvals
