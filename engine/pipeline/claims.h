// claims: how many records somebody has taken from a pool today, and may still take.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/store/store.h"

namespace formwork::engine {

struct ClaimQuota {
  std::int64_t most = 0;  // of one person, on one day of the app's calendar
  std::int64_t left = 0;  // today
};

// What claims of the account from that pool of the entity are counted under, and of which day.
struct ClaimCount {
  ClaimCount(const model::Model& model, const model::Entity& entity, std::size_t pool,
             AccountId account, Instant now);

  std::string name;
  std::string day;
};

// Of the pool, an index into Entity::pools; nothing where it has no limit a day.
std::optional<ClaimQuota> claim_quota(store::View& view, const model::Model& model,
                                      const model::Entity& entity, std::size_t pool,
                                      AccountId account, Instant now);

// The same of every pool, in the order of Entity::pools.
std::vector<std::optional<ClaimQuota>> claim_quotas(store::View& view, const model::Model& model,
                                                    const model::Entity& entity, AccountId account,
                                                    Instant now);

}  // namespace formwork::engine
