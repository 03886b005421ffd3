// CMake splits lists at semicolons, so a semicolon in the name of a test would make two of it.
#include <cstddef>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "tests/tidy/cpp_text.h"
#include "tests/tidy/source_tree.h"

namespace formwork::tidy {
namespace {

Problems name_problems(const std::string& path, std::string_view text) {
  Problems problems;
  const std::string_view macro = "TEST_CASE(\"";
  for (std::size_t at = text.find(macro); at != text.npos; at = text.find(macro, at + 1)) {
    const std::size_t quote = at + macro.size() - 1;
    const std::string_view name = text.substr(quote, end_of_non_code(text, quote) - quote);
    if (name.find(';') == name.npos) continue;
    problems.push_back(place(path, text, at) +
                       "a semicolon in a test's name: " + std::string{name});
  }
  return problems;
}

bool is_test(std::string_view path) { return path.ends_with("_test.cpp"); }

TEST_CASE("no test has a semicolon in its name") {
  CHECK(listed(problems_in_tree(is_test, name_problems)) == "");
}

TEST_CASE("the rule of names sees a semicolon in the name and nowhere else") {
  const std::string macro = "TEST_CASE";
  CHECK(name_problems("a.cpp", "\n" + macro + "(\"one; two\") {}\n").size() == 1);
  CHECK(name_problems("a.cpp", macro + "(\"a \\\"quoted\\\"; name\") {}\n").size() == 1);
  CHECK(name_problems("a.cpp", macro + "(\"one, two\") { f(\";\"); }\n").empty());
}

}  // namespace
}  // namespace formwork::tidy
