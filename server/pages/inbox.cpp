#include "server/pages/inbox.h"

#include <algorithm>

#include "server/pages/approval.h"
#include "server/pages/clock.h"
#include "server/pages/compiled.h"
#include "server/pages/page_texts.h"
#include "server/pages/person.h"

namespace formwork::pages {
namespace {

using engine::Task;
using engine::TaskKind;
using engine::TaskOutcome;
using engine::TaskState;

std::string address_of(const InboxItem& item, TaskBox box) {
  if (item.task) {
    std::string address = "/tasks/" + std::to_string(item.task->id);
    if (box != TaskBox::ToDo) address += "?box=" + std::string(box_code(box));
    return address;
  }
  return path_of(*item.entity, item.process.record) + "#s-approval-" +
         std::to_string(item.process.id);
}

Instant time_of(const InboxItem& item, TaskBox box) {
  if (!item.task) return item.process.submitted_at;
  if (box == TaskBox::Done && item.task->closed_at) return *item.task->closed_at;
  return item.task->opened_at.value_or(item.process.submitted_at);
}

std::string_view result_class(TaskOutcome outcome) {
  if (outcome == TaskOutcome::Approved) return "chip chip--ok";
  if (outcome == TaskOutcome::Rejected) return "chip chip--danger";
  return "chip";
}

const MessageText* result_text(TaskOutcome outcome) {
  switch (outcome) {
    case TaskOutcome::Approved:
      return &texts::kYouApproved;
    case TaskOutcome::Rejected:
      return &texts::kYouRejected;
    case TaskOutcome::Returned:
      return &texts::kYouReturned;
    case TaskOutcome::Transferred:
      return &texts::kYouTransferred;
    case TaskOutcome::Submitted:
      return &texts::kYouResubmitted;
    default:
      return nullptr;
  }
}

const model::ApprovalStep* step_of(const InboxItem& item, std::size_t index) {
  const bool is_known = item.chain != nullptr && index < item.chain->steps.size();
  return is_known ? &item.chain->steps[index] : nullptr;
}

void urgency(Html& html, const Context& context, const InboxItem& item) {
  const Task& task = *item.task;
  if (task.kind == TaskKind::Resubmit) {
    html.markup("<span class=\"chip chip--warn\">").icon("undo-2");
    html.text(context.words(texts::kIsReturned)).markup("</span>");
  }
  if (task.due_at) {
    append_due(html, due_state(context.words, task.opened_at.value_or(item.process.submitted_at),
                               *task.due_at, context.frame.now));
  }
  if (task.urged > 0) {
    html.markup("<span class=\"chip chip--warn\">").icon("bell");
    html.text(context.words(texts::kIsUrged)).markup("</span>");
  }
  if (task.assignee != context.frame.actor->account) {
    const std::string person = context.frame.directory->full_name(task.assignee);
    html.markup("<span class=\"chip chip--line\">");
    html.text(context.words(texts::kFor, {{"person", person}})).markup("</span>");
  }
}

void of_task(Html& html, const Context& context, const InboxItem& item) {
  const Task& task = *item.task;
  if (task.kind == TaskKind::Copy) {
    if (!task.read_at) {
      html.markup("<span class=\"chip chip--accent\">").text(context.words(texts::kUnread));
      html.markup("</span>");
    }
    append_process_state(html, context, item.process.state);
  } else if (task.state == TaskState::Open) {
    urgency(html, context, item);
  } else if (const MessageText* text = result_text(task.outcome)) {
    html.markup("<span").attribute("class", result_class(task.outcome)).markup(">");
    html.text(context.words(*text)).markup("</span>");
    if (!item.process.is_under_way()) append_process_state(html, context, item.process.state);
  }
  const model::ApprovalStep* step =
      task.kind == TaskKind::Decide ? step_of(item, task.step) : nullptr;
  html.markup("<span>");
  if (item.chain != nullptr) html.text(context.label(item.chain->label));
  if (step != nullptr && !step->label.empty()) html.markup(" · ").text(context.label(step->label));
  html.markup("</span>");
}

// Who is waited for: that is what a submitter wants to know.
void of_process(Html& html, const Context& context, const InboxItem& item) {
  append_process_state(html, context, item.process.state);
  std::vector<engine::AccountId> people;
  std::optional<Instant> due;
  for (const Task& task : item.process.tasks) {
    if (task.state != TaskState::Open || task.kind == TaskKind::Copy) continue;
    people.push_back(task.assignee);
    if (task.due_at && (!due || *task.due_at < *due)) due = task.due_at;
  }
  const bool is_held = std::any_of(
      item.process.steps.begin(), item.process.steps.end(),
      [](const engine::ProcessStep& step) { return step.state == engine::StepState::Held; });
  if (is_held) {
    html.markup("<span class=\"chip chip--danger\">").icon("triangle-alert");
    html.text(context.words(texts::kNobodyFound)).markup("</span>");
  }
  if (due && !item.process.ended_at) {
    append_due(html, due_state(context.words, item.process.submitted_at, *due, context.frame.now));
  }
  html.markup("<span>");
  if (!people.empty()) {
    html.text(context.words(texts::kWaitsFor, {{"people", names_of(context, people)}}));
  } else if (item.chain != nullptr) {
    html.text(context.label(item.chain->label));
  }
  html.markup("</span>");
}

}  // namespace

void append_inbox_line(Html& html, const Context& context, const InboxItem& item, TaskBox box,
                       bool is_current) {
  const engine::AccountId submitter = item.process.submitter;
  const std::string name = context.frame.directory->full_name(submitter);
  html.markup("<li><a class=\"inbox__item\"").attribute("href", address_of(item, box));
  if (is_current) html.markup(" aria-current=\"true\"");
  html.markup(" data-nav>");
  append_avatar(html, submitter, name, AvatarSize::Normal);
  html.markup("<span><span class=\"inbox__who\"><span>").text(name).markup("</span>");
  append_moment(html, context, time_of(item, box));
  html.markup("</span><b>").text(item.title).markup("</b><span class=\"inbox__meta\">");
  if (item.task) {
    of_task(html, context, item);
  } else {
    of_process(html, context, item);
  }
  html.markup("</span></span></a></li>\n");
}

}  // namespace formwork::pages
