// The store: everything that outlives the program, behind one narrow interface.
//
// Reads happen on a View, a consistent snapshot; writes on a Transaction, which is a View too and
// sees its own writes. One writer at a time: `submit` queues work, which runs in the order of
// submission, each piece in a savepoint of its own; several pieces share one commit, and each is
// acknowledged after it.
//
// Nothing above this folder knows which store it talks to. Nobody but engine/permissions and
// engine/pipeline reads records through a View: all others go through the gate.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/model/model.h"
#include "engine/command/effects.h"
#include "engine/command/process.h"
#include "engine/command/record.h"
#include "engine/store/filter.h"

namespace formwork::store {

using engine::Absence;
using engine::Account;
using engine::AccountId;
using engine::Attempt;
using engine::Credential;
using engine::Delegation;
using engine::Destination;
using engine::File;
using engine::HistoryEntry;
using engine::MessageId;
using engine::Notification;
using engine::OutboxMessage;
using engine::Preferences;
using engine::Process;
using engine::ProcessId;
using engine::Record;
using engine::RecordId;
using engine::ResponseClock;
using engine::Run;
using engine::RunId;
using engine::Secret;
using engine::Stay;
using engine::Task;
using engine::TaskId;
using engine::Timer;
using engine::TimerId;
using engine::ToDo;

enum class Comparison : unsigned char { Equal, NotEqual, Less, AtMost, Greater, AtLeast, Contains };

// `column comparison value`. Equal with null asks for empty; Contains asks a Codes column for one
// code.
struct Condition {
  model::ColumnRef column;
  Comparison comparison = Comparison::Equal;
  feel::Value value;
};

// Where a page ended: the sort column's value and the id of its last record.
struct Position {
  feel::Value value;
  RecordId id = 0;
};

struct Query {
  const model::Entity* entity = nullptr;
  std::vector<Condition> where;                 // all must hold
  std::optional<Filter> filter = std::nullopt;  // must hold, too; null does not
  // One of them must hold, too, unless there is none: the record rules of whoever asks. Made by the
  // gate.
  std::vector<Filter> any_of = {};
  model::Sort sort;  // ties are broken by id in the same direction; nulls come last
  std::size_t limit = 50;
  std::optional<Position> after;
  bool deleted = false;  // the deleted ones instead of the others
};

// Whose tasks of which kind; newest last for what waits, newest first for what is done.
struct TaskQuery {
  enum class Box : unsigned char {
    ToDo,     // open ones to decide or to submit again
    Done,     // that the accounts have decided
    Copies,   // for information
    Waiting,  // of a record or a process: whatever is open, of anybody
  };

  Box box = Box::ToDo;
  std::vector<AccountId> assignees;  // any of them
  std::string entity;                // narrows to a record, when it is not empty
  RecordId record = 0;
  bool unread = false;  // of Copies: only those
  TaskId after = 0;     // the last one of the page before; 0: from the start
  std::size_t limit = 50;
};

struct ProcessQuery {
  std::string entity;  // of a record; or
  RecordId record = 0;
  AccountId submitter = 0;  // by whom; or
  bool held = false;        // those with a step that nobody was found for
  bool under_way = false;   // and only those that have not ended
  ProcessId before = 0;     // newest first, below this one; 0: from the newest
  std::size_t limit = 50;
};

// What automations did, newest first.
struct RunQuery {
  std::string automation = {};  // empty: of all
  std::string entity = {};      // narrows to a record, when it is not empty
  RecordId record = 0;
  std::optional<engine::RunOutcome> outcome = {};
  RunId before = 0;  // 0: from the newest
  std::size_t limit = 50;
};

// What is on its way out, newest first.
struct MessageQuery {
  std::string destination = {};  // empty: to all
  std::optional<engine::MessageState> state = {};
  MessageId before = 0;  // 0: from the newest
  std::size_t limit = 50;
};

// Of one account, newest first.
struct NotificationQuery {
  AccountId account = 0;
  bool unread = false;        // only those
  bool mail_pending = false;  // only those, oldest first, whether they are in the inbox or not
  engine::NotificationId before = 0;
  std::size_t limit = 50;
};

// Of an assignee or a record; open ones by when they are due, those without a time last.
struct ToDoQuery {
  AccountId assignee = 0;
  std::string entity = {};  // of a record, when it is not empty
  RecordId record = 0;
  bool open = true;  // else those that are done, newest first
  std::size_t limit = 50;
};

class View {
 public:
  virtual ~View() = default;

