// A scenario: what people do with an app and what comes of it.
#include "dsl/compile/context.h"

namespace formwork::compile {

void compile_scenario(const Document& document, model::Scenario& scenario, Context&) {
  scenario.where = document.name_where;
}

}  // namespace formwork::compile
