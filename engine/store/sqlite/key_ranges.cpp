#include "engine/store/sqlite/key_ranges.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "dsl/base/json.h"
#include "engine/store/sqlite/sql_text.h"

namespace formwork::store {
namespace {

std::optional<std::string> json_of(const std::vector<feel::sql::Bound>& values) {
  std::string text;
  json::Writer writer(text);
  writer.begin_array();
  for (const feel::sql::Bound& value : values) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
      writer.number(*integer);
    } else if (const auto* string = std::get_if<std::string>(&value)) {
      // SQLite's JSON would end it there.
      if (string->find('\0') != std::string::npos) return std::nullopt;
      writer.string(*string);
    } else {
      writer.null();
    }
  }
  writer.end_array();
  return text;
}

// Whether `wanted` is looked up in an index of its own; its values then stand in one of the ranges.
bool add_to_range(std::vector<KeyRange>& ranges, const KeyValue& wanted,
                  const model::Entity& entity, const EntityPlan& plan) {
  const auto index = std::find_if(plan.keys.begin(), plan.keys.end(),
                                  [&](const KeyIndex& one) { return one.column == wanted.column; });
  if (index == plan.keys.end()) return false;
  const std::string name = quoted(index->name);
  auto range = std::find_if(ranges.begin(), ranges.end(),
                            [&](const KeyRange& one) { return one.index == name; });
  if (range == ranges.end()) {
    ranges.push_back({.column = quoted_column(entity, wanted.column), .index = name});
    range = std::prev(ranges.end());
  }
  range->values.push_back(wanted.value);
  return true;
}

}  // namespace

std::vector<KeyRange> key_ranges(const Query& query, const FilterSql& filter,
                                 const EntityPlan& plan) {
  if (!filter.keys || filter.asks_memory() || query.deleted) return {};
  std::vector<KeyRange> ranges;
  for (const KeyValue& key : *filter.keys) {
    if (!add_to_range(ranges, key, *query.entity, plan)) return {};
  }
  for (KeyRange& range : ranges) {
    std::optional<std::string> json = json_of(range.values);
    if (!json) return {};
    range.json = std::move(*json);
  }
  return ranges;
}

std::size_t key_count(std::span<const KeyRange> ranges) {
  std::size_t count = 0;
  for (const KeyRange& range : ranges) count += range.values.size();
  return count;
}

}  // namespace formwork::store
