#include "engine/records/decide.h"

#include <algorithm>

#include "engine/command/refusal_texts.h"
#include "engine/permissions/reader.h"
#include "engine/records/validate.h"

namespace formwork::records {
namespace {

namespace texts = engine::texts;
using engine::Changes;
using engine::Record;
using engine::Refusal;
using engine::RefusalKind;

Refusal conflict(const MessageText& text, const model::Entity& entity) {
  return {RefusalKind::Conflict, {&text, {{"entity", entity.label}}}, {}, {}, 0};
}

Refusal stale(const model::Entity& entity, const Record& current, const Situation& s) {
  LocalDateTime when = s.showing.zone->to_local(current.updated_at);
  when.time.nanoseconds -= when.time.nanoseconds % kNanosPerSecond;
  Refusal refusal{RefusalKind::Stale, {&texts::kStale, {}}, {}, current.version, 0};
  refusal.message.arguments = {{"entity", entity.label},
                               {"who", s.showing.people->full_name(current.updated_by)},
                               {"when", to_string(when.date) + " " + to_string(when.time)}};
  return refusal;
}

// Loads what a command is about, as far as its actor may know of it, in the version that the actor
// has seen.
Expected<Record, Refusal> load(const model::Entity& entity, engine::RecordId id,
                               std::int64_t expected_version, model::Action action,
                               const Situation& s) {
  if (!s.gate.may(s.actor, model::Action::View, entity)) {
    return Unexpected(s.gate.explain(model::Action::View, entity));
  }
  std::optional<Record> record = s.view.find_record(entity, id);
  const bool hidden =
      record && record->deleted_at && !s.gate.may(s.actor, model::Action::Delete, entity);
  if (!record || hidden) return Unexpected(permissions::not_found(entity, std::to_string(id)));
  if (!s.gate.may(s.actor, action, entity)) return Unexpected(s.gate.explain(action, entity));
  if (record->version != expected_version) return Unexpected(stale(entity, *record, s));
  return std::move(*record);
}

Record next_version(const Record& before, const Situation& s) {
  Record after = before;
  after.version += 1;
  after.updated_at = s.now;
  after.updated_by = s.actor.account;
  return after;
}

std::vector<std::size_t> apply(const Changes& changes, Record& record) {
  std::vector<std::size_t> changed;
  for (const auto& [field, value] : changes) {
    if (record.values[field] == value) continue;
    record.values[field] = value;
    changed.push_back(field);
  }
  return changed;
}

std::optional<Refusal> refuse_invalid(const Decision& decision, const Situation& s) {
  std::vector<engine::FieldProblem> problems = validate(decision, s);
  if (problems.empty()) return std::nullopt;
  return invalid(std::move(problems));
}

Expected<Decision, Refusal> decide_one(const engine::CreateRecord& create, const Situation& s) {
  const model::Entity& entity = *create.entity;
  if (!s.gate.may(s.actor, model::Action::Create, entity)) {
    return Unexpected(s.gate.explain(model::Action::Create, entity));
  }
  Decision decision{
      .entity = &entity, .action = "created", .before = {}, .after = {}, .changed = {}};
  Record& record = decision.after;
  record.version = 1;
  record.created_at = record.updated_at = s.now;
  record.created_by = record.updated_by = s.actor.account;
  record.values.resize(entity.fields.size());
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    record.values[i] = entity.fields[i].default_value;
  }
  // A value that was sent wins over the default, also when it is null: then the field was left
  // empty on purpose.
  apply(create.values, record);
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    if (!record.values[i].is_null()) decision.changed.push_back(i);
  }
  if (auto refusal = refuse_invalid(decision, s)) return Unexpected(std::move(*refusal));
  return decision;
}

Expected<Decision, Refusal> decide_one(const engine::UpdateRecord& update, const Situation& s) {
  const model::Entity& entity = *update.entity;
  FW_TRY(Record before, load(entity, update.id, update.expected_version, model::Action::Edit, s));
  if (before.deleted_at) return Unexpected(conflict(texts::kDeleted, entity));
  Decision decision{.entity = &entity,
                    .action = "updated",
                    .before = {},
                    .after = next_version(before, s),
                    .changed = {}};
  decision.changed = apply(update.values, decision.after);
  if (decision.changed.empty()) {
    decision.after = before;
  }
  decision.before = std::move(before);
  if (auto refusal = refuse_invalid(decision, s)) return Unexpected(std::move(*refusal));
  return decision;
}

Expected<Decision, Refusal> decide_one(const engine::DeleteRecord& remove, const Situation& s) {
  const model::Entity& entity = *remove.entity;
  FW_TRY(Record before, load(entity, remove.id, remove.expected_version, model::Action::Delete, s));
  if (before.deleted_at) return Unexpected(conflict(texts::kDeleted, entity));
  Decision decision{.entity = &entity,
                    .action = "deleted",
                    .before = {},
                    .after = next_version(before, s),
                    .changed = {}};
  decision.after.deleted_at = s.now;
  decision.before = std::move(before);
  return decision;
}

Expected<Decision, Refusal> decide_one(const engine::RestoreRecord& restore, const Situation& s) {
  const model::Entity& entity = *restore.entity;
  FW_TRY(Record before,
         load(entity, restore.id, restore.expected_version, model::Action::Delete, s));
  if (!before.deleted_at) return Unexpected(conflict(texts::kNotDeleted, entity));
  Decision decision{.entity = &entity,
                    .action = "restored",
                    .before = {},
                    .after = next_version(before, s),
                    .changed = {}};
  decision.after.deleted_at.reset();
  decision.before = std::move(before);
  // Somebody may have taken its unique values in the meantime.
  if (auto refusal = refuse_invalid(decision, s)) return Unexpected(std::move(*refusal));
  return decision;
}

}  // namespace

Expected<Decision, Refusal> decide(const engine::Intent& intent, const Situation& situation) {
  return std::visit([&](const auto& one) { return decide_one(one, situation); }, intent);
}

}  // namespace formwork::records
