// Whatever is taken out of the CRM, one of its scenarios misses it.
#include <doctest/doctest.h>

#include "tests/support/app_folders.h"
#include "tests/support/mutation/mutants.h"
#include "tests/support/scratch_store.h"

namespace formwork::testing {
namespace {

Survivors survivors_of(const std::vector<SourcePtr>& sources) {
  const auto model = compile_sources(sources);
  REQUIRE(model != nullptr);
  const auto recompile = [](std::vector<SourcePtr> changed) {
    return compile_sources(std::move(changed));
  };
  return find_survivors(model, make_mutants(model, recompile), scratch_stores());
}

TEST_CASE("no condition, step or rule of the CRM can go without a scenario that misses it") {
  const Survivors survivors = survivors_of(sources_of_app("templates/crm"));
  std::string lines;
  for (const std::string& line : survivors.lines) lines += "\n  " + line;
  MESSAGE(survivors.mutants, " mutants");
  CHECK_MESSAGE(survivors.lines.empty(), lines);
}

}  // namespace
}  // namespace formwork::testing
