// Which of two automations has the last word about a field is then up to their names.
#include <algorithm>
#include <optional>

#include "dsl/diagnostics/codes.h"
#include "dsl/lint/lint.h"

namespace formwork::lint {
namespace {

using model::Automation;
using model::Trigger;
using Kind = Trigger::Kind;

bool share_a_field(const Trigger& a, const Trigger& b) {
  if (a.fields.empty() || b.fields.empty()) return true;
  return std::any_of(a.fields.begin(), a.fields.end(), [&](std::size_t field) {
    return std::find(b.fields.begin(), b.fields.end(), field) != b.fields.end();
  });
}

// Whether one event may be both.
bool may_coincide(const Trigger& a, const Trigger& b) {
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case Kind::Updated:
      return share_a_field(a, b);
    case Kind::Entered:
    case Kind::Left:
      return a.stage == b.stage;
    case Kind::Approval:
      return a.approval == b.approval && (!a.chain || !b.chain || a.chain == b.chain);
    case Kind::Overdue:
      return a.overdue == b.overdue;
    case Kind::Form:
    case Kind::Webhook:
      return a.source == b.source;
    case Kind::Cron:
    case Kind::Date:
      return false;  // each comes by a timer of its own
    default:
      return true;
  }
}

bool runs_at_once(const Automation& automation) {
  return automation.enabled && !automation.after && !automation.debounce;
}

bool meet(const Automation& a, const Automation& b) {
  const bool may_meet =
      a.order == b.order && a.entity && a.entity == b.entity && runs_at_once(a) && runs_at_once(b);
  if (!may_meet) return false;
  return std::any_of(a.on.begin(), a.on.end(), [&](const Trigger& trigger) {
    return std::any_of(b.on.begin(), b.on.end(),
                       [&](const Trigger& other) { return may_coincide(trigger, other); });
  });
}

bool sets(const Automation& automation, std::size_t field) {
  for (const model::AutomationAction& action : automation.actions) {
    const auto* set = std::get_if<model::SetAction>(&action.what);
    if (set == nullptr) continue;
    for (const model::FieldValue& value : set->values) {
      if (value.field == field) return true;
    }
  }
  return false;
}

// Where `a` sets a field that `b` sets as well.
const model::FieldValue* find_contested(const Automation& a, const Automation& b) {
  for (const model::AutomationAction& action : a.actions) {
    const auto* set = std::get_if<model::SetAction>(&action.what);
    if (set == nullptr) continue;
    for (const model::FieldValue& value : set->values) {
      if (sets(b, value.field)) return &value;
    }
  }
  return nullptr;
}

}  // namespace

void check_unordered_automations(const model::Model& model, Diagnostics& diagnostics) {
  for (const Automation& later : model.automations) {
    for (const Automation& earlier : model.automations) {
      if (&earlier >= &later || !meet(earlier, later)) continue;
      const model::FieldValue* contested = find_contested(later, earlier);
      if (contested == nullptr) continue;
      const fields::Field& field = model.entities[*later.entity].fields[contested->field];
      diagnostics
          .warning(codes::kAutomationOrder, contested->where,
                   "`" + earlier.name + "` and `" + later.name + "` set " + field.name +
                       " on the same event, and only their names say which comes last",
                   "give one of them another `order`")
          .related.push_back({earlier.where, "`" + earlier.name + "` is here"});
    }
  }
}

}  // namespace formwork::lint
