// set: fields of the record get values.
#include "dsl/compile/action.h"

namespace formwork::compile {
namespace {

std::optional<ActionContents> read(const ActionText& text, AutomationPlace& place) {
  return model::SetAction{place.read_values(text.value(), *place.entity())};
}

}  // namespace

const ActionType& set_action() {
  static const ActionType type{
      .name = "set",
      .summary = "Gives fields of the record values.",
      .changes_record = true,
      .read = read,
  };
  return type;
}

}  // namespace formwork::compile
