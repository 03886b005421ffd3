// The sentences of refused moves, and some that need arguments put together.
#pragma once

#include <span>
#include <string_view>

#include "dsl/base/message.h"
#include "dsl/model/model.h"
#include "engine/command/refusal_texts.h"

namespace formwork::lifecycle {

namespace texts {

extern const MessageText kSay;
extern const MessageText kTickItem;
extern const MessageText kFillIn;
extern const MessageText kMoveUnmet;
extern const MessageText kMoveRole;
extern const MessageText kMoveComment;
extern const MessageText kNotOffered;
extern const MessageText kNothingOffered;
extern const MessageText kByApproval;
extern const MessageText kSameStage;
extern const MessageText kNoSuchStage;
extern const MessageText kNoSuchItem;
extern const MessageText kNoItems;
extern const MessageText kNoStages;
extern const MessageText kStageGone;

}  // namespace texts

// Lets a test walk them.
std::span<const MessageText* const> all_texts();

// Why a stage does not lead to another one.
Message why_not_offered(const model::Lifecycle& lifecycle, const model::Stage& from,
                        const model::Stage& to);

// With the name that was meant, where one is near.
Message no_such_stage(const model::Lifecycle& lifecycle, std::string_view name);
Message no_such_item(const model::Stage& stage, std::string_view item);

}  // namespace formwork::lifecycle
