// notify: people are told something, in the inbox, by mail or both.
#include "engine/automations/action.h"
#include "engine/automations/text.h"
#include "engine/automations/values.h"

namespace formwork::automations {
namespace {

std::string told_text(const Told& told, const Doing& doing) {
  std::string text = doing.situation().showing.people->account_name(told.account);
  if (told.inbox) text += " inbox";
  if (told.mail) text += " mail";
  if (!told.why_not.empty()) text += " (" + told.why_not + ")";
  return text;
}

Expected<Done, Refusal> run(const model::AutomationAction& action, Occasion& occasion,
                            Doing& doing) {
  const auto& notify = std::get<model::NotifyAction>(action.what);
  const model::Notification& message = notify.message;
  const Telling telling{
      .to = find_people(notify.to, occasion, doing),
      .title = [&](std::size_t l) { return render(message.title, l, occasion, doing); },
      .text = [&](std::size_t l) { return render(message.text, l, occasion, doing); },
      .inbox = message.inbox,
      .mail = message.mail,
      .urgent = message.urgent};
  if (telling.to.empty()) return Done{.did = "nobody is found for " + text_of(notify.to)};
  std::string did = telling.title(doing.situation().showing.locale) + ": ";
  bool is_first = true;
  for (const Told& told : doing.tell(occasion, telling)) {
    did += (is_first ? "" : ", ") + told_text(told, doing);
    is_first = false;
  }
  return Done{.did = std::move(did)};
}

}  // namespace

const ActionType& notify_action() {
  static const ActionType type{
      .name = "notify", .alternative = alternative_of<model::NotifyAction>(), .run = run};
  return type;
}

}  // namespace formwork::automations
