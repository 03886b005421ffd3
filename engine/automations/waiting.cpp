#include "engine/automations/waiting.h"

#include <charconv>

#include "dsl/base/json.h"

namespace formwork::automations {
namespace {

std::string text_of(const json::Value& payload, std::string_view name) {
  const json::Value* value = payload.find(name);
  return value == nullptr ? std::string() : value->text;
}

std::int64_t number_of(const json::Value& payload, std::string_view name) {
  const std::string text = text_of(payload, name);
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

std::string to_payload(const Waiting& waiting) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object();
  if (!waiting.trigger.empty()) writer.key("trigger").string(waiting.trigger);
  if (!waiting.stage.empty()) writer.key("stage").string(waiting.stage);
  if (waiting.actor != 0) writer.key("actor").number(waiting.actor);
  if (waiting.cause != 0) writer.key("cause").number(waiting.cause);
  if (waiting.deleted) writer.key("deleted").boolean(true);
  if (!waiting.path.empty()) {
    writer.key("path").begin_array();
    for (const std::string& name : waiting.path) writer.string(name);
    writer.end_array();
  }
  if (waiting.due) writer.key("due").number(waiting.due->microseconds);
  writer.end_object();
  return text;
}

Waiting from_payload(std::string_view payload) {
  Waiting waiting;
  const auto read = json::parse(payload);
  if (!read || !read->is_object()) return waiting;
  waiting.trigger = text_of(*read, "trigger");
  waiting.stage = text_of(*read, "stage");
  waiting.actor = number_of(*read, "actor");
  waiting.cause = number_of(*read, "cause");
  const json::Value* deleted = read->find("deleted");
  waiting.deleted = deleted != nullptr && deleted->kind == json::Value::Kind::True;
  if (read->find("due") != nullptr) waiting.due = Instant{number_of(*read, "due")};
  if (const json::Value* path = read->find("path"); path != nullptr && path->is_array()) {
    for (const json::Value& name : path->elements) waiting.path.push_back(name.text);
  }
  return waiting;
}

}  // namespace formwork::automations
