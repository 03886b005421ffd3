#include "dsl/lint/loops/leads.h"

#include <algorithm>

#include "dsl/base/time.h"
#include "dsl/model/scope.h"

namespace formwork::lint {
namespace {

using feel::syntax::Kind;
using feel::syntax::Node;
using feel::syntax::NodeId;
using feel::syntax::Tree;

constexpr std::int64_t kHourSeconds = 3600;

bool is_call_of(const Tree& tree, const Node& node, std::string_view name) {
  return node.kind == Kind::Call && tree[node.children.front()].kind == Kind::Name &&
         tree[node.children.front()].text == name;
}

// As it is written: `duration("P7D")`, `@"P7D"`.
std::optional<std::int64_t> seconds_at(const Tree& tree, NodeId id) {
  const Node& node = tree[id];
  std::string_view text;
  if (node.kind == Kind::Temporal) text = node.text;
  if (is_call_of(tree, node, "duration") && node.children.size() == 2 &&
      tree[node.children[1]].kind == Kind::String) {
    text = tree[node.children[1]].text;
  }
  if (const auto days = parse_days_duration(text)) return days->seconds;
  const auto months = parse_months_duration(text);
  if (!months) return std::nullopt;
  constexpr std::int64_t kShortestMonthDays = 28;
  return months->months * kShortestMonthDays * kSecondsPerDay;
}

class Reader {
 public:
  Reader(const Tree& tree, const model::Entity& entity) : tree_(tree), entity_(entity) {}

  std::optional<std::int64_t> lead(NodeId id) const {
    const Node& node = tree_[id];
    if (node.kind == Kind::Add) return lead_of_sum(node);
    if (node.kind == Kind::If) {
      const auto then = lead(node.children[1]);
      const auto otherwise = lead(node.children[2]);
      return then && otherwise ? std::optional(std::min(*then, *otherwise)) : std::nullopt;
    }
    const bool is_now = is_call_of(tree_, node, "now") || is_call_of(tree_, node, "today");
    const bool is_field = node.kind == Kind::Name && model::field_index(entity_, node.text);
    return is_now || is_field ? std::optional(std::int64_t{0}) : std::nullopt;
  }

 private:
  std::optional<std::int64_t> lead_of_sum(const Node& node) const {
    for (const std::size_t i : {0U, 1U}) {
      const auto time = lead(node.children[i]);
      const auto more = seconds_at(tree_, node.children[1 - i]);
      if (time && more) return *time + *more;
    }
    return std::nullopt;
  }

  const Tree& tree_;
  const model::Entity& entity_;
};

}  // namespace

std::optional<std::int64_t> lead_seconds(const feel::Expression& formula,
                                         const model::Entity& entity) {
  return Reader(formula.tree(), entity).lead(formula.tree().root);
}

bool comes_late(const model::Trigger& trigger, std::optional<std::int64_t> lead_seconds) {
  if (!lead_seconds) return false;
  if (!trigger.offset) return *lead_seconds >= kHourSeconds;
  // Working time is never less than that time, but may be far more.
  if (trigger.before && trigger.offset->business) return false;
  const std::int64_t offset = trigger.offset->days * kSecondsPerDay + trigger.offset->time.seconds;
  return *lead_seconds + (trigger.before ? -offset : offset) >= kHourSeconds;
}

}  // namespace formwork::lint
