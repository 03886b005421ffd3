#include "engine/records/stages.h"

#include "engine/records/conditions.h"

namespace formwork::records {

using engine::Record;

void enter_first_stage(const model::Entity& entity, const Record& computed, Record& record,
                       const Situation& s) {
  if (!entity.stage_fields) return;
  const model::Lifecycle* chosen = &entity.lifecycles.back();
  if (entity.lifecycles.size() > 1) {
    Conditions conditions(entity, computed, s);
    for (const model::Lifecycle& lifecycle : entity.lifecycles) {
      if (lifecycle.when && !conditions.holds(*lifecycle.when)) continue;
      chosen = &lifecycle;
      break;
    }
    record.values[*entity.stage_fields->lifecycle] = feel::Value(chosen->name);
  }
  put_into_stage(entity, chosen->stages[chosen->initial], record, s.now);
}

void put_into_stage(const model::Entity& entity, const model::Stage& stage, Record& record,
                    Instant now) {
  const model::StageFields& kept = *entity.stage_fields;
  record.values[kept.stage] = feel::Value(stage.name);
  record.values[kept.since] = feel::Value(now);
  record.values[kept.final] =
      stage.final ? feel::Value(std::string(model::final_name(*stage.final))) : feel::Value();
  record.values[kept.closed_at] = stage.final ? feel::Value(now) : feel::Value();
}

}  // namespace formwork::records
