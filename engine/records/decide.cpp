#include "engine/records/decide.h"

#include <algorithm>
#include <stdexcept>

#include "engine/command/refusal_texts.h"
#include "engine/records/assignment.h"
#include "engine/records/formulas.h"
#include "engine/records/rights.h"
#include "engine/records/stages.h"
#include "engine/records/validate.h"

namespace formwork::records {
namespace {

namespace texts = engine::texts;
using engine::Changes;
using engine::Record;
using engine::Refusal;
using engine::RefusalKind;

Refusal conflict(const MessageText& text, const model::Entity& entity) {
  return refusal_of(RefusalKind::Conflict, text, {{"entity", entity.label}});
}

// Loads what a command is about, as far as its actor may know of it, in the version that the actor
// has seen.
Expected<Record, Refusal> load(const model::Entity& entity, engine::RecordId id,
                               std::optional<std::int64_t> expected_version,
                               std::optional<model::Action> action, const Situation& s) {
  FW_TRY(Record record, s.gate.find(s.actor, entity, id, moment_of(s)));
  if (action) {
    if (auto refusal = refuse(s, *action, entity, record)) return Unexpected(std::move(*refusal));
  }
  if (expected_version && record.version != *expected_version) {
    return Unexpected(stale(entity, record, s));
  }
  return record;
}

Record next_version(const Record& before, const Situation& s) {
  Record after = before;
  after.version += 1;
  after.updated_at = s.now;
  after.updated_by = s.actor.account;
  return after;
}

void apply(const Changes& changes, const model::Entity& entity, Record& record) {
  for (const auto& [field, value] : changes) {
    // What is computed has no other source, whoever asks.
    if (!entity.fields[field].value) record.values[field] = value;
  }
}

bool has_read_only(const model::Entity& entity) {
  return std::any_of(entity.fields.begin(), entity.fields.end(),
                     [](const fields::Field& field) { return field.read_only.has_value(); });
}

// Changes of fields that are read-only in the record as it stands, before any of the changes: so
// nothing can be unlocked by the change that wants in. The program itself may.
void refuse_read_only(const Changes& changes, const Record& stands, Decision& decision,
                      const Situation& s) {
  if (s.actor.cause == engine::Cause::Program || s.actor.is_rule()) return;
  if (!has_read_only(*decision.entity)) return;
  Formulas formulas(*decision.entity, stands, s);
  for (const auto& [field, value] : changes) {
    if (stands.values[field] == value || !formulas.is_read_only(field)) continue;
    decision.problems.push_back({.field = field, .message = {&texts::kReadOnly, {}}});
  }
}

void compute(Decision& decision, const std::vector<bool>* is_given, const Situation& s) {
  if (decision.entity->formulas.empty()) return;
  Formulas formulas(*decision.entity, decision.after, s);
  formulas.compute(decision.after, is_given, decision.before ? &*decision.before : nullptr);
  for (engine::FieldProblem& problem : formulas.take_problems()) {
    decision.problems.push_back(std::move(problem));
  }
}

// What is computed, then what the engine keeps of its owner, which hangs on that; and once more
// what is computed of these.
void complete(Decision& decision, const std::vector<bool>* is_given, const Situation& s) {
  const auto given = static_cast<std::ptrdiff_t>(decision.problems.size());
  compute(decision, is_given, s);
  if (!keep_assignment(decision, s)) return;
  decision.problems.erase(decision.problems.begin() + given, decision.problems.end());
  compute(decision, is_given, s);
}

void find_changes(Decision& decision) {
  for (std::size_t i = 0; i < decision.entity->fields.size(); ++i) {
    if (decision.after.values[i] != decision.before->values[i]) decision.changed.push_back(i);
  }
  if (decision.changed.empty()) decision.after = *decision.before;
}

// Which lifecycle it is may follow from what is computed, and what is computed from the stage.
void begin_lifecycle(Decision& decision, const std::vector<bool>& is_given, const Situation& s) {
  if (decision.entity->lifecycles.size() < 2) {
    return enter_first_stage(*decision.entity, decision.after, decision.after, s);
  }
  Decision trial = decision;
  compute(trial, &is_given, s);
  enter_first_stage(*decision.entity, trial.after, decision.after, s);
}

Record new_record(const model::Entity& entity, const Situation& s) {
  Record record;
  record.version = 1;
  record.created_at = record.updated_at = s.now;
  record.created_by = record.updated_by = s.actor.account;
  for (const fields::Field& field : entity.fields) record.values.push_back(field.default_value);
  return record;
}

// Commands that have their own folders never come here.
template <class Other>
Expected<Decision, Refusal> draft_one(const Other&, const Situation&) {
  throw std::logic_error("this command is no change of a record's values");
}

Expected<Decision, Refusal> draft_one(const engine::CreateRecord& create, const Situation& s) {
  const model::Entity& entity = *create.entity;
  if (!s.gate.may(s.actor, model::Action::Create, entity)) {
    return Unexpected(s.gate.explain(model::Action::Create, entity));
  }
  Decision decision{.entity = &entity,
                    .action = "created",
                    .before = {},
                    .after = new_record(entity, s),
                    .changed = {},
                    .problems = {}};
  if (has_read_only(entity)) {
    Record stands = decision.after;
    const std::vector<bool> nothing_given(entity.fields.size());
    Formulas(entity, stands, s).compute(stands, &nothing_given, nullptr);
    refuse_read_only(create.values, stands, decision, s);
  }
  // A value that was sent wins over the default, also when it is null: then the field was left
  // empty on purpose.
  apply(create.values, entity, decision.after);
  std::vector<bool> is_given(entity.fields.size());
  for (const auto& [field, value] : create.values) is_given[field] = true;
  begin_lifecycle(decision, is_given, s);
  complete(decision, &is_given, s);
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    if (!decision.after.values[i].is_null()) decision.changed.push_back(i);
  }
  return decision;
}

Expected<Decision, Refusal> draft_one(const engine::UpdateRecord& update, const Situation& s) {
  const model::Entity& entity = *update.entity;
  FW_TRY(Record before, load(entity, update.id, update.expected_version, model::Action::Edit, s));
  if (before.deleted_at) return Unexpected(conflict(texts::kDeleted, entity));
  Decision decision{.entity = &entity,
                    .action = "updated",
                    .before = {},
                    .after = next_version(before, s),
                    .changed = {},
                    .problems = {}};
  refuse_read_only(update.values, before, decision, s);
  apply(update.values, entity, decision.after);
  decision.before = std::move(before);
  complete(decision, nullptr, s);
  find_changes(decision);
  return decision;
}

Expected<Decision, Refusal> draft_one(const engine::DeleteRecord& remove, const Situation& s) {
  const model::Entity& entity = *remove.entity;
  FW_TRY(Record before, load(entity, remove.id, remove.expected_version, model::Action::Delete, s));
  if (before.deleted_at) return Unexpected(conflict(texts::kDeleted, entity));
  Decision decision{.entity = &entity,
                    .action = "deleted",
                    .before = {},
                    .after = next_version(before, s),
                    .changed = {},
                    .problems = {}};
  decision.after.deleted_at = s.now;
  decision.before = std::move(before);
  return decision;
}

Expected<Decision, Refusal> draft_one(const engine::RestoreRecord& restore, const Situation& s) {
  const model::Entity& entity = *restore.entity;
  FW_TRY(Record before,
         load(entity, restore.id, restore.expected_version, model::Action::Delete, s));
  if (!before.deleted_at) return Unexpected(conflict(texts::kNotDeleted, entity));
  Decision decision{.entity = &entity,
                    .action = "restored",
                    .before = {},
                    .after = next_version(before, s),
                    .changed = {},
                    .problems = {}};
  decision.after.deleted_at.reset();
  decision.before = std::move(before);
  // Its response clock goes on.
  if (keep_assignment(decision, s)) {
    for (std::size_t i = 0; i < entity.fields.size(); ++i) {
      if (decision.after.values[i] != decision.before->values[i]) decision.changed.push_back(i);
    }
  }
  return decision;
}

}  // namespace

