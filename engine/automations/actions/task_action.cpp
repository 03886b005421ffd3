// task: something to do, for the first of the people that the terms find.
#include "engine/automations/action.h"
#include "engine/automations/text.h"
#include "engine/automations/texts.h"
#include "engine/automations/values.h"

namespace formwork::automations {
namespace {

Expected<Done, Refusal> run(const model::AutomationAction& action, Occasion& occasion,
                            Doing& doing) {
  const auto& task = std::get<model::ToDoAction>(action.what);
  const records::Situation& s = doing.situation();
  const std::vector<AccountId> found = find_people(task.to, occasion, doing);
  if (found.empty()) {
    return Unexpected(
        refusal_of(engine::RefusalKind::Conflict, texts::kNobody, {{"who", text_of(task.to)}}));
  }
  engine::ToDo todo;
  todo.assignee = found.front();
  todo.title = render(task.title, s.showing.locale, occasion, doing);
  if (task.within) todo.due_at = s.gate.model().calendar().add(s.now, *task.within);
  std::string did = names_of({todo.assignee}, doing) + ": " + todo.title;
  if (todo.due_at) did += ", due " + to_rfc3339(*todo.due_at);
  doing.give(std::move(todo));
  return Done{.did = std::move(did)};
}

}  // namespace

const ActionType& task_action() {
  static const ActionType type{
      .name = "task", .alternative = alternative_of<model::ToDoAction>(), .run = run};
  return type;
}

}  // namespace formwork::automations
