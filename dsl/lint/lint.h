// Whole-model checks: what is wrong although every document by itself is right. One file per check.
#pragma once

#include "dsl/diagnostics/diagnostic.h"
#include "dsl/model/model.h"

namespace formwork::lint {

// Runs every check over a model without errors.
void check(const model::Model& model, Diagnostics& diagnostics);

// An entity that no role may view: nobody will ever see its records.
void check_entity_without_role(const model::Model& model, Diagnostics& diagnostics);

}  // namespace formwork::lint
