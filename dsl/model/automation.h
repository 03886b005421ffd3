// Automations: what the app does by itself when something happens or a time comes.
//
// Conditions and values are FEEL over Scopes::of_automation(entity): the record as it is when they
// are asked, `user` (who caused the event, null for the program), `old` (the record's values before
// the change, null where nothing changed) and the records that actions before have made, by name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "dsl/base/localized.h"
#include "dsl/calendar/calendar.h"
#include "dsl/calendar/cron.h"
#include "dsl/diagnostics/source.h"
#include "dsl/feel/expression.h"
#include "dsl/model/people.h"
#include "dsl/model/text_template.h"

namespace formwork::model {

enum class ApprovalEvent : std::uint8_t { Submitted, Approved, Rejected, Returned, Withdrawn };
enum class OverdueEvent : std::uint8_t { Stage, Task, Response, ToDo };

struct Trigger {
  enum class Kind : std::uint8_t {
    Created,
    Updated,
    Deleted,
    Restored,
    Moved,     // to any other stage; a new record does not move
    Entered,   // a stage, also by being created
    Left,      // a stage
    Assigned,  // has another owner, also by being created with one
    Released,  // came into a pool
    Approval,
    Overdue,
    Form,     // a public form made or changed it
    Webhook,  // an inbound webhook made or changed it
    Cron,
    Date,  // some time before or after a date field says
  };

  Kind kind = Kind::Created;
  std::vector<std::size_t> fields;   // of Updated: one of them changed; empty: any
  std::string stage;                 // of Entered and Left
  std::optional<std::size_t> chain;  // of Approval: index into Model::approvals; nothing: any
  ApprovalEvent approval = ApprovalEvent::Approved;
  OverdueEvent overdue = OverdueEvent::Stage;
  std::optional<std::size_t> source;  // of Form and Webhook: index into Model::forms, ::webhooks
  std::optional<calendar::Cron> cron;
  std::size_t field = 0;                   // of Date: index into Entity::fields, date or date_time
  std::optional<calendar::Period> offset;  // of Date; nothing: at that time itself
  bool before = false;                     // of Date
  std::optional<TimeOfDay> at;  // of Date over a date: at that time of the day, else 00:00
  Span where;
};

// A field and what it becomes.
struct FieldValue {
  std::size_t field = 0;  // index into the fields of the entity that is changed
  feel::Expression value;
  Span where;
};

// What is said to people: in the inbox, by mail, or both.
struct Notification {
  std::string name;  // of a document; empty when it stands in an action
  Localized label;   // of a document
  std::size_t entity = 0;
  TextTemplate title;  // one line
  TextTemplate text;   // may be empty
  bool inbox = true;
  bool mail = false;
  bool urgent = false;  // waits neither for the end of quiet hours nor for a digest
  Span where;
};

struct SetAction {
  std::vector<FieldValue> values;
};

struct CreateAction {
  std::size_t entity = 0;
  std::vector<FieldValue> values;
  // Fields by which a record that is there already is taken instead of making one; empty: always
  // new.
  std::vector<std::size_t> match;
  std::optional<std::size_t> result;  // the slot of its name in the automation's scope
};

// Changes other records: each for which `where` holds.
struct UpdateAction {
  std::size_t entity = 0;
  // Of that entity, then `user` as everywhere, then `record`: the one that the automation is about.
  // `where` and the values are over it.
  std::shared_ptr<const feel::Scope> scope;
  feel::Expression where;
  std::vector<FieldValue> values;
  std::string stage;        // where to move them as well; empty: nowhere
  std::size_t limit = 100;  // more is refused
};

// To a stage; `start_approval: CHAIN` is the move to the stage that has it.
struct MoveAction {
  std::string stage;
  TextTemplate comment;
};

// One of the three.
struct AssignAction {
  std::optional<std::size_t> by;    // index into Model::assignments
  People to;                        // the first who is found
  std::optional<std::size_t> pool;  // index into Entity::pools
  People except;                    // of `by`
};

struct NotifyAction {
  People to;
  Notification message;
};

// To an address that a field has; people are reached by NotifyAction.
struct MailAction {
  feel::Expression to;  // a text or null
  TextTemplate subject;
  TextTemplate text;
};

struct ToDoAction {
  People to;  // the first who is found
  TextTemplate title;
  std::optional<calendar::Period> within;
};

// On the entity's multi_choice field `tags`.
struct TagAction {
  std::vector<std::string> add;
  std::vector<std::string> remove;
};

struct CommentAction {
  TextTemplate text;
};

struct WebhookAction {
  std::size_t webhook = 0;  // index into Model::webhooks, an outbound one
  std::string event;        // `lead.assigned`: the payload's `type`
  std::vector<std::pair<std::string, feel::Expression>> data;
};

// Neither the actions behind it nor the automations behind this one on the same event are run.
struct StopAction {};

struct AutomationAction {
  std::optional<feel::Expression> when;
  std::variant<SetAction, CreateAction, UpdateAction, MoveAction, AssignAction, NotifyAction,
               MailAction, ToDoAction, TagAction, CommentAction, WebhookAction, StopAction>
      what;
  Span where;
};

// When it may run.
struct Window {
  std::shared_ptr<const calendar::Calendar> hours;
  bool waits = true;  // for the window to open; else it is left out
  Span where;
};

struct Automation {
  std::string name;
  std::size_t index = 0;  // in Model::automations
  Localized label;
  Localized why;
  std::optional<std::size_t> entity;  // nothing: of a Cron that is about no record
  std::vector<Trigger> on;            // any of them
  std::int64_t order = 100;           // of several on one event the lower first, of equals by name
  std::optional<calendar::Period> after;     // so much later, if `when` holds then; one that waits
                                             // because of a stage is dropped when that is left
  std::optional<calendar::Period> debounce;  // when nothing has triggered it for so long
  bool once = false;                         // for each record
  std::optional<Window> window;
  std::optional<feel::Expression> when;  // null does not hold
  // Of a Cron with an entity: over which of its records, as a filter over Scopes::of(entity).
  std::optional<feel::Expression> each;
  // What of_automation has, and a slot for each record that actions name.
  std::shared_ptr<const feel::Scope> scope;
  std::vector<AutomationAction> actions;
  bool enabled = true;
  Span where;
};

}  // namespace formwork::model
