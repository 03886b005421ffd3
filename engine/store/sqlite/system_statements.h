// The statements on the system tables, prepared when first used and kept per connection.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace formwork::store {

// What is read of tasks, in the order that read_task() expects; the others alike.
std::string_view task_columns();
std::string_view run_columns();
std::string_view message_columns();
std::string_view notification_columns();
std::string_view todo_columns();

enum class System : std::size_t {
  Begin,
  BeginImmediate,
  Commit,
  Rollback,
  BeginPiece,
  KeepPiece,
  UndoPiece,
  BeginPart,
  KeepPart,
  UndoPart,
  History,
  HistoryFrom,
  LastHistory,
  AppendHistory,
  AccountByName,
  AccountById,
  Accounts,
  InsertAccount,
  UpdateAccount,
  FindCredential,
  InsertCredential,
  DeleteCredential,
  DeleteCredentialsOf,
  DeleteExpiredCredentials,
  DeleteExpiredRemembered,
  DeleteOrphanedFiles,
  FindFile,
  FileContent,
  InsertFile,
  AttachFile,
  FindRemembered,
  Remember,
  FindSetting,
  PutSetting,
  NextNumber,
  LastNumber,
  FindProcess,
  ProcessesOfRecord,
  ProcessesOfSubmitter,
  ProcessesUnderWayOfSubmitter,
  ProcessesHeld,
  TasksOfProcess,
  FindTask,
  IsInvolved,
  Stays,
  EndStay,
  BeginStay,
  TimersDue,
  NextTimer,
  TimersOfRecord,
  TimersOfRule,
  InsertTimer,
  DeleteTimer,
  DeleteTimersOfTask,
  DeleteTimersOfRecord,
  DeleteDwellTimersOfRecord,
  DeleteTimersOfRecordAndRule,
  Delegations,
  InsertDelegation,
  EndDelegation,
  EndPastDelegations,
  Absences,
  InsertAbsence,
  EndAbsence,
  EndPastAbsences,
  FindRun,
  DeleteRuns,
  HasRunOnce,
  NoteRunOnce,
  FindMessage,
  NextWaitingDestination,
  FirstWaitingMessage,
  MailDue,
  NextMail,
  EndStaleMail,
  DeleteAttempts,
  DeleteMessages,
  Attempts,
  InsertAttempt,
  NextDestination,
  CountMessages,
  DisabledDestinations,
  SetDestination,
  CountUnread,
  ReadNotification,
  ReadNotifications,
  ClearMailPending,
  DeleteNotifications,
  FindToDo,
  FindPreferences,
  PutPreferences,
  FindSecret,
  SecretNames,
  PutSecret,
  ForgetPreviousSecrets,
  FindResponseClock,
  PutResponseClock,
  Shares,
  PutShare,
  Count_,
};

inline constexpr std::size_t kSystemStatements = static_cast<std::size_t>(System::Count_);

// In the order of System.
const std::array<std::string_view, kSystemStatements>& system_statements();

}  // namespace formwork::store
