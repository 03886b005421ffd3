// What scenarios may name, and what is said when they name something else.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "dsl/compile/context.h"
#include "dsl/compile/reading.h"

namespace formwork::compile {

// The records that a scenario has created so far, and the names of the model. Each check reports a
// name that is not there and suggests near ones.
class ScenarioNames {
 public:
  explicit ScenarioNames(Context& context) : context_(context) {}

  // From here on steps may name the record so.
  void introduce(const PlacedText& name, std::size_t entity);

  // The entity of a record; nothing when no step has created it.
  const model::Entity* check_record(const PlacedText& name);

  const model::Entity* check_entity(const PlacedText& name);
  // Where no document says who there is, anybody may be.
  void check_person(const PlacedText& name);
  // `role finance`, or a person.
  void check_waiting(const PlacedText& name);
  void check_stage(const model::Entity& entity, const PlacedText& name);
  void check_item(const model::Entity& entity, const PlacedText& name);
  // Of any approval of the entity. `submitter` is none, and neither is `previous`.
  void check_approval_step(const model::Entity& entity, const PlacedText& name);
  // Whether records of the entity are approved at all.
  bool check_approval(const model::Entity& entity, const Span& where);
  void check_pool(const model::Entity& entity, const PlacedText& name);
  void check_assignment(const model::Entity& entity, const PlacedText& name);
  void check_automation(const PlacedText& name);
  void check_outbound(const PlacedText& name);
  // Null: there is none by which something comes in.
  const model::Webhook* check_inbound(const yaml::Node& name);
  const model::PublicForm* check_form(const yaml::Node& name);
  // What is filled in has to be asked for.
  void check_asked(const model::PublicForm& form, const yaml::Node& with);
  // One of a list of words.
  void check_word(const PlacedText& word, std::span<const std::string_view> words,
                  std::string_view what);

 private:
  struct Introduced {
    std::size_t entity;
    Span where;
  };

  void report_unknown(const PlacedText& name, std::string message,
                      std::span<const std::string_view> names);

  Context& context_;
  std::map<std::string, Introduced, std::less<>> records_;
};

}  // namespace formwork::compile
