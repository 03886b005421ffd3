#include "server/pages/approval.h"

#include <algorithm>

#include "server/pages/clock.h"
#include "server/pages/compiled.h"
#include "server/pages/page_texts.h"
#include "server/pages/people.h"
#include "server/pages/post_form.h"

namespace formwork::pages {
namespace {

using engine::ProcessState;
using engine::StepState;
using engine::Task;
using engine::TaskAction;
using engine::TaskKind;
using engine::TaskOutcome;
using engine::TaskState;

// What became of a task, as said behind the name of whose it was.
struct Deed {
  const MessageText* text;
  std::string_view icon;
  bool is_good = false;
  bool is_bad = false;
};

Deed deed_of(TaskOutcome outcome) {
  switch (outcome) {
    case TaskOutcome::Approved:
      return {&texts::kDidApprove, "check", true};
    case TaskOutcome::Rejected:
      return {&texts::kDidReject, "x", false, true};
    case TaskOutcome::Returned:
      return {&texts::kDidReturn, "undo-2"};
    case TaskOutcome::Transferred:
      return {&texts::kDidTransfer, "arrow-right"};
    case TaskOutcome::Submitted:
      return {&texts::kDidResubmit, "send", true};
    case TaskOutcome::CountedBefore:
      return {&texts::kDidCountBefore, "check"};
    case TaskOutcome::SubmitterSkipped:
      return {&texts::kDidSkipSubmitter, "arrow-right"};
    case TaskOutcome::ApprovedByTimeout:
      return {&texts::kDidPassByTime, "clock"};
    case TaskOutcome::RejectedByTimeout:
      return {&texts::kDidRejectByTime, "clock", false, true};
    case TaskOutcome::ReturnedByTimeout:
      return {&texts::kDidReturnByTime, "clock"};
    case TaskOutcome::TransferredByTimeout:
      return {&texts::kDidTransferByTime, "clock"};
    case TaskOutcome::HandedOver:
      return {&texts::kDidHandOver, "arrow-right"};
    case TaskOutcome::None:
    case TaskOutcome::Read:
      return {&texts::kIsNotAskedAnyMore, "ban"};
  }
  return {&texts::kIsNotAskedAnyMore, "ban"};
}

const Task* task_with(const ApprovalView& view, TaskAction action) {
  for (const engine::TaskStanding& one : view.tasks) {
    if (std::find(one.may.begin(), one.may.end(), action) != one.may.end()) return &one.task;
  }
  return nullptr;
}

bool may(const ApprovalView& view, engine::TaskId task, TaskAction action) {
  return std::any_of(view.tasks.begin(), view.tasks.end(), [&](const engine::TaskStanding& one) {
    return one.task.id == task &&
           std::find(one.may.begin(), one.may.end(), action) != one.may.end();
  });
}

}  // namespace

void append_process_state(Html& html, const Context& context, ProcessState state) {
  const Words& words = context.words;
  switch (state) {
    case ProcessState::Running:
      html.markup("<span class=\"chip chip--accent\">").text(words(texts::kIsRunning));
      break;
    case ProcessState::Returned:
      html.markup("<span class=\"chip chip--warn\">")
          .icon("undo-2")
          .text(words(texts::kIsReturned));
      break;
    case ProcessState::Approved:
      html.markup("<span class=\"chip chip--ok\">").icon("check").text(words(texts::kIsApproved));
      break;
    case ProcessState::Rejected:
      html.markup("<span class=\"chip chip--danger\">").icon("x").text(words(texts::kIsRejected));
      break;
    case ProcessState::Withdrawn:
      html.markup("<span class=\"chip\">").text(words(texts::kIsWithdrawn));
      break;
    case ProcessState::Cancelled:
      html.markup("<span class=\"chip\">").text(words(texts::kIsCancelled));
      break;
  }
  html.markup("</span>");
}

std::string names_of(const Context& context, const std::vector<engine::AccountId>& accounts) {
  std::string names;
  for (const engine::AccountId account : accounts) {
    if (!names.empty()) names += context.words(texts::kListSeparator);
    names += context.frame.directory->full_name(account);
  }
  return names;
}

std::string mode_text(const Words& words, const model::ApprovalStep& step, std::size_t seats) {
  if (seats < 2) return {};
  switch (step.mode) {
    case model::Mode::Any:
      return words(texts::kModeAny);
    case model::Mode::All:
      return words(texts::kModeAll);
    case model::Mode::InOrder:
      return words(texts::kModeInOrder);
    case model::Mode::Quorum:
      return words(texts::kModeQuorum,
                   {{"n", std::to_string(step.threshold)}, {"count", std::to_string(seats)}});
    case model::Mode::Percent:
      return words(texts::kModePercent, {{"n", std::to_string(step.threshold)}});
  }
  return {};
}

std::string ApprovalWriter::told(const std::string& reason, const model::ApprovalStep* step) const {
  return step == nullptr || reasons_.may_see(*step) ? reason : std::string();
}

std::string ApprovalWriter::label_of(const model::ApprovalStep* step, const std::string& id) const {
  return step == nullptr || step->label.empty() ? id : context_.label(step->label);
}

void ApprovalWriter::open_entry(Dot dot, std::string_view icon) {
  html_.markup("<li");
  if (dot == Dot::Now) html_.markup(" aria-current=\"step\"");
  html_.markup("><span class=\"tl__dot");
  if (dot == Dot::Ok) html_.markup(" tl__dot--ok");
  if (dot == Dot::Bad) html_.markup(" tl__dot--bad");
  if (dot == Dot::Now) html_.markup(" tl__dot--now");
  if (dot == Dot::Next) html_.markup(" tl__dot--next");
  html_.markup("\">").icon(icon).markup("</span><div>");
}

void ApprovalWriter::timeline(const ApprovalView& view) {
  html_.markup("<ol class=\"tl\">\n");
  submitted(view);
  for (std::size_t i = 0; i < view.process.steps.size(); ++i) step(view, i);
  for (const Task& one : view.process.tasks) {
    if (one.kind == TaskKind::Resubmit && one.state != TaskState::Void) {
      task(view, one, nullptr, true);
    }
  }
  ended(view);
  html_.markup("</ol>\n");
}

void ApprovalWriter::submitted(const ApprovalView& view) {
  open_entry(Dot::Ok, "send");
  html_.markup("<p class=\"tl__top\"><span><b>");
  html_.text(context_.frame.directory->full_name(view.process.submitter)).markup("</b>");
  html_.text(context_.words(texts::kDidSubmit)).markup("</span><span class=\"tl__time\">");
  append_moment(html_, context_, view.process.submitted_at);
  html_.markup("</span></p>");
  close_entry();
}

void ApprovalWriter::step(const ApprovalView& view, std::size_t index) {
  const engine::ProcessStep& step = view.process.steps[index];
  const model::ApprovalStep* known = view.chain != nullptr && index < view.chain->steps.size()
                                         ? &view.chain->steps[index]
                                         : nullptr;
  if (step.state == StepState::Held) return held(view, index, known);
  bool is_first = true;
  for (const Task& one : view.process.tasks) {
    if (one.kind != TaskKind::Decide || one.step != index) continue;
    // Who was never heard, because another was enough, is no part of how it went.
    if (one.state == TaskState::Void && one.outcome == TaskOutcome::None) continue;
    task(view, one, known, is_first);
    is_first = false;
  }
  if (!is_first) return;
  if (step.state == StepState::Pending && view.process.is_under_way()) {
    for (const approvals::Planned& one : view.to_come) {
      if (one.step != nullptr && one.step->id == step.id) return planned(one, texts::kComesLater);
    }
  }
  if (step.state == StepState::Skipped || step.state == StepState::Passed) quiet_step(step, known);
}

void ApprovalWriter::quiet_step(const engine::ProcessStep& step, const model::ApprovalStep* known) {
  open_entry(Dot::Plain, "arrow-right");
  html_.markup("<p class=\"tl__top\"><span><b>").text(label_of(known, step.id)).markup("</b>");
  html_.text(context_.words(step.state == StepState::Skipped ? texts::kDoesNotApply
                                                             : texts::kPassedWithoutAsking));
  html_.markup("</span></p>");
  const std::string reason = told(step.reason, known);
  if (!reason.empty()) html_.markup("<p class=\"tl__body mono\">").text(reason).markup("</p>");
  close_entry();
}

void ApprovalWriter::held(const ApprovalView& view, std::size_t index,
                          const model::ApprovalStep* known) {
  const engine::ProcessStep& step = view.process.steps[index];
  open_entry(Dot::Bad, "triangle-alert");
  html_.markup("<p class=\"tl__top\"><span><b>").text(label_of(known, step.id)).markup("</b>");
  html_.text(context_.words(texts::kIsHeld)).markup("</span></p>");
  const std::string reason = told(step.reason, known);
  if (!reason.empty()) html_.markup("<p class=\"tl__body mono\">").text(reason).markup("</p>");
  if (!view.here.empty() && context_.may(model::Action::Assign, entity_)) {
    const std::string path = path_of(entity_, view.process.record, "approver");
    open_post(html_, context_, path, "row");
    hidden(html_, "process", std::to_string(view.process.id));
    hidden(html_, "step", step.id);
    hidden(html_, "next", view.here);
    const std::string id = "a-" + std::to_string(view.process.id) + "-" + step.id;
    append_people_field(html_, context_,
                        {.id = id,
                         .name = "to",
                         .label = context_.words(texts::kApprover),
                         .entity = &entity_,
                         .action = model::Action::Approve,
                         .with_me = true});
    html_.markup("<button class=\"btn btn--s\">").text(context_.words(texts::kNameApprover));
    html_.markup("</button></form>");
  }
  close_entry();
}

void ApprovalWriter::planned(const approvals::Planned& planned, const MessageText& verb) {
  const bool is_asked = planned.applies && planned.trouble.empty();
  open_entry(planned.applies ? Dot::Next : Dot::Plain, planned.applies ? "clock" : "arrow-right");
  html_.markup("<p class=\"tl__top\"><span><b>");
  std::vector<engine::AccountId> people;
  for (const approvals::Found& found : planned.people) people.push_back(found.account);
  const std::string label = label_of(planned.step, planned.step->id);
  if (is_asked && !people.empty()) {
    html_.text(names_of(context_, people)).markup("</b><span class=\"muted\">");
    html_.text(context_.words(verb)).markup("</span></span></p>");
    html_.markup("<p class=\"tl__body\">").text(label);
    const std::string mode = mode_text(context_.words, *planned.step, people.size());
    if (!mode.empty()) html_.markup(" · ").text(mode);
    if (!planned.people.front().why.empty()) {
      html_.markup(" · <span class=\"mono\">").text(planned.people.front().why).markup("</span>");
    }
    html_.markup("</p>");
  } else {
    html_.text(label).markup("</b>");
    if (!planned.applies) html_.text(context_.words(texts::kDoesNotApply));
    html_.markup("</span></p>");
    if (planned.applies && !planned.trouble.empty()) {
      html_.markup("<p class=\"tl__body\">").text(planned.trouble).markup("</p>");
    }
  }
  const std::string reason = told(planned.reason, planned.step);
  if (!reason.empty()) html_.markup("<p class=\"tl__body mono\">").text(reason).markup("</p>");
  close_entry();
}

void ApprovalWriter::task(const ApprovalView& view, const Task& task,
                          const model::ApprovalStep* known, bool is_first) {
  if (task.state == TaskState::Done || task.state == TaskState::Void) {
    decided(task);
  } else {
    asked(view, task);
  }
  about(view, task, known, is_first);
  if (!task.comment.empty()) {
    html_.markup("<blockquote>").text(task.comment).markup("</blockquote>");
  }
  if (task.state == TaskState::Open) urge(view, task);
  close_entry();
}

void ApprovalWriter::decided(const Task& task) {
  const Deed deed = deed_of(task.outcome);
  const bool is_void = task.state == TaskState::Void;
  Dot dot = Dot::Plain;
  if (deed.is_good && !is_void) dot = Dot::Ok;
  if (deed.is_bad && !is_void) dot = Dot::Bad;
  open_entry(dot, is_void ? "ban" : deed.icon);
  const bool is_delegate = task.decided_by != 0 && task.decided_by != task.assignee;
  const accounts::Directory& people = *context_.frame.directory;
  html_.markup("<p class=\"tl__top\"><span><b>");
  html_.text(people.full_name(is_delegate ? task.decided_by : task.assignee)).markup("</b>");
  html_.text(context_.words(*deed.text));
  if (is_delegate) {
    html_.text(context_.words(texts::kOnBehalf, {{"person", people.full_name(task.assignee)}}));
  }
  html_.markup("</span>");
  if (task.closed_at) {
    html_.markup("<span class=\"tl__time\">");
    append_moment(html_, context_, *task.closed_at);
    html_.markup("</span>");
  }
  html_.markup("</p>");
  if (is_void) {
    html_.markup("<p class=\"tl__body\">").text(context_.words(texts::kVoided)).markup("</p>");
  }
}

void ApprovalWriter::asked(const ApprovalView& view, const Task& task) {
  const bool is_open = task.state == TaskState::Open && view.process.is_under_way();
  const bool is_mine = task.assignee == context_.frame.actor->account;
  open_entry(is_open ? Dot::Now : Dot::Next, "clock");
  html_.markup("<p class=\"tl__top\"><span><b>");
  html_.text(is_mine ? context_.words(texts::kYou)
                     : context_.frame.directory->full_name(task.assignee));
  html_.markup("</b>");
  if (task.kind == TaskKind::Resubmit) {
    html_.text(context_.words(is_mine ? texts::kYouResubmit : texts::kIsToResubmit));
  } else if (is_open) {
    html_.text(context_.words(is_mine ? texts::kYouAreAsked : texts::kIsAsked));
  } else {
    html_.markup("<span class=\"muted\">").text(context_.words(texts::kComesLater));
    html_.markup("</span>");
  }
  html_.markup("</span>");
  if (is_open && task.due_at) {
    html_.markup("<span class=\"tl__time\">");
    append_due(html_, due_state(context_.words, task.opened_at.value_or(view.process.submitted_at),
                                *task.due_at, context_.frame.now));
    html_.markup("</span>");
  }
  html_.markup("</p>");
  if (!is_open || !task.opened_at) return;
  html_.markup("<p class=\"tl__body\">").text(context_.words(texts::kSince));
  append_moment(html_, context_, *task.opened_at);
  if (task.due_at) {
    html_.text(context_.words(texts::kUntil));
    append_moment(html_, context_, *task.due_at);
  }
  html_.markup("</p>");
}

void ApprovalWriter::about(const ApprovalView& view, const Task& task,
                           const model::ApprovalStep* known, bool is_first) {
  if (task.kind != TaskKind::Decide) return;
  const engine::ProcessStep& step = view.process.steps[task.step];
  html_.markup("<p class=\"tl__body\">").text(label_of(known, step.id));
  if (!task.reason.empty()) {
    html_.markup(" · <span class=\"mono\">").text(task.reason).markup("</span>");
  }
  if (task.added_by != 0) {
    const std::string person = context_.frame.directory->full_name(task.added_by);
    html_.markup(" · ").text(context_.words(texts::kAddedBy, {{"person", person}}));
  }
  if (is_first && known != nullptr) {
    std::size_t seats = 0;
    for (const Task& one : view.process.tasks) {
      if (one.step == task.step && one.kind == TaskKind::Decide) {
        seats = std::max(seats, one.seat + 1);
      }
    }
    const std::string mode = mode_text(context_.words, *known, seats);
    if (!mode.empty()) html_.markup(" · ").text(mode);
  }
  html_.markup("</p>");
  const std::string reason = is_first ? told(step.reason, known) : std::string();
  if (!reason.empty()) html_.markup("<p class=\"tl__body mono\">").text(reason).markup("</p>");
}

void ApprovalWriter::urge(const ApprovalView& view, const Task& task) {
  if (task.urged > 0) {
    html_.markup("<p class=\"tl__body\">").icon("bell");
    html_.text(context_.words(task.urged == 1 ? texts::kUrgedOnce : texts::kUrgedTimes,
                              {{"n", std::to_string(task.urged)}}));
    html_.markup("</p>");
  }
  if (!view.here.empty() && may(view, task.id, TaskAction::Urge)) {
    action(view, task.id, TaskAction::Urge, texts::kUrge);
  }
}

void ApprovalWriter::ended(const ApprovalView& view) {
  const ProcessState state = view.process.state;
  if (state != ProcessState::Withdrawn && state != ProcessState::Cancelled) return;
  open_entry(Dot::Plain, "ban");
  html_.markup("<p class=\"tl__top\"><b>");
  html_.text(
      context_.words(state == ProcessState::Withdrawn ? texts::kIsWithdrawn : texts::kIsCancelled));
  html_.markup("</b>");
  if (view.process.ended_at) {
    html_.markup("<span class=\"tl__time\">");
    append_moment(html_, context_, *view.process.ended_at);
    html_.markup("</span>");
  }
  html_.markup("</p>");
  close_entry();
}

void ApprovalWriter::card(const ApprovalView& view) {
  const engine::ProcessId id = view.process.id;
  html_.markup("<section class=\"card\" aria-labelledby=\"s-approval-").number(id);
  html_.markup("\">\n<div class=\"card__head\"><h2 id=\"s-approval-").number(id).markup("\">");
  html_.text(view.chain == nullptr ? view.process.chain : context_.label(view.chain->label));
  html_.markup("</h2>");
  append_process_state(html_, context_, view.process.state);
  html_.markup("</div>\n<div class=\"card__body\">");
  timeline(view);
  copies(view);
  html_.markup("</div>\n");
  foot(view);
  html_.markup("</section>\n");
}

void ApprovalWriter::copies(const ApprovalView& view) {
  std::vector<engine::AccountId> read;
  std::vector<engine::AccountId> unread;
  for (const Task& one : view.process.tasks) {
    if (one.kind == TaskKind::Copy) (one.read_at ? read : unread).push_back(one.assignee);
  }
  for (std::vector<engine::AccountId>* people : {&read, &unread}) {
    std::sort(people->begin(), people->end());
    people->erase(std::unique(people->begin(), people->end()), people->end());
    if (people->empty()) continue;
    const MessageText& text = people == &read ? texts::kCopiesRead : texts::kCopiesUnread;
    html_.markup("<p class=\"small muted\">");
    html_.text(context_.words(text, {{"people", names_of(context_, *people)}})).markup("</p>");
  }
}

void ApprovalWriter::foot(const ApprovalView& view) {
  const Task* withdraw = task_with(view, TaskAction::Withdraw);
  const Task* take_back = task_with(view, TaskAction::TakeBack);
  const Task* decide = task_with(view, TaskAction::Approve);
  const Task* resubmit = task_with(view, TaskAction::Resubmit);
  if (withdraw == nullptr && take_back == nullptr && decide == nullptr && resubmit == nullptr)
    return;
  html_.markup("<div class=\"card__foot actions\">");
  if (decide != nullptr) {
    html_.markup("<a class=\"btn btn--s btn--primary\" href=\"/tasks/").number(decide->id);
    html_.markup("\">").text(context_.words(texts::kDecide)).markup("</a>");
  }
  if (resubmit != nullptr) action(view, resubmit->id, TaskAction::Resubmit, texts::kResubmit);
  if (take_back != nullptr) action(view, take_back->id, TaskAction::TakeBack, texts::kTakeBack);
  if (withdraw != nullptr) {
    const bool asks =
        view.chain != nullptr &&
        view.chain->needs_comment[static_cast<std::size_t>(model::CommentOn::Withdraw)];
    if (!asks) {
      action(view, withdraw->id, TaskAction::Withdraw, texts::kWithdraw);
    } else {
      html_.markup("<details class=\"ask\"><summary class=\"btn btn--s\">");
      html_.text(context_.words(texts::kWithdraw)).markup("</summary>");
      open_post(html_, context_, "/tasks/" + std::to_string(withdraw->id), "ask__body");
      hidden(html_, "action", engine::task_action_name(TaskAction::Withdraw));
      hidden(html_, "next", view.here);
      append_comment(html_, context_, "w-" + std::to_string(withdraw->id), true);
      html_.markup("<button class=\"btn btn--s btn--danger\">");
      html_.text(context_.words(texts::kWithdraw)).markup("</button></form></details>");
    }
  }
  html_.markup("</div>\n");
}

void ApprovalWriter::action(const ApprovalView& view, engine::TaskId task, TaskAction action,
                            const MessageText& label) {
  open_post(html_, context_, "/tasks/" + std::to_string(task), {});
  hidden(html_, "action", engine::task_action_name(action));
  hidden(html_, "next", view.here);
  html_.markup("<button class=\"btn btn--s\">");
  if (action == TaskAction::Urge) html_.icon("bell");
  html_.text(context_.words(label)).markup("</button></form>");
}

void ApprovalWriter::route(const std::vector<approvals::Planned>& steps) {
  html_.markup("<ol class=\"tl\">\n");
  for (const approvals::Planned& one : steps) planned(one, texts::kWouldDecide);
  html_.markup("</ol>\n");
}

}  // namespace formwork::pages
