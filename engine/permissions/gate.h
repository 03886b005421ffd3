// The one gate: who may do what with which records. Deny by default.
//
// Writes ask `may` before anything changes. Reads happen only through a Reader (reader.h), which
// asks too. Roles may have a rule for each action, a condition over the record; any role that
// allows the action without a rule, or by one that holds, is enough. Null does not hold. Rules see
// everything: what they say does not depend on what whoever asks may see.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/command/command.h"
#include "engine/command/organization.h"
#include "engine/command/refusal.h"
#include "engine/store/store.h"

namespace formwork::permissions {

using engine::Actor;

// What conditions about records are asked with: one snapshot, the people of then, one reading of
// the clock.
struct Moment {
  store::View& view;
  const fields::People& people;
  const engine::Organization& organization;
  Instant now;
  const TimeZone* zone = &TimeZone::utc();
};

class Gate {
 public:
  explicit Gate(const model::Model& model);

  // In principle: with some records, or with any.
  bool may(const Actor& actor, model::Action action, const model::Entity& entity) const;

  // With this record, as it is given. Whoever has or had a task about a record may view it, too,
  // and so may those who act for them now.
  bool may(const Actor& actor, model::Action action, const model::Entity& entity,
           const engine::Record& record, const Moment& moment) const;

  // The record, if there is one that the actor may see. Deleted ones are found by those who may
  // delete them, since they may restore.
  Expected<engine::Record, engine::Refusal> find(const Actor& actor, const model::Entity& entity,
                                                 engine::RecordId id, const Moment& moment) const;

  // The rules that decide which records a list of the actor's holds: one of them must. None when
  // all may be seen. For actors who may view in principle, of deleted records delete as well.
  // Points into the gate; `environment` must have records that see everything.
  std::vector<store::Filter> list_rules(const Actor& actor, const model::Entity& entity,
                                        bool deleted, const feel::Environment& environment) const;

  // The refusal for what `may` denies in principle: which action, and which roles could.
  engine::Refusal explain(model::Action action, const model::Entity& entity) const;

  // The refusal for what `may` denies with a record that the actor may see: by which rules, as far
  // as the actor may see what they read, and which other roles could.
  engine::Refusal explain(const Actor& actor, model::Action action,
                          const model::Entity& entity) const;

  // Whether the caller runs the app: by a role with `admin: true`, or as the program itself, which
  // is whoever has the store's file.
  bool is_admin(const Actor& actor) const;
  // The refusal for all others.
  engine::Refusal explain_admin() const;

  // Whether this caller may see, or change, this field of the entity, in records that it may see.
  // Each place that names a field asks.
  bool may_see_field(const Actor& actor, const model::Entity& entity, std::size_t field) const;
  bool may_write_field(const Actor& actor, const model::Entity& entity, std::size_t field) const;

  const model::Model& model() const { return model_; }

 private:
  // A rule about viewing together with one about deleting: for lists of deleted records.
  struct Both {
    const feel::Expression* view;
    const feel::Expression* remove;
    feel::Expression both;
  };

  struct OfEntity {
    std::vector<store::FilterSlot> slots;  // of Scopes::of(entity)
    std::vector<Both> combined;
  };

  void combine(const model::Entity& entity);
  const feel::Expression* combined(const model::Entity& entity, const feel::Expression* view,
                                   const feel::Expression* remove) const;
  bool allows(const Actor& actor, model::Action action, const model::Entity& entity,
              const engine::Record& record, const Moment& moment) const;
  std::string visible_rules(const Actor& actor, model::Action action,
                            const model::Entity& entity) const;

  const model::Model& model_;
  std::vector<OfEntity> entities_;  // by Entity::index
};

// The account's roles as indices of this model; names that the model lacks grant nothing.
std::vector<std::size_t> roles_of(const engine::Account& account, const model::Model& model);

// The labels of several roles as one text: "Sales manager, Admin", "销售经理、管理员"; "nobody" for
// none.
Argument names_of(const std::vector<const model::Role*>& roles, const model::Model& model);

engine::Refusal not_found(const model::Entity& entity, const std::string& id);

}  // namespace formwork::permissions
