// Hit policies: what a table's value is when several rules hit (DMN 1.5, 8.2.10).
#pragma once

#include <optional>
#include <string_view>

namespace formwork::decision {

enum class HitPolicy : unsigned char {
  Unique,       // at most one rule hits
  Any,          // all that hit agree
  Priority,     // the output that stands first among the allowed values
  First,        // the first rule that hits
  RuleOrder,    // all outputs, in the order of the rules
  OutputOrder,  // all outputs, in the order of the allowed values
  Collect,      // all outputs, or one number made of them
};

enum class Aggregation : unsigned char { None, Sum, Min, Max, Count };

struct Policy {
  HitPolicy hit = HitPolicy::Unique;
  Aggregation aggregation = Aggregation::None;

  bool operator==(const Policy&) const = default;

  // Whether the value is a list of outputs.
  bool gives_list() const;
};

// `unique`, `U`, `collect sum`, `C+`, `OUTPUT ORDER`: words in any case, or DMN's letters.
std::optional<Policy> parse_policy(std::string_view text);

// SUM, MIN, MAX, COUNT.
std::optional<Aggregation> parse_aggregation(std::string_view text);

// In the words of our documents: `collect sum`.
std::string_view to_string(const Policy& policy);

}  // namespace formwork::decision
