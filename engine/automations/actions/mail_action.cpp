// mail: to an address that a field has, in the app's first language. It leaves with the outbox.
#include "engine/automations/action.h"
#include "engine/automations/text.h"
#include "engine/automations/values.h"

namespace formwork::automations {
namespace {

Expected<Done, Refusal> run(const model::AutomationAction& action, Occasion& occasion,
                            Doing& doing) {
  const auto& mail = std::get<model::MailAction>(action.what);
  const std::size_t locale = doing.situation().showing.locale;
  const feel::Value to = ask(occasion, doing).evaluate(mail.to);
  if (to.kind() != feel::ValueKind::String || to.string().empty()) {
    return Done{.did = "nothing: " + mail.to.text() + " has no address"};
  }
  engine::OutboxMessage message;
  message.destination = engine::kMailDestination;
  message.to = to.string();
  message.subject = render(mail.subject, locale, occasion, doing);
  message.body = render(mail.text, locale, occasion, doing);
  std::string did = message.to + ": " + message.subject;
  doing.send(std::move(message));
  return Done{.did = std::move(did)};
}

}  // namespace

const ActionType& mail_action() {
  static const ActionType type{
      .name = "mail", .alternative = alternative_of<model::MailAction>(), .run = run};
  return type;
}

}  // namespace formwork::automations
