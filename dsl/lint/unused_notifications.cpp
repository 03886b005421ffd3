#include <algorithm>
#include <set>
#include <string_view>

#include "dsl/diagnostics/codes.h"
#include "dsl/lint/lint.h"

namespace formwork::lint {

void check_unused_notifications(const model::Model& model, Diagnostics& diagnostics) {
  std::set<std::string_view> used;
  for (const model::Automation& automation : model.automations) {
    for (const model::AutomationAction& action : automation.actions) {
      const auto* notify = std::get_if<model::NotifyAction>(&action.what);
      if (notify != nullptr) used.insert(notify->message.name);
    }
  }
  for (const model::Notification& notification : model.notifications) {
    if (used.contains(notification.name)) continue;
    diagnostics.warning(
        codes::kNotificationUnused, notification.where,
        "nothing sends the notification `" + notification.name + "`",
        "write `notify: { to: …, use: " + notification.name + " }` in an automation, or remove it");
  }
}

}  // namespace formwork::lint
