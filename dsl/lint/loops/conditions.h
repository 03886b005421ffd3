// What a condition says of a record of which only some facts are known.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "dsl/lint/loops/facts.h"

namespace formwork::lint {

// What the record was before, for `old` in conditions.
struct Before {
  const Facts* facts = nullptr;  // null: nothing is known, or nothing changed
  bool is_null = false;          // nothing changed: `old` is null
};

// What is known of an answer. Null is no.
enum class Answer : unsigned char { No, Maybe, Yes };

class Conditions {
 public:
  explicit Conditions(const Ground& ground) : ground_(ground) {}

  Answer ask(const feel::Expression& condition, const feel::Scope& scope, const Facts& facts,
             const Before& before);

  // What is so where it holds. `changed` is the field by whose change alone it is asked, if there
  // is one: where that was null it is not null now.
  void assume(const feel::Expression& condition, const feel::Scope& scope,
              std::optional<std::size_t> changed, Facts& facts);

 private:
  struct Asked;

  Answer ask(const Asked& asked, feel::syntax::NodeId node);
  Answer ask_null(const Asked& asked, feel::syntax::NodeId node, bool is_null);
  const Fact* fact_of(const Asked& asked, feel::syntax::NodeId node);
  std::optional<std::vector<feel::Value>> old_of(const Asked& asked, const feel::Expression& part);
  void assume(const Asked& asked, feel::syntax::NodeId node, std::optional<std::size_t> changed,
              Facts& facts);
  void assume_equal(const Asked& asked, const feel::syntax::Node& node,
                    std::optional<std::size_t> changed, Facts& facts);
  void keep_those(const feel::Expression& part, Facts& facts);
  // A part of a condition as an expression of its own; null when it is none without the rest.
  const feel::Expression* part(const Asked& asked, feel::syntax::NodeId node);

  const Ground& ground_;
  std::map<std::pair<const feel::syntax::Tree*, feel::syntax::NodeId>,
           std::optional<feel::Expression>>
      parts_;
};

}  // namespace formwork::lint
