// /api/v1/records: records as JSON. Everything a page does with a record, a program can do here.
#include "server/routes/api_records.h"

#include <charconv>

#include "dsl/base/utf8.h"
#include "engine/command/sha256.h"
#include "engine/records/input.h"
#include "engine/records/output.h"
#include "engine/records/validate.h"
#include "server/routes/api_request.h"
#include "server/routes/problem.h"
#include "server/routes/record_query.h"
#include "server/routes/request_texts.h"
#include "server/routes/targets.h"

namespace formwork::routes {
namespace {

using engine::Outcome;
using engine::Refusal;
using engine::RefusalKind;

constexpr std::size_t kHistoryPage = 100;

// Whether If-None-Match names the tag: among others, as a weak one, or by `*`.
bool knows(std::string_view header, const std::string& tag) {
  return header == "*" || http::has_list_element(header, tag) ||
         http::has_list_element(header, "W/" + tag);
}

// Answers a command's outcome when it comes, unless it was refused.
template <class Answer>
void run(Exchange exchange, engine::Command command, const model::Entity& entity, Answer answer) {
  auto shared = Exchange::share(std::move(exchange));
  shared->engine().execute(std::move(command), [shared, &entity, answer = std::move(answer)](
                                                   Expected<Outcome, Refusal> outcome) {
    shared->answer(outcome ? answer(*shared, *outcome)
                           : problem(outcome.error(), &entity, *shared));
  });
}

http::Response updated(const Exchange& exchange, const Outcome& outcome) {
  http::Response response =
      http::json_response(200, record_json(exchange, *outcome.entity, outcome.record));
  response.set("ETag", etag(outcome.record.version));
  return response;
}

http::Response created(const model::Entity& entity, const Remembered& remembered) {
  http::Response response = http::json_response(201, remembered.body);
  response.set("Location", record_path(entity, remembered.id));
  response.set("ETag", etag(remembered.version));
  return response;
}

Refusal unreadable_query(std::vector<engine::FieldProblem> problems) {
  Refusal refusal = records::invalid(std::move(problems));
  refusal.message = {&texts::kInvalidQuery, {}};
  return refusal;
}

}  // namespace

void api_list(Exchange exchange) {
  const auto entity = find_entity(exchange.captures[0], exchange);
  if (!entity) return exchange.answer(problem(entity.error(), nullptr, exchange));
  const auto people = exchange.engine().directory();
  const fields::Reading reading = exchange.engine().reading(*people);
  permissions::Reader reader = exchange.engine().reader(exchange.actor());
  RecordQuery asked = read_query(**entity, exchange, Door::Api, reading);
  if (!reader.may(model::Action::View, **entity)) {
    return exchange.answer(problem(exchange.engine().gate().explain(model::Action::View, **entity),
                                   *entity, exchange));
  }
  if (!asked.problems.empty()) {
    return exchange.answer(
        problem(unreadable_query(std::move(asked.problems)), 400, *entity, exchange));
  }
  const auto page = reader.list(asked.query, asked.search ? &*asked.search : nullptr);
  if (!page) return exchange.answer(problem(page.error(), *entity, exchange));
  if (asked.only.empty()) asked.only = columns_of_lists(**entity);
  std::string body;
  json::Writer writer(body);
  writer.begin_object().key("records").begin_array();
  for (const engine::Record& record : page->records) {
    records::write_record(writer, **entity, record, exchange.engine().gate(), exchange.actor(),
                          *people, asked.only);
  }
  writer.end_array().key("next");
  if (page->more) {
    writer.string(cursor_behind(page->records.back(), asked.query, *people));
  } else {
    writer.null();
  }
  writer.end_object();
  exchange.answer(http::json_response(200, std::move(body)));
}

void api_create(Exchange exchange) {
  const auto entity = find_entity(exchange.captures[0], exchange);
  if (!entity) return exchange.answer(problem(entity.error(), nullptr, exchange));
  auto body = read_object(exchange, "application/json");
  if (!body) return exchange.answer(std::move(body.error()));
  if (!exchange.engine().gate().may(exchange.actor(), model::Action::Create, **entity)) {
    return exchange.answer(problem(
        exchange.engine().gate().explain(model::Action::Create, **entity), *entity, exchange));
  }
  const auto people = exchange.engine().directory();
  records::Input input = records::read_json(**entity, *body, exchange.engine().reading(*people));
  engine::CreateRecord create{*entity, std::move(input.changes)};
  if (!input.problems.empty()) {
    const engine::Command command{
        .actor = exchange.actor(), .intent = std::move(create), .once = {}};
    return exchange.answer(
        problem(exchange.engine().with_other_problems(command, std::move(input.problems)), *entity,
                exchange));
  }
  Answers answers = answers_record();
  answers.respond = [e = *entity](const Exchange&, const Remembered& remembered) {
    return created(*e, remembered);
  };
  run_once(std::move(exchange), std::move(create), *entity, std::move(answers));
}

void api_get(Exchange exchange) {
  const auto target = find_target(exchange);
  if (!target) return exchange.answer(problem(target.error(), nullptr, exchange));
  const auto record =
      exchange.engine().reader(exchange.actor()).record(*target->entity, target->id);
  if (!record) return exchange.answer(problem(record.error(), target->entity, exchange));
  const std::string tag = etag(record->version);
  if (knows(exchange.request.header("If-None-Match"), tag)) {
    http::Response unchanged{.status = 304};
    unchanged.set("ETag", tag);
    return exchange.answer(std::move(unchanged));
  }
  http::Response response =
      http::json_response(200, record_json(exchange, *target->entity, *record));
  response.set("ETag", tag);
  exchange.answer(std::move(response));
}

void api_update(Exchange exchange) {
  const auto target = find_target(exchange);
  if (!target) return exchange.answer(problem(target.error(), nullptr, exchange));
  auto body = read_object(exchange, "application/merge-patch+json");
  if (!body) return exchange.answer(std::move(body.error()));
  auto version = expected_version(exchange);
  if (!version) return exchange.answer(std::move(version.error()));
  const auto people = exchange.engine().directory();
  records::Input input =
      records::read_json(*target->entity, *body, exchange.engine().reading(*people));
  engine::Command command{.actor = exchange.actor(),
                          .intent = engine::UpdateRecord{target->entity, target->id, *version,
                                                         std::move(input.changes)},
                          .once = {}};
  if (!input.problems.empty()) {
    return exchange.answer(
        problem(exchange.engine().with_other_problems(command, std::move(input.problems)),
                target->entity, exchange));
  }
  run(std::move(exchange), std::move(command), *target->entity, updated);
}

void api_delete(Exchange exchange) {
  const auto target = find_target(exchange);
  if (!target) return exchange.answer(problem(target.error(), nullptr, exchange));
  auto version = expected_version(exchange);
  if (!version) return exchange.answer(std::move(version.error()));
  engine::Command command{.actor = exchange.actor(),
                          .intent = engine::DeleteRecord{target->entity, target->id, *version},
                          .once = {}};
  run(std::move(exchange), std::move(command), *target->entity,
      [](const Exchange&, const Outcome&) { return http::Response{.status = 204}; });
}

void api_restore(Exchange exchange) {
  const auto target = find_target(exchange);
  if (!target) return exchange.answer(problem(target.error(), nullptr, exchange));
  auto version = expected_version(exchange);
  if (!version) return exchange.answer(std::move(version.error()));
  engine::Command command{.actor = exchange.actor(),
                          .intent = engine::RestoreRecord{target->entity, target->id, *version},
                          .once = {}};
  run(std::move(exchange), std::move(command), *target->entity, updated);
}

void api_history(Exchange exchange) {
  const auto target = find_target(exchange);
  if (!target) return exchange.answer(problem(target.error(), nullptr, exchange));
  const std::string* before = exchange.parameter("before");
  const std::int64_t below = before == nullptr ? 0 : parse_id(*before).value_or(0);
  const auto entries = exchange.engine()
                           .reader(exchange.actor())
                           .history(*target->entity, target->id, below, kHistoryPage);
  if (!entries) return exchange.answer(problem(entries.error(), target->entity, exchange));
  std::string body;
  json::Writer writer(body);
  writer.begin_object().key("entries").begin_array();
  for (const engine::HistoryEntry& entry : *entries) {
    writer.begin_object();
    writer.key("sequence").number(entry.sequence);
    writer.key("at").string(to_rfc3339(entry.at));
    writer.key("by");
    // The clock has no name.
    if (entry.actor_name.empty()) {
      writer.null();
    } else {
      writer.string(entry.actor_name);
    }
    writer.key("action").string(entry.action);
    writer.key("cause").string(entry.cause);
    writer.key("version").number(entry.version);
    writer.key("model").string(entry.model);
    writer.key("changes").raw(entry.changes);
    writer.key("detail");
    if (entry.detail.empty()) {
      writer.null();
    } else {
      writer.raw(entry.detail);
    }
    writer.key("caused_by");
    if (entry.caused_by == 0) {
      writer.null();
    } else {
      writer.number(entry.caused_by);
    }
    writer.key("hash").string(engine::to_hex(entry.hash));
    writer.end_object();
  }
  writer.end_array().key("next");
  if (entries->size() == kHistoryPage) {
    writer.number(entries->back().sequence);
  } else {
    writer.null();
  }
  writer.end_object();
  exchange.answer(http::json_response(200, std::move(body)));
}

}  // namespace formwork::routes
