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
  Translator(const Expression& expression, const Scope& scope, std::span<const Column> columns);

  // nullopt for what cannot be said exactly.
  std::optional<Operand> condition(syntax::NodeId id);
  std::optional<Operand> operand(syntax::NodeId id);

  // See Arithmetic::take_doubts.
  std::vector<Operand> take_doubts() { return arithmetic_.take_doubts(); }

  // The node itself, or what its `and`s join.
  std::vector<syntax::NodeId> conjuncts() const;

 private:
  // What a part of the tree depends on.
  enum class Reads : std::uint8_t { Nothing, Given, Records };

  std::vector<Reads> what_is_read() const;
  // Whether a call is one of a built-in; a field of that name does not hide it.
  bool calls_builtin(const syntax::Node& call) const;
  Reads read_by(const syntax::Node& node) const;

  std::optional<Value> constant_value(syntax::NodeId id) const;
  std::optional<Operand> constant(syntax::NodeId id) const;
  std::optional<Operand> given(syntax::NodeId id, Given::Part part) const;
  std::optional<Operand> column(const syntax::Node& node) const;
  std::optional<Operand> part_of_record(syntax::NodeId id);
  std::optional<Operand> arithmetic(const syntax::Node& node);
  std::optional<Operand> relation(const syntax::Node& node);
  std::optional<Operand> junction(syntax::NodeId id);
  std::optional<Operand> between(const syntax::Node& node);
  std::optional<Operand> in(const syntax::Node& node);
  std::optional<Operand> in_test(const Operand& value, syntax::NodeId test);
  std::optional<Operand> in_interval(const Operand& value, syntax::NodeId test);
  std::optional<Operand> in_comparison(const Operand& value, const syntax::Node& test);
  std::optional<Operand> choice(const syntax::Node& node);
  std::optional<Operand> call(const syntax::Node& node);
  std::optional<Operand> call_of(std::string_view name, Operand argument);
  std::optional<Operand> call_of(std::string_view name, Operand first, Operand second);

  std::string_view text_of(const syntax::Node& node) const;

  const Expression& expression_;
  const Scope& scope_;
  std::span<const Column> columns_;
  std::vector<Reads> reads_;  // by node
  Arithmetic arithmetic_;
  int depth_ = 0;
};

// All operands of a chain of `and`s, or of `or`s, in order.
std::vector<syntax::NodeId> flattened(const syntax::Tree& tree, syntax::NodeId id,
                                      syntax::Kind kind);

}  // namespace formwork::feel::sql
