// Partition: the values of one input, cut where the cells of its column change their answer.
//
// Cells that are constants, comparisons, intervals, lists of these or `not` of them give the same
// answer for all values between two neighbouring bounds. So one sample stands for all of them: a
// table looks its rules up instead of evaluating cells, and gaps and overlaps can be found by
// walking over segments.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "dsl/feel/expression.h"
#include "dsl/feel/value.h"

namespace formwork::decision {

class Partition {
 public:
  // Adds the bounds of a cell. False, and nothing is added, when its answer depends on more than
  // the order of the input among constants of one kind.
  bool add(const feel::Expression& tests);

  // Says what values are like when no cell tells.
  void add_kind(feel::ValueKind kind);

  // To be called when all is added, before anything below.
  void finish();

  // Of the bounds; Null when nothing is known.
  feel::ValueKind kind() const { return kind_; }

  // Segments: 2i is what lies before bound i, 2i + 1 is that bound; then what lies behind the last
  // one, and null.
  std::size_t segment_count() const { return 2 * bounds_.size() + 2; }

  std::size_t null_segment() const { return 2 * bounds_.size() + 1; }

  // The segment of a value; nullopt for a value of another kind.
  std::optional<std::size_t> find(const feel::Value& value) const;

  // A value of the segment; nullopt when there is none: between 1 May and 2 May.
  const std::optional<feel::Value>& sample(std::size_t segment) const { return samples_[segment]; }

  // Whether some cell asks for null.
  bool mentions_null() const { return mentions_null_; }

 private:
  struct Bounds;

  static bool collect(const feel::Expression& tests, const feel::syntax::Node& node, Bounds& into);
  static bool collect_operand(const feel::Expression& tests, feel::syntax::NodeId id, Bounds& into);

  feel::ValueKind kind_ = feel::ValueKind::Null;
  bool is_ordered_ = false;  // some cell compares or has an interval
  bool mentions_null_ = false;
  std::vector<feel::Value> bounds_;  // sorted, each once
  std::vector<std::optional<feel::Value>> samples_;
};

// The value of a node of an expression when it is a constant, whatever is around it.
std::optional<feel::Value> constant_of(const feel::Expression& expression,
                                       const feel::syntax::Node& node);

}  // namespace formwork::decision
