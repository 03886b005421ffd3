// Demo data: an app's `demo` folder loaded into a new store, through the engine like everything
// else.
#pragma once

#include <string>

#include "dsl/base/expected.h"
#include "engine/pipeline/engine.h"

namespace formwork::program {

// Loads `folder`/demo into a store without accounts; a store that has some is left as it is.
// Answers with the sign-ins of the demo users, to be printed; the error says what is wrong with the
// data.
Expected<std::string, std::string> fill_with_demo(const std::string& folder,
                                                  engine::Engine& engine);

}  // namespace formwork::program
