// What the compile steps share: the findings, the names that exist, and the model under
// construction.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/compile/decision.h"
#include "dsl/diagnostics/codes.h"
#include "dsl/diagnostics/diagnostic.h"
#include "dsl/diagnostics/did_you_mean.h"
#include "dsl/model/model.h"
#include "dsl/yaml/node.h"

namespace formwork::compile {

// A document: the mapping, and its kind and name as its first entry gives them (`entity: lead`).
struct Document {
  const yaml::Node* node;
  std::string_view kind;
  std::string name;
  Span name_where;
};

struct OptionSet {
  std::vector<fields::Option> options;
  Span where;
  mutable bool used = false;
};

struct DictionaryField {
  const yaml::Node* node;  // its definition, merged into each field that says `use`
  Span where;
  mutable bool used = false;
};

// What the assignments of an entity add to it.
struct AssignedEntity {
  Span where;  // of the first one's name
  std::vector<model::Pool> pools;
  std::optional<Span> response;
};

struct Context {
  Diagnostics& diagnostics;
  model::Model& model;
  std::map<std::string, DictionaryField, std::less<>> dictionary;
  std::map<std::string, OptionSet, std::less<>> option_sets;
  std::vector<Span> damaged = {};  // documents whose text is broken, so that parts may be unread
  std::vector<Span> yaml_problems = {};  // what is broken in them
  std::map<std::string, DecisionText, std::less<>> decisions = {};
  // The entity that each approval chain is for, by ApprovalChain::index, before chains are
  // compiled. Nothing: its document names none that is there.
  std::vector<std::optional<std::size_t>> approval_entities = {};
  std::map<std::string, AssignedEntity, std::less<>> assigned = {};  // by entity
};

// Names as a list, for suggestions.
template <class Map>
std::vector<std::string_view> names_of(const Map& map) {
  std::vector<std::string_view> names;
  for (const auto& [name, value] : map) names.push_back(name);
  return names;
}

// One step per kind of document; each fills its part of the model.
void compile_app(const Document& document, Context& context);
void collect_dictionary(const Document& document, Context& context);
void compile_dictionary(Context& context);  // checks definitions that no field uses
void compile_entity(const Document& document, model::Entity& entity, Context& context);
void compile_role(const Document& document, model::Role& role, Context& context);
void compile_team(const Document& document, model::Team& team, Context& context);
void check_team_circles(Context& context);  // when all teams are compiled
model::BusinessCalendar compile_calendar(const Document& document, Context& context);
// Hours of a week, in the app's time zone; without `days` those of every day.
calendar::Calendar compile_hours(const yaml::Node* days, const yaml::Node& hours, Context& context);
void compile_approval(const Document& document, model::ApprovalChain& chain, Context& context);
void compile_notification(const Document& document, model::Notification& notification,
                          Context& context);
void compile_automation(const Document& document, model::Automation& automation, Context& context);
void compile_webhook(const Document& document, model::Webhook& webhook, Context& context);
void compile_form(const Document& document, model::PublicForm& form, Context& context);
void compile_scenario(const Document& document, model::Scenario& scenario, Context& context);

// A field's definition as one mapping: the dictionary's entries under those that stand here.
// Nothing is reported.
yaml::Node whole_definition(const yaml::Node& definition, const Context& context);

// A field's definition, with what it takes from the dictionary. False: it is too wrong to go on
// with.
bool compile_field(std::string_view name, const Span& where, const yaml::Node& definition,
                   Context& context, fields::Field& field, bool in_table = false);

}  // namespace formwork::compile
