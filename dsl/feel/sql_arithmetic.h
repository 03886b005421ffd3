// Integer arithmetic of SQLite that stands for FEEL's decimals, dates and durations, and knows
// where it would overflow. Used by sql_translator.cpp.
#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/feel/sql_operand.h"

namespace formwork::feel::sql {

// `?` with that value.
Operand bound_operand(Sort sort, Bound value);
// A text without parameters: `NULL`, `1`.
Operand literal(Sort sort, std::string_view text);
// `a op b`, with parentheses around what needs them.
Operand joined(Operand a, std::string_view op, Operand b);
// `before a after`, which binds as tightly as a call does.
Operand wrapped(std::string_view before, Operand a, std::string_view after);

// All functions give nullopt, or false, for what cannot be computed exactly in SQL.
class Arithmetic {
 public:
  std::optional<Operand> add(Operand a, Operand b);
  std::optional<Operand> subtract(Operand a, Operand b);
  std::optional<Operand> multiply(Operand a, Operand b);
  std::optional<Operand> divide(Operand a, const Operand& b);
  std::optional<Operand> negate(Operand a);
  std::optional<Operand> magnitude(Operand a);

  // A constant becomes a `?`.
  static bool settle(Operand& operand);
  // Both count in the same measure afterwards.
  bool align(Operand& a, Operand& b);

  // In characters. SQLite's stops at a NUL, so a text with one is undecided.
  Operand length(Operand text);

  // Conditions under which an operand is too large: where one of them holds, the record is
  // undecided. Empty: never.
  std::vector<Operand> take_doubts() { return std::exchange(doubts_, {}); }

 private:
  std::optional<Operand> sum(Operand a, std::string_view op, Operand b);
  std::optional<Operand> move_date(Operand date, std::string_view op, Operand days);
  bool limit(Operand& operand, Uint128 most);
  bool scale_up(Operand& operand, std::int64_t factor);

  std::vector<Operand> doubts_;
};

}  // namespace formwork::feel::sql
