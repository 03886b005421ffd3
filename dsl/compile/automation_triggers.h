// What sets an automation off: its `on`.
#pragma once

#include <optional>
#include <vector>

#include "dsl/compile/context.h"
#include "dsl/model/automation.h"

namespace formwork::compile {

// Which records the triggers are about, as far as they say so themselves: forms, webhooks and
// approval chains do. Nothing is reported.
std::optional<std::size_t> entity_of_triggers(const yaml::Node& on, const Context& context);

// Whether all of them are times that are about no record.
bool are_schedules(const yaml::Node& on);

// One trigger or a list of them. `entity` is null where none is about records.
std::vector<model::Trigger> read_triggers(const yaml::Node& on, const model::Entity* entity,
                                          Context& context);

}  // namespace formwork::compile
