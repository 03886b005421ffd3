#include "engine/pipeline/claims.h"

#include <algorithm>

namespace formwork::engine {

ClaimCount::ClaimCount(const model::Model& model, const model::Entity& entity, std::size_t pool,
                       AccountId account, Instant now)
    : name("claim." + entity.name + "." + entity.pools[pool].name + "." + std::to_string(account)),
      day(to_string(model.app.time_zone->to_local(now).date)) {}

std::optional<ClaimQuota> claim_quota(store::View& view, const model::Model& model,
                                      const model::Entity& entity, std::size_t pool,
                                      AccountId account, Instant now) {
  if (!entity.pools[pool].claims_per_day) return std::nullopt;
  const auto most = static_cast<std::int64_t>(*entity.pools[pool].claims_per_day);
  const ClaimCount count(model, entity, pool, account, now);
  const std::int64_t used = view.last_number(count.name, count.day);
  return ClaimQuota{.most = most, .left = std::max<std::int64_t>(most - used, 0)};
}

std::vector<std::optional<ClaimQuota>> claim_quotas(store::View& view, const model::Model& model,
                                                    const model::Entity& entity, AccountId account,
                                                    Instant now) {
  std::vector<std::optional<ClaimQuota>> quotas;
  for (std::size_t i = 0; i < entity.pools.size(); ++i) {
    quotas.push_back(claim_quota(view, model, entity, i, account, now));
  }
  return quotas;
}

}  // namespace formwork::engine
