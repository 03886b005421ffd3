#include "engine/store/filter.h"

#include <algorithm>

#include "dsl/model/scope.h"

namespace formwork::store {
namespace {

using feel::Value;

// Of one record, so that a single one cannot take what all have.
constexpr std::uint64_t kMostStepsOfOne = 200'000;
constexpr std::size_t kMostElements = 100'000;
constexpr std::size_t kMostTextBytes = 1'000'000;

}  // namespace

Value account_value(engine::AccountId account) {
  if (account == engine::kSystemAccount) return {};
  return Value(feel::RecordRef{account});
}

Value system_value(const engine::Record& record, model::SystemColumn column) {
  using enum model::SystemColumn;
  switch (column) {
    case Id:
      return record.id == 0 ? Value() : Value(feel::Number(record.id));
    case Version:
      return Value(feel::Number(record.version));
    case CreatedAt:
      return Value(record.created_at);
    case CreatedBy:
      return account_value(record.created_by);
    case UpdatedAt:
      return Value(record.updated_at);
    case UpdatedBy:
      return account_value(record.updated_by);
  }
  return {};
}

Matcher::Matcher(const Filter& filter)
    : filter_(filter), made_(filter.slots.size()), variables_(filter.slots.size(), nullptr) {
  for (const std::size_t slot : filter.expression->reads()) {
    const FilterSlot& one = filter.slots[slot];
    if (one.lines) tables_.push_back(one.column->field);
    if (!one.column) variables_[slot] = &filter_.user;
  }
}

void Matcher::show(const engine::Record& record) {
  for (const std::size_t slot : filter_.expression->reads()) {
    const FilterSlot& one = filter_.slots[slot];
    if (!one.column) continue;
    if (one.column->is_system) {
      made_[slot] = system_value(record, one.column->system);
    } else if (one.lines) {
      made_[slot] = model::to_contexts(record.values[one.column->field], one.lines);
    } else {
      variables_[slot] = &record.values[one.column->field];
      continue;
    }
    variables_[slot] = &made_[slot];
  }
}

bool Matcher::matches(const engine::Record& record) {
  if (++examined_ > kMostExamined) throw TooMuchToExamine();
  show(record);
  const feel::Budget budget{.steps = std::min(steps_, kMostStepsOfOne),
                            .list_elements = kMostElements,
                            .string_bytes = kMostTextBytes};
  feel::Evaluation evaluation(filter_.environment, variables_, nullptr, budget);
  const feel::Truth answer = filter_.expression->test(evaluation);
  // Even when only this record is too much: its answer would be null for no reason of its own.
  if (evaluation.is_exhausted()) throw TooMuchToExamine();
  steps_ -= budget.steps - evaluation.limits().steps;
  return answer == feel::Truth(true);
}

}  // namespace formwork::store
