// start_approval: the record comes into the stage that asks for an approval.
#include "dsl/compile/action.h"

namespace formwork::compile {
namespace {

// The first stage that has the chain.
std::optional<std::string> stage_with(std::size_t chain, const model::Entity& entity) {
  for (const model::Lifecycle& lifecycle : entity.lifecycles) {
    for (const model::Stage& stage : lifecycle.stages) {
      if (stage.approval && stage.approval->chain == chain) return stage.name;
    }
  }
  return std::nullopt;
}

std::optional<ActionContents> read(const ActionText& text, AutomationPlace& place) {
  Context& context = place.context();
  const auto chain = read_declared(context.model.approvals, "approval", text.value(), context);
  if (!chain) return std::nullopt;
  const auto stage = stage_with(*chain, *place.entity());
  if (!stage) {
    report_action(text.value().span,
                  "no stage of " + place.entity()->name + " asks for `" + text.value().text + "`",
                  "write `approval: " + text.value().text + "` in a stage", place);
    return std::nullopt;
  }
  return model::MoveAction{.stage = *stage, .comment = {}};
}

}  // namespace

const ActionType& start_approval_action() {
  static const ActionType type{
      .name = "start_approval",
      .summary = "Moves the record to the stage that has this approval.",
      .changes_record = true,
      .read = read,
  };
  return type;
}

}  // namespace formwork::compile
