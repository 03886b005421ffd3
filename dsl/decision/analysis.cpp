#include "dsl/decision/analysis.h"

#include <algorithm>
#include <array>
#include <map>

#include "dsl/decision/frame.h"
#include "dsl/feel/operators.h"

namespace formwork::decision {
namespace {

using feel::Value;

bool has(const RuleSet& rules, std::size_t rule) {
  return (rules[rule / 64] >> (rule % 64) & 1U) != 0;
}

void put(RuleSet& rules, std::size_t rule) { rules[rule / 64] |= std::uint64_t{1} << (rule % 64); }

RuleSet both(const RuleSet& a, const RuleSet& b) {
  RuleSet result(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) result[i] = a[i] & b[i];
  return result;
}

bool is_empty(const RuleSet& rules) {
  return std::all_of(rules.begin(), rules.end(), [](std::uint64_t word) { return word == 0; });
}

bool is_allowed(const Value& value, const std::optional<feel::Expression>& tests) {
  if (!tests || value.is_null()) return true;
  const feel::Environment environment;
  const std::array<const Value*, 1> variables{&value};
  feel::Evaluation evaluation(environment, variables);
  return tests->test(evaluation).value_or(true);
}

class Analyser {
 public:
  Analyser(const Table& table, const AnalysisLimits& limits) : table_(table), limits_(limits) {
    for (const Table::Column& column : table.columns()) domains_.push_back(domain(column));
    for (std::size_t rule = 0; rule < table.rule_count(); ++rule) {
      const bool is_unknown = std::any_of(
          table.columns().begin(), table.columns().end(),
          [&](const auto& column) { return column.cells[rule] == Table::Cell::Evaluated; });
      if (is_unknown) analysis_.unknown_rules.push_back(rule);
      known_.push_back(!is_unknown);
    }
  }

  Analysis analyse() {
    if (table_.columns().empty()) return analysis_;
    note_covers();
    find_gaps();
    steps_ = 0;
    find_overlaps();
    steps_ = 0;
    find_masked();
    return std::move(analysis_);
  }

 private:
  // Segments with values that can come.
  static std::vector<std::size_t> domain(const Table::Column& column) {
    std::vector<std::size_t> segments;
    const Partition& partition = column.partition;
    for (std::size_t i = 0; i < partition.segment_count(); ++i) {
      if (i == partition.null_segment() && !partition.mentions_null()) continue;
      const std::optional<Value>& sample = partition.sample(i);
      if (!sample) continue;
      // All texts that no cell names are alike.
      if (partition.kind() == feel::ValueKind::String && i % 2 == 0 && i > 0) continue;
      if (column.allowed && !is_allowed(*sample, column.allowed->constraint->allowed)) continue;
      if (column.type.constraint != nullptr &&
          !is_allowed(*sample, column.type.constraint->allowed)) {
        continue;
      }
      segments.push_back(i);
    }
    return segments;
  }

  bool spend() {
    if (steps_ >= limits_.steps) {
      analysis_.is_complete = false;
      return false;
    }
    ++steps_;
    return true;
  }

  RuleSet all_rules() const {
    RuleSet rules((table_.rule_count() + 63) / 64, 0);
    for (std::size_t i = 0; i < table_.rule_count(); ++i) put(rules, i);
    return rules;
  }

  Witness witness(const std::vector<std::size_t>& row) const {
    Witness result;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const Table::Column& column = table_.columns()[i];
      // Of an input that no cell tells anything about, nothing can be said.
      if (column.partition.kind() == feel::ValueKind::Null && !column.partition.mentions_null()) {
        continue;
      }
      result.inputs.emplace_back(column.name, *column.partition.sample(row[i]));
    }
    return result;
  }

  // Of each column, the rules that hit whatever comes in it and in those behind it.
  void note_covers() {
    covers_.assign(table_.columns().size() + 1, all_rules());
    for (std::size_t i = table_.columns().size(); i-- > 0;) {
      RuleSet anything(covers_[i].size(), 0);
      for (std::size_t rule = 0; rule < table_.rule_count(); ++rule) {
        if (table_.columns()[i].cells[rule] == Table::Cell::Anything) put(anything, rule);
      }
      covers_[i] = both(covers_[i + 1], anything);
    }
  }

  using Branch = std::pair<std::size_t, RuleSet>;

  // Segments of a column that leave the same rules, one for all of them. Where none is left, one
  // for each stretch of neighbours, since each of them is a gap of its own.
  std::vector<Branch> branches(std::size_t column, const RuleSet& rules,
                               const std::vector<std::size_t>& segments) const {
    std::vector<Branch> result;
    std::map<RuleSet, std::size_t> seen;
    bool is_in_gap = false;
    for (const std::size_t segment : segments) {
      RuleSet left = both(rules, table_.columns()[column].rules_by_segment[segment]);
      const bool is_gap = is_empty(left);
      if (is_gap && is_in_gap) {
        // A bound says more than some value before it.
        if (result.back().first % 2 == 0 && segment % 2 == 1) result.back().first = segment;
      } else if (is_gap || seen.emplace(left, segment).second) {
        result.emplace_back(segment, std::move(left));
      }
      is_in_gap = is_gap;
    }
    return result;
  }

