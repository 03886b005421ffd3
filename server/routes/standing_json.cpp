#include "server/routes/standing_json.h"

#include <algorithm>

namespace formwork::routes {
namespace {

std::string_view unmet_kind_name(lifecycle::Unmet::Kind kind) {
  using enum lifecycle::Unmet::Kind;
  switch (kind) {
    case Exit:
      return "exit";
    case Entry:
      return "entry";
    case Field:
      return "field";
    case Item:
      return "item";
    case Rule:
      return "rule";
  }
  return "rule";
}

std::string_view mode_name(model::Mode mode) {
  switch (mode) {
    case model::Mode::Any:
      return "any";
    case model::Mode::All:
      return "all";
    case model::Mode::InOrder:
      return "in_order";
    case model::Mode::Quorum:
      return "quorum";
    case model::Mode::Percent:
      return "percent";
  }
  return "any";
}

bool is_ticked(const engine::Standing& standing, const model::Entity& entity,
               std::string_view item) {
  if (!entity.stage_fields || !entity.stage_fields->checklist) return false;
  const feel::Value& done = standing.record.values[*entity.stage_fields->checklist];
  if (done.is_null()) return false;
  const feel::List& codes = done.list();
  return std::any_of(codes.begin(), codes.end(),
                     [item](const feel::Value& code) { return code.string() == item; });
}

void write_actions(json::Writer& writer, const std::vector<engine::TaskAction>& actions) {
  writer.key("may").begin_array();
  for (const engine::TaskAction action : actions) writer.string(engine::task_action_name(action));
  writer.end_array();
}

}  // namespace

std::string_view task_kind_name(engine::TaskKind kind) {
  switch (kind) {
    case engine::TaskKind::Decide:
      return "decide";
    case engine::TaskKind::Resubmit:
      return "resubmit";
    case engine::TaskKind::Copy:
      return "copy";
  }
  return "decide";
}

StandingWriter::StandingWriter(json::Writer& writer, const Exchange& exchange,
                               const model::Entity& entity)
    : writer_(writer),
      exchange_(exchange),
      entity_(entity),
      people_(exchange.engine().directory()),
      reasons_(exchange.engine().gate(), exchange.actor(), entity) {}

void StandingWriter::standing(const engine::Standing& standing) {
  writer_.begin_object().key("record");
  record(standing.record);
  writer_.key("lifecycle");
  if (standing.lifecycle == nullptr || standing.lifecycle->name.empty()) {
    writer_.null();
  } else {
    writer_.begin_object().key("name").string(standing.lifecycle->name);
    text("label", standing.lifecycle->label);
    writer_.end_object();
  }
  owner(standing);
  response(standing);
  decisions(standing);
  writer_.key("stage");
  stage(standing.stage);
  if (standing.stage != nullptr) {
    text("goal", standing.stage->goal);
    text("risks", standing.stage->risks);
  }
  writer_.key("moves").begin_array();
  for (const lifecycle::MoveCheck& one : standing.moves) move(one);
  writer_.end_array().key("to_go_on");
  unmet(standing.to_go_on);
  checklist(standing);
  dwell(standing);
  stays(standing);
  processes(standing);
  routes(standing);
  writer_.key("rights").begin_object();
  writer_.key("edit").boolean(standing.may_edit).key("delete").boolean(standing.may_delete);
  writer_.key("assign").boolean(standing.may_assign).key("claim").boolean(standing.may_claim);
  writer_.key("release").boolean(standing.may_release);
  writer_.end_object().end_object();
}

void StandingWriter::record(const engine::Record& record) {
  const fields::Showing showing = exchange_.engine().showing(exchange_.locale, *people_);
  writer_.begin_object();
  writer_.key("entity").string(entity_.name);
  writer_.key("id").number(record.id);
  writer_.key("version").number(record.version);
  writer_.key("title").string(permissions::title_of(entity_, record, showing));
  writer_.end_object();
}

void StandingWriter::stage(const model::Stage* stage) {
  if (stage == nullptr) {
    writer_.null();
    return;
  }
  writer_.begin_object().key("name").string(stage->name);
  text("label", stage->label);
  text_or_null("final", stage->final ? model::final_name(*stage->final) : std::string_view());
  writer_.end_object();
}

void StandingWriter::move(const lifecycle::MoveCheck& move) {
  writer_.begin_object().key("to").string(move.to->name);
  const model::Transition* transition = move.transition;
  const bool has_label = transition != nullptr && !transition->label.empty();
  text("label", has_label ? transition->label : move.to->label);
  writer_.key("possible").boolean(move.is_possible());
  text("confirm", transition == nullptr ? Localized() : transition->confirm);
  writer_.key("needs_comment").boolean(transition != nullptr && transition->needs_comment);
  writer_.key("begins_approval").boolean(move.to->approval.has_value());
  writer_.key("who_could").begin_array();
  for (const model::Role* role : move.who_could) {
    writer_.begin_object().key("role").string(role->name);
    text("label", role->label);
    writer_.end_object();
  }
  writer_.end_array();
  if (move.other) {
    message("reason", *move.other);
  } else {
    writer_.key("reason").null();
  }
  writer_.key("unmet");
  unmet(move.unmet);
  writer_.end_object();
}

void StandingWriter::unmet(const std::vector<lifecycle::Unmet>& unmet) {
  writer_.begin_array();
  for (const lifecycle::Unmet& one : unmet) unmet_one(one);
  writer_.end_array();
}

void StandingWriter::unmet_one(const lifecycle::Unmet& unmet) {
  const bool may_see = !unmet.field || exchange_.engine().gate().may_see_field(
                                           exchange_.actor(), entity_, *unmet.field);
  const bool names_field = unmet.field && may_see;
  writer_.begin_object().key("kind").string(unmet_kind_name(unmet.kind));
  writer_.key("code").string(unmet.message.text->code);
  message("detail", unmet.message);
  text_or_null("saw", may_see ? std::string_view(unmet.saw) : std::string_view());
  text_or_null("field", names_field ? std::string_view(entity_.fields[*unmet.field].name)
                                    : std::string_view());
  text_or_null("item", unmet.item);
  writer_.end_object();
}

void StandingWriter::checklist(const engine::Standing& standing) {
  writer_.key("checklist").begin_array();
  if (standing.stage != nullptr) {
    for (const model::ChecklistItem& item : standing.stage->checklist) {
      writer_.begin_object().key("item").string(item.code);
      text("label", item.label);
      text("hint", item.hint);
      writer_.key("required").boolean(item.required);
      writer_.key("done").boolean(is_ticked(standing, entity_, item.code));
      writer_.end_object();
    }
  }
  writer_.end_array();
}

void StandingWriter::dwell(const engine::Standing& standing) {
  writer_.key("dwell");
  const bool has_dwell = standing.stage != nullptr && standing.stage->dwell;
  if (!has_dwell) {
    writer_.null();
    return;
  }
  const std::optional<std::size_t> then = standing.stage->dwell->then;
  writer_.begin_object().key("warn");
  instant(standing.dwell.warn);
  writer_.key("limit");
  instant(standing.dwell.limit);
  writer_.key("then");
  stage(then ? &standing.lifecycle->stages[*then] : nullptr);
  writer_.end_object();
}

void StandingWriter::stays(const engine::Standing& standing) {
  const Instant now = exchange_.engine().clock().now();
  writer_.key("stays").begin_array();
  for (const engine::Stay& stay : standing.stays) {
    const Instant until = stay.left_at.value_or(now);
    writer_.begin_object().key("stage").string(stay.stage);
    find_stage_label("label", standing.lifecycle, stay.stage);
    writer_.key("entered_at");
    instant(stay.entered_at);
    writer_.key("left_at");
    instant(stay.left_at);
    writer_.key("by");
    person(stay.entered_by);
    writer_.key("duration")
        .string(to_string(
            DaysDuration::from_microseconds(until.microseconds - stay.entered_at.microseconds)));
    writer_.end_object();
  }
  writer_.end_array();
}

void StandingWriter::processes(const engine::Standing& standing) {
  writer_.key("processes").begin_array();
  for (const engine::ProcessStanding& one : standing.processes) {
    writer_.begin_object();
    process_members(one.process, one.chain);
    writer_.key("to_come").begin_array();
    for (const approvals::Planned& step : one.to_come) planned(step);
    writer_.end_array().key("mine").begin_array();
    for (const engine::TaskStanding& mine : one.tasks) task(mine.task, one.process, &mine.may);
    writer_.end_array().end_object();
  }
  writer_.end_array();
}

void StandingWriter::routes(const engine::Standing& standing) {
  writer_.key("routes").begin_array();
  for (const engine::Standing::Route& route : standing.routes) {
    writer_.begin_object().key("to").string(route.to).key("steps").begin_array();
    for (const approvals::Planned& step : route.steps) planned(step);
    writer_.end_array().end_object();
  }
  writer_.end_array();
}

void StandingWriter::planned(const approvals::Planned& planned) {
  const model::ApprovalStep& step = *planned.step;
  writer_.begin_object().key("id").string(step.id);
  text("label", step.label);
  text("why", step.why);
  writer_.key("mode").string(mode_name(step.mode));
  writer_.key("applies").boolean(planned.applies);
  text_or_null("reason",
               reasons_.may_see(step) ? std::string_view(planned.reason) : std::string_view());
  writer_.key("people").begin_array();
  for (const approvals::Found& found : planned.people) {
    writer_.begin_object().key("person");
    person(found.account);
    writer_.key("why").string(found.why).end_object();
  }
  writer_.end_array();
  text_or_null("trouble", planned.trouble);
  writer_.end_object();
}

void StandingWriter::process(const engine::Process& process, const model::ApprovalChain* chain,
                             std::span<const approvals::Planned> to_come) {
  writer_.begin_object();
  process_members(process, chain);
  writer_.key("to_come").begin_array();
  for (const approvals::Planned& step : to_come) planned(step);
  writer_.end_array().end_object();
}

void StandingWriter::process_head(const engine::Process& process,
                                  const model::ApprovalChain* chain) {
  writer_.begin_object();
  head_members(process, chain);
  writer_.end_object();
}

void StandingWriter::head_members(const engine::Process& process,
                                  const model::ApprovalChain* chain) {
  writer_.key("id").number(process.id);
  writer_.key("chain").string(process.chain);
  text("label", chain == nullptr ? Localized() : chain->label);
  text("why", chain == nullptr ? Localized() : chain->why);
  writer_.key("state").string(engine::process_state_name(process.state));
  writer_.key("submitter");
  person(process.submitter);
  writer_.key("submitted_at");
  instant(process.submitted_at);
  writer_.key("ended_at");
  instant(process.ended_at);
  writer_.key("stage").string(process.stage);
  text_or_null("origin", process.origin);
  writer_.key("round").number(process.round);
}

void StandingWriter::process_members(const engine::Process& process,
                                     const model::ApprovalChain* chain) {
  head_members(process, chain);
  const bool resumes = process.resume_at && *process.resume_at < process.steps.size();
  text_or_null("resume_at", resumes ? std::string_view(process.steps[*process.resume_at].id)
                                    : std::string_view());
  writer_.key("steps").begin_array();
  for (std::size_t i = 0; i < process.steps.size(); ++i) step(process, chain, i);
  writer_.end_array();
}

void StandingWriter::step(const engine::Process& process, const model::ApprovalChain* chain,
                          std::size_t index) {
  const engine::ProcessStep& step = process.steps[index];
  const bool is_known = chain != nullptr && index < chain->steps.size();
  // What a step of another model read is not known any more.
  const bool may_see = is_known && reasons_.may_see(chain->steps[index]);
  writer_.begin_object().key("id").string(step.id);
  text("label", is_known ? chain->steps[index].label : Localized());
  text("why", is_known ? chain->steps[index].why : Localized());
  writer_.key("state").string(engine::step_state_name(step.state));
  text_or_null("reason", may_see ? std::string_view(step.reason) : std::string_view());
  writer_.key("opened_at");
  instant(step.opened_at);
  writer_.key("closed_at");
  instant(step.closed_at);
  writer_.key("tasks").begin_array();
  for (const engine::Task& one : process.tasks) {
    if (one.kind == engine::TaskKind::Decide && one.step == index) task(one, process, nullptr);
  }
  writer_.end_array().end_object();
}

void StandingWriter::task(const engine::Task& task, const engine::Process& process,
                          const std::vector<engine::TaskAction>* may) {
  const bool decides = task.kind == engine::TaskKind::Decide && task.step < process.steps.size();
  writer_.begin_object().key("id").number(task.id);
  writer_.key("kind").string(task_kind_name(task.kind));
  writer_.key("state").string(engine::task_state_name(task.state));
  text_or_null("outcome", engine::task_outcome_name(task.outcome));
  text_or_null("step",
               decides ? std::string_view(process.steps[task.step].id) : std::string_view());
  writer_.key("seat").number(static_cast<std::int64_t>(task.seat));
  writer_.key("place").number(static_cast<std::int64_t>(task.place));
  writer_.key("assignee");
  person(task.assignee);
  text_or_null("reason", task.reason);
  writer_.key("added_by");
  person(task.added_by);
  writer_.key("decided_by");
  person(task.decided_by);
  text_or_null("comment", task.comment);
  writer_.key("opened_at");
  instant(task.opened_at);
  writer_.key("due_at");
  instant(task.due_at);
  writer_.key("closed_at");
  instant(task.closed_at);
  writer_.key("read_at");
  instant(task.read_at);
  writer_.key("urged_at");
  instant(task.urged_at);
  writer_.key("urged").number(task.urged);
  if (may != nullptr) write_actions(writer_, *may);
  writer_.end_object();
}

void StandingWriter::task_subject(const model::ApprovalChain* chain,
                                  const model::ApprovalStep* step) {
  writer_.key("step");
  if (step == nullptr) {
    writer_.null();
    return;
  }
  writer_.begin_object().key("id").string(step->id);
  text("label", step->label);
  text("why", step->why.empty() && chain != nullptr ? chain->why : step->why);
  writer_.key("mode").string(mode_name(step->mode));
  field_names("shows", step->shows);
  field_names("edits", step->edits);
  writer_.end_object();
}

void StandingWriter::coming(const engine::Coming& coming) {
  writer_.begin_object().key("at");
  instant(coming.timer.due_at);
  writer_.key("kind").string(engine::timer_kind_name(coming.timer.kind));
  message("what", coming.what);
  writer_.key("record");
  record(coming.record);
  writer_.key("stage");
  stage(coming.stage);
  text_or_null("chain", coming.chain == nullptr ? std::string_view() : coming.chain->name);
  text_or_null("step", coming.step == nullptr ? std::string_view() : coming.step->id);
  writer_.key("assignee");
  person(coming.assignee);
  text_or_null("assignment",
               coming.assignment == nullptr ? std::string_view() : coming.assignment->name);
  text_or_null("automation",
               coming.automation == nullptr ? std::string_view() : coming.automation->name);
  text_or_null("rule", engine::place_of(coming.rule));
  writer_.end_object();
}

void StandingWriter::field_names(std::string_view key, const std::vector<std::size_t>& fields) {
  writer_.key(key).begin_array();
  for (const std::size_t field : fields) {
    if (exchange_.engine().gate().may_see_field(exchange_.actor(), entity_, field)) {
      writer_.string(entity_.fields[field].name);
    }
  }
  writer_.end_array();
}

void StandingWriter::find_stage_label(std::string_view key, const model::Lifecycle* lifecycle,
                                      std::string_view name) {
  const auto index = lifecycle == nullptr ? std::nullopt : model::stage_index(*lifecycle, name);
  text(key, index ? lifecycle->stages[*index].label : Localized());
}

void StandingWriter::person(engine::AccountId account) {
  if (account == engine::kSystemAccount) {
    writer_.null();
  } else {
    writer_.string(people_->account_name(account));
  }
}

void StandingWriter::instant(std::optional<Instant> instant) {
  if (instant) {
    writer_.string(to_rfc3339(*instant));
  } else {
    writer_.null();
  }
}

void StandingWriter::text(std::string_view key, const Localized& text) {
  text_or_null(key, text.empty() ? std::string_view() : std::string_view(text[exchange_.locale]));
}

void StandingWriter::text_or_null(std::string_view key, std::string_view text) {
  writer_.key(key);
  if (text.empty()) {
    writer_.null();
  } else {
    writer_.string(text);
  }
}

void StandingWriter::message(std::string_view key, const Message& message) {
  writer_.key(key).string(render(message, exchange_.language(), exchange_.locale));
}

}  // namespace formwork::routes
