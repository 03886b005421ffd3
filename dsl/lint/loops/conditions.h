// What a condition says of a record of which only some facts are known.
#pragma once

#include <map>
#include <string>

#include "dsl/lint/loops/facts.h"

namespace formwork::lint {

// What the record was before, for `old` in conditions.
struct Before {
  const Facts* facts = nullptr;  // null: nothing is known, or nothing changed
  bool is_null = false;          // nothing changed: `old` is null
};

class Conditions {
 public:
  explicit Conditions(const Ground& ground) : ground_(ground) {}

  // False when the condition is known to be false or null.
  bool may_hold(const feel::Expression& condition, const feel::Scope& scope, const Facts& facts,
                const Before& before);

  // What is so where it holds. `changed` is the field by whose change alone it is asked, if there
  // is one: where that was null it is not null now.
  void assume(const feel::Expression& condition, const feel::Scope& scope,
              std::optional<std::size_t> changed, Facts& facts);

 private:
  struct Asked;

  bool may_hold(const Asked& asked, feel::syntax::NodeId node);
  bool may_be_equal_to_null(const Asked& asked, feel::syntax::NodeId node, bool is_null);
  const Fact* fact_of(const Asked& asked, feel::syntax::NodeId node);
  std::optional<feel::Value> old_of(const Asked& asked, const feel::Expression& part);
  void assume(const Asked& asked, feel::syntax::NodeId node, std::optional<std::size_t> changed,
              Facts& facts);
  // A part of a condition as an expression of its own; null when it is none without the rest.
  const feel::Expression* part(const Asked& asked, feel::syntax::NodeId node);

  const Ground& ground_;
  std::map<std::pair<const feel::Scope*, std::string>, std::optional<feel::Expression>> parts_;
};

}  // namespace formwork::lint
