// What a scenario expects: `q.stage: review`, `waiting_for: [han.mei]`.
#pragma once

#include "dsl/compile/scenario_values.h"

namespace formwork::compile {

class ScenarioExpect {
 public:
  ScenarioExpect(ScenarioNames& names, const ScenarioCases& cases, ScenarioValues& values,
                 Context& context)
      : names_(names), cases_(cases), values_(values), context_(context) {}

  model::ScenarioStep::Expect read(const yaml::Node& node);

 private:
  void check_entry(const yaml::Entry& entry);
  void check_of_record(const model::Entity& entity, const yaml::Entry& entry, std::size_t dot);
  // False: the word is none that is known.
  bool check_word(const model::Entity& entity, std::string_view word, const yaml::Entry& entry);
  bool check_approval_word(const model::Entity& entity, std::string_view word,
                           const yaml::Entry& entry);
  void check_steps(const model::Entity& entity, const yaml::Node& node);
  void check_ability(const model::Entity& entity, const PlacedText& text);
  void check_count(const yaml::Node& node);
  void check_people_texts(const yaml::Node& node);
  void check_sent(const yaml::Node& node);
  void check_message(const yaml::Node& node);
  void check_sent_data(const yaml::Node& node);
  void check_records(const yaml::Node& node);
  void check_values(const model::Entity& entity, const yaml::Node& node);
  void check_runs(const yaml::Node& node);
  void check_id(const yaml::Node& node);
  void check_response(const yaml::Node& node);
  void check_rule(const model::Entity& entity, const yaml::Node& node);
  const model::Entity* follow(const model::Entity& entity, std::string_view name);
  // What the texts of a list are when the scenario is played.
  std::vector<PlacedText> texts_of(const yaml::Node& node);

  ScenarioNames& names_;
  const ScenarioCases& cases_;
  ScenarioValues& values_;
  Context& context_;
};

}  // namespace formwork::compile
