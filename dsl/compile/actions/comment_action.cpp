// comment: words in the record's history.
#include "dsl/compile/action.h"

namespace formwork::compile {
namespace {

std::optional<ActionContents> read(const ActionText& text, AutomationPlace& place) {
  return model::CommentAction{place.read_template(text.value(), Lines::Many)};
}

}  // namespace

const ActionType& comment_action() {
  static const ActionType type{
      .name = "comment",
      .summary = "Writes a comment into the history of the record.",
      .read = read,
  };
  return type;
}

}  // namespace formwork::compile
