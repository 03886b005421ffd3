// Values for fields, mostly such as people enter, sometimes such as they should not.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/scenario/dice.h"
#include "engine/scenario/world.h"

namespace formwork::scenario {

class RandomValues {
 public:
  RandomValues(World& world, Dice& dice);

  // Of a new record, or of a change: then few fields. `who` enters them.
  model::PlacedValues of(const model::Entity& entity, bool is_new, const std::string& who);

  // A value for a single field.
  model::PlacedValue of(const fields::Field& field);

  // One that the field takes, as far as that can be told from the field alone.
  json::Value good(const fields::Field& field);

 private:
  void learn(const model::Scenario& scenario);
  void learn(const std::vector<fields::Field>& fields, const std::string& name,
             const json::Value& value);
  json::Value known(const fields::Field& field);
  json::Value valid(const fields::Field& field);
  json::Value number(const fields::Field& field);
  json::Value text(const fields::Field& field);
  json::Value rows(const fields::Field& table);
  json::Value moment(bool with_time);

  World& world_;
  Dice& dice_;
  // What the app's scenarios enter: some fields take hardly anything else.
  std::map<const fields::Field*, std::vector<json::Value>> known_;
  std::vector<std::string>
      numbers_;  // that the documents name: limits of conditions are among them
};

}  // namespace formwork::scenario
