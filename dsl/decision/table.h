// Table: a decision table, compiled once and evaluated any number of times by any number of
// threads.
//
// Each input is evaluated once. Columns whose cells are constants, comparisons and intervals are
// looked up: per segment of the column (partition.h) there is a set of rules that may hit, and the
// sets of all columns are intersected. Only cells that are other expressions are evaluated.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/decision/item_type.h"
#include "dsl/decision/partition.h"
#include "dsl/decision/table_text.h"
#include "dsl/feel/expression.h"

namespace formwork::decision {

// What came of one evaluation, for whoever asks why.
struct TableTrace {
  std::vector<feel::Value> inputs;
  std::vector<std::size_t> hits;     // rules, from 0, in their order
  std::vector<feel::Value> outputs;  // what each of these rules contributed
  bool used_fallback = false;        // no rule hit, and the default outputs stood in
};

// Rules as bits.
using RuleSet = std::vector<std::uint64_t>;

class Table {
 public:
  // A cell that is never looked at (`-`), looked up, or evaluated.
  enum class Cell : unsigned char { Anything, Indexed, Evaluated };

  struct Column {
    std::string name;
    feel::Expression expression;
    std::optional<std::size_t> slot;  // when the expression is a variable and nothing else
    ItemType type;
    std::optional<ItemType> allowed;  // the allowed values of the table itself
    Partition partition;
    std::vector<RuleSet> rules_by_segment;  // evaluated cells are in every set
    std::vector<feel::Expression> tests;    // of each rule
    std::vector<Cell> cells;                // of each rule
    bool has_evaluated_cells = false;
  };

  struct Output {
    std::string name;
    ItemType type;
    std::optional<feel::Expression> fallback;
    std::vector<feel::Expression> ranking;   // unary tests, first is highest
    std::vector<feel::Expression> cells;     // of each rule
    std::vector<const feel::Value*> values;  // of each rule: constants that need no coercion
  };

  const Policy& policy() const { return policy_; }

  std::size_t rule_count() const { return rule_count_; }

  std::span<const Column> columns() const { return columns_; }

  std::span<const Output> outputs() const { return outputs_; }

  // What it gives, as far as outputs have names and types.
  feel::Type result_type() const;

 private:
  friend class TableCompiler;
  friend class TableRun;

  Policy policy_;
  std::size_t rule_count_ = 0;
  std::size_t slots_ = 0;  // of the scope; `?` comes behind them
  std::vector<Column> columns_;
  std::vector<Output> outputs_;
  std::shared_ptr<const feel::Shape> shape_;  // of several outputs
};

// The kind of the values of a type; Null for types whose values are of several kinds.
feel::ValueKind kind_of(feel::TypeKind kind);

// Types by their names; nullopt for a name that is none.
using TypeLookup = std::function<std::optional<ItemType>(std::string_view name)>;

struct Surroundings {
  const feel::Scope& scope;
  const TypeLookup& types;
  feel::Options::Mode mode = feel::Options::Mode::Strict;
  std::string home = {};  // for findings: "decision lead_score"
};

// Always a table; a cell that cannot be read never hits, an output gives null.
std::shared_ptr<const Table> compile_table(const TableText& text, const Surroundings& around,
                                           Findings& findings);

// The table's value over the variables of its scope. One output gives its value, several give a
// context. Null with a reason where the hit policy is violated.
feel::Value evaluate(const Table& table, feel::Evaluation& evaluation, TableTrace* trace = nullptr);

}  // namespace formwork::decision
