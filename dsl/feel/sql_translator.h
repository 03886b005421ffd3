// Walks a syntax tree and says in SQL what can be said. Used by sql.cpp.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "dsl/feel/sql_relations.h"
#include "dsl/feel/syntax.h"

namespace formwork::feel::sql {

class Translator {
 public:
  // Without `known` only the tree can be looked at. What it is made of must outlive it.
  Translator(const Expression& expression, const Scope& scope, std::span<const Column> columns,
             const Known* known);

  // nullopt for what cannot be said exactly.
  std::optional<Operand> condition(syntax::NodeId id);
  std::optional<Operand> operand(syntax::NodeId id);

  // See Arithmetic::take_doubts.
  std::vector<Operand> take_doubts() { return arithmetic_.take_doubts(); }

  // The node itself, or what its `and`s join.
  std::vector<syntax::NodeId> conjuncts() const;

  // See sql.h.
  std::vector<std::size_t> compared_slots() const;

 private:
  // By node: whether it depends on the record.
  std::vector<bool> what_is_read() const;
  // Whether a call is one of a built-in; a field of that name does not hide it.
  bool calls_builtin(const syntax::Node& call) const;
  bool is_column(const syntax::Node& node) const;

  std::optional<Value> constant_value(syntax::NodeId id) const;
  std::optional<Operand> constant(syntax::NodeId id) const;
  std::optional<Operand> column(const syntax::Node& node) const;
  std::optional<Operand> part_of_record(syntax::NodeId id);
  std::optional<Operand> arithmetic(const syntax::Node& node);
  std::optional<Operand> relation(const syntax::Node& node);
  std::optional<Operand> junction(syntax::NodeId id);
  std::optional<Operand> between(const syntax::Node& node);
  std::optional<Operand> in(const syntax::Node& node);
  std::optional<Operand> in_test(const Operand& value, syntax::NodeId test);
  std::optional<Operand> in_comparison(const Operand& value, const syntax::Node& test);
  std::optional<Operand> choice(const syntax::Node& node);
  std::optional<Operand> call(const syntax::Node& node);
  std::optional<Operand> list_contains(const syntax::Node& node);
  std::optional<Operand> call_of(std::string_view name, Operand argument);
  std::optional<Operand> call_of(std::string_view name, Operand first, Operand second);

  std::string_view text_of(const syntax::Node& node) const;

  const Expression& expression_;
  const Scope& scope_;
  std::span<const Column> columns_;
  const Known* known_;
  std::vector<bool> reads_record_;
  Arithmetic arithmetic_;
  int depth_ = 0;
};

// All operands of a chain of `and`s, or of `or`s, in order.
std::vector<syntax::NodeId> flattened(const syntax::Tree& tree, syntax::NodeId id,
                                      syntax::Kind kind);

}  // namespace formwork::feel::sql
