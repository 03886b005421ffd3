#include "dsl/lint/lint.h"

namespace formwork::lint {

void check(const model::Model& model, Diagnostics& diagnostics) {
  check_entity_without_role(model, diagnostics);
}

}  // namespace formwork::lint
