// Which automations of a model listen for what; made once of it. An entity that nobody listens to
// costs one look.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/automations/event.h"

namespace formwork::automations {

// An automation and the one of its triggers that set it off.
struct Heard {
  const model::Automation* automation = nullptr;
  const model::Trigger* trigger = nullptr;
};

class Listeners {
 public:
  // The model must outlive it.
  explicit Listeners(const model::Model& model);

  // Whether anybody listens to what happens to records of the entity, dates among it.
  bool any(const model::Entity& entity) const { return of(entity).any; }

  // Each automation once, in the order in which they run.
  std::vector<Heard> of(const Event& event) const;

  // Automations with a trigger over a date of the entity.
  std::span<const model::Automation* const> with_dates(const model::Entity& entity) const {
    return of(entity).with_dates;
  }

  // Whether some automation of the entity waits in a stage until it may run.
  bool waits_in_stages(const model::Entity& entity) const { return of(entity).waits_in_stages; }

  // Automations that a schedule sets off.
  std::span<const model::Automation* const> with_cron() const { return with_cron_; }

 private:
  struct OfEntity {
    std::vector<const model::Automation*> listening;
    std::vector<const model::Automation*> with_dates;
    std::uint32_t kinds = 0;  // a bit for each Trigger::Kind that somebody listens for
    bool waits_in_stages = false;
    bool any = false;
  };

  const OfEntity& of(const model::Entity& entity) const { return entities_[entity.index]; }

  void add(const model::Automation& automation);

  std::vector<OfEntity> entities_;  // by Entity::index
  std::vector<const model::Automation*> with_cron_;
};

}  // namespace formwork::automations
