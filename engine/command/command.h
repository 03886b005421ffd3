// What somebody wants done, and what came of it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "dsl/model/model.h"
#include "engine/command/effects.h"
#include "engine/command/process.h"
#include "engine/command/record.h"

namespace formwork::engine {

// Which door a command or a question came through; history keeps it. Automation, Webhook and Form
// are the program itself, as the documents tell it to.
enum class Cause : unsigned char { Page, Api, Program, Timer, Automation, Webhook, Form };

std::string_view cause_name(Cause cause);

// Who acts, with the rights of this moment.
struct Actor {
  AccountId account = kSystemAccount;
  std::string name;
  std::string full_name;
  std::vector<std::size_t> roles;  // indices into Model::roles
  std::string locale;
  Cause cause = Cause::Program;

  // Acts by the rules of the documents: roles do not bind it.
  bool is_rule() const {
    return account == kSystemAccount &&
           (cause == Cause::Automation || cause == Cause::Webhook || cause == Cause::Form);
  }
};

// New values by index of Entity::fields, each at most once. Fields that are not named keep what
// they have.
using Changes = std::vector<std::pair<std::size_t, feel::Value>>;

struct CreateRecord {
  const model::Entity* entity;
  Changes values;
};

struct UpdateRecord {
  const model::Entity* entity;
  RecordId id;
  std::int64_t expected_version;
  Changes values;
};

struct DeleteRecord {
  const model::Entity* entity;
  RecordId id;
  std::int64_t expected_version;
};

struct RestoreRecord {
  const model::Entity* entity;
  RecordId id;
  std::int64_t expected_version;
};

// To a stage of its lifecycle, by name. Without `expected_version` it is the record as it is.
struct MoveRecord {
  const model::Entity* entity;
  RecordId id;
  std::optional<std::int64_t> expected_version;
  std::string to;
  std::string comment;
};

// Ticks an item of the checklist, or takes the tick away.
struct CheckItem {
  const model::Entity* entity;
  RecordId id;
  std::string item;
  bool done = true;
};

// Makes somebody the owner: `to`, or whom the assignment `by` finds [派单]. Without either the
// actor takes a record that nobody owns [抢单].
struct AssignRecord {
  const model::Entity* entity;
  RecordId id;
  std::optional<AccountId> to = {};
  std::string comment = {};
  const model::Assignment* by = nullptr;
  std::vector<AccountId> except = {};  // of `by`
};

// Gives a record back to a pool; by its owner, or by whoever may assign it.
struct ReleaseRecord {
  const model::Entity* entity;
  RecordId id;
  std::string pool;
  std::string comment = {};
};

struct CommentRecord {
  const model::Entity* entity;
  RecordId id;
  std::string text;
};

// By its assignee, or by whoever may assign the record.
struct FinishToDo {
  std::int64_t id;
};

// Without `id` all of the actor's.
struct ReadNotifications {
  std::optional<std::int64_t> id = {};
};

struct ChangePreferences {
  Preferences preferences;
};

// The actor's own absence.
struct AddAbsence {
  Instant starts_at;
  Instant ends_at;
  std::string reason = {};
};

struct EndAbsence {
  std::int64_t id;
};

// What came from outside, for Model::webhooks or ::forms: makes a record or changes the one that it
// matches. Values are by field, read as input already.
struct TakeIn {
  const model::Intake* intake;
  Changes values;
  std::string source;                  // the webhook's or form's name
  std::optional<std::size_t> form;     // index into Model::forms, or
  std::optional<std::size_t> webhook;  // into Model::webhooks
};

enum class TaskAction : unsigned char {
  Approve,
  Reject,
  Return,  // to the submitter, or to a step before
  Transfer,
  AddApprover,
  TakeBack,  // one's own decision
  Resubmit,
  Withdraw,  // by the submitter; the task may be any of the process
  Urge,
  MarkRead,
};

std::string_view task_action_name(TaskAction action);
std::optional<TaskAction> find_task_action(std::string_view name);

enum class AddedPlace : unsigned char { Before, After, Alongside };

struct ActOnTask {
  TaskId task;
  TaskAction action;
  std::string comment;
  std::optional<AccountId> to;            // of Transfer and AddApprover
  AddedPlace place = AddedPlace::Before;  // of AddApprover
  std::string step;                       // of Return: a step's id; empty: the submitter
  std::optional<bool> resume;  // of Return: afterwards straight back; nothing: as the chain says
  Changes values;              // fields that the step lets its approvers change
  std::optional<std::int64_t> expected_version;  // of the record that the decision was made on
};

// Names an approver where nobody was found.
struct NameApprover {
  ProcessId process;
  std::string step;
  AccountId to;
};

struct Delegate {
  AccountId to;
  Instant starts_at;
  Instant ends_at;
};

struct EndDelegation {
  std::int64_t id;
};

using Intent = std::variant<CreateRecord, UpdateRecord, DeleteRecord, RestoreRecord, MoveRecord,
                            CheckItem, AssignRecord, ActOnTask, NameApprover, Delegate,
                            EndDelegation, ReleaseRecord, CommentRecord, FinishToDo,
                            ReadNotifications, ChangePreferences, AddAbsence, EndAbsence, TakeIn>;

struct Outcome {
  const model::Entity* entity = nullptr;
  Record record;          // as it is now; without values when the actor may not see it
  bool changed = true;    // false: the values were there already, nothing was written
  std::string answer;     // what was remembered, when the command came with a key
  bool repeated = false;  // the answer is that of an earlier, equal request; `record` is empty
  std::optional<Process> process = {};        // that was acted upon or begun, as it is now
  std::optional<Delegation> delegation = {};  // that was made or ended, as it is now
  std::optional<Absence> absence = {};        // the same
  bool found = false;                         // of TakeIn: the record was there already
};

// An Idempotency-Key: an equal request gets the first one's answer, and nothing happens twice.
struct Once {
  std::string key;
  std::string request_hash;
  // Makes the answer to remember; called inside the transaction.
  std::function<std::string(const Outcome&)> answer;
};

struct Command {
  Actor actor;
  Intent intent;
  std::optional<Once> once;
};

}  // namespace formwork::engine