  // Also finds deleted records; the caller looks at deleted_at.
  virtual std::optional<Record> find_record(const model::Entity& entity, RecordId id) = 0;
  // At most `limit` records, without the rows of table fields (those values are null). Throws
  // TooMuchToExamine, as count() does, when a filter cannot be answered within bounds.
  virtual std::vector<Record> list(const Query& query) = 0;
  // Counts at most up to `at_most`, so that a large table costs no more than that.
  virtual std::int64_t count(const Query& query, std::int64_t at_most) = 0;
  // A record that is not deleted, is not `except`, and has these values in the fields of the set.
  virtual std::optional<RecordId> find_duplicate(const model::Entity& entity,
                                                 const model::Unique& unique,
                                                 std::span<const feel::Value> values,
                                                 RecordId except) = 0;

  // Newest first, sequence below `before` (0: from the newest).
  virtual std::vector<HistoryEntry> history(std::string_view entity, RecordId record,
                                            std::int64_t before, std::size_t limit) = 0;
  // All entries in their order, for verification; stops when `visit` returns false.
  virtual void walk_history(const std::function<bool(const HistoryEntry&)>& visit) = 0;
  virtual std::optional<HistoryEntry> last_history() = 0;

  virtual std::optional<Account> find_account(std::string_view name) = 0;
  virtual std::optional<Account> find_account(AccountId id) = 0;
  virtual std::vector<Account> accounts() = 0;  // by name, without passwords
  virtual std::optional<Credential> find_credential(std::string_view hash) = 0;

  virtual std::optional<File> find_file(std::int64_t id) = 0;
  virtual std::optional<std::string> file_content(std::int64_t id) = 0;

  // What was remembered under that account and key.
  struct Remembered {
    std::string request_hash;
    std::string answer;
    Instant at;
  };

  virtual std::optional<Remembered> find_remembered(AccountId account, std::string_view key) = 0;
  virtual std::optional<std::string> find_setting(std::string_view name) = 0;

  // With steps and tasks.
  virtual std::optional<Process> find_process(ProcessId id) = 0;
  virtual std::optional<Task> find_task(TaskId id) = 0;
  virtual std::vector<Process> processes(const ProcessQuery& query) = 0;
  virtual std::vector<Task> tasks(const TaskQuery& query) = 0;
  virtual std::int64_t count_tasks(const TaskQuery& query, std::int64_t at_most) = 0;
  // Whether one of the accounts has, or had, a task of any kind about the record, or decided one
  // for somebody else.
  virtual bool is_involved(std::span<const AccountId> accounts, std::string_view entity,
                           RecordId record) = 0;

  // Oldest first.
  virtual std::vector<Stay> stays(std::string_view entity, RecordId record) = 0;

  // Due at `until` or before, in the order in which they fire: by time, then by id; behind `after`.
  virtual std::vector<Timer> timers_due(Instant until, const Timer* after, std::size_t limit) = 0;
  virtual std::optional<Instant> next_timer() = 0;
  virtual std::vector<Timer> timers_of(std::string_view entity, RecordId record) = 0;

  virtual std::vector<Delegation> delegations() = 0;  // that have not ended, by id
  virtual std::vector<Absence> absences() = 0;        // the same

  virtual std::vector<Timer> timers_of_rule(std::string_view rule, std::size_t limit) = 0;

  virtual std::vector<Run> runs(const RunQuery& query) = 0;
  virtual std::optional<Run> find_run(RunId id) = 0;
  // Whether an automation that runs once for each record has run for this one.
  virtual bool has_run_once(std::string_view automation, std::string_view entity,
                            RecordId record) = 0;

  virtual std::vector<OutboxMessage> messages(const MessageQuery& query) = 0;
  virtual std::optional<OutboxMessage> find_message(MessageId id) = 0;
  virtual std::vector<Attempt> attempts(MessageId message) = 0;  // oldest first
  // The first that waits for each destination that is not disabled, if it is due; webhooks keep
  // their order, mail does not.
  virtual std::vector<OutboxMessage> messages_due(Instant now, std::size_t limit) = 0;
  virtual std::optional<Instant> next_message() = 0;  // when one is due
  // Those that are disabled, or have messages that wait or are dead; by name.
  virtual std::vector<Destination> destinations() = 0;

