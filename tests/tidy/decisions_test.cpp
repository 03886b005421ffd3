// A decision that the index does not name is not found by whoever needs its reasons.
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "tests/tidy/source_tree.h"

namespace formwork::tidy {
namespace {

constexpr std::string_view kFolder = "docs/adr";
constexpr std::string_view kIndex = "docs/adr/README.md";

bool is_decision(std::string_view path) {
  return is_under(path, kFolder) && path.ends_with(".md") &&
         std::isdigit(static_cast<unsigned char>(path[kFolder.size() + 1])) != 0;
}

Problems index_problems(std::string_view index, const std::vector<std::string>& paths) {
  Problems problems;
  std::string numbers = " ";
  for (const std::string& path : paths) {
    if (!is_decision(path)) continue;
    const std::string name = path.substr(kFolder.size() + 1);
    const std::string number = name.substr(0, name.find('-'));
    if (index.find("[" + number + "](" + name + ")") == index.npos) {
      problems.push_back(std::string{kIndex} + ": has no line for " + name);
    }
    if (numbers.find(" " + number + " ") != std::string::npos) {
      problems.push_back(path + ": the number " + number + " is taken");
    }
    numbers += number + " ";
  }
  return problems;
}

TEST_CASE("the index names every decision, and no two have one number") {
  CHECK(listed(index_problems(read_file(std::string{kIndex}), all_paths())) == "");
}

TEST_CASE("the rule of decisions sees one that the index lacks and a number used twice") {
  const std::string index = "| [0001](0001-a.md) | A |\n";
  CHECK(index_problems(index, {"docs/adr/0001-a.md", "docs/adr/template.md"}).empty());
  CHECK(listed(index_problems(index, {"docs/adr/0001-a.md", "docs/adr/0001-b.md"})) ==
        "\ndocs/adr/README.md: has no line for 0001-b.md"
        "\ndocs/adr/0001-b.md: the number 0001 is taken");
}

}  // namespace
}  // namespace formwork::tidy
