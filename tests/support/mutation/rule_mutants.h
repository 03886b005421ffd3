// Mutants of what an app does by itself: what comes in, automations, and who gets records.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "dsl/model/model.h"

namespace formwork::testing {

// What is taken out, which exercise of coverage notices it, of which entity, where it stands, how.
using AddMutant = std::function<void(std::string what, std::string exercise, std::string entity,
                                     Span where, std::function<void(model::Model&)> change)>;

// What exercises claims, and somebody's absence.
inline constexpr std::string_view kClaims = "claims";
std::string absence_of(const std::string& person);

void add_rule_mutants(const model::Model& model, const AddMutant& add);

}  // namespace formwork::testing
