// What the program itself tells people, and the sentences of what is declined about it.
#pragma once

#include <span>

#include "dsl/base/message.h"

namespace formwork::engine {

namespace texts {

// Titles. `{record}` is the title of the record.
extern const MessageText kAsksYou;
extern const MessageText kAsksFor;
extern const MessageText kEscalatedToYou;
extern const MessageText kPassedOnToYou;
extern const MessageText kRemindsYou;
extern const MessageText kReturnedToYou;
extern const MessageText kCopiedToYou;
extern const MessageText kWasApproved;
extern const MessageText kWasRejected;
extern const MessageText kWasWithdrawn;
extern const MessageText kIsYours;
extern const MessageText kStaysLong;
extern const MessageText kStayedTooLong;
extern const MessageText kAwaitsYourAnswer;
extern const MessageText kAwaitsAnswerOf;
extern const MessageText kWentToAnother;
extern const MessageText kWentToPool;
extern const MessageText kToDoGiven;
extern const MessageText kToDoIsDue;
extern const MessageText kToDosInherited;

// What stands below them.
extern const MessageText kBy;
extern const MessageText kByWithComment;
extern const MessageText kSubmittedBy;
extern const MessageText kAboutRecord;

// Of a digest.
extern const MessageText kDigestSubject;
extern const MessageText kDigestOneSubject;

extern const MessageText kNoSuchToDo;
extern const MessageText kNoSuchNotification;
extern const MessageText kQuietHours;

}  // namespace texts

// Lets a test walk them.
std::span<const MessageText* const> all_notification_texts();

}  // namespace formwork::engine
