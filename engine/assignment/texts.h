// Why records are not given, taken or let go.
#pragma once

#include <span>
#include <string_view>

#include "dsl/base/message.h"
#include "dsl/model/model.h"

namespace formwork::assignment {

namespace texts {

extern const MessageText kNoOwner;
extern const MessageText kClaimed;
extern const MessageText kNotActive;
extern const MessageText kNoRule;
extern const MessageText kNobody;
extern const MessageText kNobodyNamed;
extern const MessageText kQuota;
extern const MessageText kFull;
extern const MessageText kNoPools;
extern const MessageText kNoSuchPool;
extern const MessageText kInPool;

}  // namespace texts

// Lets a test walk them.
std::span<const MessageText* const> all_texts();

// With the name that was meant, where one is near.
Message no_such_pool(const model::Entity& entity, std::string_view name);

}  // namespace formwork::assignment
