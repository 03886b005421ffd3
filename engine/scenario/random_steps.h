// Steps that somebody might take next in a world: mostly sensible ones, sometimes others.
#pragma once

#include "engine/scenario/random_values.h"

namespace formwork::scenario {

class RandomSteps {
 public:
  // The model has people.
  RandomSteps(World& world, Dice& dice);

  model::ScenarioStep next();

 private:
  using Step = model::ScenarioStep;

  const std::string& person();
  std::string person_who_may(model::Action action, const model::Entity& entity);
  const model::Entity& entity();
  const model::Entity& first_needed(const model::Entity& entity);
  Step mended(Step step);
  std::string person_who_moves(const Named& named);
  bool is_over(const Named& named);
  const Named* record();
  const Named* record_with_process();
  Step by(std::string who, Step::Action action);
  Step create();
  Step edit(const Named& named);
  Step move(const Named& named);
  Step mend(const Named& named, std::string who, const lifecycle::MoveCheck& move);
  Step check(const Named& named);
  Step decide(const Named& named);
  Step others(const Named& named);
  Step release(const Named& named);
  std::string who_cares(const Named& named);
  std::string step_of(const engine::Process& process);

  World& world_;
  Dice& dice_;
  RandomValues values_;
  std::size_t made_ = 0;
  std::size_t focus_ = 0;  // index of the record that is at hand
};

}  // namespace formwork::scenario
