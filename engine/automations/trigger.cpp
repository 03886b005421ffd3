#include "engine/automations/trigger.h"

#include <algorithm>
#include <array>

#include "dsl/calendar/before.h"

namespace formwork::automations {
namespace {

using model::Trigger;
using Kind = Trigger::Kind;

// In the order of Trigger::Kind: the key in the documents.
constexpr std::array<std::string_view, 15> kKinds{
    "created",  "updated",  "deleted", "restored", "moved",   "stage", "left", "assigned",
    "released", "approval", "overdue", "form",     "webhook", "cron",  "date"};
constexpr std::array<std::string_view, 5> kApprovals{"submitted", "approved", "rejected",
                                                     "returned", "withdrawn"};
constexpr std::array<std::string_view, 4> kOverdue{"stage", "task", "response", "todo"};

bool changes_one_of(const std::vector<std::size_t>& fields, const Event& event) {
  if (!event.before || event.changed.empty()) return false;
  if (fields.empty()) return true;
  return std::any_of(event.changed.begin(), event.changed.end(), [&](std::size_t field) {
    return std::find(fields.begin(), fields.end(), field) != fields.end();
  });
}

std::string fields_text(const Trigger& trigger, const model::Entity& entity, const Event* event) {
  std::string text;
  for (const std::size_t field : trigger.fields) {
    const bool is_meant =
        event == nullptr || std::count(event->changed.begin(), event->changed.end(), field) != 0;
    if (is_meant) text += (text.empty() ? "" : ", ") + entity.fields[field].name;
  }
  return text;
}

std::string date_text(const Trigger& trigger, const model::Entity& entity) {
  std::string text = entity.fields[trigger.field].name;
  if (trigger.offset) {
    text += (trigger.before ? ", before: " : ", after: ") + calendar::to_string(*trigger.offset);
    if (trigger.offset->business) text += ", business: true";
  }
  if (trigger.at) text += ", at: " + to_string(*trigger.at);
  return text;
}

std::string argument_text(const Trigger& trigger, const model::Automation& automation,
                          const model::Model& model, const Event* event) {
  switch (trigger.kind) {
    case Kind::Updated:
      return fields_text(trigger, model.entities[*automation.entity], event);
    case Kind::Entered:
    case Kind::Left:
      return trigger.stage;
    case Kind::Approval: {
      std::string text(kApprovals[static_cast<std::size_t>(trigger.approval)]);
      if (trigger.chain) text += ", chain: " + model.approvals[*trigger.chain].name;
      return text;
    }
    case Kind::Overdue:
      return std::string(kOverdue[static_cast<std::size_t>(trigger.overdue)]);
    case Kind::Form:
      return model.forms[*trigger.source].name;
    case Kind::Webhook:
      return model.webhooks[*trigger.source].name;
    case Kind::Cron:
      return trigger.cron->text();
    case Kind::Date:
      return date_text(trigger, model.entities[*automation.entity]);
    default:
      return {};
  }
}

// The moment that a date or a date and time names, in the app's zone.
Instant moment_of(const Trigger& trigger, const feel::Value& value, const model::Model& model) {
  if (value.kind() == feel::ValueKind::Instant) return value.instant();
  const LocalDateTime local{value.date(), trigger.at.value_or(TimeOfDay{})};
  return model.app.time_zone->to_instant(local);
}

}  // namespace

bool hears(const Trigger& trigger, const Event& event) {
  switch (trigger.kind) {
    case Kind::Created:
      return event.created;
    case Kind::Updated:
      return changes_one_of(trigger.fields, event);
    case Kind::Deleted:
      return event.deleted;
    case Kind::Restored:
      return event.restored;
    case Kind::Moved:
      return !event.left.empty() && !event.entered.empty();
    case Kind::Entered:
      return event.entered == trigger.stage;
    case Kind::Left:
      return event.left == trigger.stage;
    case Kind::Assigned:
      return event.assigned;
    case Kind::Released:
      return event.released;
    case Kind::Approval:
      return event.approval == trigger.approval && (!trigger.chain || trigger.chain == event.chain);
    case Kind::Overdue:
      return event.overdue == trigger.overdue;
    case Kind::Form:
      return event.form && event.form == trigger.source;
    case Kind::Webhook:
      return event.webhook && event.webhook == trigger.source;
    case Kind::Cron:
    case Kind::Date:
      return false;
  }
  return false;
}

std::string trigger_text(const Trigger& trigger, const model::Automation& automation,
                         const model::Model& model, const Event* event) {
  std::string text(kKinds[static_cast<std::size_t>(trigger.kind)]);
  const std::string argument = argument_text(trigger, automation, model, event);
  return argument.empty() ? text : text + ": " + argument;
}

std::optional<DateTimes> date_times(const Trigger& trigger, const feel::Value& value,
                                    const model::Model& model) {
  if (value.is_null()) return std::nullopt;
  const Instant date = moment_of(trigger, value, model);
  if (!trigger.offset) return DateTimes{.due = date, .date = date};
  const Instant due = trigger.before ? calendar::before(model.calendar(), date, *trigger.offset)
                                     : model.calendar().add(date, *trigger.offset);
  return DateTimes{.due = due, .date = date};
}

bool still_counts(const Trigger& trigger, const DateTimes& times, Instant now) {
  return !trigger.before || times.date > now;
}

std::string date_definition(const model::Automation& automation, const model::Model& model) {
  std::string text;
  for (const Trigger& trigger : automation.on) {
    // Its place among the triggers is part of it: timers name it.
    const bool is_date = trigger.kind == Kind::Date && automation.enabled;
    text += (is_date ? trigger_text(trigger, automation, model) : std::string()) + ";";
  }
  return text.find_first_not_of(';') == std::string::npos ? std::string() : text;
}

std::string cron_definition(const model::Automation& automation) {
  std::string text;
  for (const Trigger& trigger : automation.on) {
    text += (trigger.cron ? trigger.cron->text() : std::string()) + ";";
  }
  return text;
}

}  // namespace formwork::automations
