// What automations do: one descriptor for each verb, so that a new verb is a new file.
//
// To add one, write actions/<verb>_action.cpp with one function `<verb>_action()`, its struct in
// dsl/model/automation.h and its words in schemas/actions/<verb>.json; the list of all is generated
// from the folder.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "dsl/compile/automation_place.h"
#include "dsl/compile/reading.h"

namespace formwork::compile {

using ActionContents = decltype(model::AutomationAction::what);

// An action as it is written.
struct ActionText {
  const yaml::Node& all;    // the mapping
  const yaml::Entry& verb;  // its entry that says what is done

  const yaml::Node& value() const { return verb.value; }

  const yaml::Node* find(std::string_view key) const { return value_of(all, key); }
};

struct ActionType {
  std::string_view name;                         // the verb: `set`
  std::string_view summary;                      // one line for the reference
  std::span<const std::string_view> keys = {};   // what may stand beside the verb, next to `when`
  std::span<const std::string_view> parts = {};  // keys of the mapping behind the verb, if it has
                                                 // some of its own
  bool needs_record = true;                      // it is done with the record of the automation
  bool changes_record = false;                   // which must not be deleted then
  // Nothing when it is too wrong to go on with; all that is wrong is reported.
  std::optional<ActionContents> (*read)(const ActionText& text, AutomationPlace& place) = nullptr;
};

// Every verb, in alphabetical order.
std::span<const ActionType* const> all_action_types();

// One action or a list of them.
std::vector<model::AutomationAction> read_actions(const yaml::Node& node, AutomationPlace& place);

// The mapping behind the verb, with these keys; null where something else stands,
// which is then reported.
const yaml::Node* expect_parts(const ActionText& text, std::span<const std::string_view> parts,
                               AutomationPlace& place);

// That an action cannot be, in automations at all or in this one.
void report_action(const Span& where, std::string message, std::string remedy,
                   AutomationPlace& place);

// A stage of the entity's, by name; of an entity without stages the verb is what is wrong.
std::optional<std::string> read_stage(const yaml::Node& node, const model::Entity& entity,
                                      const Span& verb, AutomationPlace& place);

// `within` with `business` beside it.
std::optional<calendar::Period> read_business_period(const yaml::Node& mapping,
                                                     std::string_view key, Context& context);

}  // namespace formwork::compile
