#include "server/routes/filter_cache.h"

namespace formwork::routes {
namespace {

// Filters are few kilobytes each; what does not fit any more is compiled again.
constexpr std::size_t kMostFilters = 256;
constexpr std::size_t kMostScopes = 64;

template <class Map, class Key>
auto found_in(const Map& map, const Key& key) {
  const auto found = map.find(key);
  return found == map.end() ? typename Map::mapped_type() : found->second;
}

template <class Map, class Key, class Value>
void keep(Map& map, std::size_t most, Key key, Value value) {
  if (map.size() >= most) map.clear();
  map.insert_or_assign(std::move(key), std::move(value));
}

}  // namespace

std::shared_ptr<const permissions::CompiledFilter> FilterCache::find(std::string_view text,
                                                                     const permissions::Gate& gate,
                                                                     const engine::Actor& actor,
                                                                     const model::Entity& entity) {
  const FilterKey key{entity.index, actor.roles, std::string(text)};
  const ScopeKey scope_key{entity.index, actor.roles};
  std::shared_ptr<const permissions::VisibleScope> scope;
  {
    const std::lock_guard lock(mutex_);
    if (auto known = found_in(filters_, key)) return known;
    scope = found_in(scopes_, scope_key);
  }
  // Compiled without the lock: a long filter holds up nobody else.
  if (!scope) scope = std::make_shared<const permissions::VisibleScope>(gate, actor, entity);
  auto compiled = std::make_shared<const permissions::CompiledFilter>(
      permissions::compile_filter(text, scope, actor, entity));
  const std::lock_guard lock(mutex_);
  keep(scopes_, kMostScopes, scope_key, std::move(scope));
  keep(filters_, kMostFilters, key, compiled);
  return compiled;
}

}  // namespace formwork::routes
