// Related records for FEEL's paths (`account.industry`), and what there is to know of people
// (`owner.manager`). Through the gate: each step needs the right to see that record and that field.
// Rules and the program's own questions see everything.
#pragma once

#include <map>
#include <optional>
#include <utility>

#include "dsl/feel/evaluation.h"
#include "dsl/model/scope.h"
#include "engine/permissions/gate.h"
#include "engine/store/store.h"

namespace formwork::permissions {

// For the life of one snapshot; records are read once each. A deleted record is none.
class RelatedRecords final : public feel::Records {
 public:
  // What the actor may see. Everything, when that is the program itself.
  RelatedRecords(const Gate& gate, const Actor& actor, const Moment& moment)
      : gate_(gate),
        moment_(moment),
        actor_(actor.account == engine::kSystemAccount ? nullptr : &actor) {}

  // Everything.
  RelatedRecords(const Gate& gate, const Moment& moment) : gate_(gate), moment_(moment) {}

  feel::Value member(feel::RecordRef record, const feel::RecordType& type,
                     std::size_t member) const override;

  // Whether the actor's rights kept something back since the last call: then a null may mean that
  // there is a value.
  bool take_withheld() const { return std::exchange(withheld_, false); }

 private:
  struct Found {
    std::optional<engine::Record> record;
    bool is_withheld = false;  // there is one
  };

  const engine::Record* find(const model::Entity& entity, engine::RecordId id) const;
  Found read(const model::Entity& entity, engine::RecordId id) const;
  feel::Value person(engine::AccountId id, std::size_t member) const;

  const Gate& gate_;
  const Moment moment_;
  const Actor* actor_ = nullptr;  // null: everything
  mutable std::map<std::pair<std::size_t, engine::RecordId>, Found> read_;
  mutable bool withheld_ = false;
};

// The record as an evaluation sees it. It must outlive what is returned.
model::Variables variables_of(const model::Model& model, const model::Entity& entity,
                              const engine::Record& record, engine::AccountId user);

using store::account_value;
using store::system_value;

}  // namespace formwork::permissions
