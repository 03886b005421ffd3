// Runs the tests of a folder in the form of the DMN Technology Compatibility Kit.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "dsl/feel/evaluation.h"

namespace formwork::conformance {

// One result node of a test case.
struct Result {
  std::string id;  // level/folder/test file/case/result node
  std::string folder;
  std::string test_case;  // id up to the case
  bool passed = false;
  bool expects_value = false;  // rather than null
  std::string expected;        // as FEEL
  std::string got;
  std::string reason;  // why it is null
};

// All tests below the folder, in the order of their files. Throws std::runtime_error when there are
// none.
std::vector<Result> run_kit(const std::filesystem::path& folder,
                            const feel::Environment& environment);

}  // namespace formwork::conformance
