// From names and numbers in an address to entities and records.
#pragma once

#include <optional>
#include <string_view>

#include "dsl/base/expected.h"
#include "server/routes/exchange.h"

namespace formwork::routes {

// The entity of that name; the refusal suggests near names among those that the caller may see.
Expected<const model::Entity*, engine::Refusal> find_entity(std::string_view name,
                                                            const Exchange& exchange);

// A positive whole number without sign and leading zeros, or nothing.
std::optional<std::int64_t> parse_id(std::string_view text);

struct Target {
  const model::Entity* entity;
  engine::RecordId id;
};

// The record that the first two captures name. It need not exist.
Expected<Target, engine::Refusal> find_target(const Exchange& exchange);

}  // namespace formwork::routes
