// task: somebody gets something to do.
#include <array>

#include "dsl/compile/action.h"

namespace formwork::compile {
namespace {

constexpr std::array<std::string_view, 4> kParts{"to", "title", "within", "business"};

std::optional<ActionContents> read(const ActionText& text, AutomationPlace& place) {
  const yaml::Node* parts = expect_parts(text, kParts, place);
  if (parts == nullptr) return std::nullopt;
  model::ToDoAction action;
  for (const std::string_view key : {"to", "title"}) {
    if (value_of(*parts, key) != nullptr) continue;
    report_missing(codes::kDocumentMissingKey, text.verb.key_span,
                   key == "to" ? "nobody has to do it" : "nothing says what is to be done",
                   "write `" + std::string(key) + ": …`", place.context());
  }
  if (const yaml::Node* to = value_of(*parts, "to")) action.to = place.read_people(*to);
  if (const yaml::Node* title = value_of(*parts, "title")) {
    action.title = place.read_template(*title, Lines::One);
  }
  action.within = read_business_period(*parts, "within", place.context());
  return action;
}

}  // namespace

const ActionType& task_action() {
  static const ActionType type{
      .name = "task",
      .summary = "Gives somebody something to do, about the record.",
      .parts = kParts,
      .read = read,
  };
  return type;
}

}  // namespace formwork::compile
