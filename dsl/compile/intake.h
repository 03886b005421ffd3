// What webhooks and public forms have in common: which record what comes in becomes.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/compile/context.h"
#include "dsl/model/intake.h"

namespace formwork::compile {

// The entity that `node` names. Null: there is none, which is reported.
const model::Entity* read_entity_name(const yaml::Node& node, Context& context);

// Whether the mapping has all of these keys; reports those that it lacks in one sentence.
bool check_has(const yaml::Node& mapping, std::initializer_list<std::string_view> keys,
               const Span& where, const std::string& what, Context& context);

struct IntakePlace {
  std::string_view values;         // the key of `values`: `map` or `set`
  std::vector<std::size_t> asked;  // fields that come in besides
  std::string_view never;          // `the form could never be sent`
};

// `match`, `found` and `always`, and whether all is given that a record has to have. `intake` has
// its entity.
void read_intake(const yaml::Node& mapping, const IntakePlace& place, const Span& where,
                 model::Intake& intake, Context& context);

}  // namespace formwork::compile
