// Foreign headers have homes, tests/tidy/foreign_headers.txt: a library that one folder wraps can
// be replaced there, and what is slow to compile is compiled in few files.
#include <map>
#include <sstream>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "tests/tidy/cpp_text.h"
#include "tests/tidy/source_tree.h"

namespace formwork::tidy {
namespace {

struct Homes {
  std::string of_sources;  // as in the table, separated by commas
  std::string of_headers;
};

using HomesByHeader = std::map<std::string, Homes, std::less<>>;

HomesByHeader read_homes(std::string_view table) {
  HomesByHeader homes;
  for (const std::string& line : table_lines(table)) {
    std::istringstream columns{line};
    std::string header;
    Homes found;
    columns >> header >> found.of_sources >> found.of_headers;
    homes[header] = found;
  }
  return homes;
}

bool is_standard(std::string_view header) { return header.find_first_of("./") == header.npos; }

const Homes* find_homes(const HomesByHeader& homes, std::string_view header) {
  const Homes* best = nullptr;
  std::size_t best_size = 0;
  for (const auto& [beginning, found] : homes) {
    const bool matches =
        beginning.ends_with('/') ? header.starts_with(beginning) : header == beginning;
    if (matches && beginning.size() > best_size) {
      best = &found;
      best_size = beginning.size();
    }
  }
  return best;
}

bool is_home(const std::string& homes, std::string_view path) {
  std::istringstream names{homes};
  for (std::string home; std::getline(names, home, ',');) {
    if (path == home || is_under(path, home)) return true;
  }
  return false;
}

Problems home_problems(const HomesByHeader& homes, const std::string& path, std::string_view text) {
  Problems problems;
  for (const Include& include : includes_of(text)) {
    if (!include.foreign || is_standard(include.header)) continue;
    const std::string start = path + ":" + std::to_string(include.line) + ": ";
    const Homes* found = find_homes(homes, include.header);
    if (found == nullptr) {
      problems.push_back(start + include.header + " has no line in tests/tidy/foreign_headers.txt");
      continue;
    }
    const std::string& allowed = path.ends_with(".h") ? found->of_headers : found->of_sources;
    if (is_home(allowed, path)) continue;
    problems.push_back(start + include.header + " may be included by " + found->of_sources +
                       " in .cpp files, and in headers by " + found->of_headers);
  }
  return problems;
}

TEST_CASE("foreign headers stay in their homes") {
  const HomesByHeader homes = read_homes(read_file("tests/tidy/foreign_headers.txt"));
  CHECK(listed(problems_in_tree(is_product_source, [&](const auto& path, const auto& text) {
          return home_problems(homes, path, text);
        })) == "");
}

TEST_CASE("the rule of homes sees a header in a foreign folder, in a header, and without a line") {
  const HomesByHeader homes = read_homes(
      "# a comment\n"
      "lib/        a/one.cpp,b  -\n"
      "lib/light.h a            a\n"
      "sys.h       a            -\n");

  struct Row {
    std::string path;
    std::string text;
    bool allowed;
  };

  for (const Row& row : {
           Row{"a/one.cpp", "#include <lib/all.h>\n", true},
           Row{"b/inner/two.cpp", "#include <lib/all.h>\n", true},
           Row{"a/two.h", "#include <lib/light.h>\n#include <vector>\n", true},
           Row{"a/two.cpp", "#include <lib/all.h>\n", false},
           Row{"b/one.h", "#include <lib/all.h>\n", false},
           Row{"b/one.h", "#include <lib/light.h>\n", false},
           Row{"bb/one.cpp", "#include <lib/all.h>\n", false},
           Row{"a/one.cpp", "#include <other/all.h>\n", false},
           Row{"a/one.cpp", "#include <sys.hpp>\n", false},
       }) {
    CAPTURE(row.path);
    CAPTURE(row.text);
    CHECK(home_problems(homes, row.path, row.text).empty() == row.allowed);
  }
}

}  // namespace
}  // namespace formwork::tidy
