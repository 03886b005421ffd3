#include "dsl/lint/loops/triggers.h"

#include <algorithm>

#include "dsl/lint/loops/leads.h"

namespace formwork::lint {
namespace {

using model::Trigger;

bool is_one_of(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_about(const model::Automation& automation, const Happening& happening) {
  return automation.entity == happening.entity().index;
}

void hear_update(const Trigger& trigger, const Happening& happening, Heard& heard) {
  for (const std::size_t field : happening.changed) {
    const bool is_meant =
        trigger.fields.empty() ||
        std::find(trigger.fields.begin(), trigger.fields.end(), field) != trigger.fields.end();
    if (is_meant) heard.fields.insert(field);
  }
}

// A change of the stage, or the stage of a new record.
void hear_stage(const Happening& happening, Heard& heard) {
  if (happening.created) {
    heard.otherwise = true;
  } else {
    heard.fields.insert(happening.entity().stage_fields->stage);
  }
}

void hear(const Trigger& trigger, const Happening& happening, Heard& heard) {
  switch (trigger.kind) {
    case Trigger::Kind::Created:
      heard.otherwise = heard.otherwise || happening.created;
      return;
    case Trigger::Kind::Updated:
      return hear_update(trigger, happening, heard);
    case Trigger::Kind::Moved:
      if (!happening.left.empty()) hear_stage(happening, heard);
      return;
    case Trigger::Kind::Entered:
      if (!is_one_of(happening.entered, trigger.stage)) return;
      heard.entered.push_back(trigger.stage);
      return hear_stage(happening, heard);
    case Trigger::Kind::Left:
      if (is_one_of(happening.left, trigger.stage)) hear_stage(happening, heard);
      return;
    case Trigger::Kind::Assigned:
      heard.assigned = happening.assigned;
      return;
    case Trigger::Kind::Released:
      heard.released = happening.released;
      return;
    case Trigger::Kind::Approval: {
      const bool is_meant = trigger.approval == model::ApprovalEvent::Submitted &&
                            happening.submitted &&
                            (!trigger.chain || trigger.chain == happening.submitted);
      heard.otherwise = heard.otherwise || is_meant;
      heard.approval = heard.approval || is_meant;
      return;
    }
    default:
      return;  // from outside, by time, or what no action does
  }
}

// Whether a date that the automation waits for may be another one now.
bool sets_date(const Trigger& trigger, const Happening& happening) {
  if (trigger.kind != Trigger::Kind::Date || happening.after.of(trigger.field).is_null()) {
    return false;
  }
  return happening.created || happening.changed.contains(trigger.field);
}

// What the program keeps itself says what time it is, or one to come.
bool is_late(const Trigger& trigger, const Happening& happening) {
  const auto given = happening.leads.find(trigger.field);
  if (given != happening.leads.end()) return comes_late(trigger, given->second);
  const fields::Field& field = happening.entity().fields[trigger.field];
  const auto& formula = field.value ? field.value : field.default_formula;
  return comes_late(trigger, formula ? lead_seconds(*formula, happening.entity()) : 0);
}

bool sets_late_date(const Trigger& trigger, const Happening& happening) {
  return sets_date(trigger, happening) && is_late(trigger, happening);
}

bool sets_near_date(const Trigger& trigger, const Happening& happening) {
  return sets_date(trigger, happening) && !is_late(trigger, happening);
}

bool is_left_undone(const Trigger& trigger, const Happening& happening) {
  return trigger.kind == Trigger::Kind::Overdue && happening.overdue.contains(trigger.overdue);
}

}  // namespace

Heard hear(const model::Automation& automation, const Happening& happening) {
  Heard heard;
  if (!is_about(automation, happening)) return heard;
  for (const Trigger& trigger : automation.on) hear(trigger, happening, heard);
  return heard;
}

std::vector<Way> ways_to(const Ground& ground, const model::Automation& automation,
                         const Happening& happening) {
  std::vector<Way> ways;
  if (!is_about(automation, happening)) return ways;
  const bool waits = automation.after || automation.debounce;
  if (hear(automation, happening)) {
    ways.push_back({.kind = waits ? Way::Kind::Delayed : Way::Kind::Now});
  }
  for (std::size_t i = 0; i < happening.stays.size(); ++i) {
    if (hear(automation, stay_out(ground, happening.stays[i], happening.after))) {
      ways.push_back({.kind = Way::Kind::Stay, .stay = i});
    }
  }
  const auto some = [&](bool (*leads)(const Trigger&, const Happening&)) {
    return std::any_of(automation.on.begin(), automation.on.end(),
                       [&](const Trigger& trigger) { return leads(trigger, happening); });
  };
  if (some(sets_near_date)) ways.push_back({.kind = Way::Kind::Date});
  if (some(sets_late_date)) ways.push_back({.kind = Way::Kind::Date, .is_late = true});
  if (some(is_left_undone)) ways.push_back({.kind = Way::Kind::Overdue});
  return ways;
}

}  // namespace formwork::lint
