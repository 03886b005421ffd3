// Plays every scenario of every app that comes with Formwork.
#include <doctest/doctest.h>

#include "engine/scenario/explore.h"
#include "engine/scenario/play.h"
#include "tests/support/app_folders.h"
#include "tests/support/scratch_store.h"

namespace formwork::testing {
namespace {

TEST_CASE("every scenario of every template and example passes") {
  for (const std::string& folder : app_folders()) {
    CAPTURE(folder);
    std::string findings;
    const auto model = compile_sources(sources_of_app(folder), &findings);
    REQUIRE_MESSAGE(model != nullptr, findings);
    for (const model::Scenario& scenario : model->scenarios) {
      for (const scenario::Result& result : scenario::play(model, scenario, scratch_stores())) {
        std::string failures;
        for (const Diagnostic& failure : result.failures) failures += "\n" + to_text(failure);
        CHECK_MESSAGE(result.passed, result.name, failures);
      }
    }
  }
}

TEST_CASE("a walk through every template and example breaks nothing that always holds") {
  for (const std::string& folder : app_folders()) {
    CAPTURE(folder);
    const auto model = compile_sources(sources_of_app(folder));
    REQUIRE(model != nullptr);
    const scenario::Explored explored =
        scenario::explore(model, {.seed = 7, .steps = 250}, scratch_stores());
    const std::string found =
        explored.violation ? explored.violation->invariant + "\n" + explored.violation->scenario
                           : std::string();
    CHECK_MESSAGE(!explored.violation, found);
  }
}

}  // namespace
}  // namespace formwork::testing
