// The sentences of what automations are refused.
#pragma once

#include <span>

#include "dsl/base/message.h"

namespace formwork::automations {

namespace texts {

extern const MessageText kRunaway;
extern const MessageText kTooManyRuns;
extern const MessageText kTooManyChanges;
extern const MessageText kTooManyMatches;
extern const MessageText kTooMuchToSearch;
extern const MessageText kNobody;
extern const MessageText kNoStage;
extern const MessageText kNoSuchAutomation;
extern const MessageText kUnknownTrigger;
extern const MessageText kNoSuchRun;

}  // namespace texts

// Lets a test walk them.
std::span<const MessageText* const> all_texts();

}  // namespace formwork::automations
