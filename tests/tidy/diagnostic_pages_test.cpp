// Every diagnostic code is registered, is found by some check, and has a page that explains it; and
// no page explains a code that is gone.
#include <algorithm>
#include <cctype>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "tests/tidy/cpp_text.h"
#include "tests/tidy/source_tree.h"

namespace formwork::tidy {
namespace {

constexpr std::string_view kHeader = "dsl/diagnostics/codes.h";
constexpr std::string_view kRegister = "dsl/diagnostics/codes.cpp";
constexpr std::string_view kPages = "docs/diagnostics";

struct Code {
  std::string constant;  // kYamlSyntax
  std::string text;      // yaml.syntax
};

// Reads the lines `inline constexpr std::string_view kYamlSyntax = "yaml.syntax";`.
std::vector<Code> codes_declared(std::string_view header) {
  std::vector<Code> codes;
  const std::string_view start = "inline constexpr std::string_view ";
  for (std::size_t at = header.find(start); at != header.npos; at = header.find(start, at + 1)) {
    const std::size_t name = at + start.size();
    const std::size_t equals = header.find(" = ", name);
    const std::size_t open = header.find('"', name);
    const std::size_t close = header.find('"', open + 1);
    if (equals == header.npos || close == header.npos) break;
    codes.push_back({std::string{header.substr(name, equals - name)},
                     std::string{header.substr(open + 1, close - open - 1)}});
  }
  return codes;
}

// What a tree has of codes, apart from the files that it is read from.
struct Tree {
  std::vector<Code> declared;
  std::string registered;         // text of the register
  std::vector<std::string> used;  // code of all other files of the product
  std::set<std::string> pages;    // names without folder and ending
};

bool mentions(std::string_view code, std::string_view constant) {
  return !word_offsets(code, constant).empty();
}

Problems code_problems(const Tree& tree) {
  Problems problems;
  std::set<std::string> known;
  for (const Code& code : tree.declared) {
    known.insert(code.text);
    const std::string literal = '"' + code.text + '"';
    if (!mentions(tree.registered, code.constant) &&
        tree.registered.find(literal) == std::string::npos) {
      problems.push_back(std::string{kRegister} + ": " + code.constant + " is not registered");
    }
    const auto uses = [&](const std::string& file) { return mentions(file, code.constant); };
    if (std::ranges::none_of(tree.used, uses)) {
      problems.push_back(std::string{kHeader} + ": " + code.constant + " is reported by no check");
    }
    if (!tree.pages.contains(code.text)) {
      problems.push_back(std::string{kPages} + "/" + code.text + ".md is missing");
    }
  }
  for (const std::string& page : tree.pages) {
    if (known.contains(page)) continue;
    problems.push_back(std::string{kPages} + "/" + page +
                       ".md explains a code that does not exist");
  }
  return problems;
}

// Pages are named by code; README.md and index.md are about all of them.
std::string code_of_page(std::string_view path) {
  if (!is_under(path, kPages) || !path.ends_with(".md")) return {};
  const std::string_view name = path.substr(kPages.size() + 1);
  if (name == "README.md" || name == "index.md") return {};
  return std::string{name.substr(0, name.size() - 3)};
}

Tree read_tree() {
  Tree tree;
  for (const std::string& path : all_paths()) {
    if (path == kHeader) {
      tree.declared = codes_declared(read_file(path));
    } else if (path == kRegister) {
      tree.registered = read_file(path);
    } else if (is_product_source(path)) {
      tree.used.push_back(code_of(read_file(path)));
    } else if (const std::string page = code_of_page(path); !page.empty()) {
      tree.pages.insert(page);
    }
  }
  return tree;
}

TEST_CASE("every diagnostic code is registered, reported and explained") {
  const Tree tree = read_tree();
  CHECK(!tree.declared.empty());
  CHECK(listed(code_problems(tree)) == "");
}

TEST_CASE("the rule of codes sees one that is not registered, not reported, or not explained") {
  const Tree good{
      .declared = codes_declared("\ninline constexpr std::string_view kOne = \"a.one\";\n"),
      .registered = "{kOne, }",
      .used = {"", "diagnostics.error(codes::kOne, where);"},
      .pages = {"a.one"},
  };
  REQUIRE(good.declared.size() == 1);
  CHECK(listed(code_problems(good)) == "");

  Tree by_text = good;
  by_text.registered = "{\"a.one\", }";
  CHECK(listed(code_problems(by_text)) == "");

  Tree unregistered = good;
  unregistered.registered = "{kOneMore, }";
  CHECK(listed(code_problems(unregistered)) ==
        "\ndsl/diagnostics/codes.cpp: kOne is not registered");

  Tree unreported = good;
  unreported.used.clear();
  CHECK(listed(code_problems(unreported)) ==
        "\ndsl/diagnostics/codes.h: kOne is reported by no check");

  Tree unexplained = good;
  unexplained.pages = {"a.two"};
  CHECK(listed(code_problems(unexplained)) ==
        "\ndocs/diagnostics/a.one.md is missing"
        "\ndocs/diagnostics/a.two.md explains a code that does not exist");
}

}  // namespace
}  // namespace formwork::tidy
