#include "server/routes/outbox_json.h"

#include <algorithm>

namespace formwork::routes {
namespace {

using engine::OutboxMessage;

void text_or_null(json::Writer& writer, std::string_view key, std::string_view text) {
  writer.key(key);
  if (text.empty()) {
    writer.null();
  } else {
    writer.string(text);
  }
}

void write_members(json::Writer& writer, const OutboxMessage& message) {
  writer.key("id").number(message.id);
  writer.key("key").string(message.key);
  writer.key("destination").string(message.destination);
  text_or_null(writer, "to", message.to);
  text_or_null(writer, "subject", message.subject);
  writer.key("state").string(engine::message_state_name(message.state));
  writer.key("created_at").string(to_rfc3339(message.created_at));
  text_or_null(writer, "due_at",
               message.state == engine::MessageState::Waiting ? to_rfc3339(message.due_at) : "");
  text_or_null(writer, "ended_at", message.ended_at ? to_rfc3339(*message.ended_at) : "");
  writer.key("attempts").number(message.attempts);
  text_or_null(writer, "problem", message.problem);
  writer.key("record");
  if (message.entity.empty()) {
    writer.null();
  } else {
    writer.begin_object().key("entity").string(message.entity);
    writer.key("id").number(message.record).end_object();
  }
}

}  // namespace

void write_message(json::Writer& writer, const OutboxMessage& message) {
  writer.begin_object();
  write_members(writer, message);
  writer.end_object();
}

void write_message(json::Writer& writer, const engine::MessageDetail& detail) {
  writer.begin_object();
  write_members(writer, detail.message);
  writer.key("body").string(detail.message.body);
  writer.key("log").begin_array();
  for (const engine::Attempt& attempt : detail.attempts) {
    writer.begin_object().key("at").string(to_rfc3339(attempt.at));
    writer.key("status");
    if (attempt.status == 0) {
      writer.null();
    } else {
      writer.number(attempt.status);
    }
    text_or_null(writer, "problem", attempt.problem);
    writer.key("milliseconds").number(attempt.milliseconds).end_object();
  }
  writer.end_array().end_object();
}

void write_destination(json::Writer& writer, const engine::Destination& destination,
                       const model::Model& model) {
  const auto found =
      std::find_if(model.webhooks.begin(), model.webhooks.end(), [&](const model::Webhook& one) {
        return one.name == destination.name && one.outbound() != nullptr;
      });
  writer.begin_object().key("name").string(destination.name);
  text_or_null(writer, "url", found == model.webhooks.end() ? "" : found->outbound()->url);
  writer.key("enabled").boolean(!destination.disabled);
  text_or_null(writer, "why", destination.why);
  writer.key("waiting").number(destination.waiting);
  writer.key("dead").number(destination.dead).end_object();
}

}  // namespace formwork::routes
