#include "server/routes/api_tasks.h"

#include "engine/pipeline/inbox.h"
#include "engine/pipeline/turn.h"
#include "engine/pipeline/turn_texts.h"
#include "engine/records/input.h"
#include "engine/records/output.h"
#include "engine/records/validate.h"
#include "server/routes/api_request.h"
#include "server/routes/problem.h"
#include "server/routes/record_query.h"
#include "server/routes/request_texts.h"
#include "server/routes/standing_json.h"
#include "server/routes/targets.h"

namespace formwork::routes {
namespace {

using engine::Outcome;
using engine::Refusal;
using engine::RefusalKind;

enum Box : std::size_t { kToDo, kDone, kCopies, kStarted, kHeld };

constexpr std::string_view kBoxes[] = {"todo", "done", "copies", "started", "held"};
constexpr std::string_view kPlaces[] = {"before", "after", "alongside"};

// By the number of the action.
const std::vector<std::string_view>& action_names() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> all;
    const auto last = static_cast<unsigned>(engine::TaskAction::MarkRead);
    for (unsigned i = 0; i <= last; ++i) {
      all.push_back(engine::task_action_name(static_cast<engine::TaskAction>(i)));
    }
    return all;
  }();
  return names;
}

struct Asked {
  std::size_t box = kToDo;
  std::size_t limit = kDefaultPage;
  std::int64_t behind = 0;
  bool unread = false;
};

http::Response tasks_response(const Exchange& exchange, const Asked& asked) {
  using TaskBox = store::TaskQuery::Box;
  permissions::Reader reader = exchange.engine().reader(exchange.actor());
  const TaskBox box = asked.box == kToDo   ? TaskBox::ToDo
                      : asked.box == kDone ? TaskBox::Done
                                           : TaskBox::Copies;
  const auto found = engine::tasks_of(
      reader, {.box = box, .unread = asked.unread, .after = asked.behind, .limit = asked.limit});
  std::string body;
  json::Writer writer(body);
  writer.begin_object().key("tasks").begin_array();
  for (const engine::TaskLine& line : found.lines) {
    StandingWriter standing(writer, exchange, *line.entity);
    writer.begin_object().key("task");
    standing.task(line.task, line.process, nullptr);
    standing.task_subject(line.chain, line.step);
    writer.key("record");
    standing.record(line.record);
    writer.key("process");
    standing.process_head(line.process, line.chain);
    writer.end_object();
  }
  write_next(writer, found.next);
  return http::json_response(200, std::move(body));
}

http::Response processes_response(const Exchange& exchange, const Asked& asked) {
  permissions::Reader reader = exchange.engine().reader(exchange.actor());
  const auto found = asked.box == kHeld ? engine::held_for(reader, asked.behind, asked.limit)
                                        : engine::submitted_by(reader, asked.behind, asked.limit);
  std::string body;
  json::Writer writer(body);
  writer.begin_object().key("processes").begin_array();
  for (const engine::ProcessLine& line : found.lines) {
    StandingWriter standing(writer, exchange, *line.entity);
    writer.begin_object().key("record");
    standing.record(line.record);
    writer.key("process");
    standing.process(line.process, line.chain, {});
    writer.end_object();
  }
  write_next(writer, found.next);
  return http::json_response(200, std::move(body));
}

Refusal no_such_process(const std::string& id) {
  return {RefusalKind::NotFound, {&engine::texts::kNoSuchProcess, {{"id", id}}}, {}, {}, 0};
}

void write_steps(json::Writer& writer, const engine::TaskDetail& detail) {
  writer.key("return_to").begin_array();
  for (const std::string& step : detail.return_to) writer.string(step);
  writer.end_array();
}

std::string task_json(const Exchange& exchange, const engine::TaskDetail& detail) {
  std::string body;
  json::Writer writer(body);
  StandingWriter standing(writer, exchange, *detail.entity);
  writer.begin_object().key("task");
  standing.task(detail.task, detail.process, &detail.may);
  standing.task_subject(detail.chain, detail.step);
  write_steps(writer, detail);
  writer.key("record");
  standing.record(detail.record);
  writer.key("values").raw(record_json(exchange, *detail.entity, detail.record));
  writer.key("process");
  standing.process(detail.process, detail.chain, detail.to_come);
  writer.end_object();
  return body;
}

