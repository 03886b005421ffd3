#include "engine/automations/stage_move.h"

#include "engine/automations/texts.h"

namespace formwork::automations {

Expected<bool, Refusal> move_to_stage(const model::Entity& entity, const Record& record,
                                      const std::string& stage, const std::string& comment,
                                      Doing& doing) {
  const model::Lifecycle* lifecycle = model::lifecycle_of(entity, record.values);
  const auto index = lifecycle == nullptr ? std::nullopt : model::stage_index(*lifecycle, stage);
  if (!index) {
    return Unexpected(refusal_of(engine::RefusalKind::Conflict, texts::kNoStage,
                                 {{"entity", entity.label}, {"stage", stage}}));
  }
  if (model::stage_of(entity, record.values) == &lifecycle->stages[*index]) return false;
  FW_TRY_VOID(doing.enter(entity, record, *index, comment));
  return true;
}

}  // namespace formwork::automations
