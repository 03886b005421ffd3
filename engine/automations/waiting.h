// What an automation that waits has to remember of what set it off: the payload of its timer.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/automations/event.h"

namespace formwork::automations {

struct Waiting {
  std::string trigger;  // in words
  std::string stage;    // whose leaving makes it void; empty: none
  engine::AccountId actor = 0;
  std::int64_t cause = 0;
  bool deleted = false;  // it is about a record that was deleted
  std::vector<std::string> path;
  std::optional<Instant> due;  // Event::due
};

std::string to_payload(const Waiting& waiting);
// Of a text that is none: an empty one.
Waiting from_payload(std::string_view payload);

}  // namespace formwork::automations
