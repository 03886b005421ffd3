#include "dsl/compile/notification.h"

#include <array>

#include "dsl/compile/keys.h"
#include "dsl/compile/reading.h"
#include "dsl/model/scope.h"

namespace formwork::compile {
namespace {

constexpr std::array<std::string_view, 2> kChannels{"inbox", "mail"};

void read_channels(const yaml::Node& node, model::Notification& message, Context& context) {
  const auto channels = read_text_list(node, "a list of channels: [inbox, mail]", context);
  if (node.is_sequence() && node.items.empty()) {
    report_wrong_type(node, "at least one channel: [inbox, mail]", context);
  }
  message.inbox = false;
  for (const PlacedText& channel : channels) {
    if (channel.text == kChannels[0]) {
      message.inbox = true;
    } else if (channel.text == kChannels[1]) {
      message.mail = true;
    } else {
      context.diagnostics.error(codes::kNameUnknown, channel.where,
                                "there is no channel `" + channel.text + "`",
                                suggest(channel.text, kChannels));
    }
  }
}

}  // namespace

void read_message(const yaml::Node& mapping, const Span& where, const PhraseCompiler& compile,
                  model::Notification& message, Context& context) {
  if (const yaml::Node* title = value_of(mapping, "title")) {
    message.title = read_template(*title, Lines::One, compile, context);
  } else {
    report_missing(codes::kDocumentMissingKey, where, "nothing says what people read first",
                   "write `title: …`", context);
  }
  if (const yaml::Node* text = value_of(mapping, "text")) {
    message.text = read_template(*text, Lines::Many, compile, context);
  }
  if (const yaml::Node* channels = value_of(mapping, "channels")) {
    read_channels(*channels, message, context);
  }
  if (const yaml::Node* urgent = value_of(mapping, "urgent")) {
    message.urgent = read_boolean(*urgent, context).value_or(false);
  }
}

void compile_notification(const Document& document, model::Notification& notification,
                          Context& context) {
  check_keys(*document.node, keys::kNotification, "a notification", context);
  notification.label = default_label(notification.name, context);
  if (const yaml::Node* label = value_of(*document.node, "label")) {
    if (auto text = read_localized(*label, context)) notification.label = std::move(*text);
  }
  const model::Entity* entity = read_entity_of(document, context);
  if (entity == nullptr) return;
  notification.entity = entity->index;
  const feel::Scope& scope = context.model.scopes->of(*entity);
  const auto compile = [&](const Phrase& phrase, const feel::Type& expected) {
    return compile_phrase(phrase, scope, expected, context);
  };
  read_message(*document.node, document.name_where, compile, notification, context);
}

}  // namespace formwork::compile
