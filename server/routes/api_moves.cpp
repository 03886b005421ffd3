// /api/v1/records/{entity}/{id}/moves and what belongs to it.
#include "server/routes/api_moves.h"

#include "engine/pipeline/claims.h"
#include "server/routes/api_request.h"
#include "server/routes/problem.h"
#include "server/routes/request_texts.h"
#include "server/routes/standing_json.h"
#include "server/routes/targets.h"

namespace formwork::routes {
namespace {

// Claiming says nothing beyond its address.
Expected<json::Value, http::Response> read_body(const Exchange& exchange) {
  if (!exchange.request.body.empty()) return read_object(exchange, "application/json");
  json::Value nothing;
  nothing.kind = json::Value::Kind::Object;
  return nothing;
}

// The intent that `make` reads from the body, carried out on the record of the address.
template <class Make>
void change(Exchange exchange, Make make) {
  const auto target = find_target(exchange);
  if (!target) return exchange.answer(problem(target.error(), nullptr, exchange));
  auto version = sent_version(exchange);
  if (!version) return exchange.answer(std::move(version.error()));
  const auto body = read_body(exchange);
  if (!body) return exchange.answer(body.error());
  Members members(*body, exchange);
  engine::Intent intent = make(*target, *version, members);
  if (auto refusal = members.refusal()) return exchange.answer(std::move(*refusal));
  run_once(std::move(exchange), std::move(intent), target->entity, answers_record());
}

using Version = std::optional<std::int64_t>;

}  // namespace

void api_move(Exchange exchange) {
  change(std::move(exchange), [](const Target& target, Version version, Members& members) {
    return engine::MoveRecord{.entity = target.entity,
                              .id = target.id,
                              .expected_version = version,
                              .to = members.needed_text("to"),
                              .comment = members.text("comment")};
  });
}

void api_checklist(Exchange exchange) {
  change(std::move(exchange), [](const Target& target, Version, Members& members) {
    return engine::CheckItem{.entity = target.entity,
                             .id = target.id,
                             .item = members.needed_text("item"),
                             .done = members.truth("done").value_or(true)};
  });
}

void api_claim(Exchange exchange) {
  change(std::move(exchange), [](const Target& target, Version, Members& members) {
    return engine::AssignRecord{.entity = target.entity,
                                .id = target.id,
                                .to = std::nullopt,
                                .comment = members.text("comment")};
  });
}

namespace {

// Of these records; null when there is none, which is then refused.
const model::Assignment* find_assignment(const std::string& name, const Target& target,
                                         Members& members) {
  const model::Model& model = members.exchange().engine().model();
  const model::Assignment* found = model.find_assignment(name);
  if (found != nullptr && found->entity == target.entity->index) return found;
  members.refuse("by", {&texts::kNoSuchAssignment, {{"name", name}}});
  return nullptr;
}

}  // namespace

void api_assign(Exchange exchange) {
  change(std::move(exchange), [](const Target& target, Version, Members& members) {
    engine::AssignRecord assign{.entity = target.entity, .id = target.id};
    const std::string by = members.text("by");
    if (by.empty()) {
      assign.to = members.needed_person("to");
    } else {
      assign.by = find_assignment(by, target, members);
      assign.except = members.people("except");
    }
    assign.comment = members.text("comment");
    return assign;
  });
}

void api_release(Exchange exchange) {
  change(std::move(exchange), [](const Target& target, Version, Members& members) {
    return engine::ReleaseRecord{.entity = target.entity,
                                 .id = target.id,
                                 .pool = members.needed_text("pool"),
                                 .comment = members.text("comment")};
  });
}

void api_comment(Exchange exchange) {
  change(std::move(exchange), [](const Target& target, Version, Members& members) {
    return engine::CommentRecord{
        .entity = target.entity, .id = target.id, .text = members.needed_text("text")};
  });
}

void api_why(Exchange exchange) {
  const auto target = find_target(exchange);
  if (!target) return exchange.answer(problem(target.error(), nullptr, exchange));
  const auto standing = exchange.engine().standing(exchange.actor(), *target->entity, target->id);
  if (!standing) return exchange.answer(problem(standing.error(), target->entity, exchange));
  std::string body;
  json::Writer writer(body);
  StandingWriter(writer, exchange, *target->entity).standing(*standing);
  http::Response response = http::json_response(200, std::move(body));
  response.set("ETag", etag(standing->record.version));
  exchange.answer(std::move(response));
}

// The pools of an entity, with what the caller may still claim from each today.
void api_pools(Exchange exchange) {
  const auto entity = find_entity(exchange.captures[0], exchange);
  if (!entity) return exchange.answer(problem(entity.error(), nullptr, exchange));
  const permissions::Gate& gate = exchange.engine().gate();
  if (!gate.may(exchange.actor(), model::Action::View, **entity)) {
    return exchange.answer(problem(gate.explain(model::Action::View, **entity), *entity, exchange));
  }
  permissions::Reader reader = exchange.engine().reader(exchange.actor());
  const auto quotas =
      engine::claim_quotas(reader.view(), exchange.engine().model(), **entity,
                           exchange.actor().account, exchange.engine().clock().now());
  std::string body;
  json::Writer writer(body);
  const auto number_or_null = [&writer](std::string_view key, std::optional<std::int64_t> number) {
    writer.key(key);
    if (number) {
      writer.number(*number);
    } else {
      writer.null();
    }
  };
  writer.begin_object().key("pools").begin_array();
  for (std::size_t i = 0; i < (*entity)->pools.size(); ++i) {
    const model::Pool& pool = (*entity)->pools[i];
    const std::optional<engine::ClaimQuota>& quota = quotas[i];
    writer.begin_object().key("name").string(pool.name);
    writer.key("label").string(pool.label[exchange.locale]);
    number_or_null("claims_per_day", quota ? std::optional(quota->most) : std::nullopt);
    number_or_null("left_today", quota ? std::optional(quota->left) : std::nullopt);
    number_or_null("max_open", pool.max_open
                                   ? std::optional(static_cast<std::int64_t>(*pool.max_open))
                                   : std::nullopt);
    writer.end_object();
  }
  writer.end_array().end_object();
  exchange.answer(http::json_response(200, std::move(body)));
}

}  // namespace formwork::routes
