#include "dsl/fields/field_messages.h"

#include <set>
#include <string>

#include <doctest/doctest.h>

namespace formwork::fields {
namespace {

bool is_in(const std::set<std::string>& names, const std::string& name) {
  return names.count(name) > 0;
}

// The names in braces. A text that differs by language has a twin: {limit} in English, {limit_zh}
// in Chinese.
std::set<std::string> placeholders(std::string_view text) {
  std::set<std::string> names;
  for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
    const std::string name(text.substr(at + 1, text.find('}', at) - at - 1));
    names.insert(name.ends_with("_zh") ? name.substr(0, name.size() - 3) : name);
  }
  return names;
}

TEST_CASE("every sentence has a code, both languages, and the same facts in both") {
  for (const MessageText& text : field_messages()) {
    CAPTURE(text.code);
    CHECK(text.code.starts_with("field."));
    CHECK_FALSE(text.english.empty());
    CHECK_FALSE(text.chinese.empty());
    const std::set<std::string> chinese = placeholders(text.chinese);
    std::set<std::string> english = placeholders(text.english);
    // Words of grammar that only English has, and a counted unit that only Chinese needs.
    english.erase("these");
    if (!is_in(english, "unit") && is_in(chinese, "unit")) english.insert("unit");
    CHECK(english == chinese);
  }
}

TEST_CASE("sentences stand behind a label: they begin small and end without full stop") {
  for (const MessageText& text : field_messages()) {
    CAPTURE(text.code);
    CHECK_FALSE((text.english.front() >= 'A' && text.english.front() <= 'Z'));
    CHECK_FALSE(text.english.ends_with('.'));
    CHECK_FALSE(text.chinese.ends_with("。"));
  }
}

TEST_CASE("sentences say what would be right and blame nobody") {
  for (const MessageText& text : field_messages()) {
    CAPTURE(text.code);
    for (const std::string_view word :
         {"invalid", "please", "illegal", "error", "must not", "you "}) {
      CHECK(text.english.find(word) == std::string_view::npos);
    }
    for (const std::string_view word : {"无效", "非法", "错误", "不合法"}) {
      CHECK(text.chinese.find(word) == std::string_view::npos);
    }
  }
}

TEST_CASE("every word has both languages") {
  for (const MessageText& text : field_words()) {
    CAPTURE(text.code);
    CHECK(text.code.starts_with("word."));
    CHECK_FALSE(text.english.empty());
    CHECK_FALSE(text.chinese.empty());
  }
}

TEST_CASE("what was typed is repeated in 40 characters at most, whole ones") {
  CHECK(repeated("报价") == "报价");
  CHECK(repeated("a\nb") == "a\uFFFDb");
  std::string wide;
  for (int i = 0; i < 41; ++i) wide += "单";
  CHECK(repeated(wide) == wide.substr(0, 120) + "…");
  CHECK(repeated(wide.substr(0, 120)) == wide.substr(0, 120));
}

TEST_CASE("counts have thousands apart") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1'000) == "1,000");
  CHECK(grouped(1'234'567) == "1,234,567");
}

}  // namespace
}  // namespace formwork::fields
