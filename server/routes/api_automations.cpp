#include "server/routes/api_automations.h"

#include <algorithm>

#include "engine/automations/texts.h"
#include "engine/automations/trigger.h"
#include "engine/pipeline/forecast.h"
#include "server/routes/api_request.h"
#include "server/routes/problem.h"
#include "server/routes/record_query.h"
#include "server/routes/targets.h"

namespace formwork::routes {
namespace {

using engine::Refusal;
using engine::RefusalKind;
using engine::Run;

constexpr MessageText kRecordOfEntity{"query.entity-and-record",
                                      "`entity` and `record` go together: name both, or neither",
                                      "`entity` 和 `record` 须同时给出"};
constexpr MessageText kNotARecord{"query.record", "is the number of a record", "是记录的编号"};

// All that an automation of every record is named by.
constexpr std::string_view kAll = "all";

void write_run(json::Writer& writer, const Run& run, const Exchange& exchange) {
  writer.begin_object();
  if (run.id != 0) writer.key("id").number(run.id);
  writer.key("at").string(to_rfc3339(run.at)).key("automation").string(run.automation);
  writer.key("entity");
  if (run.entity.empty()) {
    writer.null().key("record").null();
  } else {
    writer.string(run.entity).key("record").number(run.record);
  }
  writer.key("trigger").string(run.trigger);
  writer.key("outcome").string(engine::run_outcome_name(run.outcome));
  writer.key("reason").string(run.reason).key("actions");
  writer.raw(run.actions.empty() ? "[]" : run.actions);
  writer.key("depth").number(run.depth).key("caused_by").number(run.cause).key("actor");
  if (run.actor == engine::kSystemAccount) {
    writer.null();
  } else {
    writer.string(exchange.engine().directory()->account_name(run.actor));
  }
  writer.key("microseconds").number(run.microseconds).end_object();
}

void write_state(json::Writer& writer, const engine::AutomationState& state,
                 const Exchange& exchange) {
  const model::Automation& automation = *state.automation;
  const model::Model& model = exchange.engine().model();
  writer.begin_object().key("name").string(automation.name);
  writer.key("label").string(automation.label[exchange.locale]).key("why");
  writer.string(automation.why.empty() ? std::string() : automation.why[exchange.locale]);
  writer.key("entity");
  if (automation.entity) {
    writer.string(model.entities[*automation.entity].name);
  } else {
    writer.null();
  }
  writer.key("triggers").begin_array();
  for (const model::Trigger& trigger : automation.on) {
    writer.string(automations::trigger_text(trigger, automation, model));
  }
  writer.end_array().key("enabled").boolean(automation.enabled);
  writer.key("rule").string(engine::place_of(automation.where));
  writer.key("runs").begin_object();
  for (std::size_t i = 0; i < state.runs.size(); ++i) {
    writer.key(engine::run_outcome_name(static_cast<engine::RunOutcome>(i)));
    writer.number(static_cast<std::int64_t>(state.runs[i]));
  }
  writer.end_object().key("last_run");
  if (state.last) {
    write_run(writer, *state.last, exchange);
  } else {
    writer.null();
  }
  writer.end_object();
}

template <class Write>
http::Response object_response(Write write) {
  std::string body;
  json::Writer writer(body);
  write(writer);
  return http::json_response(200, std::move(body));
}

Refusal no_such_automation(const std::string& name) {
  return refusal_of(RefusalKind::NotFound, automations::texts::kNoSuchAutomation, {{"name", name}});
}

// Of one automation, or of all where its name is empty.
void answer_runs(Exchange exchange, const std::string& automation) {
  static constexpr std::string_view kOutcomes[] = {"",        "done",   "declined", "skipped",
                                                   "waiting", "failed", "stopped"};
  Parameters parameters(exchange);
  store::RunQuery query{.automation = automation};
  query.entity = parameters.text("entity");
  const std::string record = parameters.text("record");
  query.record = parse_id(record).value_or(0);
  // All runs of an entity would have to be sorted: the store finds those of a record.
  if (query.entity.empty() != record.empty()) {
    parameters.refuse(record.empty() ? "record" : "entity", {&kRecordOfEntity, {}});
  } else if (!record.empty() && query.record == 0) {
    parameters.refuse("record", {&kNotARecord, {}});
  }
  query.outcome = engine::find_run_outcome(kOutcomes[parameters.choice("outcome", kOutcomes)]);
  query.before = parameters.cursor("cursor");
  query.limit = parameters.number("limit", kDefaultPage, kLargestPage);
  if (auto refusal = parameters.refusal()) return exchange.answer(std::move(*refusal));
  const auto found = exchange.engine().runs(exchange.actor(), query);
  if (!found) return exchange.answer(problem(found.error(), nullptr, exchange));
  exchange.answer(object_response([&](json::Writer& writer) {
    writer.begin_object().key("runs").begin_array();
    for (const Run& run : found->lines) write_run(writer, run, exchange);
    write_next(writer, found->next);
  }));
}

// What the body asks to try out; `name` is that of an automation, or `all`.
Expected<engine::Trial, http::Response> read_trial(const std::string& name,
                                                   const Exchange& exchange) {
  const auto body = read_object(exchange, "application/json");
  if (!body) return Unexpected(body.error());
  Members members(*body, exchange);
  engine::Trial trial{.trigger = members.text("trigger")};
  trial.record = members.number("record").value_or(0);
  const std::string entity = members.text("entity");
  if (name != kAll) {
    const model::Model& model = exchange.engine().model();
    trial.automation = model.find_automation(name);
    if (trial.automation == nullptr) {
      return Unexpected(problem(no_such_automation(name), nullptr, exchange));
    }
    if (trial.automation->entity) trial.entity = &model.entities[*trial.automation->entity];
  } else {
    members.need("entity");
    if (!entity.empty()) {
      const auto found = find_entity(entity, exchange);
      if (!found) return Unexpected(problem(found.error(), nullptr, exchange));
      trial.entity = *found;
    }
  }
  if (name == kAll) members.need("trigger");
  if (trial.entity != nullptr) members.need("record");
  if (auto refusal = members.refusal()) return Unexpected(std::move(*refusal));
  return trial;
}

}  // namespace

void api_automations(Exchange exchange) {
  const auto found = exchange.engine().automations(exchange.actor());
  if (!found) return exchange.answer(problem(found.error(), nullptr, exchange));
  exchange.answer(object_response([&](json::Writer& writer) {
    writer.begin_object().key("automations").begin_array();
    for (const engine::AutomationState& state : *found) write_state(writer, state, exchange);
    writer.end_array().end_object();
  }));
}

void api_automation_runs(Exchange exchange) {
  const std::string name = exchange.captures[0];
  // One that the app has no more may have runs all the same.
  answer_runs(std::move(exchange), name);
}

void api_runs(Exchange exchange) { answer_runs(std::move(exchange), {}); }

void api_run(Exchange exchange) {
  const engine::RunId id = parse_id(exchange.captures[0]).value_or(0);
  const auto run = exchange.engine().find_run(exchange.actor(), id);
  if (!run) return exchange.answer(problem(run.error(), nullptr, exchange));
  exchange.answer(
      object_response([&](json::Writer& writer) { write_run(writer, *run, exchange); }));
}

void api_dry_run(Exchange exchange) {
  const permissions::Gate& gate = exchange.engine().gate();
  if (!gate.is_admin(exchange.actor())) {
    return exchange.answer(problem(gate.explain_admin(), nullptr, exchange));
  }
  const auto trial = read_trial(exchange.captures[0], exchange);
  if (!trial) return exchange.answer(trial.error());
  const auto runs = exchange.engine().dry_run(exchange.actor(), *trial);
  if (!runs) return exchange.answer(problem(runs.error(), trial->entity, exchange));
  exchange.answer(object_response([&](json::Writer& writer) {
    writer.begin_object().key("runs").begin_array();
    for (const Run& run : *runs) write_run(writer, run, exchange);
    writer.end_array().end_object();
  }));
}

}  // namespace formwork::routes
