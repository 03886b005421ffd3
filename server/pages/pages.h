// pages: HTML from the model. What is shown comes in as plain data and callbacks; what goes out is
// one complete document. No socket, no store, no clock.
//
// Form pages are compiled once per model: fixed bytes and holes, so that rendering copies and
// escapes. A Pages object never changes after construction and may be used by many threads.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/accounts/directory.h"
#include "engine/permissions/gate.h"
#include "engine/pipeline/claims.h"
#include "engine/pipeline/engine.h"
#include "engine/pipeline/forecast.h"
#include "engine/pipeline/standing.h"
#include "engine/records/input.h"
#include "engine/records/preview.h"
#include "server/http/query.h"

namespace formwork::pages {

// What was done just before the page; a toast says so. Redirects carry it as `?saved=<code>`.
enum class Done : unsigned char {
  Nothing,
  Created,
  Changed,
  Deleted,
  Restored,
  Moved,
  Assigned,
  Claimed,
  Approved,
  Rejected,
  Returned,
  Transferred,
  ApproverAdded,
  TakenBack,
  Resubmitted,
  Withdrawn,
  Urged,
  Read,
  Delegated,
  DelegationEnded,
  ToDoDone,
  PreferencesSaved,
  AbsenceAdded,
  AbsenceEnded,
  Released,
  Commented,
  SentAgain,
  DestinationChanged,
};

// Of an action with a task.
Done done_by(engine::TaskAction action);

std::string_view done_code(Done done);  // "created"; empty for Nothing
Done find_done(std::string_view code);  // of an unknown code: Nothing

// What every page behind sign-in is told. Pointers are never null and outlive the call. The gate
// decides about navigation, buttons and fields, so no page shows what the caller may not see.
struct Frame {
  const engine::Actor* actor = nullptr;
  const permissions::Gate* gate = nullptr;
  const accounts::Directory* directory = nullptr;
  std::size_t locale = 0;
  std::string_view csrf;
  std::string_view path;  // path and query of this page without `lang`, for the language links
  Done done = Done::Nothing;
  Instant now;              // what clocks are read against
  std::int64_t tasks = 0;   // that wait for the caller: the figure beside Tasks
  std::int64_t unread = 0;  // notifications of the caller: the figure at the bell
};

// What names a record to this caller; nothing when it may not see it. May be called often.
using TitleOf = std::function<std::optional<std::string>(const model::Entity&, engine::RecordId)>;

struct RecordOption {
  engine::RecordId id = 0;
  std::string title;
};

// Records that a reference to this entity may point to, at most so many. Called once per entity
// and page.
using OptionsOf = std::function<std::vector<RecordOption>(const model::Entity&, std::size_t)>;

// A file that the caller may see.
using FileOf = std::function<std::optional<engine::File>(std::int64_t)>;

// When the stage's dwell warns and ends for a record that came into it then.
using DwellOf = std::function<lifecycle::DwellTimes(const model::Stage&, Instant)>;

// A reference with more candidates than this is a text field with suggestions, `12 · Title`.
inline constexpr std::size_t kMostSelectOptions = 200;

struct SignInPage {
  std::size_t locale = 0;
  std::string_view path;     // as in Frame
  std::string_view next;     // where to go afterwards
  std::string_view name;     // as typed
  std::string_view problem;  // a sentence; empty on the first visit
  std::string_view csrf;     // empty: the form has no such field
};

// A line of the inbox: a task, or a process that somebody submitted or that nobody was found for.
struct InboxItem {
  std::optional<engine::Task> task;  // nothing: the line is about the process
  engine::Process process;
  const model::ApprovalChain* chain = nullptr;  // null: the model no longer has it
  const model::Entity* entity = nullptr;
  std::string title;  // of the record
};

// Something to do, with what it is about.
struct ToDoItem {
  engine::ToDo todo;
  const model::Entity* entity = nullptr;  // null: about no record
  std::string title;                      // of the record
  bool may_finish = true;
};

struct HomePage {
  // An entity that the caller may see, with the records that were changed last.
  struct Place {
    const model::Entity* entity = nullptr;
    std::int64_t count = 0;
    bool counted_all = true;  // false: there are more than `count`
    std::vector<engine::Record> newest;
  };

  // A record of the caller whose time in its stage is over, or soon will be.
  struct Late {
    const model::Entity* entity = nullptr;
    engine::Record record;
    const model::Stage* stage = nullptr;
    Instant since;
    lifecycle::DwellTimes dwell;
  };