Refusal stale(const model::Entity& entity, const Record& current, const Situation& s) {
  LocalDateTime when = s.showing.zone->to_local(current.updated_at);
  when.time.nanoseconds -= when.time.nanoseconds % kNanosPerSecond;
  Refusal refusal{RefusalKind::Stale, {&texts::kStale, {}}, {}, current.version, 0};
  refusal.message.arguments = {{"entity", entity.label},
                               {"who", s.showing.people->full_name(current.updated_by)},
                               {"when", to_string(when.date) + " " + to_string(when.time)}};
  return refusal;
}

Expected<Record, Refusal> load_visible(const model::Entity& entity, engine::RecordId id,
                                       std::optional<std::int64_t> expected_version,
                                       const Situation& s) {
  FW_TRY(Record record, load(entity, id, expected_version, std::nullopt, s));
  if (record.deleted_at) return Unexpected(conflict(texts::kDeleted, entity));
  return record;
}

Decision amend(const model::Entity& entity, Record before, Record after, std::string_view action,
               const Situation& s) {
  after.version = before.version + 1;
  after.updated_at = s.now;
  after.updated_by = s.actor.account;
  Decision decision{.entity = &entity,
                    .action = action,
                    .before = std::move(before),
                    .after = std::move(after),
                    .changed = {},
                    .problems = {}};
  complete(decision, nullptr, s);
  find_changes(decision);
  return decision;
}

Expected<Decision, Refusal> draft(const engine::Intent& intent, const Situation& situation) {
  return std::visit([&](const auto& one) { return draft_one(one, situation); }, intent);
}

Expected<Decision, Refusal> decide(const engine::Intent& intent, const Situation& situation) {
  FW_TRY(Decision decision, draft(intent, situation));
  if (std::holds_alternative<engine::DeleteRecord>(intent)) return decision;
  if (!decision.before) {
    // A draft is not asked: while a form is filled, the rule may not hold yet.
    auto refusal = refuse(situation, model::Action::Create, *decision.entity, decision.after);
    if (refusal) return Unexpected(std::move(*refusal));
  }
  // Also of what is restored: somebody may have taken its unique values in the meantime.
  std::vector<engine::FieldProblem> problems = validate(decision, situation);
  if (!problems.empty()) return Unexpected(invalid(std::move(problems)));
  return decision;
}

}  // namespace formwork::records
