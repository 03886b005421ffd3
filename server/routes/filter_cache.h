// Filters that callers sent, compiled: lists are paged through and come again.
//
// Bounded, shared by all threads. What is in here belongs to the roles that it was compiled for, so
// nobody gets a filter that names what they may not see.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/permissions/filter.h"

namespace formwork::routes {

class FilterCache {
 public:
  // Compiled now, or before.
  std::shared_ptr<const permissions::CompiledFilter> find(std::string_view text,
                                                          const permissions::Gate& gate,
                                                          const engine::Actor& actor,
                                                          const model::Entity& entity);

 private:
  using Roles = std::vector<std::size_t>;
  using ScopeKey = std::pair<std::size_t, Roles>;  // of the entity with that index
  using FilterKey = std::tuple<std::size_t, Roles, std::string>;

  std::mutex mutex_;
  std::map<ScopeKey, std::shared_ptr<const permissions::VisibleScope>> scopes_;
  std::map<FilterKey, std::shared_ptr<const permissions::CompiledFilter>> filters_;
};

}  // namespace formwork::routes
