// Demo data: an app's `demo` folder loaded into a new store, through an engine like everything
// else, on a clock of the past. templates/crm/demo/README.md describes its form.
#pragma once

#include <memory>
#include <string>

#include "dsl/base/expected.h"
#include "engine/pipeline/engine.h"

namespace formwork::program {

struct Demo {
  std::shared_ptr<const model::Model> model;
  std::shared_ptr<store::Store> store;
};

// Loads `folder`/demo into a store without accounts; a store that has some is left as it is.
// Answers with the sign-ins of the demo users, to be printed; the error says what is wrong with the
// data.
Expected<std::string, std::string> fill_with_demo(const std::string& folder, Demo demo);

}  // namespace formwork::program