  virtual std::vector<Notification> notifications(const NotificationQuery& query) = 0;
  virtual std::int64_t count_unread(AccountId account, std::int64_t at_most) = 0;
  virtual std::vector<ToDo> todos(const ToDoQuery& query) = 0;
  virtual std::optional<ToDo> find_todo(engine::ToDoId id) = 0;
  virtual Preferences preferences(AccountId account) = 0;

  virtual std::optional<Secret> find_secret(std::string_view name) = 0;
  virtual std::vector<std::string> secret_names() = 0;  // in order

  virtual std::optional<ResponseClock> find_response_clock(std::string_view entity,
                                                           RecordId record) = 0;
  // What each account is owed of the turns of an assignment's rule (engine/assignment/pick.h); none
  // yet: zero.
  virtual std::vector<std::pair<AccountId, std::int64_t>> shares(std::string_view assignment,
                                                                 std::string_view rule) = 0;
  // What Transaction::next_number gave out last under that name and period; 0: nothing yet.
  virtual std::int64_t last_number(std::string_view name, std::string_view period) = 0;
  // How many records that are not deleted, nor in a final stage, the account owns; at most so many.
  virtual std::int64_t count_open(const model::Entity& entity, AccountId owner,
                                  std::int64_t at_most) = 0;
  // A record that is not deleted and has these values in these fields, none of them null; the
  // oldest one.
  virtual std::optional<RecordId> find_match(const model::Entity& entity,
                                             std::span<const std::size_t> fields,
                                             std::span<const feel::Value> values) = 0;
};

class Transaction : public View {
 public:
  // Ids are given by the store. A set of unique fields is the caller's to check first; the store's
  // own index is the last guard, and breaking it throws.
  virtual RecordId insert_record(const model::Entity& entity, const Record& record) = 0;
  // Writes values, version, updated_*, deleted_at. False, and nothing written, when the version in
  // the store is no longer `expected_version`.
  virtual bool update_record(const model::Entity& entity, const Record& record,
                             std::int64_t expected_version) = 0;

  // Appends as it is: sequence and hashes are the caller's, made from last_history().
  virtual void append_history(const HistoryEntry& entry) = 0;
  // 1, 2, 3 … per name and period; a rolled-back piece gives its number back.
  virtual std::int64_t next_number(std::string_view name, std::string_view period) = 0;

  virtual AccountId insert_account(const Account& account) = 0;
  virtual void update_account(const Account& account) = 0;
  virtual void insert_credential(const Credential& credential) = 0;
  virtual void delete_credential(std::string_view hash) = 0;
  virtual void delete_credentials_of(AccountId account) = 0;
  virtual void delete_expired(Instant now) = 0;  // credentials, remembered answers, orphaned files

  virtual std::int64_t insert_file(const File& file, std::string_view content) = 0;
  // Ties a file to the record that shows it; only then it may be read by others than its uploader.
  virtual void attach_file(std::int64_t file, std::string_view entity, RecordId record) = 0;

  virtual void remember(AccountId account, std::string_view key, const Remembered& remembered) = 0;
  virtual void put_setting(std::string_view name, std::string_view value) = 0;

  // Gives the process and its tasks their ids.
  virtual void insert_process(Process& process) = 0;
  // Writes what has changed against `before`, which is what the store holds; new tasks (id 0) get
  // their ids.
  virtual void update_process(Process& process, const Process& before) = 0;
  virtual void update_task(const Task& task) = 0;

  // Ends the stay that is under way, if there is one, and begins this.
  virtual void begin_stay(std::string_view entity, RecordId record, const Stay& stay) = 0;

  virtual TimerId insert_timer(const Timer& timer) = 0;
  virtual bool delete_timer(TimerId id) = 0;  // whether it was there
  virtual void delete_timers_of_task(TaskId task) = 0;
  // Of its dwell; with `all` every one, whatever it is for.
  virtual void delete_timers_of_record(std::string_view entity, RecordId record, bool all) = 0;

  // Of that kind and rule.
  virtual void delete_timers_of_record(std::string_view entity, RecordId record, Timer::Kind kind,
                                       std::string_view rule) = 0;

