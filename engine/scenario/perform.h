// Steps of scenarios as commands of the engine, the same as everybody's.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dsl/base/expected.h"
#include "engine/scenario/world.h"

namespace formwork::scenario {

// Why a step did not do what it says: the engine declined it, or it cannot be carried out at all.
struct Hitch {
  std::optional<engine::Refusal> refusal;
  const model::Entity* entity = nullptr;  // that the refusal speaks of; may be null
  std::string fault;                      // without a refusal
  Span where;                             // of what is at fault; none: the step as a whole
};

// Anything but an expectation. `actor` acts.
Expected<void, Hitch> perform(const model::ScenarioStep& step, const engine::Actor& actor,
                              World& world);

// What would be refused of a `create` or `edit`, without doing it; nothing for what would be
// granted, and for other steps.
std::optional<Hitch> rehearse(const model::ScenarioStep& step, const engine::Actor& actor,
                              World& world);

// `move q to review`, `create quote`: what a step does, in the words of the document.
std::string describe(const model::ScenarioStep& step, const model::Model& model);

// The record that a step is about; null for others and for a name that none has.
const Named* subject_of(const model::ScenarioStep& step, const World& world);

// Every sentence of a refusal in one of the app's locales, the first one about the whole.
std::vector<std::string> sentences(const engine::Refusal& refusal, const model::Entity* entity,
                                   const model::Model& model, std::size_t locale);

}  // namespace formwork::scenario
