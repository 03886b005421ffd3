// What demo data tells: who did what at which moment of the past, read from an app's `demo` folder.
// templates/crm/demo/README.md describes the form of the files.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "dsl/base/expected.h"
#include "dsl/model/model.h"

namespace formwork::program {

struct DemoEvent {
  Instant at;
  std::string by;  // an account
  model::ScenarioStep::Action action;
  std::string place;  // in the data, for messages
};

// In the order of time, none later than `now`; what happens at the same moment in the order of the
// files. The error says what is wrong with the data.
Expected<std::vector<DemoEvent>, std::string> read_demo_story(const std::filesystem::path& folder,
                                                              const model::Model& model,
                                                              Instant now);

}  // namespace formwork::program
