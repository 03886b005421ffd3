// Where the parts of an automation stand: what FEEL may name there, and what is asked of it.
#pragma once

#include "dsl/compile/field_values.h"
#include "dsl/compile/people_terms.h"
#include "dsl/model/automation.h"

namespace formwork::compile {

class AutomationPlace {
 public:
  // `entity` is null for an automation that is about no record.
  AutomationPlace(std::string name, const model::Entity* entity, Context& context);

  Context& context() const { return context_; }

  const model::Entity* entity() const { return entity_; }

  const feel::Scope& scope() const { return *scope_; }

  // From now on nothing may ask what the record was before, for that reason: "it runs later".
  void forget_old(std::string why) { no_old_ = std::move(why); }

  // The record is always deleted when it runs.
  void set_deleted() { is_deleted_ = true; }

  bool is_deleted() const { return is_deleted_; }

  // Nothing when it is in error, which is then reported.
  std::optional<feel::Expression> compile(const Phrase& phrase, const feel::Type& expected);
  std::optional<feel::Expression> read_condition(const yaml::Node& node);
  std::optional<feel::Expression> read_expression(const yaml::Node& node,
                                                  const feel::Type& expected);
  std::vector<model::FieldValue> read_values(const yaml::Node& node, const model::Entity& of);
  model::People read_people(const yaml::Node& node);
  model::TextTemplate read_template(const yaml::Node& node, Lines lines);

  // The slot of a record that an action makes, under the name that the node gives it.
  std::optional<std::size_t> add_record(const yaml::Node& name, const model::Entity& of);

  std::shared_ptr<const feel::Scope> take_scope() { return scope_; }

 private:
  bool knows_old(const feel::Expression& expression, const Phrase& phrase);
  void report_old(const Span& where);

  std::string name_;
  const model::Entity* entity_;
  Context& context_;
  std::shared_ptr<feel::Scope> scope_;
  std::size_t own_slots_ = 0;  // of the scope: those behind them are records that actions have made
  bool is_deleted_ = false;
  std::string no_old_;  // why nobody knows what the record was; empty: it is known
};

}  // namespace formwork::compile
