// Pools, and the fields that the engine keeps for entities that an assignment is about.
#include <algorithm>
#include <array>

#include "dsl/compile/assignment.h"
#include "dsl/compile/kept_fields.h"
#include "dsl/compile/keys.h"
#include "dsl/compile/reading.h"

namespace formwork::compile {
namespace {

constexpr KeptField kAssignedAt{
    "assigned_at", "date_time", {"assignment.assigned-at", "Assigned at", "分配时间"}};
constexpr KeptField kPool{"pool", "choice", {"assignment.pool", "Pool", "公海"}};
constexpr KeptField kRespondBy{
    "respond_by", "date_time", {"assignment.respond-by", "Respond by", "首响截止时间"}};
constexpr KeptField kRespondedAt{
    "responded_at", "date_time", {"assignment.responded-at", "Responded at", "首响时间"}};

constexpr std::int64_t kMostClaims = 10'000;
constexpr std::int64_t kMostOpen = 100'000;

std::optional<std::size_t> read_limit(const yaml::Node& mapping, std::string_view key,
                                      std::string_view what, std::int64_t most, Context& context) {
  const yaml::Node* node = value_of(mapping, key);
  if (node == nullptr) return std::nullopt;
  const auto limit = read_integer(*node, what, 1, most, context);
  return limit ? std::optional(static_cast<std::size_t>(*limit)) : std::nullopt;
}

model::Pool read_pool(const yaml::Entry& entry, Context& context) {
  model::Pool pool{.name = entry.key,
                   .label = default_label(entry.key, context),
                   .claims_per_day = {},
                   .max_open = {},
                   .where = entry.key_span};
  if (entry.value.is_null()) return pool;
  if (!entry.value.is_mapping()) {
    report_wrong_type(entry.value, "a pool: a mapping with `label` and limits", context);
    return pool;
  }
  check_keys(entry.value, keys::kPool, "a pool", context);
  if (const yaml::Node* label = value_of(entry.value, "label")) {
    if (auto text = read_localized(*label, context)) pool.label = std::move(*text);
  }
  pool.claims_per_day =
      read_limit(entry.value, "claims_per_day", "how many claims a day", kMostClaims, context);
  pool.max_open = read_limit(entry.value, "max_open", "how many open records", kMostOpen, context);
  return pool;
}

class Settling {
 public:
  Settling(const Document& document, bool is_second, AssignedEntity& assigned, Context& context)
      : node_(*document.node), is_second_(is_second), assigned_(assigned), context_(context) {}

  void run() {
    if (const yaml::Node* pools = value_of(node_, "pools")) read_pools(*pools);
    const yaml::Entry* response = node_.find("response");
    if (response == nullptr) return;
    if (assigned_.response && !is_second_) report_second_response(*response);
    if (!assigned_.response) assigned_.response = response->key_span;
  }

 private:
  void read_pools(const yaml::Node& pools) {
    if (!pools.is_mapping() || pools.entries.empty()) {
      report_wrong_type(pools, "the pools: a mapping of names to pools", context_);
      return;
    }
    for (const yaml::Entry& entry : pools.entries) add_pool(entry);
  }

  void add_pool(const yaml::Entry& entry) {
    if (!check_name(entry.key, entry.key_span, "a pool", context_)) return;
    model::Pool pool = read_pool(entry, context_);
    const auto known =
        std::find_if(assigned_.pools.begin(), assigned_.pools.end(),
                     [&](const model::Pool& other) { return other.name == pool.name; });
    if (known == assigned_.pools.end()) {
      assigned_.pools.push_back(std::move(pool));
    } else if (!is_second_) {
      context_.diagnostics
          .error(codes::kAssignmentPool, entry.key_span,
                 "the entity has a pool `" + pool.name + "` already",
                 "give it another name, or leave it out: assignments of an entity share its pools")
          .related.push_back({known->where, "the other is here"});
    }
  }

  void report_second_response(const yaml::Entry& response) {
    context_.diagnostics
        .error(codes::kAssignmentResponse, response.key_span,
               "an entity has one response clock, and another assignment has it already",
               "keep one `response`")
        .related.push_back({*assigned_.response, "the other is here"});
  }

  const yaml::Node& node_;
  bool is_second_;
  AssignedEntity& assigned_;
  Context& context_;
};

void settle(const Document& document, bool is_second, Context& context) {
  const yaml::Node* of = value_of(*document.node, "of");
  if (of == nullptr || context.model.find_entity(of->text) == nullptr) return;
  AssignedEntity& assigned = context.assigned[of->text];
  if (!assigned.where) assigned.where = document.name_where;
  Settling(document, is_second, assigned, context).run();
}

}  // namespace

void settle_assignments(std::span<const Document> documents, std::span<const Document> seconds,
                        Context& context) {
  for (const Document& document : documents) settle(document, false, context);
  for (const Document& document : seconds) {
    if (document.kind == "assignment") settle(document, true, context);
  }
}

bool is_assignment_field(std::string_view name, std::string_view entity, const Context& context) {
  constexpr std::array kKept{&kAssignedAt, &kPool, &kRespondBy, &kRespondedAt};
  return context.assigned.contains(entity) &&
         std::any_of(kKept.begin(), kKept.end(),
                     [&](const KeptField* kept) { return kept->name == name; });
}

void declare_assignments(model::Entity& entity, const Context& context) {
  const auto found = context.assigned.find(entity.name);
  if (found == context.assigned.end()) return;
  const AssignedEntity& assigned = found->second;
  entity.pools = assigned.pools;
  model::AssignmentFields kept;
  kept.assigned_at = add_kept_field(kAssignedAt, assigned.where, {}, entity, context);
  std::vector<fields::Option> pools;
  for (const model::Pool& pool : entity.pools) pools.push_back({pool.name, pool.label});
  if (!pools.empty()) {
    kept.pool = add_kept_field(kPool, assigned.where, std::move(pools), entity, context);
  }
  if (assigned.response) {
    kept.respond_by = add_kept_field(kRespondBy, assigned.where, {}, entity, context);
    kept.responded_at = add_kept_field(kRespondedAt, assigned.where, {}, entity, context);
  }
  entity.assignment_fields = kept;
}

std::optional<std::size_t> find_pool(const yaml::Node& node, const model::Entity& entity,
                                     Context& context) {
  const auto name = read_text(node, "the name of a pool", context);
  if (!name) return std::nullopt;
  if (const auto pool = model::pool_index(entity, *name)) return pool;
  std::vector<std::string_view> names;
  for (const model::Pool& pool : entity.pools) names.push_back(pool.name);
  report_missing(
      codes::kNameUnknown, node.span, "there is no pool `" + *name + "` of " + entity.name,
      names.empty() ? "add it to the assignment: pools: { " + *name + ": }" : suggest(*name, names),
      context);
  return std::nullopt;
}

}  // namespace formwork::compile
