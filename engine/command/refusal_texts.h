// The sentences of refusals, each once. `all_refusal_texts` lets a test walk them.
#pragma once

#include <span>

#include "dsl/base/message.h"

namespace formwork::engine::texts {

extern const MessageText kNotFound;
extern const MessageText kMayNot;
extern const MessageText kMayNotThis;
extern const MessageText kMayOnlyWhere;
extern const MessageText kMayOnlyWhereOthers;
extern const MessageText kAdminsOnly;
extern const MessageText kInvalid;
extern const MessageText kStale;
extern const MessageText kDeleted;
extern const MessageText kNotDeleted;
extern const MessageText kKeyReused;
extern const MessageText kSignIn;
extern const MessageText kWrongSignIn;
extern const MessageText kThrottled;
extern const MessageText kBusy;
extern const MessageText kStoreFull;
extern const MessageText kFailed;
extern const MessageText kNoSuchTask;
extern const MessageText kFilterTooMuch;
extern const MessageText kUnknownField;
extern const MessageText kSetByEngine;
extern const MessageText kComputed;
extern const MessageText kReadOnly;
extern const MessageText kRuleBroken;
extern const MessageText kRuleSay;
extern const MessageText kRequired;
extern const MessageText kMustBeTicked;
extern const MessageText kFileTooLarge;
extern const MessageText kFileType;
extern const MessageText kDuplicate;
extern const MessageText kDuplicateOf;
extern const MessageText kIsThere;
extern const MessageText kNotTaken;
extern const MessageText kUnreadable;
extern const MessageText kNoSuchRecord;
extern const MessageText kNoSuchFile;
extern const MessageText kNotAnArray;
extern const MessageText kNotAnObject;
extern const MessageText kTooManyRows;
extern const MessageText kWeakPassword;
extern const MessageText kAccountName;
extern const MessageText kAccountExists;
extern const MessageText kNoSuchAccount;
extern const MessageText kNoSuchRole;
extern const MessageText kNoSuchTeam;
extern const MessageText kOwnManager;
extern const MessageText kNoHeir;
extern const MessageText kTasksLeft;
extern const MessageText kAccountClosed;

std::span<const MessageText* const> all_refusal_texts();

}  // namespace formwork::engine::texts
