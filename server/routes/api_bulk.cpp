#include "server/routes/api_bulk.h"

#include "engine/command/refusal_texts.h"
#include "engine/records/input.h"
#include "engine/records/validate.h"
#include "server/routes/api_request.h"
#include "server/routes/problem.h"
#include "server/routes/record_query.h"
#include "server/routes/request_texts.h"
#include "server/routes/targets.h"

namespace formwork::routes {
namespace {

using engine::BulkProgress;
using engine::BulkState;

std::string job_path(const BulkProgress& job) { return "/api/v1/jobs/" + job.id; }

void write_instant(json::Writer& writer, const std::optional<Instant>& instant) {
  if (instant) {
    writer.string(to_rfc3339(*instant));
  } else {
    writer.null();
  }
}

void write_problems(json::Writer& writer, const BulkProgress& job, const Exchange& exchange) {
  writer.key("problem");
  if (job.failure) {
    write_problem(writer, *job.failure, job.entity, exchange);
  } else {
    writer.null();
  }
  writer.key("problems").begin_array();
  for (const engine::BulkProblem& one : job.problems) {
    writer.begin_object().key("id").number(one.record).key("problem");
    write_problem(writer, one.refusal, job.entity, exchange);
    writer.end_object();
  }
  writer.end_array();
}

std::string job_json(const BulkProgress& job, const Exchange& exchange) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object();
  writer.key("id").string(job.id);
  writer.key("entity").string(job.entity->name);
  writer.key("state").string(engine::bulk_state_name(job.state));
  writer.key("started_at").string(to_rfc3339(job.started_at));
  writer.key("ended_at");
  write_instant(writer, job.ended_at);
  writer.key("total");
  if (job.state == BulkState::Collecting) {
    writer.null();
  } else {
    writer.number(job.total);
  }
  writer.key("done").number(job.changed + job.unchanged + job.refused);
  writer.key("changed").number(job.changed);
  writer.key("unchanged").number(job.unchanged);
  writer.key("refused").number(job.refused);
  write_problems(writer, job, exchange);
  writer.end_object();
  return body;
}

// What the body asks for; all that is wrong with it at once.
Expected<engine::BulkChange, http::Response> read_change(const Exchange& exchange,
                                                         const model::Entity& entity) {
  FW_TRY(const json::Value body, read_object(exchange, "application/json"));
  Members members(body, exchange);
  engine::BulkChange change{.actor = exchange.actor(),
                            .entity = &entity,
                            .filter = members.needed_text("filter"),
                            .compiled = nullptr,
                            .values = {}};
  members.need("set");
  const json::Value* set = members.object("set");
  if (set != nullptr && set->members.empty()) {
    members.refuse("set", {&engine::texts::kRequired, {}});
  }
  if (auto refusal = members.refusal()) return Unexpected(std::move(*refusal));
  ReadCondition condition = read_condition(change.filter, entity, exchange);
  if (!condition.problems.empty()) {
    return Unexpected(problem(records::invalid(std::move(condition.problems)), &entity, exchange));
  }
  const auto people = exchange.engine().directory();
  records::Input input = records::read_json(entity, *set, exchange.engine().reading(*people));
  if (!input.problems.empty()) {
    return Unexpected(problem(records::invalid(std::move(input.problems)), &entity, exchange,
                              {.fields = "/set", .names = "/set"}));
  }
  change.compiled = std::move(condition.filter);
  change.values = std::move(input.changes);
  return change;
}

http::Response no_such_job(const Exchange& exchange) {
  return problem(404, {&texts::kNoSuchJob, {{"id", exchange.captures[0]}}}, exchange);
}

}  // namespace

void api_bulk(Exchange exchange) {
  const auto entity = find_entity(exchange.captures[0], exchange);
  if (!entity) return exchange.answer(problem(entity.error(), nullptr, exchange));
  const permissions::Gate& gate = exchange.engine().gate();
  for (const model::Action action : {model::Action::View, model::Action::Edit}) {
    if (gate.may(exchange.actor(), action, **entity)) continue;
    return exchange.answer(problem(gate.explain(action, **entity), *entity, exchange));
  }
  auto change = read_change(exchange, **entity);
  if (!change) return exchange.answer(std::move(change.error()));
  const auto job = exchange.services.bulk.start(std::move(*change));
  if (!job) return exchange.answer(problem(job.error(), *entity, exchange));
  http::Response response = http::json_response(202, job_json(*job, exchange));
  response.set("Location", job_path(*job));
  exchange.answer(std::move(response));
}

void api_job(Exchange exchange) {
  const auto job = exchange.services.bulk.find(exchange.captures[0], exchange.actor().account);
  if (!job) return exchange.answer(no_such_job(exchange));
  exchange.answer(http::json_response(200, job_json(*job, exchange)));
}

void api_cancel_job(Exchange exchange) {
  if (!exchange.services.bulk.cancel(exchange.captures[0], exchange.actor().account)) {
    return exchange.answer(no_such_job(exchange));
  }
  exchange.answer(http::Response{.status = 204});
}

}  // namespace formwork::routes
