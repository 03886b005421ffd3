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
  std::optional<model::ColumnRef> column;    // nothing: the same for all records
  std::shared_ptr<const feel::Shape> lines;  // of a table field: the names of its columns
  std::optional<feel::Value> given = {};     // without a column; nothing: whoever asks
};

// Those of Scopes::of(entity), where record rules are at home.
std::vector<FilterSlot> rule_slots(const model::Scopes& scopes, const model::Entity& entity);

// What it points to must outlive the query.
struct Filter {
  const feel::Expression* expression = nullptr;
  const feel::Scope* scope = nullptr;  // that it was compiled with
  std::span<const FilterSlot> slots;   // by variable of the scope
  feel::Value user;
  feel::Environment environment;  // its `records` must answer from the snapshot of the query
};

// The value of a slot without a column.
inline const feel::Value& given_value(const Filter& filter, const FilterSlot& slot) {
  return slot.given ? *slot.given : filter.user;
}

// How many records a store looks at one by one for one answer, and how much they may cost together.
inline constexpr std::size_t kMostExamined = 20'000;
inline constexpr std::uint64_t kMostFilterSteps = 5'000'000;

// The filter, or a record rule, would need more than that, or more time than a query has. Only
// queries with one of them throw it.
class TooMuchToExamine : public std::runtime_error {
 public:
  TooMuchToExamine() : std::runtime_error("the filter asks for too much") {}
};

// Answers for record after record, within the bounds above. What it is made of must outlive it.
class Matcher {
 public:
  // Asks whether the filter holds, unless it is null, and one of the others, unless there are none.
  explicit Matcher(const Filter* filter, std::span<const Filter> any_of = {});

  // The table fields whose lines have to be there, as indices into Entity::fields.
  const std::vector<std::size_t>& tables() const { return tables_; }

  // Throws TooMuchToExamine.
  bool matches(const engine::Record& record);

 private:
  // One filter and the values of the record that it reads.
  struct Asked {
    const Filter* filter = nullptr;
    std::vector<feel::Value> made;  // by slot, of those that no record holds as they are
    std::vector<const feel::Value*> variables;  // by slot
  };

  Asked prepare(const Filter& filter);
  static void show(Asked& asked, const engine::Record& record);
  bool holds(Asked& asked, const engine::Record& record);

  std::optional<Asked> filter_;
  std::vector<Asked> any_of_;
  std::vector<std::size_t> tables_;
  std::size_t examined_ = 0;
  std::uint64_t steps_ = kMostFilterSteps;
};

// An account as FEEL has it; the program itself is null.
feel::Value account_value(engine::AccountId account);

// `created_at` and the like as FEEL has them; what a new record does not have yet is null.
feel::Value system_value(const engine::Record& record, model::SystemColumn column);

}  // namespace formwork::store
