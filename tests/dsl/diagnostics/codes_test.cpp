#include "dsl/diagnostics/codes.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include <doctest/doctest.h>

namespace formwork {
namespace {

// Tests run in the root of the sources.
std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE_MESSAGE(file.good(), path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The literals of all constants in the header.
std::set<std::string> codes_in_header() {
  const std::string header = read("dsl/diagnostics/codes.h");
  static constexpr std::string_view kStart = "inline constexpr std::string_view k";
  std::set<std::string> codes;
  for (std::size_t at = header.find(kStart); at != std::string::npos;
       at = header.find(kStart, at + 1)) {
    const std::size_t open = header.find('"', at);
    const std::size_t close = header.find('"', open + 1);
    codes.insert(header.substr(open + 1, close - open - 1));
  }
  return codes;
}

TEST_CASE("Every code in the header is registered once, with a summary") {
  std::set<std::string> registered;
  for (const codes::Entry& entry : codes::all()) {
    CAPTURE(entry.code);
    CHECK(registered.insert(std::string(entry.code)).second);
    CHECK_FALSE(entry.summary.empty());
    CHECK_FALSE(entry.summary.ends_with('.'));
  }
  CHECK(registered == codes_in_header());
  CHECK(registered.size() > 30);
}

TEST_CASE("A code is two groups of lower-case words") {
  for (const codes::Entry& entry : codes::all()) {
    CAPTURE(entry.code);
    CHECK(std::count(entry.code.begin(), entry.code.end(), '.') == 1);
    CHECK(entry.code.find_first_not_of("abcdefghijklmnopqrstuvwxyz-.") == std::string_view::npos);
  }
}

TEST_CASE("Every code has a page that shows its message and how to mend it") {
  for (const codes::Entry& entry : codes::all()) {
    CAPTURE(entry.code);
    const std::string code(entry.code);
    const std::string page = read("docs/diagnostics/" + code + ".md");
    CHECK(page.starts_with("# " + code + "\n\n" + std::string(entry.summary) + ".\n"));
    CHECK(page.find("[" + code + "]: ") != std::string::npos);
    CHECK(page.find("\n## How to mend it\n") != std::string::npos);
  }
}

TEST_CASE("Every page belongs to a code and stands in the index") {
  const std::string index = read("docs/diagnostics/README.md");
  const std::set<std::string> codes = codes_in_header();
  for (const auto& file : std::filesystem::directory_iterator("docs/diagnostics")) {
    const std::string code = file.path().stem().string();
    if (code == "README") continue;
    CAPTURE(code);
    CHECK(codes.count(code) == 1);
  }
  for (const codes::Entry& entry : codes::all()) {
    const std::string code(entry.code);
    CAPTURE(code);
    CHECK(index.find("- [" + code + "](" + code + ".md): " + std::string(entry.summary) + "\n") !=
          std::string::npos);
  }
}

}  // namespace
}  // namespace formwork
