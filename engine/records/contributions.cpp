#include "engine/records/contributions.h"

#include <algorithm>
#include <optional>

#include "dsl/decision/table_expression.h"
#include "dsl/model/scope.h"
#include "engine/permissions/related_records.h"
#include "engine/records/rights.h"

namespace formwork::records {
namespace {

using decision::Table;

const model::Decision* decision_of(const Table& table, const model::Model& model) {
  for (const model::Decision& decision : model.decisions) {
    const bool has_it = std::any_of(decision.tables.begin(), decision.tables.end(),
                                    [&](const auto& one) { return one.get() == &table; });
    if (has_it) return &decision;
  }
  return nullptr;
}

std::vector<std::size_t> asked_by(const Table& table, std::size_t rule) {
  std::vector<std::size_t> asks;
  for (std::size_t i = 0; i < table.columns().size(); ++i) {
    if (table.columns()[i].cells[rule] != Table::Cell::Anything) asks.push_back(i);
  }
  return asks;
}

class Teller {
 public:
  Teller(const model::Entity& entity, const engine::Record& record, const Situation& s)
      : entity_(entity),
        situation_(s),
        related_(s.gate, s.actor, moment_of(s)),
        environment_{.now = s.now, .zone = s.showing.zone, .records = &related_},
        variables_(permissions::variables_of(s.gate.model(), entity, record, s.actor.account)) {}

  std::optional<Contributions> tell(std::size_t field) {
    const fields::Field& computed = entity_.fields[field];
    if (!computed.value || !may_see_all(*computed.value, field)) return std::nullopt;
    const Table* table = decision::table_of(*computed.value);
    if (table == nullptr) return std::nullopt;
    Contributions told{.field = field,
                       .decision = decision_of(*table, situation_.gate.model()),
                       .inputs = {},
                       .rules = {},
                       .is_default = false};
    if (told.decision == nullptr) return std::nullopt;
    decision::TableTrace trace;
    related_.take_withheld();
    feel::Evaluation evaluation(environment_, variables_.for_record(*computed.value));
    decision::evaluate(*table, evaluation, &trace);
    if (related_.take_withheld()) return std::nullopt;
    for (std::size_t i = 0; i < trace.inputs.size(); ++i) {
      const auto slot = table->columns()[i].slot;
      told.inputs.push_back({.label = told.decision->inputs[i],
                             .value = std::move(trace.inputs[i]),
                             .field = slot && *slot < entity_.fields.size() ? slot : std::nullopt});
    }
    for (std::size_t i = 0; i < trace.hits.size(); ++i) {
      told.rules.push_back({.rule = trace.hits[i],
                            .value = std::move(trace.outputs[i]),
                            .asks = asked_by(*table, trace.hits[i])});
    }
    told.is_default = trace.used_fallback;
    return told;
  }

 private:
  bool may_see_all(const feel::Expression& value, std::size_t field) const {
    const auto may_see = [&](std::size_t slot) {
      return slot >= entity_.fields.size() ||
             situation_.gate.may_see_field(situation_.actor, entity_, slot);
    };
    const auto reads = value.reads();
    return may_see(field) && std::all_of(reads.begin(), reads.end(), may_see);
  }

  const model::Entity& entity_;
  const Situation& situation_;
  permissions::RelatedRecords related_;
  feel::Environment environment_;
  model::Variables variables_;
};

}  // namespace

std::vector<Contributions> contributions(const model::Entity& entity, const engine::Record& record,
                                         const Situation& situation) {
  std::vector<Contributions> all;
  Teller teller(entity, record, situation);
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    if (auto told = teller.tell(i)) all.push_back(std::move(*told));
  }
  return all;
}

}  // namespace formwork::records