  // Visits rows that no rule of the set covers, within the segments of `domains`, until `visit`
  // says that it has enough. `row` holds a segment for each column so far.
  template <class Visit>
  bool walk(std::vector<std::size_t>& row, const RuleSet& rules,
            const std::vector<std::vector<std::size_t>>& domains, const Visit& visit) {
    if (!spend()) return false;
    const std::size_t column = row.size();
    if (is_empty(rules)) {
      std::vector<std::size_t> whole = row;
      for (std::size_t i = column; i < domains.size(); ++i) {
        if (domains[i].empty()) return true;
        whole.push_back(domains[i].front());
      }
      return visit(whole);
    }
    if (column == domains.size() || !is_empty(both(rules, covers_[column]))) return true;
    for (const auto& [segment, left] : branches(column, rules, domains[column])) {
      row.push_back(segment);
      const bool goes_on = walk(row, left, domains, visit);
      row.pop_back();
      if (!goes_on) return false;
    }
    return true;
  }

  void find_gaps() {
    std::vector<std::size_t> row;
    walk(row, all_rules(), domains_, [&](const std::vector<std::size_t>& whole) {
      analysis_.gaps.push_back(witness(whole));
      return analysis_.gaps.size() < limits_.findings;
    });
  }

  // A segment of each column in which both rules hit; nothing when there is none.
  std::optional<std::vector<std::size_t>> common_row(std::size_t a, std::size_t b) const {
    std::vector<std::size_t> row;
    for (std::size_t i = 0; i < domains_.size(); ++i) {
      const auto& sets = table_.columns()[i].rules_by_segment;
      const auto found = std::find_if(
          domains_[i].begin(), domains_[i].end(),
          [&](std::size_t segment) { return has(sets[segment], a) && has(sets[segment], b); });
      if (found == domains_[i].end()) return std::nullopt;
      row.push_back(*found);
    }
    return row;
  }

  std::optional<bool> have_same_outputs(std::size_t a, std::size_t b) const {
    bool are_same = true;
    for (const Table::Output& output : table_.outputs()) {
      if (output.values[a] == nullptr || output.values[b] == nullptr) return std::nullopt;
      are_same = are_same && *output.values[a] == *output.values[b];
    }
    return are_same;
  }

  void find_overlaps() {
    for (std::size_t a = 0; a < table_.rule_count(); ++a) {
      for (std::size_t b = a + 1; b < table_.rule_count() && known_[a]; ++b) {
        if (!known_[b]) continue;
        if (!spend() || analysis_.overlaps.size() >= limits_.findings) return;
        if (const auto row = common_row(a, b)) {
          analysis_.overlaps.push_back({a, b, witness(*row), have_same_outputs(a, b)});
        }
      }
    }
  }

  // A rule is masked when no row of its own is left by the earlier rules.
  void find_masked() {
    RuleSet earlier((table_.rule_count() + 63) / 64, 0);
    for (std::size_t rule = 0; rule < table_.rule_count(); ++rule) {
      if (rule > 0 && is_masked(rule, earlier)) {
        analysis_.masked.push_back({rule, met_by(rule)});
        if (analysis_.masked.size() >= limits_.findings) return;
      }
      if (known_[rule]) put(earlier, rule);
    }
  }

  bool is_masked(std::size_t rule, const RuleSet& earlier) {
    std::vector<std::vector<std::size_t>> own;
    for (std::size_t i = 0; i < domains_.size(); ++i) {
      const auto& sets = table_.columns()[i].rules_by_segment;
      std::vector<std::size_t>& segments = own.emplace_back();
      std::copy_if(domains_[i].begin(), domains_[i].end(), std::back_inserter(segments),
                   [&](std::size_t segment) { return has(sets[segment], rule); });
      // A rule that no row can reach is not hidden by others.
      if (segments.empty()) return false;
    }
    bool is_free = false;
    std::vector<std::size_t> row;
    const bool has_ended = walk(row, earlier, own, [&](const std::vector<std::size_t>&) {
      is_free = true;
      return false;
    });
    return has_ended && !is_free;
  }

  std::vector<std::size_t> met_by(std::size_t rule) const {
    std::vector<std::size_t> rules;
    for (std::size_t other = 0; other < rule; ++other) {
      if (known_[other] && common_row(other, rule)) rules.push_back(other);
    }
    return rules;
  }

  const Table& table_;
  const AnalysisLimits limits_;
  std::vector<std::vector<std::size_t>> domains_;
  std::vector<bool> known_;
  std::vector<RuleSet> covers_;
  std::size_t steps_ = 0;
  Analysis analysis_;
};

}  // namespace

std::string Witness::to_string() const {
  std::string text;
  for (const auto& [name, value] : inputs) {
    if (!text.empty()) text += ", ";
    text += name + " = " + feel::to_literal(value, TimeZone::utc());
  }
  return text.empty() ? "any input" : text;
}

Analysis analyse(const Table& table, const AnalysisLimits& limits) {
  return Analyser(table, limits).analyse();
}

}  // namespace formwork::decision
