// What an action of an automation makes of records: what was known of them before, what is known
// afterwards, and what automations may notice of it.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "dsl/lint/loops/conditions.h"
#include "dsl/lint/loops/facts.h"

namespace formwork::lint {

struct Happening {
  // Which record it is about.
  enum class Of : unsigned char {
    Same,   // the one that the automation is about
    New,    // one that it makes
    Other,  // any that it finds
  };

  Of of = Of::Same;
  Facts before;
  Facts after;
  bool created = false;
  std::set<std::size_t> changed;     // fields that may have become others; of New empty
  std::vector<std::string> entered;  // the stage that it came into, one of them
  std::vector<std::string> left;     // the stage that it left, one of them
  bool assigned = false;
  bool released = false;
  std::optional<std::size_t> submitted;  // to an approval: index into Model::approvals
  // Where a record comes by itself that stays too long in the stage that it came into: each way
  // with all its stages, the one that it came into first.
  std::vector<std::vector<const model::Stage*>> stays;
  std::set<model::OverdueEvent> overdue;  // what people may leave undone of it
  // How far ahead dates are that it gives itself, in seconds (leads.h).
  std::map<std::size_t, std::optional<std::int64_t>> leads;

  const model::Entity& entity() const { return after.entity(); }

  explicit Happening(const Facts& record) : before(record), after(record) {}
};

// What comes of the action when the record is as `subject` says, which becomes what it is then;
// nothing when nothing does that automations could notice.
std::optional<Happening> happen(const Ground& ground, Conditions& conditions,
                                const model::AutomationAction& action, Facts& subject);

// That it has come to the end of such a way: what it left last, and is now.
Happening stay_out(const Ground& ground, const std::vector<const model::Stage*>& way,
                   const Facts& record);

}  // namespace formwork::lint
