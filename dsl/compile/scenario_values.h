// Values in a scenario: what fields are filled with, and what is expected of them. They are read
// when the scenario is played; here the names in them are checked.
#pragma once

#include "dsl/compile/scenario_cases.h"
#include "dsl/compile/scenario_names.h"

namespace formwork::compile {

class ScenarioValues {
 public:
  ScenarioValues(ScenarioNames& names, const ScenarioCases& cases, Context& context)
      : names_(names), cases_(cases), context_(context) {}

  // Checks that the entity has the fields and that they take input. A step that is refused may fill
  // fields with what they cannot hold.
  model::PlacedValues read_with(const yaml::Node& node, const model::Entity& entity,
                                bool is_refused);

  void check_value(const fields::Field& field, const yaml::Node& node);

 private:
  void check_fields(const std::vector<fields::Field>& fields, const std::string& owner,
                    const yaml::Node& node, bool is_refused);
  void check_text(const fields::Field& field, const PlacedText& text);
  void check_rows(const fields::Field& field, const yaml::Node& node);

  ScenarioNames& names_;
  const ScenarioCases& cases_;
  Context& context_;
};

}  // namespace formwork::compile
