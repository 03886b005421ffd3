// Demo data: the people of an app, and what its `demo` folder tells of them, put into a new store
// through an engine like everything else, on a clock of the past.
#pragma once

#include <memory>
#include <string>

#include "dsl/base/expected.h"
#include "engine/pipeline/engine.h"

namespace formwork::program {

struct Demo {
  std::shared_ptr<const model::Model> model;
  std::shared_ptr<store::Store> store;
  Instant now;  // where that past ends
};

// Plays `folder`/demo in a store without accounts; a store that has some is left as it is.
// Answers with the sign-ins of the demo users, to be printed; the error says what is wrong with the
// data.
Expected<std::string, std::string> fill_with_demo(const std::string& folder, const Demo& demo);

}  // namespace formwork::program
