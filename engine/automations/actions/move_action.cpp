// move: to a stage of the record's lifecycle; an approval that the stage has begins with it.
#include "engine/automations/action.h"
#include "engine/automations/stage_move.h"
#include "engine/automations/text.h"

namespace formwork::automations {
namespace {

Expected<Done, Refusal> run(const model::AutomationAction& action, Occasion& occasion,
                            Doing& doing) {
  const auto& move = std::get<model::MoveAction>(action.what);
  const std::size_t locale = doing.situation().showing.locale;
  const std::string comment = render(move.comment, locale, occasion, doing);
  FW_TRY(const bool moved,
         move_to_stage(*occasion.entity, occasion.record, move.stage, comment, doing));
  return Done{.did = (moved ? "stage = " : "nothing: stage = ") + move.stage +
                     (moved ? "" : " already")};
}

}  // namespace

const ActionType& move_action() {
  static const ActionType type{
      .name = "move", .alternative = alternative_of<model::MoveAction>(), .run = run};
  return type;
}

}  // namespace formwork::automations
