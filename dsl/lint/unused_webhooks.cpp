#include <algorithm>

#include "dsl/diagnostics/codes.h"
#include "dsl/lint/lint.h"

namespace formwork::lint {
namespace {

bool is_called(const model::Webhook& webhook, const model::Automation& automation) {
  return std::any_of(automation.actions.begin(), automation.actions.end(), [&](const auto& action) {
    const auto* call = std::get_if<model::WebhookAction>(&action.what);
    return call != nullptr && call->webhook == webhook.index;
  });
}

}  // namespace

void check_unused_webhooks(const model::Model& model, Diagnostics& diagnostics) {
  for (const model::Webhook& webhook : model.webhooks) {
    const bool is_used =
        webhook.inbound() != nullptr ||
        std::any_of(model.automations.begin(), model.automations.end(),
                    [&](const auto& automation) { return is_called(webhook, automation); });
    if (is_used) continue;
    diagnostics.warning(
        codes::kWebhookUnused, webhook.where, "nothing is sent by `" + webhook.name + "`",
        "add an action to an automation: webhook: { to: " + webhook.name + ", event: … }");
  }
}

}  // namespace formwork::lint
