#include "server/pages/decision.h"

#include <algorithm>

#include "engine/permissions/reader.h"
#include "server/pages/approval.h"
#include "server/pages/clock.h"
#include "server/pages/compiled.h"
#include "server/pages/form_render.h"
#include "server/pages/history.h"
#include "server/pages/page_texts.h"
#include "server/pages/people.h"
#include "server/pages/post_form.h"
#include "server/pages/refused.h"

namespace formwork::pages {
namespace {

using engine::TaskAction;
using engine::TaskKind;
using engine::TaskState;

std::optional<model::CommentOn> comment_rule(TaskAction action) {
  switch (action) {
    case TaskAction::Approve:
      return model::CommentOn::Approve;
    case TaskAction::Reject:
      return model::CommentOn::Reject;
    case TaskAction::Return:
      return model::CommentOn::Return;
    case TaskAction::Transfer:
      return model::CommentOn::Transfer;
    case TaskAction::AddApprover:
      return model::CommentOn::AddApprover;
    case TaskAction::Withdraw:
      return model::CommentOn::Withdraw;
    default:
      return std::nullopt;
  }
}

const MessageText& name_of(TaskAction action) {
  switch (action) {
    case TaskAction::Reject:
      return texts::kToReject;
    case TaskAction::Return:
      return texts::kToReturn;
    case TaskAction::Transfer:
      return texts::kToTransfer;
    case TaskAction::AddApprover:
      return texts::kToAddApprover;
    default:
      return texts::kToApprove;
  }
}

}  // namespace

std::vector<std::size_t> decision_fields(const Frame& frame, const engine::TaskDetail& task) {
  std::vector<std::size_t> fields;
  const bool may_approve =
      std::find(task.may.begin(), task.may.end(), TaskAction::Approve) != task.may.end();
  if (task.step == nullptr || !may_approve) return fields;
  for (const std::size_t field : task.step->edits) {
    if (frame.gate->may_see_field(*frame.actor, *task.entity, field)) fields.push_back(field);
  }
  return fields;
}

DecisionWriter::DecisionWriter(Html& html, const Context& context, const TasksPage& page,
                               const FormTemplate& form)
    : html_(html),
      context_(context),
      page_(page),
      panel_(*page.panel),
      detail_(*page.panel->detail),
      form_(form),
      title_(permissions::title_of(*detail_.entity, detail_.record, context.showing)) {}

bool DecisionWriter::may(TaskAction action) const {
  return std::find(detail_.may.begin(), detail_.may.end(), action) != detail_.may.end();
}

bool DecisionWriter::may_decide() const {
  return may(TaskAction::Approve) || may(TaskAction::Reject);
}

// Other tasks may be read as well, but that is nothing to do with them.
bool DecisionWriter::may_mark_read() const {
  return detail_.task.kind == TaskKind::Copy && !detail_.task.read_at && may(TaskAction::MarkRead);
}

bool DecisionWriter::needs_comment(TaskAction action) const {
  const std::optional<model::CommentOn> rule = comment_rule(action);
  return rule && detail_.chain != nullptr &&
         detail_.chain->needs_comment[static_cast<std::size_t>(*rule)];
}

std::string_view DecisionWriter::sent(std::string_view name) const {
  if (!panel_.refused || panel_.refused->sent == nullptr) return {};
  for (const auto& [key, value] : *panel_.refused->sent) {
    if (key == name) return value;
  }
  return {};
}

void DecisionWriter::content() {
  heading();
  html_.markup("<div class=\"stack\">\n");
  why();
  differences();
  facts();
  html_.markup("<div class=\"grid-2\">\n");
  progress();
  if (may_decide()) {
    form();
  } else {
    outcome();
  }
  html_.markup("</div>\n</div>\n");
}

void DecisionWriter::heading() {
  const engine::Task& task = detail_.task;
  const std::string record = path_of(*detail_.entity, detail_.record.id);
  html_.markup("<div class=\"head\"><div class=\"head__text\"><h1 id=\"s-task\">").text(title_);
  html_.markup("</h1><p class=\"head__meta\">");
  if (task.state == TaskState::Open && task.due_at) {
    append_due(html_,
               due_state(context_.words, task.opened_at.value_or(detail_.process.submitted_at),
                         *task.due_at, context_.frame.now));
  }
  if (!detail_.process.is_under_way()) append_process_state(html_, context_, detail_.process.state);
  if (detail_.chain != nullptr) {
    html_.markup("<span>").text(context_.label(detail_.chain->label)).markup("</span>");
  }
  const std::string person = context_.frame.directory->full_name(detail_.process.submitter);
  html_.markup("<span>").text(context_.words(texts::kSubmittedBy, {{"person", person}}));
  append_moment(html_, context_, detail_.process.submitted_at);
  html_.markup("</span></p></div><div class=\"actions\"><a class=\"btn btn--quiet\"");
  html_.attribute("href", record).markup(">").icon("file-text");
  const std::string name = context_.words.inside(context_.label(detail_.entity->label));
  html_.text(context_.words(texts::kOpenRecord, {{"entity", name}})).markup("</a></div></div>\n");
}

void DecisionWriter::reason(std::string_view icon, const std::string& text, bool is_formula) {
  html_.markup("<li>").icon(icon).markup(is_formula ? Markup("<span class=\"mono\">")
                                                    : Markup("<span>"));
  html_.text(text).markup("</span></li>\n");
}

void DecisionWriter::why() {
  html_.markup("<section class=\"card\" aria-labelledby=\"s-why\">\n<div class=\"card__head\">");
  html_.markup("<h2 id=\"s-why\">");
  const TaskKind kind = detail_.task.kind;
  html_.text(context_.words(kind == TaskKind::Decide     ? texts::kWhyYou
                            : kind == TaskKind::Resubmit ? texts::kWhyReturned
                                                         : texts::kWhyCopy));
  html_.markup("</h2></div>\n<div class=\"card__body\"><ul class=\"why\">\n");
  if (kind == TaskKind::Decide) {
    if (detail_.step != nullptr && !detail_.step->why.empty()) {
      reason("info", context_.label(detail_.step->why));
    } else if (detail_.chain != nullptr && !detail_.chain->why.empty()) {
      reason("info", context_.label(detail_.chain->why));
    }
    const engine::ProcessStep& step = detail_.process.steps[detail_.task.step];
    const std::string told =
        ApprovalWriter(html_, context_, *detail_.entity).told(step.reason, detail_.step);
    if (!told.empty()) reason("triangle-alert", told, true);
  }
  people_reasons();
  html_.markup("</ul></div>\n</section>\n");
}

// Why it is this person, and who sent it on.
void DecisionWriter::people_reasons() {
  const engine::Task& task = detail_.task;
  const accounts::Directory& people = *context_.frame.directory;
  if (task.kind == TaskKind::Copy) return reason("info", context_.words(texts::kCopyHint));
  if (task.kind == TaskKind::Resubmit) {
    for (auto one = detail_.process.tasks.rbegin(); one != detail_.process.tasks.rend(); ++one) {
      if (one->outcome != engine::TaskOutcome::Returned) continue;
      reason("undo-2", people.full_name(one->decided_by != 0 ? one->decided_by : one->assignee) +
                           context_.words(texts::kPill, {{"field", {}}}) + one->comment);
      break;
    }
    return;
  }
  const bool is_mine = task.assignee == context_.frame.actor->account;
  if (!is_mine) {
    reason("users", context_.words(texts::kActsFor, {{"person", people.full_name(task.assignee)}}));
  }
  if (task.added_by != 0) {
    reason("user-plus",
           context_.words(texts::kAddedBySentence, {{"person", people.full_name(task.added_by)}}));
  } else if (!task.reason.empty()) {
    html_.markup("<li>").icon("users").markup("<span>");
    html_.text(context_.words(is_mine ? texts::kAskedAs : texts::kIsAskedAs));
    html_.markup("<span class=\"mono\">").text(task.reason).markup("</span></span></li>\n");
  }
}

// What has changed since this step was decided, if that voided its decisions.
void DecisionWriter::differences() {
  if (detail_.task.kind != TaskKind::Decide) return;
  const std::string& step = detail_.process.steps[detail_.task.step].id;
  const std::vector<const engine::HistoryEntry*> changes =
      changes_since_decision(panel_.history, step);
  if (changes.empty()) return;
  html_.markup(
      "<section class=\"card\" aria-labelledby=\"s-changed\">\n<div class=\"card__head\">");
  html_.markup("<h2 id=\"s-changed\">").text(context_.words(texts::kChangedSince));
  html_.markup("</h2></div>\n<div class=\"card__body\"><p class=\"hint\">");
  html_.text(context_.words(texts::kChangedSinceHint)).markup("</p>\n<ol class=\"tl\">\n");
  DetailPage about;
  about.entity = detail_.entity;
  about.record = &detail_.record;
  about.title_of = page_.title_of;
  about.file_of = page_.file_of;
  HistoryWriter writer(html_, context_, about);
  for (const engine::HistoryEntry* one : changes) writer.entry(*one);
  html_.markup("</ol></div>\n</section>\n");
}

std::vector<std::size_t> DecisionWriter::shown_fields() const {
  std::vector<std::size_t> fields;
  const auto add = [&](std::size_t field) {
    const bool is_new = std::find(fields.begin(), fields.end(), field) == fields.end();
    if (is_new && context_.may_see(*detail_.entity, field)) fields.push_back(field);
  };
  if (detail_.step != nullptr) {
    for (const std::size_t field : detail_.step->shows) add(field);
  } else if (detail_.chain != nullptr) {
    for (const model::ApprovalStep& step : detail_.chain->steps) {
      for (const std::size_t field : step.shows) add(field);
    }
  }
  if (!fields.empty()) return fields;
  for (const model::ColumnRef& column : detail_.entity->list.columns) {
    if (!column.is_system) add(column.field);
  }
  return fields;
}

void DecisionWriter::facts() {
  const std::vector<std::size_t> fields = shown_fields();
  FactWriter facts(html_, context_, *detail_.entity, detail_.record, page_.title_of, page_.file_of);
  const auto is_lines = [&](std::size_t field) { return is_table(detail_.entity->fields[field]); };
  if (!std::all_of(fields.begin(), fields.end(), is_lines)) {
    html_.markup(
        "<section class=\"card\" aria-labelledby=\"s-facts\">\n<div class=\"card__head\">");
    html_.markup("<h2 id=\"s-facts\">").text(context_.words(texts::kKeyFacts));
    html_.markup("</h2></div>\n<div class=\"card__body\"><dl class=\"facts\">\n");
    for (const std::size_t field : fields) {
      if (!is_lines(field)) facts.fact(field);
    }
    html_.markup("</dl></div>\n</section>\n");
  }
  for (const std::size_t field : fields) {
    if (is_lines(field)) facts.lines(field);
  }
}

void DecisionWriter::progress() {
  html_.markup(
      "<section class=\"card\" aria-labelledby=\"s-progress\">\n<div class=\"card__head\">");
  html_.markup("<h2 id=\"s-progress\">").text(context_.words(texts::kProgress)).markup("</h2>");
  append_process_state(html_, context_, detail_.process.state);
  html_.markup("</div>\n<div class=\"card__body\">");
  ApprovalWriter(html_, context_, *detail_.entity)
      .timeline({detail_.process, detail_.chain, detail_.to_come});
  html_.markup("</div>\n</section>\n");
}

// Of a task that is not to be decided: what can be done with it all the same.
void DecisionWriter::outcome() {
  const bool has_any = may(TaskAction::Resubmit) || may(TaskAction::TakeBack) ||
                       may(TaskAction::Withdraw) || may(TaskAction::Urge) || may_mark_read();
  if (!has_any && !panel_.refused) return;
  html_.markup("<section class=\"card\" id=\"decide\" aria-labelledby=\"s-decide\">\n");
  html_.markup("<div class=\"card__head\"><h2 id=\"s-decide\">");
  html_.text(context_.words(texts::kYourActions)).markup("</h2></div>\n");
  html_.markup("<div class=\"card__body stack\">\n");
  if (panel_.refused) {
    append_refused(html_, context_, *detail_.entity, detail_.record.id, *panel_.refused->refusal);
  }
  small_actions();
  html_.markup("</div>\n</section>\n");
}

void DecisionWriter::small_actions() {
  const std::string path = "/tasks/" + std::to_string(detail_.task.id);
  open_post(html_, context_, path, "decide");
  hidden(html_, "_version", std::to_string(detail_.record.version));
  hidden(html_, "next", next_path());
  const bool takes_comment = may(TaskAction::Resubmit) || may(TaskAction::Withdraw);
  if (takes_comment) {
    append_comment(html_, context_, "comment", false, sent("comment"));
  }
  html_.markup("<div class=\"actions\">");
  if (may(TaskAction::Resubmit)) {
    const std::string edit = path_of(*detail_.entity, detail_.record.id, "edit");
    html_.markup("<a class=\"btn\"").attribute("href", edit).markup(">").icon("pencil");
    html_.text(context_.words(texts::kEdit)).markup("</a>");
    button(TaskAction::Resubmit, texts::kResubmit, "send", "btn btn--primary");
  }
  if (may_mark_read()) {
    button(TaskAction::MarkRead, texts::kMarkRead, "check", "btn btn--primary");
  }
  if (may(TaskAction::TakeBack)) button(TaskAction::TakeBack, texts::kTakeBack, "undo-2", "btn");
  if (may(TaskAction::Urge)) button(TaskAction::Urge, texts::kUrge, "bell", "btn");
  if (may(TaskAction::Withdraw)) {
    button(TaskAction::Withdraw, texts::kWithdraw, "undo-2", "btn btn--danger");
  }
  html_.markup("</div></form>\n");
}

void DecisionWriter::form() {
  html_.markup("<section class=\"card\" id=\"decide\" aria-labelledby=\"s-decide\">\n");
  html_.markup("<div class=\"card__head\"><h2 id=\"s-decide\">");
  html_.text(context_.words(texts::kYourDecision)).markup("</h2></div>\n");
  html_.markup("<form class=\"card__body decide\" id=\"decision\" method=\"post\" novalidate");
  html_.attribute("action", "/tasks/" + std::to_string(detail_.task.id)).markup(">\n");
  hidden(html_, "_csrf", context_.frame.csrf);
  hidden(html_, "_version", std::to_string(detail_.record.version));
  hidden(html_, "next", next_path());
  // Enter in a field decides nothing: the first button is the one that it would press.
  html_.markup("<button type=\"submit\" disabled hidden></button>\n");
  // A button that only adds or removes a line asks nothing of the engine.
  if (panel_.refused && sent("act").empty()) {
    append_refused(html_, context_, *detail_.entity, detail_.record.id, *panel_.refused->refusal,
                   decision_fields(context_.frame, detail_));
  }
  edits();
  comment();
  main_buttons();
  next_hint();
  return_choice();
  people_choice();
  html_.markup("</form>\n</section>\n");
}

// Work goes on with the next line of the same box.
std::string DecisionWriter::next_path() const {
  bool is_behind = false;
  for (const InboxItem& item : page_.items) {
    if (page_.box == TaskBox::ToDo && is_behind && item.task) {
      return "/tasks/" + std::to_string(item.task->id);
    }
    is_behind = is_behind || (item.task && item.task->id == detail_.task.id);
  }
  return page_.box == TaskBox::ToDo ? "/tasks" : "/tasks?box=" + std::string(box_code(page_.box));
}

void DecisionWriter::edits() {
  const std::vector<std::size_t> fields = decision_fields(context_.frame, detail_);
  if (fields.empty()) return;
  FormPage page;
  page.entity = detail_.entity;
  page.record = &detail_.record;
  page.title_of = page_.title_of;
  page.options_of = page_.options_of;
  page.file_of = page_.file_of;
  if (panel_.refused) {
    page.typed = panel_.refused->sent;
    page.problems = panel_.refused->refusal->fields;
    page.act = sent("act");
  }
  const FormState state = read_state(context_, page, form_, fields);
  html_.markup("<fieldset><legend class=\"label\">").text(context_.words(texts::kYouMayChange));
  html_.markup("</legend><div class=\"fields\">\n");
  FormRenderer(html_, context_, page, form_).render_only(state, fields);
  html_.markup("</div></fieldset>\n");
}

void DecisionWriter::comment() {
  std::vector<std::string> actions;
  for (const TaskAction action : detail_.may) {
    if (needs_comment(action)) actions.push_back(context_.words(name_of(action)));
  }
  html_.markup("<div class=\"field\"><label class=\"label\" for=\"comment\">");
  html_.text(context_.words(texts::kComment)).markup("</label>");
  if (!actions.empty()) {
    std::string joined;
    for (const std::string& one : actions) {
      const bool is_last = &one == &actions.back();
      if (!joined.empty()) {
        joined += context_.words(is_last ? texts::kOrSeparator : texts::kListSeparator);
      }
      joined += one;
    }
    html_.markup("<p class=\"hint\" id=\"comment-hint\">");
    html_.text(context_.words(texts::kCommentNeeded, {{"actions", joined}})).markup("</p>");
  }
  html_.markup("<p class=\"err\" id=\"comment-err\" hidden>").icon("circle-alert");
  html_.markup("<span>").text(context_.words(texts::kEnterComment)).markup("</span></p>");
  html_.markup("<textarea class=\"textarea\" id=\"comment\" name=\"comment\" rows=\"3\"");
  if (!actions.empty()) html_.markup(" aria-describedby=\"comment-hint\"");
  html_.attribute("placeholder", context_.words(texts::kCommentHint)).markup(">");
  html_.text(sent("comment")).markup("</textarea></div>\n");
}

void DecisionWriter::button(TaskAction action, const MessageText& label, std::string_view icon,
                            std::string_view css) {
  html_.markup("<button").attribute("class", css).markup(" name=\"action\"");
  html_.attribute("value", engine::task_action_name(action));
  if (needs_comment(action)) html_.markup(" data-needs-comment");
  html_.markup(">").icon(icon).text(context_.words(label)).markup("</button>");
}

void DecisionWriter::main_buttons() {
  html_.markup("<div class=\"decide__main hide-phone\">");
  if (may(TaskAction::Approve)) {
    button(TaskAction::Approve, texts::kApprove, "check", "btn btn--primary btn--big");
  }
  if (may(TaskAction::Reject)) {
    button(TaskAction::Reject, texts::kReject, "x", "btn btn--danger btn--big");
  }
  html_.markup("</div>\n");
}

// What an approval leads to.
void DecisionWriter::next_hint() {
  if (!may(TaskAction::Approve)) return;
  for (const approvals::Planned& one : detail_.to_come) {
    if (!one.applies || one.people.empty()) continue;
    std::vector<engine::AccountId> people;
    for (const approvals::Found& found : one.people) people.push_back(found.account);
    html_.markup("<p class=\"small muted\">");
    html_.text(context_.words(texts::kNextAfterYou, {{"people", names_of(context_, people)}}));
    html_.markup("</p>\n");
    return;
  }
}

void DecisionWriter::return_choice() {
  if (!may(TaskAction::Return)) return;
  const std::string submitter = context_.frame.directory->full_name(detail_.process.submitter);
  html_.markup("<details class=\"ask\"");
  if (sent("action") == engine::task_action_name(TaskAction::Return)) html_.markup(" open");
  html_.markup("><summary class=\"btn\">").icon("undo-2");
  html_.text(context_.words(texts::kReturnAsk)).markup("</summary><div class=\"ask__body\">\n");
  html_.markup("<div class=\"field\"><label class=\"label\" for=\"return-step\">");
  html_.text(context_.words(texts::kReturnTo)).markup("</label>");
  html_.markup("<select class=\"select\" id=\"return-step\" name=\"step\"><option value=\"\">");
  html_.text(context_.words(texts::kToSubmitter, {{"person", submitter}})).markup("</option>");
  for (const std::string& id : detail_.return_to) {
    html_.markup("<option").attribute("value", id);
    if (sent("step") == id) html_.markup(" selected");
    html_.markup(">");
    std::string label = id;
    if (detail_.chain != nullptr) {
      for (const model::ApprovalStep& step : detail_.chain->steps) {
        if (step.id == id && !step.label.empty()) label = context_.label(step.label);
      }
    }
    html_.text(label).markup("</option>");
  }
  const bool resumes = sent("resume").empty()
                           ? detail_.chain == nullptr || detail_.chain->resume_after_return
                           : sent("resume") == "true";
  html_.markup("</select></div>\n<fieldset><legend class=\"label\">");
  html_.text(context_.words(texts::kAfterwards)).markup("</legend>");
  for (const bool value : {true, false}) {
    html_.markup("<label class=\"check\"><input type=\"radio\" name=\"resume\"");
    html_.attribute("value", value ? "true" : "false");
    if (value == resumes) html_.markup(" checked");
    html_.markup("><span>").text(context_.words(value ? texts::kStraightBack : texts::kAllAgain));
    html_.markup("</span></label>");
  }
  html_.markup("</fieldset>\n<div>");
  button(TaskAction::Return, texts::kReturn, "undo-2", "btn");
  html_.markup("</div></div></details>\n");
}

// One person for both: a form cannot send two under one name.
void DecisionWriter::people_choice() {
  const bool may_transfer = may(TaskAction::Transfer);
  const bool may_add = may(TaskAction::AddApprover);
  if (!may_transfer && !may_add) return;
  const std::string_view action = sent("action");
  const bool was_sent = action == engine::task_action_name(TaskAction::Transfer) ||
                        action == engine::task_action_name(TaskAction::AddApprover);
  html_.markup("<details class=\"ask\"");
  if (was_sent) html_.markup(" open");
  html_.markup("><summary class=\"btn\">").icon("user-plus");
  html_.text(context_.words(!may_add        ? texts::kTransferAsk
                            : !may_transfer ? texts::kAddAsk
                                            : texts::kTransferOrAddAsk));
  html_.markup("</summary><div class=\"ask__body\">\n");
  append_people_field(html_, context_,
                      {.id = "decision-to",
                       .name = "to",
                       .label = context_.words(texts::kPerson),
                       .entity = detail_.entity,
                       .action = model::Action::Approve,
                       .chosen = std::string(sent("to")),
                       .is_required = false});
  html_.markup("\n");
  if (may_transfer) {
    html_.markup("<div>");
    button(TaskAction::Transfer, texts::kTransfer, "arrow-right-left", "btn");
    html_.markup("<p class=\"hint\">").text(context_.words(texts::kTransferHint));
    html_.markup("</p></div>\n");
  }
  if (may_add) {
    html_.markup("<fieldset><legend class=\"label\">").text(context_.words(texts::kWhenTheyDecide));
    html_.markup("</legend>");
    const std::string_view place = sent("place").empty() ? "before" : sent("place");
    for (const auto& [value, text] :
         {std::pair("before", &texts::kDecideBefore), std::pair("after", &texts::kDecideAfter),
          std::pair("alongside", &texts::kDecideAlongside)}) {
      html_.markup("<label class=\"check\"><input type=\"radio\" name=\"place\"");
      html_.attribute("value", value);
      if (place == value) html_.markup(" checked");
      html_.markup("><span>").text(context_.words(*text)).markup("</span></label>");
    }
    html_.markup("</fieldset>\n<div>");
    button(TaskAction::AddApprover, texts::kAddApprover, "user-plus", "btn");
    html_.markup("</div>\n");
  }
  html_.markup("</div></details>\n");
}

void DecisionWriter::phone_bar() {
  if (!may_decide()) return;
  html_.markup("<div class=\"phonebar\" role=\"group\"");
  html_.attribute("aria-label", context_.words(texts::kYourDecision)).markup(">");
  const auto in_bar = [&](TaskAction action, const MessageText& label, std::string_view css) {
    if (!may(action)) return;
    html_.markup("<button").attribute("class", css).markup(" form=\"decision\" name=\"action\"");
    html_.attribute("value", engine::task_action_name(action));
    if (needs_comment(action)) html_.markup(" data-needs-comment");
    html_.markup(">");
    if (action == TaskAction::Approve) html_.icon("check");
    html_.text(context_.words(label)).markup("</button>");
  };
  in_bar(TaskAction::Reject, texts::kReject, "btn btn--danger");
  in_bar(TaskAction::Approve, texts::kApprove, "btn btn--primary");
  html_.markup("<a class=\"btn btn--icon\" href=\"#decide\"");
  html_.attribute("aria-label", context_.words(texts::kMoreActions)).markup(">").icon("ellipsis");
  html_.markup("</a></div>\n");
}

}  // namespace formwork::pages
