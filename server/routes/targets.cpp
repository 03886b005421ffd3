#include "server/routes/targets.h"

#include <charconv>

#include "dsl/diagnostics/did_you_mean.h"
#include "server/routes/request_texts.h"

namespace formwork::routes {

using engine::Refusal;

Expected<const model::Entity*, Refusal> find_entity(std::string_view name,
                                                    const Exchange& exchange) {
  const model::Model& model = exchange.engine().model();
  if (const model::Entity* entity = model.find_entity(name)) return entity;
  std::vector<std::string_view> names;
  for (const model::Entity& entity : model.entities) {
    if (exchange.engine().gate().may(exchange.actor(), model::Action::View, entity)) {
      names.push_back(entity.name);
    }
  }
  Refusal refusal{engine::RefusalKind::NotFound, {&texts::kNoSuchEntity, {}}, {}, {}, 0};
  refusal.message.arguments = suggestion_arguments(name, names);
  refusal.message.arguments.emplace_back("name", std::string(name));
  return Unexpected(std::move(refusal));
}

std::optional<std::int64_t> parse_id(std::string_view text) {
  std::int64_t id = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), id);
  const bool whole = read.ec == std::errc() && read.ptr == text.data() + text.size();
  if (!whole || id <= 0 || text.starts_with('0')) return std::nullopt;
  return id;
}

Expected<Target, Refusal> find_target(const Exchange& exchange) {
  FW_TRY(const model::Entity* entity, find_entity(exchange.captures[0], exchange));
  const std::optional<std::int64_t> id = parse_id(exchange.captures[1]);
  if (!id) {
    return Unexpected(permissions::not_found(*entity, std::string(exchange.captures[1])));
  }
  return Target{entity, *id};
}

}  // namespace formwork::routes
