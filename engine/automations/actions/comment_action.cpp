// comment: says something in the record's history, in the app's first language.
#include "engine/automations/action.h"
#include "engine/automations/text.h"

namespace formwork::automations {
namespace {

Expected<Done, Refusal> run(const model::AutomationAction& action, Occasion& occasion,
                            Doing& doing) {
  const auto& comment = std::get<model::CommentAction>(action.what);
  std::string text = render(comment.text, doing.situation().showing.locale, occasion, doing);
  FW_TRY_VOID(doing.change(
      engine::CommentRecord{.entity = occasion.entity, .id = occasion.record.id, .text = text}));
  return Done{.did = std::move(text)};
}

}  // namespace

const ActionType& comment_action() {
  static const ActionType type{
      .name = "comment", .alternative = alternative_of<model::CommentAction>(), .run = run};
  return type;
}

}  // namespace formwork::automations
