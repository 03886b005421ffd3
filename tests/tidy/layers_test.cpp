// The graph of the layers is a test: every #include of the product follows tests/tidy/layers.txt.
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "tests/tidy/cpp_text.h"
#include "tests/tidy/source_tree.h"

namespace formwork::tidy {
namespace {

// To each folder all that it may include, itself too.
using Layers = std::map<std::string, std::set<std::string>, std::less<>>;

Layers read_layers(std::string_view table, Problems& problems) {
  Layers layers;
  for (const std::string& line : table_lines(table)) {
    const std::size_t colon = line.find(':');
    const std::string folder = line.substr(0, colon);
    std::set<std::string> may_include{folder};
    std::istringstream names{line.substr(colon + 1)};
    for (std::string name; names >> name;) {
      const auto below = layers.find(name);
      if (below == layers.end()) {
        problems.push_back("layers.txt: " + folder + " names " + name +
                           ", which no line above has");
        continue;
      }
      may_include.insert(below->second.begin(), below->second.end());
    }
    layers.emplace(folder, std::move(may_include));
  }
  return layers;
}

// The folder of layers.txt that a file belongs to, empty when there is none.
std::string layer_of(const Layers& layers, std::string_view path) {
  for (std::size_t end = path.rfind('/'); end != path.npos; end = path.rfind('/', end - 1)) {
    const std::string_view folder = path.substr(0, end);
    if (layers.contains(folder)) return std::string{folder};
    if (end == 0) break;
  }
  return {};
}

Problems layer_problems(const Layers& layers, const std::string& path, std::string_view text) {
  const std::string from = layer_of(layers, path);
  if (from.empty()) return {path + ": its folder has no line in tests/tidy/layers.txt"};
  Problems problems;
  for (const Include& include : includes_of(text)) {
    if (include.foreign) continue;
    const std::string to = layer_of(layers, include.header);
    if (layers.at(from).contains(to)) continue;
    problems.push_back(path + ":" + std::to_string(include.line) + ": " + from +
                       " may not include " + include.header + " (tests/tidy/layers.txt)");
  }
  return problems;
}

TEST_CASE("every include follows the layers") {
  Problems problems;
  const Layers layers = read_layers(read_file("tests/tidy/layers.txt"), problems);
  CHECK(listed(problems) == "");
  CHECK(listed(problems_in_tree(is_product_source, [&](const auto& path, const auto& text) {
          return layer_problems(layers, path, text);
        })) == "");
}

TEST_CASE("the layer rule sees includes upwards, sideways and from unknown folders") {
  Problems problems;
  const Layers layers = read_layers("a/low:\na/left: a/low\na/right: a/low\nb: a/left\n", problems);
  REQUIRE(listed(problems) == "");

  struct Row {
    std::string path;
    std::string text;
    bool allowed;
  };

  for (const Row& row : {
           Row{"a/left/x.cpp", "#include \"a/low/y.h\"\n", true},
           Row{"a/left/x.cpp", "#include <vector>\n#include \"a/left/x.h\"\n", true},
           Row{"b/x.cpp", "#include \"a/low/y.h\"\n", true},
           Row{"a/left/inner/x.cpp", "#include \"a/low/y.h\"\n", true},
           Row{"a/low/x.cpp", "#include \"a/left/y.h\"\n", false},
           Row{"a/left/x.cpp", "#include \"a/right/y.h\"\n", false},
           Row{"b/x.cpp", "#include \"a/right/y.h\"\n", false},
           Row{"b/x.cpp", "#include \"tests/support/y.h\"\n", false},
           Row{"b/x.cpp", "#include \"y.h\"\n", false},
           Row{"c/x.cpp", "", false},
       }) {
    CAPTURE(row.path);
    CAPTURE(row.text);
    CHECK(layer_problems(layers, row.path, row.text).empty() == row.allowed);
  }
}

TEST_CASE("a circle of layers cannot be written down") {
  Problems problems;
  read_layers("a: b\nb: a\n", problems);
  CHECK(listed(problems) == "\nlayers.txt: a names b, which no line above has");
}

}  // namespace
}  // namespace formwork::tidy
