#include "server/routes/api_notifications.h"

#include <array>

#include "server/routes/api_request.h"
#include "server/routes/problem.h"
#include "server/routes/record_query.h"
#include "server/routes/request_texts.h"
#include "server/routes/targets.h"

namespace formwork::routes {
namespace {

using engine::Preferences;

constexpr std::int64_t kMostUnread = 99;  // counted no further

// By Preferences::Digest.
constexpr std::array<std::string_view, 3> kDigests = {"none", "hourly", "daily"};

void write_instant(json::Writer& writer, std::string_view name, std::optional<Instant> at) {
  writer.key(name);
  if (at) {
    writer.string(to_rfc3339(*at));
  } else {
    writer.null();
  }
}

void write_time(json::Writer& writer, std::string_view name, std::optional<TimeOfDay> time) {
  writer.key(name);
  if (time) {
    writer.string(to_string(*time));
  } else {
    writer.null();
  }
}

void write_subject(json::Writer& writer, const std::string& entity, engine::RecordId record) {
  writer.key("record");
  if (entity.empty()) {
    writer.null();
    return;
  }
  writer.begin_object().key("entity").string(entity).key("id").number(record).end_object();
}

void write(json::Writer& writer, const engine::Notification& one) {
  writer.begin_object().key("id").number(one.id);
  write_instant(writer, "at", one.at);
  writer.key("title").string(one.title).key("text").string(one.text);
  writer.key("rule").string(one.rule).key("urgent").boolean(one.urgent);
  write_subject(writer, one.entity, one.record);
  write_instant(writer, "read_at", one.read_at);
  writer.end_object();
}

void write(json::Writer& writer, const engine::ToDo& todo, const accounts::Directory& people) {
  writer.begin_object().key("id").number(todo.id).key("title").string(todo.title);
  writer.key("assignee").string(people.account_name(todo.assignee));
  writer.key("rule").string(todo.rule);
  write_subject(writer, todo.entity, todo.record);
  write_instant(writer, "created_at", todo.created_at);
  write_instant(writer, "due_at", todo.due_at);
  write_instant(writer, "done_at", todo.done_at);
  writer.key("done_by");
  if (todo.done_by == engine::kSystemAccount) {
    writer.null();
  } else {
    writer.string(people.account_name(todo.done_by));
  }
  writer.end_object();
}

std::string preferences_json(const Preferences& preferences) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().key("mail").boolean(preferences.mail);
  write_time(writer, "quiet_from", preferences.quiet_from);
  write_time(writer, "quiet_to", preferences.quiet_to);
  writer.key("digest").string(kDigests[static_cast<std::size_t>(preferences.digest)]);
  write_time(writer, "digest_at", preferences.digest_at);
  writer.end_object();
  return body;
}

Answers answers_nothing() {
  return {
      .remember = [](const Exchange&, const engine::Outcome&) { return Remembered{}; },
      .respond = [](const Exchange&, const Remembered&) { return http::Response{.status = 204}; }};
}

}  // namespace

void api_notifications(Exchange exchange) {
  Parameters parameters(exchange);
  const store::NotificationQuery query{
      .unread = parameters.truth("unread"),
      .before = parameters.cursor("cursor"),
      .limit = parameters.number("limit", kDefaultPage, kLargestPage)};
  if (auto refusal = parameters.refusal()) return exchange.answer(std::move(*refusal));
  permissions::Reader reader = exchange.engine().reader(exchange.actor());
  const auto found = reader.notifications(query);
  std::string body;
  json::Writer writer(body);
  writer.begin_object().key("unread").number(reader.count_unread(kMostUnread));
  writer.key("notifications").begin_array();
  for (const engine::Notification& one : found.lines) write(writer, one);
  writer.end_array().key("next");
  if (found.next == 0) {
    writer.null();
  } else {
    writer.string(std::to_string(found.next));
  }
  writer.end_object();
  exchange.answer(http::json_response(200, std::move(body)));
}

void api_read_notification(Exchange exchange) {
  const std::int64_t id = parse_id(exchange.captures[0]).value_or(0);
  run_once(std::move(exchange), engine::ReadNotifications{id}, nullptr, answers_nothing());
}

void api_read_notifications(Exchange exchange) {
  run_once(std::move(exchange), engine::ReadNotifications{}, nullptr, answers_nothing());
}

void api_preferences(Exchange exchange) {
  const Preferences preferences = exchange.engine().reader(exchange.actor()).preferences();
  exchange.answer(http::json_response(200, preferences_json(preferences)));
}

void api_prefer(Exchange exchange) {
  const auto body = read_object(exchange, "application/json");
  if (!body) return exchange.answer(body.error());
  Members members(*body, exchange);
  Preferences preferences;
  preferences.mail = members.truth("mail").value_or(preferences.mail);
  preferences.quiet_from = members.time("quiet_from");
  preferences.quiet_to = members.time("quiet_to");
  preferences.digest =
      static_cast<Preferences::Digest>(members.choice("digest", kDigests).value_or(0));
  preferences.digest_at = members.time("digest_at").value_or(preferences.digest_at);
  if (auto refusal = members.refusal()) return exchange.answer(std::move(*refusal));
  const auto answer = [text = preferences_json(preferences)](const Exchange&, const Remembered&) {
    return http::json_response(200, text);
  };
  run_once(std::move(exchange), engine::ChangePreferences{preferences}, nullptr,
           {.remember = [](const Exchange&, const engine::Outcome&) { return Remembered{}; },
            .respond = answer});
}

void api_todos(Exchange exchange) {
  Parameters parameters(exchange);
  store::ToDoQuery query{.entity = parameters.text("entity"),
                         .record = parameters.cursor("record"),
                         .open = !parameters.truth("done"),
                         .limit = parameters.number("limit", kDefaultPage, kLargestPage)};
  if (auto refusal = parameters.refusal()) return exchange.answer(std::move(*refusal));
  if (!query.entity.empty()) {
    const auto entity = find_entity(query.entity, exchange);
    if (!entity) return exchange.answer(problem(entity.error(), nullptr, exchange));
  }
  permissions::Reader reader = exchange.engine().reader(exchange.actor());
  const auto people = exchange.engine().directory();
  std::string body;
  json::Writer writer(body);
  writer.begin_object().key("todos").begin_array();
  for (const engine::ToDo& todo : reader.todos(query)) write(writer, todo, *people);
  writer.end_array().end_object();
  exchange.answer(http::json_response(200, std::move(body)));
}

void api_finish_todo(Exchange exchange) {
  const std::int64_t id = parse_id(exchange.captures[0]).value_or(0);
  run_once(std::move(exchange), engine::FinishToDo{id}, nullptr, answers_nothing());
}

}  // namespace formwork::routes