// What a decision is answered with: the record as it is now, and the approval.
std::string decided_json(const Exchange& exchange, const Outcome& outcome) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().key("record");
  writer.raw(record_json(exchange, *outcome.entity, outcome.record)).key("process");
  if (outcome.process) {
    const model::ApprovalChain* chain =
        engine::chain_of(*outcome.process, exchange.engine().model());
    StandingWriter(writer, exchange, *outcome.entity).process(*outcome.process, chain, {});
  } else {
    writer.null();
  }
  writer.end_object();
  return body;
}

Answers answers_decision() {
  return {.remember =
              [](const Exchange& exchange, const Outcome& outcome) {
                return Remembered{outcome.record.id, outcome.record.version,
                                  decided_json(exchange, outcome)};
              },
          .respond =
              [](const Exchange&, const Remembered& remembered) {
                return http::json_response(200, remembered.body);
              },
          .fields_at = "/values"};
}

engine::ActOnTask read_decision(engine::TaskId id, Members& members) {
  const auto action = members.choice("action", action_names());
  members.need("action");
  return {.task = id,
          .action = static_cast<engine::TaskAction>(action.value_or(0)),
          .comment = members.text("comment"),
          .to = members.person("to"),
          .place = static_cast<engine::AddedPlace>(members.choice("place", kPlaces).value_or(0)),
          .step = members.text("step"),
          .resume = members.truth("resume"),
          .values = {},
          .expected_version = members.number("version")};
}

}  // namespace

void api_tasks(Exchange exchange) {
  Parameters parameters(exchange);
  const Asked asked{.box = parameters.choice("box", kBoxes),
                    .limit = parameters.number("limit", kDefaultPage, kLargestPage),
                    .behind = parameters.cursor("cursor"),
                    .unread = parameters.truth("unread")};
  if (auto refusal = parameters.refusal()) return exchange.answer(std::move(*refusal));
  const bool lists_tasks = asked.box < kStarted;
  exchange.answer(lists_tasks ? tasks_response(exchange, asked)
                              : processes_response(exchange, asked));
}

void api_task(Exchange exchange) {
  const std::int64_t id = parse_id(exchange.captures[0]).value_or(0);
  const auto detail = exchange.engine().task(exchange.actor(), id);
  if (!detail) return exchange.answer(problem(detail.error(), nullptr, exchange));
  http::Response response = http::json_response(200, task_json(exchange, *detail));
  response.set("ETag", etag(detail->record.version));
  exchange.answer(std::move(response));
}

void api_decide(Exchange exchange) {
  const std::int64_t id = parse_id(exchange.captures[0]).value_or(0);
  const auto detail = exchange.engine().task(exchange.actor(), id);
  if (!detail) return exchange.answer(problem(detail.error(), nullptr, exchange));
  const auto body = read_object(exchange, "application/json");
  if (!body) return exchange.answer(body.error());
  Members members(*body, exchange);
  engine::ActOnTask decision = read_decision(id, members);
  const json::Value* values = members.object("values");
  if (auto refusal = members.refusal()) return exchange.answer(std::move(*refusal));
  const model::Entity* entity = detail->entity;
  if (values != nullptr) {
    const auto people = exchange.engine().directory();
    records::Input input = records::read_json(*entity, *values, exchange.engine().reading(*people));
    if (!input.problems.empty()) {
      return exchange.answer(problem(records::invalid(std::move(input.problems)), entity, exchange,
                                     {.fields = "/values", .names = "/values"}));
    }
    decision.values = std::move(input.changes);
  }
  run_once(std::move(exchange), std::move(decision), entity, answers_decision());
}

void api_name_approver(Exchange exchange) {
  const std::int64_t id = parse_id(exchange.captures[0]).value_or(0);
  const auto process = exchange.engine().reader(exchange.actor()).process(id);
  if (!process) {
    return exchange.answer(problem(no_such_process(exchange.captures[0]), nullptr, exchange));
  }
  const auto body = read_object(exchange, "application/json");
  if (!body) return exchange.answer(body.error());
  Members members(*body, exchange);
  engine::NameApprover name{.process = id,
                            .step = members.needed_text("step"),
                            .to = members.needed_person("to").value_or(0)};
  if (auto refusal = members.refusal()) return exchange.answer(std::move(*refusal));
  const model::Entity* entity = exchange.engine().model().find_entity(process->entity);
  run_once(std::move(exchange), std::move(name), entity, answers_decision());
}

}  // namespace formwork::routes
