// notify: people are told something, in their inbox or by mail.
#include <array>

#include "dsl/compile/action.h"
#include "dsl/compile/notification.h"

namespace formwork::compile {
namespace {

constexpr std::array<std::string_view, 6> kParts{"to",   "use",      "title",
                                                 "text", "channels", "urgent"};

// What a document says, and nothing beside it.
bool read_use(const yaml::Node& parts, const yaml::Node& use, model::Notification& message,
              AutomationPlace& place) {
  const model::Model& model = place.context().model;
  for (const std::string_view key : {"title", "text", "channels", "urgent"}) {
    const yaml::Entry* entry = parts.find(key);
    if (entry == nullptr) continue;
    report_action(entry->key_span, "`use` takes the " + entry->key + " of a notification",
                  "keep one of them", place);
    return false;
  }
  const auto index = read_declared(model.notifications, "notification", use, place.context());
  if (!index) return false;
  message = model.notifications[*index];
  if (place.entity() != nullptr && message.entity == place.entity()->index) return true;
  report_action(use.span,
                "`" + message.name + "` tells about records of " +
                    model.entities[message.entity].name + ", and this automation is " +
                    (place.entity() == nullptr ? "about none" : "of " + place.entity()->name),
                "write `title: …` here, or a notification of its own", place);
  return false;
}

std::optional<ActionContents> read(const ActionText& text, AutomationPlace& place) {
  const yaml::Node* parts = expect_parts(text, kParts, place);
  if (parts == nullptr) return std::nullopt;
  model::NotifyAction action;
  action.message.where = text.verb.key_span;
  if (const yaml::Node* to = value_of(*parts, "to")) {
    action.to = place.read_people(*to);
  } else {
    report_missing(codes::kDocumentMissingKey, text.verb.key_span, "nobody is notified",
                   "write `to: owner`", place.context());
  }
  if (const yaml::Node* use = value_of(*parts, "use")) {
    if (!read_use(*parts, *use, action.message, place)) return std::nullopt;
    return action;
  }
  const auto compile = [&](const Phrase& phrase, const feel::Type& expected) {
    return place.compile(phrase, expected);
  };
  read_message(*parts, text.verb.key_span, compile, action.message, place.context());
  return action;
}

}  // namespace

const ActionType& notify_action() {
  static const ActionType type{
      .name = "notify",
      .summary = "Tells people something, in their inbox or by mail.",
      .parts = kParts,
      .needs_record = false,
      .read = read,
  };
  return type;
}

}  // namespace formwork::compile
