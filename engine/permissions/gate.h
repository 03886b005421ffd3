// The one gate: who may do what with which records. Deny by default.
//
// Writes ask `may_…` before anything changes. Reads happen only through a Reader (reader.h), which
// asks too. Rules about single records and fields join here, so that no caller has to change.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/command/command.h"
#include "engine/command/refusal.h"

namespace formwork::permissions {

using engine::Actor;

class Gate {
 public:
  explicit Gate(const model::Model& model) : model_(model) {}

  bool may(const Actor& actor, model::Action action, const model::Entity& entity) const;

  // The refusal for what `may` denies: which action, and which roles could.
  engine::Refusal explain(model::Action action, const model::Entity& entity) const;

  // Whether this caller may see, or change, this field of the entity. Each place that names a field
  // asks.
  bool may_see_field(const Actor& actor, const model::Entity& entity, std::size_t field) const;
  bool may_write_field(const Actor& actor, const model::Entity& entity, std::size_t field) const;

  const model::Model& model() const { return model_; }

 private:
  const model::Model& model_;
};

// The account's roles as indices of this model; names that the model lacks grant nothing.
std::vector<std::size_t> roles_of(const engine::Account& account, const model::Model& model);

// The labels of several roles as one text: "Sales manager, Admin", "销售经理、管理员"; "nobody" for none.
Argument names_of(const std::vector<const model::Role*>& roles, const model::Model& model);

engine::Refusal not_found(const model::Entity& entity, const std::string& id);

}  // namespace formwork::permissions
