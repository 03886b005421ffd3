// automation_words: what sets automations off and what they do, as people say it. Documents, logs
// and the API say it in the terms of the text: `updated: budget, region`.
#pragma once

#include <string>
#include <string_view>

#include "server/pages/context.h"

namespace formwork::pages {

// Of automations::trigger_text, also behind `dry run: `. `entity` is the automation's and may be
// null; what it or the model does not know stands as it is.
std::string trigger_words(std::string_view text, const model::Entity* entity,
                          const Context& context);

// Of an action's name: `set`.
std::string action_words(std::string_view name, const Context& context);

// Of what an action did: `owner = lin.yifan, assigned_at = "2026-03-02T01:00:00Z"`. Other texts,
// and what is no field of the entity, stand as they are.
std::string change_words(std::string_view text, const model::Entity* entity,
                         const Context& context);

// Of an automation's name, where the model has it still.
std::string automation_words(const std::string& name, const Context& context);

// Where messages go: a webhook, or mail.
std::string destination_words(const std::string& name, const Context& context);

}  // namespace formwork::pages
