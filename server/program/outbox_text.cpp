#include "server/program/outbox_text.h"

#include "server/routes/outbox_json.h"

namespace formwork::program {
namespace {

using engine::OutboxMessage;

// When it is sent next, or when it was delivered or given up.
Instant turning_point(const OutboxMessage& message) {
  return message.ended_at.value_or(message.due_at);
}

}  // namespace

std::string outbox_text(const std::vector<OutboxMessage>& messages) {
  std::string text = "id\tstate\tat\tdestination\tto\tsubject\tattempts\tproblem\n";
  for (const OutboxMessage& message : messages) {
    for (const std::string& part :
         {std::to_string(message.id), std::string(engine::message_state_name(message.state)),
          to_rfc3339(turning_point(message)), message.destination, message.to, message.subject,
          std::to_string(message.attempts)}) {
      text += part + "\t";
    }
    text += message.problem + "\n";
  }
  return text;
}

std::string outbox_json(const std::vector<OutboxMessage>& messages) {
  std::string text;
  json::Writer writer(text);
  writer.begin_array();
  for (const OutboxMessage& message : messages) routes::write_message(writer, message);
  writer.end_array();
  return text + "\n";
}

std::string message_text(const engine::MessageDetail& detail) {
  std::string text = outbox_text({detail.message});
  text += "\n" + detail.message.key + "\n";
  for (const engine::Attempt& attempt : detail.attempts) {
    text += to_rfc3339(attempt.at) + "  " + std::to_string(attempt.milliseconds) + " ms  " +
            (attempt.problem.empty() ? "arrived" : attempt.problem) + "\n";
  }
  return text + "\n" + detail.message.body + "\n";
}

std::string message_json(const engine::MessageDetail& detail) {
  std::string text;
  json::Writer writer(text);
  routes::write_message(writer, detail);
  return text + "\n";
}

}  // namespace formwork::program
