// The sentences of refusals: in both languages, and in the reference.
#include "engine/approvals/texts.h"

#include <fstream>
#include <set>
#include <sstream>

#include <doctest/doctest.h>

namespace formwork::approvals {
namespace {

std::set<std::string> placeholders(std::string_view text) {
  std::set<std::string> found;
  for (std::size_t begin = text.find('{'); begin != std::string_view::npos;
       begin = text.find('{', begin + 1)) {
    found.emplace(text.substr(begin, text.find('}', begin) - begin));
  }
  return found;
}

TEST_CASE("every code of a refusal is in the reference of problems") {
  std::ostringstream page;
  page << std::ifstream("docs/reference/problems.md").rdbuf();
  for (const MessageText* text : texts::all()) {
    CHECK_MESSAGE(page.str().find("`" + std::string(text->code) + "`") != std::string::npos,
                  text->code);
  }
}

TEST_CASE("both languages name the same things") {
  for (const MessageText* text : texts::all()) {
    CAPTURE(text->code);
    CHECK_FALSE(text->chinese.empty());
    const auto english = placeholders(text->english);
    for (const std::string& name : placeholders(text->chinese)) CHECK(english.contains(name));
  }
}

}  // namespace
}  // namespace formwork::approvals
