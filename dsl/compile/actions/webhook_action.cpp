// webhook: another program is told.
#include <algorithm>
#include <array>

#include "dsl/compile/action.h"

namespace formwork::compile {
namespace {

constexpr std::array<std::string_view, 3> kParts{"to", "event", "data"};
// What stands in every payload beside what `data` says.
constexpr std::array<std::string_view, 2> kOwn{"id", "entity"};
constexpr std::size_t kMaxEventBytes = 100;

bool is_event(std::string_view text) {
  return text.size() <= kMaxEventBytes && std::all_of(text.begin(), text.end(), [](char c) {
           const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
           return is_letter || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
         });
}

bool read_to(const yaml::Node& node, model::WebhookAction& action, AutomationPlace& place) {
  const std::vector<model::Webhook>& webhooks = place.context().model.webhooks;
  const auto index = read_declared(webhooks, "webhook", node, place.context());
  if (!index) return false;
  action.webhook = *index;
  if (webhooks[*index].outbound() != nullptr) return true;
  place.context()
      .diagnostics
      .error(codes::kAutomationAction, node.span,
             "`" + webhooks[*index].name + "` receives, and does not send",
             "name a webhook that has `send`")
      .related.push_back({webhooks[*index].where, "the webhook is here"});
  return false;
}

void read_event(const yaml::Node& node, model::WebhookAction& action, AutomationPlace& place) {
  const auto event = read_text(node, "the name of an event", place.context());
  if (!event) return;
  action.event = *event;
  if (is_event(*event)) return;
  place.context().diagnostics.error(codes::kNameInvalid, node.span,
                                    "`" + *event + "` cannot be the name of an event",
                                    "use letters, digits, dots, dashes and underscores");
}

void read_data(const yaml::Node& node, model::WebhookAction& action, AutomationPlace& place) {
  if (!node.is_mapping()) {
    report_wrong_type(node, "a mapping of names to values", place.context());
    return;
  }
  for (const yaml::Entry& entry : node.entries) {
    if (std::find(kOwn.begin(), kOwn.end(), entry.key) != kOwn.end()) {
      report_action(entry.key_span, "`" + entry.key + "` stands in every payload already",
                    "choose another name, or leave it out", place);
      continue;
    }
    auto value = place.read_expression(entry.value, feel::TypeKind::Any);
    if (value) action.data.emplace_back(entry.key, std::move(*value));
  }
}

std::optional<ActionContents> read(const ActionText& text, AutomationPlace& place) {
  const yaml::Node* parts = expect_parts(text, kParts, place);
  if (parts == nullptr) return std::nullopt;
  model::WebhookAction action;
  bool is_good = true;
  for (const std::string_view key : {"to", "event"}) {
    if (value_of(*parts, key) != nullptr) continue;
    report_missing(codes::kDocumentMissingKey, text.verb.key_span,
                   key == "to" ? "nothing says which webhook is called"
                               : "nothing says what the receiver calls this event",
                   "write `" + std::string(key) + ": …`", place.context());
    is_good = false;
  }
  if (const yaml::Node* to = value_of(*parts, "to"))
    is_good = read_to(*to, action, place) && is_good;
  if (const yaml::Node* event = value_of(*parts, "event")) read_event(*event, action, place);
  if (const yaml::Node* data = value_of(*parts, "data")) read_data(*data, action, place);
  if (!is_good) return std::nullopt;
  return action;
}

}  // namespace

const ActionType& webhook_action() {
  static const ActionType type{
      .name = "webhook",
      .summary = "Calls an outbound webhook.",
      .parts = kParts,
      .needs_record = false,
      .read = read,
  };
  return type;
}

}  // namespace formwork::compile
