// stop: nothing behind it is done, neither here nor by automations behind this one.
#include "dsl/compile/action.h"

namespace formwork::compile {
namespace {

std::optional<ActionContents> read(const ActionText& text, AutomationPlace& place) {
  const auto stops = read_boolean(text.value(), place.context());
  if (!stops) return std::nullopt;
  if (*stops) return model::StopAction{};
  report_action(text.value().span, "`stop: false` does nothing",
                "leave it out, or give it a condition: `- { stop: true, when: … }`", place);
  return std::nullopt;
}

}  // namespace

const ActionType& stop_action() {
  static const ActionType type{
      .name = "stop",
      .summary = "Ends this automation, and leaves out those behind it on the same event.",
      .needs_record = false,
      .read = read,
  };
  return type;
}

}  // namespace formwork::compile
