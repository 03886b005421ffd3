// A condition in FEEL over the records of a query, and how one record answers it in memory.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <vector>

#include "dsl/feel/expression.h"
#include "dsl/model/model.h"
#include "engine/command/record.h"

namespace formwork::store {

// What a variable of the filter's scope is.
struct FilterSlot {
  std::optional<model::ColumnRef> column;    // nothing: whoever asks
  std::shared_ptr<const feel::Shape> lines;  // of a table field: the names of its columns
};

// What it points to must outlive the query.
struct Filter {
  const feel::Expression* expression = nullptr;
  const feel::Scope* scope = nullptr;  // that it was compiled with
  std::span<const FilterSlot> slots;   // by variable of the scope
  feel::Value user;
  feel::Environment environment;  // its `records` must answer from the snapshot of the query
};

// How many records a store looks at one by one for one answer, and how much they may cost together.
inline constexpr std::size_t kMostExamined = 20'000;
inline constexpr std::uint64_t kMostFilterSteps = 5'000'000;

// The filter would need more than that, or more time than a query has. Only queries with a filter
// throw it.
class TooMuchToExamine : public std::runtime_error {
 public:
  TooMuchToExamine() : std::runtime_error("the filter asks for too much") {}
};

// Answers for record after record, within the bounds above.
class Matcher {
 public:
  explicit Matcher(const Filter& filter);

  // The table fields whose lines have to be there, as indices into Entity::fields.
  const std::vector<std::size_t>& tables() const { return tables_; }

  // Throws TooMuchToExamine.
  bool matches(const engine::Record& record);

 private:
  void show(const engine::Record& record);

  const Filter& filter_;
  std::vector<std::size_t> tables_;
  std::vector<feel::Value> made_;              // by slot, of those that no record holds as they are
  std::vector<const feel::Value*> variables_;  // by slot
  std::size_t examined_ = 0;
  std::uint64_t steps_ = kMostFilterSteps;
};

// An account as FEEL has it; the program itself is null.
feel::Value account_value(engine::AccountId account);

// `created_at` and the like as FEEL has them; what a new record does not have yet is null.
feel::Value system_value(const engine::Record& record, model::SystemColumn column);

}  // namespace formwork::store
