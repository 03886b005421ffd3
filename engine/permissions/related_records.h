// Related records for FEEL's paths (`account.industry`), through the gate: each step needs the
// right to see that record and that field.
#pragma once

#include <map>
#include <optional>
#include <utility>

#include "dsl/feel/evaluation.h"
#include "engine/permissions/gate.h"
#include "engine/store/store.h"

namespace formwork::permissions {

// For the life of one snapshot; records are read once each. A deleted record is none.
class RelatedRecords final : public feel::Records {
 public:
  RelatedRecords(const Gate& gate, store::View& view, const Actor& actor,
                 const fields::People& people)
      : gate_(gate), view_(view), actor_(actor), people_(people) {}

  feel::Value member(feel::RecordRef record, const feel::RecordType& type,
                     std::size_t member) const override;

  // Whether the actor's rights kept something back since the last call: then a null may mean that
  // there is a value.
  bool take_withheld() const { return std::exchange(withheld_, false); }

 private:
  const engine::Record* find(const model::Entity& entity, engine::RecordId id) const;
  feel::Value person(engine::AccountId id, std::size_t member) const;

  const Gate& gate_;
  store::View& view_;
  const Actor& actor_;
  const fields::People& people_;
  mutable std::map<std::pair<std::size_t, engine::RecordId>, std::optional<engine::Record>> read_;
  mutable bool withheld_ = false;
};

using store::account_value;
using store::system_value;

}  // namespace formwork::permissions
