#include "engine/automations/listeners.h"

#include <algorithm>

#include "engine/automations/trigger.h"

namespace formwork::automations {
namespace {

using Kind = model::Trigger::Kind;

constexpr std::uint32_t bit(Kind kind) { return std::uint32_t{1} << static_cast<unsigned>(kind); }

// The kinds that may hear of the event.
std::uint32_t kinds_of(const Event& event) {
  std::uint32_t kinds = 0;
  const auto add = [&](bool happened, Kind kind) { kinds |= happened ? bit(kind) : 0U; };
  add(event.created, Kind::Created);
  add(event.before && !event.changed.empty(), Kind::Updated);
  add(event.deleted, Kind::Deleted);
  add(event.restored, Kind::Restored);
  add(!event.left.empty() && !event.entered.empty(), Kind::Moved);
  add(!event.entered.empty(), Kind::Entered);
  add(!event.left.empty(), Kind::Left);
  add(event.assigned, Kind::Assigned);
  add(event.released, Kind::Released);
  add(event.approval.has_value(), Kind::Approval);
  add(event.overdue.has_value(), Kind::Overdue);
  add(event.form.has_value(), Kind::Form);
  add(event.webhook.has_value(), Kind::Webhook);
  return kinds;
}

bool waits(const model::Automation& automation) {
  return automation.after || automation.debounce || (automation.window && automation.window->waits);
}

}  // namespace

Listeners::Listeners(const model::Model& model) : entities_(model.entities.size()) {
  for (const model::Automation& automation : model.automations) {
    if (automation.enabled) add(automation);
  }
}

void Listeners::add(const model::Automation& automation) {
  const auto has = [&](Kind kind) {
    return std::any_of(automation.on.begin(), automation.on.end(),
                       [&](const model::Trigger& trigger) { return trigger.kind == kind; });
  };
  if (has(Kind::Cron)) with_cron_.push_back(&automation);
  if (!automation.entity) return;
  OfEntity& entity = entities_[*automation.entity];
  entity.any = true;
  entity.listening.push_back(&automation);
  if (has(Kind::Date)) entity.with_dates.push_back(&automation);
  entity.waits_in_stages = entity.waits_in_stages || (has(Kind::Entered) && waits(automation));
  for (const model::Trigger& trigger : automation.on) entity.kinds |= bit(trigger.kind);
}

std::vector<Heard> Listeners::of(const Event& event) const {
  std::vector<Heard> heard;
  const OfEntity& entity = of(*event.entity);
  if ((entity.kinds & kinds_of(event)) == 0) return heard;
  for (const model::Automation* automation : entity.listening) {
    const auto trigger = std::find_if(automation->on.begin(), automation->on.end(),
                                      [&](const model::Trigger& one) { return hears(one, event); });
    if (trigger != automation->on.end()) heard.push_back({automation, &*trigger});
  }
  return heard;
}

}  // namespace formwork::automations
