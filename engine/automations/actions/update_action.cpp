// update: every other record for which a condition holds, one after another by number.
#include "dsl/model/scope.h"
#include "engine/automations/action.h"
#include "engine/automations/stage_move.h"
#include "engine/automations/texts.h"
#include "engine/automations/values.h"
#include "engine/permissions/related_records.h"
#include "engine/records/rights.h"

namespace formwork::automations {
namespace {

// What `record` is in the scope of the loop.
std::vector<feel::Value> about(const Occasion& occasion) {
  if (occasion.entity == nullptr) return {};
  return {feel::Value(feel::RecordRef{occasion.record.id})};
}

Refusal too_many(const model::UpdateAction& update, const model::Entity& entity) {
  return refusal_of(engine::RefusalKind::Conflict, texts::kTooManyMatches,
                    {{"entity", entity.plural}, {"limit", std::to_string(update.limit)}});
}

Expected<std::vector<Record>, Refusal> find_all(const model::UpdateAction& update,
                                                const model::Entity& entity,
                                                const Occasion& occasion, Doing& doing) {
  const records::Situation& s = doing.asking();
  const permissions::RelatedRecords related(s.gate, records::moment_of(s));
  std::vector<store::FilterSlot> slots = store::rule_slots(*s.gate.model().scopes, entity);
  for (feel::Value& value : about(occasion)) slots.push_back({.given = std::move(value)});
  store::Query query{.entity = &entity, .sort = {}, .limit = update.limit + 1};
  query.sort.column = model::ColumnRef::of(model::SystemColumn::Id);
  query.filter =
      store::Filter{.expression = &update.where,
                    .scope = update.scope.get(),
                    .slots = slots,
                    .user = store::account_value(s.actor.account),
                    .environment = {.now = s.now, .zone = s.showing.zone, .records = &related}};
  try {
    std::vector<Record> found = doing.list(query);
    if (found.size() > update.limit) return Unexpected(too_many(update, entity));
    return found;
  } catch (const store::TooMuchToExamine&) {
    return Unexpected(refusal_of(engine::RefusalKind::Conflict, texts::kTooMuchToSearch,
                                 {{"where", update.where.text()}, {"entity", entity.plural}}));
  }
}

// The values are those of the moment at which this one's turn has come.
Expected<std::string, Refusal> change_one(const model::UpdateAction& update,
                                          const model::Entity& entity, RecordId id,
                                          const Occasion& occasion, Doing& doing) {
  std::optional<Record> record = doing.find(entity, id);
  std::string did;
  if (!update.values.empty()) {
    const approvals::Subject subject{.entity = entity, .record = *record, .more = about(occasion)};
    approvals::Asking asking(subject, doing.asking());
    FW_TRY(engine::Changes changes, changes_of(update.values, entity, asking, doing));
    did = changes_text(changes, entity, doing);
    FW_TRY_VOID(doing.change(engine::UpdateRecord{.entity = &entity,
                                                  .id = id,
                                                  .expected_version = record->version,
                                                  .values = std::move(changes)}));
    record = doing.find(entity, id);
  }
  if (!update.stage.empty()) {
    FW_TRY_VOID(move_to_stage(entity, *record, update.stage, {}, doing));
    did += (did.empty() ? "" : ", ") + ("stage = " + update.stage);
  }
  return did;
}

Expected<Done, Refusal> run(const model::AutomationAction& action, Occasion& occasion,
                            Doing& doing) {
  const auto& update = std::get<model::UpdateAction>(action.what);
  const model::Entity& entity = doing.situation().gate.model().entities[update.entity];
  FW_TRY(const std::vector<Record> found, find_all(update, entity, occasion, doing));
  constexpr std::size_t kMostNamed = 20;
  std::string did;
  for (std::size_t i = 0; i < found.size(); ++i) {
    FW_TRY(const std::string one, change_one(update, entity, found[i].id, occasion, doing));
    if (i < kMostNamed) did += (i == 0 ? "" : "; ") + name_of(entity, found[i].id) + ": " + one;
  }
  if (found.size() > kMostNamed)
    did += "; and " + std::to_string(found.size() - kMostNamed) + " more";
  return Done{.did = found.empty() ? "no " + entity.name + " matches" : did};
}

}  // namespace

const ActionType& update_action() {
  static const ActionType type{
      .name = "update", .alternative = alternative_of<model::UpdateAction>(), .run = run};
  return type;
}

}  // namespace formwork::automations
