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

std::vector<FilterSlot> rule_slots(const model::Scopes& scopes, const model::Entity& entity) {
  std::vector<FilterSlot> slots;
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    slots.push_back({.column = model::ColumnRef::of_field(i), .lines = scopes.shape(entity, i)});
  }
  for (std::size_t i = 0; i < model::kSystemColumnCount; ++i) {
    const auto column = static_cast<model::SystemColumn>(i);
    slots.push_back({.column = model::ColumnRef::of(column), .lines = nullptr});
  }
  slots.push_back({.column = std::nullopt, .lines = nullptr});
  return slots;
}

Matcher::Matcher(const Filter* filter, std::span<const Filter> any_of) {
  if (filter != nullptr) filter_ = prepare(*filter);
  for (const Filter& one : any_of) any_of_.push_back(prepare(one));
}

Matcher::Asked Matcher::prepare(const Filter& filter) {
  Asked asked{.filter = &filter,
              .made = std::vector<Value>(filter.slots.size()),
              .variables = std::vector<const Value*>(filter.slots.size(), nullptr)};
  for (const std::size_t slot : filter.expression->reads()) {
    const FilterSlot& one = filter.slots[slot];
    if (one.lines && std::count(tables_.begin(), tables_.end(), one.column->field) == 0) {
      tables_.push_back(one.column->field);
    }
    if (!one.column) asked.variables[slot] = &given_value(filter, one);
  }
  return asked;
}

void Matcher::show(Asked& asked, const engine::Record& record) {
  for (const std::size_t slot : asked.filter->expression->reads()) {
    const FilterSlot& one = asked.filter->slots[slot];
    if (!one.column) continue;
    if (one.column->is_system) {
      asked.made[slot] = system_value(record, one.column->system);
    } else if (one.lines) {
      asked.made[slot] = model::to_contexts(record.values[one.column->field], one.lines);
    } else {
      asked.variables[slot] = &record.values[one.column->field];
      continue;
    }
    asked.variables[slot] = &asked.made[slot];
  }
}

bool Matcher::holds(Asked& asked, const engine::Record& record) {
  show(asked, record);
  const feel::Budget budget{.steps = std::min(steps_, kMostStepsOfOne),
                            .list_elements = kMostElements,
                            .string_bytes = kMostTextBytes};
  feel::Evaluation evaluation(asked.filter->environment, asked.variables, nullptr, budget);
  const feel::Truth answer = asked.filter->expression->test(evaluation);
  // Even when only this record is too much: its answer would be null for no reason of its own.
  if (evaluation.is_exhausted()) throw TooMuchToExamine();
  steps_ -= budget.steps - evaluation.limits().steps;
  return answer == feel::Truth(true);
}

bool Matcher::matches(const engine::Record& record) {
  if (++examined_ > kMostExamined) throw TooMuchToExamine();
  if (filter_ && !holds(*filter_, record)) return false;
  return any_of_.empty() || std::any_of(any_of_.begin(), any_of_.end(),
                                        [&](Asked& one) { return holds(one, record); });
}

}  // namespace formwork::store