  std::vector<InboxItem> tasks;      // the first of those that wait for the caller
  std::vector<ToDoItem> todos;       // of the caller, the most urgent first
  std::vector<Late> late;            // the most urgent first
  std::vector<InboxItem> submitted;  // of the caller, under way, newest first
  std::vector<Place> places;
  TitleOf title_of;
};

enum class TaskBox : unsigned char { ToDo, Done, Mine, Copies, Held };
inline constexpr std::size_t kTaskBoxCount = 5;

std::string_view box_code(TaskBox box);  // of `?box=`: "todo"
std::optional<TaskBox> find_box(std::string_view code);

// A form that was refused: as it was sent, and why.
struct RefusedForm {
  const engine::Refusal* refusal = nullptr;
  const records::FormPairs* sent = nullptr;  // null: nothing of it is shown again
};

// A task with its decision panel. Its form posts to /tasks/{id}: `_csrf`, `_version`, `action`
// (task_action_name), `comment`, `to` (an account's name), `place` (before, after, alongside),
// `step` (an id; empty: the submitter), `resume` (true, false) and the fields that the step lets
// edit.
struct TaskPanel {
  const engine::TaskDetail* detail = nullptr;
  std::span<const engine::HistoryEntry> history;  // of the record, newest first
  std::optional<RefusedForm> refused;
};

// The inbox at /tasks?box=…, and /tasks/{id} with a panel beside it. The form for a time of absence
// posts to /delegations: `to`, `starts`, `ends` (days of the app's zone, both included); an end to
// /delegations/{id}/end.
struct TasksPage {
  TaskBox box = TaskBox::ToDo;
  std::vector<InboxItem> items;
  std::optional<std::int64_t> counts[kTaskBoxCount];  // of each box, where it is worth to know
  bool has_held = false;                              // the caller may name approvers
  std::int64_t next = 0;                              // `?after=<id>` leads on; 0: no more
  const TaskPanel* panel = nullptr;
  std::vector<engine::Delegation> delegations;  // of the caller and to the caller, not ended
  std::optional<RefusedForm> refused;           // of the form for delegations
  TitleOf title_of;
  OptionsOf options_of;
  FileOf file_of;
};

// What the caller was told, newest first, at /notifications. Each posts to
// /notifications/{id}/read, which leads to its record; all of them to /notifications/read.
struct NotificationsPage {
  struct Line {
    engine::Notification notification;
    const model::Entity* entity = nullptr;  // null: about no record that can be opened
  };