  virtual std::int64_t insert_delegation(const Delegation& delegation) = 0;
  virtual void end_delegation(std::int64_t id, Instant at) = 0;
  virtual std::int64_t insert_absence(const Absence& absence) = 0;
  virtual void end_absence(std::int64_t id, Instant at) = 0;

  virtual RunId insert_run(const Run& run) = 0;
  virtual void note_run_once(std::string_view automation, std::string_view entity,
                             RecordId record) = 0;
  // Older ones than that, some thousands at a time; whether there may be more. The newest stays, so
  // that no id comes twice. The same holds for messages and notifications.
  virtual bool delete_runs(Instant before) = 0;

  virtual MessageId insert_message(const OutboxMessage& message) = 0;
  virtual void update_message(const OutboxMessage& message) = 0;  // state, times, attempts, problem
  // Of those in a state that is an end, by when it came; with their attempts.
  virtual bool delete_messages(engine::MessageState state, Instant ended_before) = 0;
  // Mail that waits and has been due since before that is dead from `now` on.
  virtual void end_stale_mail(Instant due_before, Instant now, std::string_view problem) = 0;
  virtual void insert_attempt(const Attempt& attempt) = 0;
  virtual void set_destination(std::string_view name, bool disabled, std::string_view why) = 0;

  virtual engine::NotificationId insert_notification(const Notification& notification) = 0;
  virtual void read_notification(AccountId account, std::optional<engine::NotificationId> id,
                                 Instant at) = 0;  // nothing: all of the account's
  virtual void clear_mail_pending(AccountId account) = 0;
  virtual bool delete_notifications(Instant before) = 0;  // read or not
  virtual engine::ToDoId insert_todo(const ToDo& todo) = 0;
  virtual void update_todo(const ToDo& todo) = 0;  // assignee, done_at, done_by
  virtual void put_preferences(AccountId account, const Preferences& preferences) = 0;

  virtual void put_secret(const Secret& secret) = 0;

  virtual void put_response_clock(std::string_view entity, RecordId record,
                                  const ResponseClock& clock) = 0;
  virtual void put_share(std::string_view assignment, std::string_view rule, AccountId account,
                         std::int64_t share) = 0;

  // A part of the piece that can be undone by itself; parts lie within each other. Use Part.
  virtual void begin_part() = 0;
  virtual void keep_part() = 0;
  virtual void undo_part() = 0;
};

// Undoes what was written since it was made, unless it is kept. What the caller has read meanwhile
// is then no longer so.
class Part {
 public:
  explicit Part(Transaction& transaction) : transaction_(&transaction) { transaction.begin_part(); }

  ~Part() {
    if (transaction_ != nullptr) transaction_->undo_part();
  }

  Part(const Part&) = delete;
  Part& operator=(const Part&) = delete;

  void keep() { std::exchange(transaction_, nullptr)->keep_part(); }

 private:
  Transaction* transaction_;
};

// The last time that the record was submitted.
std::optional<Process> latest_process(View& view, std::string_view entity, RecordId record);

// How a submitted piece of work ended.
enum class Commit : unsigned char {
  Committed,   // in the file, flushed
  RolledBack,  // the work said no; nothing of it remains
  Full,        // the disk is full; nothing of it remains, reading goes on
  Failed,      // the store broke or the work threw; nothing of it remains
};

class Store {
 public:
  virtual ~Store() = default;

  // A snapshot of what was committed; give it back by letting it go. Waits when all readers are
  // out.
  virtual std::unique_ptr<View> read() = 0;

  // Queues work for the writer. `work` returns whether to keep what it wrote; `done` is called on
  // the writer's thread after the commit and must be quick. False: the queue is full, nothing will
  // be called.
  using Work = std::function<bool(Transaction&)>;
  using Done = std::function<void(Commit)>;
  [[nodiscard]] virtual bool submit(Work work, Done done) = 0;

  // Changes whenever accounts or credentials have changed, before the change is acknowledged: what
  // was read of them under the same version still holds.
  virtual std::uint64_t access_version() const = 0;

  // Called on the writer's thread whenever messages for the outside were committed, and quick; an
  // empty one ends that, and then none is under way any more.
  virtual void on_messages(std::function<void()> call) = 0;

  // Submits and waits; for programs and tests.
  Commit submit_and_wait(Work work);
};

}  // namespace formwork::store
