#include "engine/lifecycle/move.h"

#include <algorithm>
#include <utility>

#include "engine/lifecycle/texts.h"
#include "engine/records/conditions.h"
#include "engine/records/rights.h"
#include "engine/records/stages.h"
#include "engine/records/validate.h"

namespace formwork::lifecycle {
namespace {

using engine::Record;
using engine::Refusal;
using engine::RefusalKind;
using model::Entity;
using model::Lifecycle;
using model::Stage;
using model::Transition;
using records::Decision;
using records::Situation;

bool is_program(const engine::Actor& actor) {
  return actor.is_rule() || actor.cause == engine::Cause::Program ||
         actor.cause == engine::Cause::Timer;
}

// A move to a later stage that is not one of those in which something is given up.
bool goes_forward(const Stage& from, const Stage& to) {
  const bool gives_up = to.final && *to.final != model::Final::Won;
  return !gives_up && &to > &from;
}

bool is_done(const Entity& entity, const Record& record, const std::string& item) {
  if (!entity.stage_fields->checklist) return false;
  const feel::Value& done = record.values[*entity.stage_fields->checklist];
  if (done.is_null()) return false;
  return std::any_of(done.list().begin(), done.list().end(),
                     [&](const feel::Value& code) { return code.string() == item; });
}

void add_criteria(const std::vector<model::Criterion>& criteria, Unmet::Kind kind,
                  records::Conditions& conditions, std::vector<Unmet>& unmet) {
  for (const model::Criterion& criterion : criteria) {
    if (conditions.holds(criterion.require)) continue;
    unmet.push_back(
        {.kind = kind,
         .message = {&texts::kSay, {{"say", criterion.say}}},
         .saw = conditions.saw(criterion.require),
         .field = criterion.fields.empty() ? std::nullopt : std::optional(criterion.fields.front()),
         .item = {},
         .where = criterion.where});
  }
}

void add_items(const Entity& entity, const Record& record, const Stage& stage,
               std::vector<Unmet>& unmet) {
  for (const model::ChecklistItem& item : stage.checklist) {
    if (!item.required || is_done(entity, record, item.code)) continue;
    unmet.push_back({.kind = Unmet::Kind::Item,
                     .message = {&texts::kTickItem, {{"item", item.label}}},
                     .saw = {},
                     .field = {},
                     .item = item.code,
                     .where = item.where});
  }
}

// What the record's own rules say of it in its new stage.
void add_problems(const Decision& decision, const Situation& s, std::vector<Unmet>& unmet) {
  for (engine::FieldProblem& problem : records::validate(decision, s)) {
    const bool is_missing = problem.message.text->code == engine::texts::kRequired.code;
    Message message = std::move(problem.message);
    if (is_missing && problem.field) {
      message = {&texts::kFillIn, {{"field", decision.entity->fields[*problem.field].label}}};
    }
    unmet.push_back({.kind = problem.field ? Unmet::Kind::Field : Unmet::Kind::Rule,
                     .message = std::move(message),
                     .saw = {},
                     .field = problem.field,
                     .item = {},
                     .where = {}});
  }
}

Decision into_stage(const Entity& entity, const Record& record, const Stage& to,
                    const Situation& s) {
  Record after = record;
  records::put_into_stage(entity, to, after, s.now);
  return records::amend(entity, record, std::move(after), "moved", s);
}

// Who may make the move, for whom the actor's roles are not enough.
std::vector<const model::Role*> able_roles(const Transition& transition, const Entity& entity,
                                           const model::Model& model) {
  std::vector<const model::Role*> able;
  for (const std::size_t role : transition.roles) able.push_back(&model.roles[role]);
  if (!transition.roles.empty()) return able;
  for (const model::Role& role : model.roles) {
    if (role.grants[entity.index].may(model::Action::Edit)) able.push_back(&role);
  }
  return able;
}

bool may_make(const Transition& transition, const Entity& entity, const Record& record,
              const Situation& s) {
  if (is_program(s.actor)) return true;
  if (transition.roles.empty()) return records::may(s, model::Action::Edit, entity, record);
  return std::any_of(s.actor.roles.begin(), s.actor.roles.end(), [&](std::size_t role) {
    return std::find(transition.roles.begin(), transition.roles.end(), role) !=
           transition.roles.end();
  });
}

// An approval that has ended leaves its record where it is when the next stage refuses it: then
// people move it there.
const Transition* after_approval(const Entity& entity, const Record& record, const Stage& from,
                                 const Situation& s) {
  if (!from.approval) return nullptr;
  const std::optional<engine::Process> latest =
      store::latest_process(s.view, entity.name, record.id);
  if (!latest || latest->stage != from.name) return nullptr;
  if (latest->state == engine::ProcessState::Approved) return &from.approval->after_approved;
  if (latest->state == engine::ProcessState::Rejected) return &from.approval->after_rejected;
  return nullptr;
}

const Transition* find_transition(const Stage& from, std::size_t to,
                                  records::Conditions& conditions) {
  for (const Transition& transition : from.to) {
    if (transition.to != to) continue;
    if (!transition.when || conditions.holds(*transition.when)) return &transition;
  }
  return nullptr;
}

// What a move would make of the record, and what the stages say to that, without who moves it.
struct Tried {
  Decision decision;
  std::vector<Unmet> unmet;
};

Tried try_move(const Entity& entity, const Record& record, const Stage& from, const Stage& to,
               records::Conditions& conditions, const Situation& s) {
  Tried tried{into_stage(entity, record, to, s), {}};
  if (goes_forward(from, to)) {
    add_criteria(from.exit, Unmet::Kind::Exit, conditions, tried.unmet);
    add_items(entity, record, from, tried.unmet);
  }
  add_criteria(to.entry, Unmet::Kind::Entry, conditions, tried.unmet);
  add_problems(tried.decision, s, tried.unmet);
  return tried;
}

// All but what the stages ask.
MoveCheck check_transition(const Entity& entity, const Record& record, const Stage& to,
                           const Transition* transition, const Situation& s) {
  const Lifecycle& lifecycle = *model::lifecycle_of(entity, record.values);
  MoveCheck check{.to = &to,
                  .index = static_cast<std::size_t>(&to - lifecycle.stages.data()),
                  .transition = transition,
                  .allowed_role = true,
                  .who_could = {},
                  .other = {},
                  .unmet = {}};
  if (transition == nullptr) {
    check.other = why_not_offered(lifecycle, *model::stage_of(entity, record.values), to);
  } else if (!may_make(*transition, entity, record, s)) {
    check.allowed_role = false;
    check.who_could = able_roles(*transition, entity, s.gate.model());
  }
  return check;
}

Refusal conflict(const MessageText& text,
                 std::vector<std::pair<std::string_view, Argument>> arguments = {}) {
  return refusal_of(RefusalKind::Conflict, text, std::move(arguments));
}

Refusal conflict(Message message) { return conflict(*message.text, std::move(message.arguments)); }

// A record without stages, or in a stage that the app no longer has.
std::optional<Refusal> refuse_stageless(const Entity& entity, const Record& record) {
  if (!entity.stage_fields) return conflict(texts::kNoStages, {{"entity", entity.plural}});
  if (model::stage_of(entity, record.values) != nullptr) return std::nullopt;
  const feel::Value& stage = record.values[entity.stage_fields->stage];
  return conflict(texts::kStageGone, {{"entity", entity.label},
                                      {"stage", stage.is_null() ? std::string() : stage.string()}});
}

// As a field of several choices keeps its codes.
feel::Value in_option_order(const Entity& entity, const feel::List& codes) {
  feel::List ordered;
  for (const fields::Option& option : entity.fields[*entity.stage_fields->checklist].options) {
    const feel::Value code(option.code);
    if (std::find(codes.begin(), codes.end(), code) != codes.end()) ordered.push_back(code);
  }
  return ordered.empty() ? feel::Value() : feel::Value(std::move(ordered));
}

engine::FieldProblem problem_of(const Unmet& unmet) {
  engine::FieldProblem problem;
  problem.field = unmet.field;
  problem.message = unmet.message;
  problem.saw = unmet.saw;
  return problem;
}

}  // namespace

std::vector<MoveCheck> possible_moves(const Entity& entity, const Record& record,
                                      const Situation& s) {
  std::vector<MoveCheck> moves;
  if (refuse_stageless(entity, record)) return moves;
  const Lifecycle& lifecycle = *model::lifecycle_of(entity, record.values);
  const Stage& from = *model::stage_of(entity, record.values);
  records::Conditions conditions(entity, record, s);
  const auto add = [&](const Transition& transition) {
    const Stage& to = lifecycle.stages[transition.to];
    moves.push_back(check_transition(entity, record, to, &transition, s));
    moves.back().unmet = try_move(entity, record, from, to, conditions, s).unmet;
  };
  for (const Transition& transition : from.to) {
    // Of several to the same stage the first that applies counts.
    if (find_transition(from, transition.to, conditions) == &transition) add(transition);
  }
  if (const Transition* after = after_approval(entity, record, from, s)) add(*after);
  return moves;
}

std::vector<Unmet> to_go_on(const Entity& entity, const Record& record, const Situation& s) {
  std::vector<Unmet> unmet;
  if (refuse_stageless(entity, record)) return unmet;
  const Stage& stage = *model::stage_of(entity, record.values);
  if (stage.final) return unmet;
  records::Conditions conditions(entity, record, s);
  add_criteria(stage.exit, Unmet::Kind::Exit, conditions, unmet);
  add_items(entity, record, stage, unmet);
  return unmet;
}

Refusal refusal_of(const MoveCheck& check, const Entity& entity, const Situation& s) {
  if (check.other) return conflict(*check.other);
  if (!check.allowed_role) {
    return refusal_of(RefusalKind::Forbidden, texts::kMoveRole,
                      {{"stage", check.to->label},
                       {"who", permissions::names_of(check.who_could, s.gate.model())}});
  }
  Refusal refusal = conflict(texts::kMoveUnmet);
  refusal.message.arguments = {{"entity", entity.label},
                               {"stage", check.to->label},
                               {"count", std::to_string(check.unmet.size())},
                               {"thing", check.unmet.size() == 1 ? "thing" : "things"}};
  for (const Unmet& unmet : check.unmet) refusal.fields.push_back(problem_of(unmet));
  return refusal;
}

Expected<Decision, Refusal> decide_move(const engine::MoveRecord& move, const Situation& s) {
  const Entity& entity = *move.entity;
  FW_TRY(const Record record, records::load_visible(entity, move.id, move.expected_version, s));
  if (auto refusal = refuse_stageless(entity, record)) return Unexpected(std::move(*refusal));
  const Lifecycle& lifecycle = *model::lifecycle_of(entity, record.values);
  const std::optional<std::size_t> to = model::stage_index(lifecycle, move.to);
  if (!to) return Unexpected(conflict(no_such_stage(lifecycle, move.to)));
  const Stage& from = *model::stage_of(entity, record.values);
  records::Conditions conditions(entity, record, s);
  const Transition* transition = find_transition(from, *to, conditions);
  if (transition == nullptr) {
    const Transition* after = after_approval(entity, record, from, s);
    if (after != nullptr && after->to == *to) transition = after;
  }
  MoveCheck check = check_transition(entity, record, lifecycle.stages[*to], transition, s);
  Tried tried = try_move(entity, record, from, *check.to, conditions, s);
  check.unmet = std::move(tried.unmet);
  if (!check.is_possible()) return Unexpected(refusal_of(check, entity, s));
  if (transition->needs_comment && move.comment.empty()) {
    return Unexpected(conflict(texts::kMoveComment, {{"stage", check.to->label}}));
  }
  return std::move(tried.decision);
}

Expected<Decision, Refusal> enter_stage(const Entity& entity, const Record& record,
                                        std::size_t stage, const Situation& s) {
  const Lifecycle& lifecycle = *model::lifecycle_of(entity, record.values);
  const Stage& to = lifecycle.stages[stage];
  Decision decision = into_stage(entity, record, to, s);
  MoveCheck check{.to = &to, .index = stage};
  records::Conditions conditions(entity, record, s);
  add_criteria(to.entry, Unmet::Kind::Entry, conditions, check.unmet);
  add_problems(decision, s, check.unmet);
  if (!check.unmet.empty()) return Unexpected(refusal_of(check, entity, s));
  return decision;
}

Expected<Decision, Refusal> decide_check(const engine::CheckItem& check, const Situation& s) {
  const Entity& entity = *check.entity;
  FW_TRY(Record record, records::load_visible(entity, check.id, std::nullopt, s));
  if (auto refusal = records::refuse(s, model::Action::Edit, entity, record)) {
    return Unexpected(std::move(*refusal));
  }
  if (auto refusal = refuse_stageless(entity, record)) return Unexpected(std::move(*refusal));
  const Stage& stage = *model::stage_of(entity, record.values);
  const bool is_known =
      std::any_of(stage.checklist.begin(), stage.checklist.end(),
                  [&](const model::ChecklistItem& item) { return item.code == check.item; });
  if (!is_known) return Unexpected(conflict(no_such_item(stage, check.item)));
  Record after = record;
  feel::Value& done = after.values[*entity.stage_fields->checklist];
  feel::List codes = done.is_null() ? feel::List() : done.list();
  std::erase_if(codes, [&](const feel::Value& code) { return code.string() == check.item; });
  if (check.done) codes.emplace_back(check.item);
  done = in_option_order(entity, codes);
  return records::amend(entity, std::move(record), std::move(after), "checked", s);
}

DwellTimes dwell_times(const Stage& stage, Instant entered, const model::Model& model) {
  DwellTimes times;
  if (!stage.dwell) return times;
  const calendar::Calendar& calendar = model.calendar();
  if (stage.dwell->warn) times.warn = calendar.add(entered, *stage.dwell->warn);
  if (stage.dwell->limit) times.limit = calendar.add(entered, *stage.dwell->limit);
  return times;
}

}  // namespace formwork::lifecycle