  std::vector<Line> lines;
  bool unread = false;    // only those
  std::int64_t next = 0;  // `?after=<id>` leads on; 0: no more
};

// How the caller is told things, at /preferences: `mail` (true), `quiet_from`, `quiet_to`,
// `digest` (none, hourly, daily), `digest_at`. A time of absence posts to /absences: `starts`,
// `ends` (days of the app's zone, both included), `reason`; an end to /absences/{id}/end.
struct PreferencesPage {
  engine::Preferences preferences;
  std::vector<engine::Absence> absences;  // of the caller, not ended
  std::optional<RefusedForm> refused;
};

struct ListPage {
  const model::Entity* entity = nullptr;
  std::span<const engine::Record> records;
  std::span<const http::Parameter> filters;        // as typed: `budget.from` = `1000`
  std::span<const engine::FieldProblem> problems;  // of the address; their sentences are shown
  model::Sort sort;
  std::optional<std::int64_t> count;  // of all that match, if known
  bool counted_all = true;            // false: there are more than `count`
  bool deleted = false;               // the bin instead of the records
  bool pool = false;                  // what nobody owns, with a button to claim each
  // Of each of the entity's pools that limits claims a day: what the caller has left.
  std::vector<std::optional<engine::ClaimQuota>> quotas = {};
  bool is_continued = false;         // a cursor led here
  std::string_view previous_cursor;  // empty: none, or not known
  std::string_view next_cursor;      // empty: this is the last page
  DwellOf dwell_of;                  // empty: lists show no clocks
  TitleOf title_of;
  OptionsOf options_of;
};

// Somebody saved between opening and saving.
struct EditConflict {
  std::int64_t opened_version = 0;                // `_version` as the form brought it
  std::span<const engine::HistoryEntry> history;  // newest first, back to that version if possible
};

struct FormPage {
  const model::Entity* entity = nullptr;
  const engine::Record* record = nullptr;     // as it is now; null: a new one
  const records::FormPairs* typed = nullptr;  // what was sent, kept as typed; null: the record's
  // What formulas and conditions make of the record and what was typed; null: the entity has none.
  const records::Preview* preview = nullptr;
  std::span<const engine::FieldProblem> problems;
  // `items.add` or `items.remove:2`, as the button sent it: carried out on the rows shown. Other
  // texts do nothing.
  std::string_view act;
  std::optional<EditConflict> conflict;
  TitleOf title_of;
  OptionsOf options_of;
  FileOf file_of;
};

// What changes in a form while it is filled: an answer to its script.
struct LiveForm {
  const model::Entity* entity = nullptr;
  const records::Preview* preview = nullptr;
  const records::FormPairs* typed = nullptr;
  TitleOf title_of;
};

// Moves post to /{entity}/{id}/move: `to`, `comment`; the checklist to …/checklist: `item`, `done`
// (true, false); …/assign: `to`, `comment`; …/claim; …/approver: `process`, `step`, `to`. All with
// `_csrf` and `_version`. Actions with a task post to /tasks/{id}, with `next`, the path to show
// afterwards.
struct DetailPage {
  const model::Entity* entity = nullptr;
  const engine::Record* record = nullptr;  // a deleted one is shown with a button to restore it
  const engine::Standing* standing =
      nullptr;                         // null: nothing of stages, approvals and rights is shown
  std::optional<RefusedForm> refused;  // a move, or another form of this page
  std::span<const engine::HistoryEntry> history;  // newest first
  std::int64_t earlier = 0;                       // `?history=<sequence>` leads on; 0: no more
  std::vector<ToDoItem> todos;                    // about the record, open
  // What is left of the pool that it waits in; nothing: no limit, or nothing to claim.
  std::optional<engine::ClaimQuota> claim_quota;
  TitleOf title_of;
  FileOf file_of;
};

// All automations at /admin, in the order in which they run; with `?entity=…&record=…` those of the
// entity, each leading to its dry run on that record.
struct AutomationsPage {
  std::vector<engine::AutomationState> states;
  const model::Entity* entity = nullptr;  // null: of all
  engine::RecordId record = 0;
  std::string title;  // of the record
};

// A run with what it is about.
struct RunItem {
  engine::Run run;
  const model::Entity* entity = nullptr;  // null: about no record that can be opened
  std::string title;                      // of the record
};

// The run log at /admin/runs, or with an automation at /admin/automations/{name}, where a form
// posts to …/dry-run: `record`, a number, `12 · Title`, or a part of a title.
struct RunsPage {
  const model::Automation* automation = nullptr;  // null: of all
  std::optional<engine::RunOutcome> outcome;      // only these
  std::vector<RunItem> runs;
  engine::RunId next = 0;  // `?after=<id>` leads on; 0: no more
  // What was tried out, and what came of it; nothing: no trial.
  std::optional<std::vector<RunItem>> trial;
  std::string trial_record;                 // its number, or what was typed
  std::vector<RecordOption> trial_matches;  // of what was typed, when there are several
  std::string trial_problem;
  TitleOf title_of;
  OptionsOf options_of;
};

// One run at /admin/runs/{id}: what led to it, and what else the same event set off.
struct RunPage {
  RunItem run;
  std::vector<engine::HistoryEntry> causes;  // of its record, newest first
  std::vector<RunItem> chain;                // in their order, itself among them
  TitleOf title_of;
};

// What leaves the system, at /admin/outbox; destinations post to
// /admin/destinations/{name}/enable and …/disable.
struct OutboxPage {
  std::vector<engine::OutboxMessage> messages;
  std::vector<engine::Destination> destinations;
  std::optional<engine::MessageState> state;
  std::string destination;  // only to it; empty: to all
  engine::MessageId next = 0;
};

// One message at /admin/outbox/{id}; its button posts to …/resend.
struct MessagePage {
  engine::MessageDetail detail;
  const model::Entity* entity = nullptr;  // of the record that it is about, if it can be opened
  std::string title;                      // of the record
};

enum class AdminSection : unsigned char { Automations, Runs, Outbox, Forecast };

// What fires in the days to come, at /admin/forecast.
struct ForecastPage {
  std::vector<engine::Coming> lines;
  bool more = false;
};

struct RemovePage {
  const model::Entity* entity = nullptr;
  const engine::Record* record = nullptr;
};

struct ErrorPage {
  int status = 500;
  std::string_view message;     // a sentence; empty: what the status says in general
  std::string_view request_id;  // shown from 500 on
  std::int64_t retry_after_seconds = 0;
  const model::Entity* entity = nullptr;  // whose list to offer instead of the start page
};

// A form that anybody may fill in. No page behind sign-in is around it.
struct PublicFormPage {
  const model::PublicForm* form = nullptr;
  std::size_t locale = 0;
  std::string_view path;    // as in Frame
  std::string_view action;  // where it is sent to
  std::string_view live;    // whom its script asks while it is filled; empty: nobody
  const permissions::Gate* gate = nullptr;
  const accounts::Directory* directory = nullptr;
  const records::FormPairs* typed = nullptr;  // kept as typed; null: nothing yet
  const records::Preview* preview = nullptr;  // as in FormPage
  std::span<const engine::FieldProblem> problems;
  std::string_view problem;  // a sentence about it as a whole; empty: none
};

struct PublicThanksPage {
  const model::PublicForm* form = nullptr;
  std::size_t locale = 0;
  std::string_view path;  // as in Frame
};

// A control that people do not see: with something in it a form comes from a program.
inline constexpr std::string_view kTrapControl = "_url";

class Pages {
 public:
  // The model must outlive the pages.
  explicit Pages(const model::Model& model);
  ~Pages();
  Pages(const Pages&) = delete;
  Pages& operator=(const Pages&) = delete;

