// The sentences with which approvals decline something, and the words in them. `all` lets a test
// walk the sentences.
#pragma once

#include <span>

#include "engine/command/command.h"

namespace formwork::approvals::texts {

extern const MessageText kNotYours;
extern const MessageText kOnlyToRead;
extern const MessageText kToResubmit;
extern const MessageText kToDecide;
extern const MessageText kOwnSubmission;
extern const MessageText kNoRight;
extern const MessageText kYouDecided;
extern const MessageText kOtherDecided;
extern const MessageText kTimeDecided;
extern const MessageText kVoid;
extern const MessageText kNotYet;
extern const MessageText kHeldFirst;
extern const MessageText kEnded;
extern const MessageText kReturned;
extern const MessageText kComment;
extern const MessageText kStepMayNot;
extern const MessageText kNobodyNamed;
extern const MessageText kNoSuchPerson;
extern const MessageText kPersonNoRight;
extern const MessageText kPersonSubmitted;
extern const MessageText kPersonAsked;
extern const MessageText kNoReturn;
extern const MessageText kSubmitterLeft;
extern const MessageText kValuesElsewhere;
extern const MessageText kFieldNotOfStep;
extern const MessageText kOnlySubmitterWithdraws;
extern const MessageText kNeverWithdrawn;
extern const MessageText kDecidedBefore;
extern const MessageText kUrgeWho;
extern const MessageText kUrgeOwn;
extern const MessageText kUrgedNow;
extern const MessageText kNothingToUrge;
extern const MessageText kNothingDecided;
extern const MessageText kOthersDecision;
extern const MessageText kTooLate;
extern const MessageText kNobodyFound;
extern const MessageText kNotHeld;
extern const MessageText kNoStep;
extern const MessageText kThisSubmitter;
extern const MessageText kNoWhere;

const MessageText& word(engine::TaskAction action);
const MessageText& word(engine::TaskOutcome outcome);
const MessageText& word(engine::ProcessState state);

std::span<const MessageText* const> all();

}  // namespace formwork::approvals::texts
