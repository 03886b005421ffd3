// Every header can be read as a contract: it says first what it is for, and it can be included
// twice.
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "tests/tidy/source_tree.h"

namespace formwork::tidy {
namespace {

Problems header_problems(const std::string& path, std::string_view text) {
  Problems problems;
  if (!text.starts_with("// ")) {
    problems.push_back(path + ":1: the first line is no comment that says what the file is for");
  }
  if (text.find("\n#pragma once\n") == text.npos)
    problems.push_back(path + ": has no #pragma once");
  return problems;
}

TEST_CASE("every header says what it is for and has #pragma once") {
  const auto is_header = [](std::string_view path) { return path.ends_with(".h"); };
  CHECK(listed(problems_in_tree(is_header, header_problems)) == "");
}

TEST_CASE("the rule of headers sees a missing comment and a missing #pragma once") {
  CHECK(header_problems("a.h", "// a: this.\n#pragma once\nint f();\n").empty());
  CHECK(header_problems("a.h", "#pragma once\nint f();\n").size() == 1 + 1);
  CHECK(header_problems("a.h", "\n#pragma once\nint f();\n").size() == 1);
  CHECK(header_problems("a.h", "// a: this.\nint f();  // #pragma once\n").size() == 1);
}

}  // namespace
}  // namespace formwork::tidy
