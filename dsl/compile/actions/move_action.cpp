// move: the record comes into another stage.
#include <array>

#include "dsl/compile/action.h"

namespace formwork::compile {
namespace {

constexpr std::array<std::string_view, 1> kKeys{"comment"};

std::optional<ActionContents> read(const ActionText& text, AutomationPlace& place) {
  model::MoveAction action;
  const auto stage = read_stage(text.value(), *place.entity(), text.verb.key_span, place);
  if (const yaml::Node* comment = text.find("comment")) {
    action.comment = place.read_template(*comment, Lines::Many);
  }
  if (!stage) return std::nullopt;
  action.stage = *stage;
  return action;
}

}  // namespace

const ActionType& move_action() {
  static const ActionType type{
      .name = "move",
      .summary = "Moves the record to a stage, as far as its criteria let it.",
      .keys = kKeys,
      .changes_record = true,
      .read = read,
  };
  return type;
}

}  // namespace formwork::compile
