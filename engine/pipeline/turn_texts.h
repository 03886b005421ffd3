// The sentences of what is declined while one thing leads to another.
#pragma once

#include <cstddef>
#include <string>

#include "dsl/fields/field_type.h"
#include "engine/command/refusal.h"
#include "engine/command/refusal_texts.h"

namespace formwork::engine {

// Of one account, that run or are to come. All that there are is in memory, and is read anew with
// each that comes.
inline constexpr std::ptrdiff_t kMostAbsences = 50;
inline constexpr std::ptrdiff_t kMostDelegations = 50;

inline constexpr std::size_t kMostReasonCharacters = 500;  // of an absence

namespace texts {

extern const MessageText kEndless;
extern const MessageText kDelegateSelf;
extern const MessageText kDelegateTime;
extern const MessageText kManyDelegations;
extern const MessageText kNoDelegation;
extern const MessageText kAbsenceTime;
extern const MessageText kManyAbsences;
extern const MessageText kLongAbsence;
extern const MessageText kNoAbsence;
extern const MessageText kNoSuchProcess;
extern const MessageText kChainGone;
extern const MessageText kNotEditable;
extern const MessageText kGuarded;
extern const MessageText kNoComment;
extern const MessageText kLongComment;
extern const MessageText kBulkRunning;
extern const MessageText kBulkBusy;
extern const MessageText kBulkTooMany;
extern const MessageText kBulkFilter;

}  // namespace texts

// Lets a test walk them.
std::span<const MessageText* const> all_turn_texts();

// All that a refusal says, as history keeps it: in the app's first language.
std::string reasons_of(const Refusal& refusal, const model::Entity& entity,
                       const fields::Showing& showing);

}  // namespace formwork::engine
