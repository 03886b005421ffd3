#include "dsl/decision/hit_policy.h"

#include <array>
#include <string>

namespace formwork::decision {
namespace {

struct Name {
  std::string_view words;
  std::string_view letters;
  Policy policy;
};

constexpr std::array kNames = {
    Name{"unique", "u", {HitPolicy::Unique}},
    Name{"any", "a", {HitPolicy::Any}},
    Name{"priority", "p", {HitPolicy::Priority}},
    Name{"first", "f", {HitPolicy::First}},
    Name{"rule order", "r", {HitPolicy::RuleOrder}},
    Name{"output order", "o", {HitPolicy::OutputOrder}},
    Name{"collect", "c", {HitPolicy::Collect}},
    Name{"collect sum", "c+", {HitPolicy::Collect, Aggregation::Sum}},
    Name{"collect min", "c<", {HitPolicy::Collect, Aggregation::Min}},
    Name{"collect max", "c>", {HitPolicy::Collect, Aggregation::Max}},
    Name{"collect count", "c#", {HitPolicy::Collect, Aggregation::Count}},
};

// In lower case, `_` as a blank.
std::string folded(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z') {
      result += static_cast<char>(c - 'A' + 'a');
    } else {
      result += c == '_' ? ' ' : c;
    }
  }
  return result;
}

}  // namespace

bool Policy::gives_list() const {
  switch (hit) {
    case HitPolicy::RuleOrder:
    case HitPolicy::OutputOrder:
      return true;
    case HitPolicy::Collect:
      return aggregation == Aggregation::None;
    default:
      return false;
  }
}

std::optional<Policy> parse_policy(std::string_view text) {
  const std::string wanted = folded(text);
  for (const Name& name : kNames) {
    if (wanted == name.words || wanted == name.letters) return name.policy;
  }
  return std::nullopt;
}

std::optional<Aggregation> parse_aggregation(std::string_view text) {
  const std::string wanted = "collect " + folded(text);
  for (const Name& name : kNames) {
    if (wanted == name.words) return name.policy.aggregation;
  }
  return std::nullopt;
}

std::string_view to_string(const Policy& policy) {
  for (const Name& name : kNames) {
    if (name.policy == policy) return name.words;
  }
  return {};
}

}  // namespace formwork::decision