  std::string sign_in(const SignInPage& page) const;
  std::string home(const Frame& frame, const HomePage& page) const;
  std::string list(const Frame& frame, const ListPage& page) const;
  std::string form(const Frame& frame, const FormPage& page) const;
  // JSON: the texts of computed values, and which fields are hidden and required, by the names of
  // controls. What was typed never comes back.
  std::string live(const Frame& frame, const LiveForm& form) const;
  std::string public_form(const PublicFormPage& page) const;
  std::string public_thanks(const PublicThanksPage& page) const;
  // As live(), of the form's fields alone.
  std::string public_live(const model::PublicForm& form, const records::Preview& preview) const;
  std::string detail(const Frame& frame, const DetailPage& page) const;
  std::string tasks(const Frame& frame, const TasksPage& page) const;
  std::string notifications(const Frame& frame, const NotificationsPage& page) const;
  std::string preferences(const Frame& frame, const PreferencesPage& page) const;
  std::string remove(const Frame& frame, const RemovePage& page) const;
  // Of those who run the app.
  std::string automations(const Frame& frame, const AutomationsPage& page) const;
  std::string runs(const Frame& frame, const RunsPage& page) const;
  std::string run(const Frame& frame, const RunPage& page) const;
  std::string outbox(const Frame& frame, const OutboxPage& page) const;
  std::string message(const Frame& frame, const MessagePage& page) const;
  std::string forecast(const Frame& frame, const ForecastPage& page) const;
  // With a frame inside it, else on its own, for requests of nobody known.
  std::string error(std::size_t locale, const ErrorPage& page, const Frame* frame = nullptr) const;

 private:
  struct Compiled;

  // `write` fills the page inside the frame; `within` is the page that leads to it (pages/admin.h).
  template <class Write>
  std::string admin_page(const Frame& frame, const std::string& title, AdminSection within,
                         const Write& write) const;

  const model::Model& model_;
  std::unique_ptr<const Compiled> compiled_;
};

// The fields that the caller's form of this entity has, for records::read_form. `preview` knows
// which are read-only at the moment.
std::vector<std::size_t> form_fields(const Frame& frame, const model::Entity& entity,
                                     const records::Preview* preview = nullptr);

// The fields that the caller may change with the decision of this task, for records::read_form.
std::vector<std::size_t> decision_fields(const Frame& frame, const engine::TaskDetail& task);

// Whether forms of the entity change while they are filled, so that a page needs a preview.
bool is_live(const model::Entity& entity);

// `12` of `12 · Title`; other texts are left as they are.
std::string without_title(const std::string& text);

// What read_form takes: `12 · Title` of a reference becomes `12`, and files whose `<field>.remove`
// was ticked are left out. The pairs as sent stay what the form shows again.
records::FormPairs as_input(const model::Entity& entity, const records::FormPairs& sent);

}  // namespace formwork::pages
