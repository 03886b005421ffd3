// Gaps and overlaps of a decision table, each shown by a row of inputs.
//
// Columns are cut into segments (partition.h), and the rules that may hit are followed column by
// column; segments that leave the same rules are followed once. Rules with cells that are other
// expressions are unknown: they may cover a gap, so none is claimed there, and they are never said
// to overlap. Null is tried only where a cell asks for it. Numbers are not whole by nature, so
// [0..9] and [10..19] leave 9.5 out.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dsl/decision/table.h"

namespace formwork::decision {

// One value for each input that matters.
struct Witness {
  std::vector<std::pair<std::string, feel::Value>> inputs;

  // `source = "event", budget = 0`
  std::string to_string() const;
};

struct Overlap {
  std::size_t first = 0;  // rules, from 0
  std::size_t second = 0;
  Witness row;
  std::optional<bool> same_outputs;  // nothing when that is not known before evaluating
};

// A rule that can never be the first to hit.
struct Masked {
  std::size_t rule = 0;
  std::vector<std::size_t> by;  // earlier rules that it meets
};

struct AnalysisLimits {
  std::size_t steps = 500'000;  // visited combinations of segments and pairs of rules
  std::size_t findings = 10;    // of each kind
};

struct Analysis {
  std::vector<Witness> gaps;
  std::vector<Overlap> overlaps;
  std::vector<Masked> masked;
  std::vector<std::size_t> unknown_rules;  // with cells that are other expressions
  // Whether all was looked at; else there may be more than what was found.
  bool is_complete = true;
};

Analysis analyse(const Table& table, const AnalysisLimits& limits = {});

}  // namespace formwork::decision
