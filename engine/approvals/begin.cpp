// How approvals begin, and how they would go.
#include "engine/approvals/asking.h"
#include "engine/approvals/flow.h"
#include "engine/approvals/refusals.h"

namespace formwork::approvals {

using engine::Process;
using engine::Refusal;

std::vector<Planned> plan(const Context& context, engine::AccountId submitter) {
  std::vector<Planned> planned;
  for (const model::ApprovalStep& step : context.chain.steps) {
    Seating seating = seating_of(step, context, submitter);
    std::vector<Found> people;
    for (Seated& seated : seating.people) people.push_back(std::move(seated.found));
    planned.push_back({.step = &step,
                       .applies = seating.applies,
                       .reason = std::move(seating.reason),
                       .people = std::move(people),
                       .trouble = std::move(seating.trouble)});
  }
  return planned;
}

std::optional<Refusal> refuse_submission(const Process& process, const Context& context) {
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    if (process.steps[i].state != engine::StepState::Pending) continue;
    const model::ApprovalStep& step = context.chain.steps[i];
    const Seating seating = seating_of(step, context, process.submitter);
    if (seating.trouble.empty() || seating.on_empty != model::OnEmpty::Action::Refuse) continue;
    return Refusal{engine::RefusalKind::Conflict,
                   {&texts::kNobodyFound, {{"step", step.label}, {"why", seating.trouble}}},
                   {},
                   {},
                   0};
  }
  return std::nullopt;
}

namespace {

// While nobody is asked yet, the submitter has a task all the same: to withdraw by, and to see the
// record by.
void note_submission(Process& process, Instant now) {
  process.tasks.push_back({.kind = engine::TaskKind::Resubmit,
                           .state = engine::TaskState::Done,
                           .outcome = engine::TaskOutcome::Submitted,
                           .assignee = process.submitter,
                           .reason = "submitter",
                           .decided_by = process.submitter,
                           .opened_at = now,
                           .closed_at = now});
}

}  // namespace

Expected<Process, Refusal> begin(const Context& context, Effects& effects) {
  const records::Situation& s = context.situation;
  Process process;
  process.entity = context.entity.name;
  process.record = context.record.id;
  process.chain = context.chain.name;
  process.model = s.gate.model().fingerprint;
  process.submitter = s.actor.account;
  process.submitted_at = s.now;
  const Subject subject{
      .entity = context.entity, .record = context.record, .submitter = s.actor.account};
  Asking asking(subject, s);
  for (const model::ApprovalStep& step : context.chain.steps) {
    process.steps.push_back({.id = step.id, .reason = step.when ? asking.explain(*step.when) : ""});
  }
  if (auto refusal = refuse_submission(process, context)) return Unexpected(std::move(*refusal));
  Flow flow(process, context, effects);
  effects.events.push_back({.action = "submitted", .whom = process.submitter});
  flow.inform();
  flow.advance();
  // Ended at once: no step applies, or none had anybody left to ask.
  if (!process.is_under_way()) flow.inform();
  if (process.is_under_way() && process.tasks.empty()) note_submission(process, s.now);
  return process;
}

}  // namespace formwork::approvals
