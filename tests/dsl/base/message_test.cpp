#include "dsl/base/message.h"

#include <doctest/doctest.h>

namespace formwork {
namespace {

constexpr MessageText kTooLong{"field.too-long", "{label} must be at most {limit}",
                               "{label}不得超过{limit}"};

TEST_CASE("A message is rendered in the language of its reader") {
  const Message message{&kTooLong, {{"label", "Name"}, {"limit", "120"}}};
  CHECK(render(message, Language::English) == "Name must be at most 120");
  CHECK(render(message, Language::Chinese) == "Name不得超过120");
  CHECK(render(kTooLong, Language::English) == "{label} must be at most {limit}");
}

TEST_CASE("Braces in an argument stay what the user typed") {
  const Message message{&kTooLong, {{"label", "{limit}"}, {"limit", "{label}"}}};
  CHECK(render(message, Language::English) == "{limit} must be at most {label}");
}

TEST_CASE("Arguments without a place are left out, places without an argument stay visible") {
  const Message message{&kTooLong, {{"other", "x"}, {"label", "Name"}}};
  CHECK(render(message, Language::English) == "Name must be at most {limit}");
  CHECK(render(Message{}, Language::English).empty());
}

TEST_CASE("Labels follow the reader's locale, words of ours the reader's language") {
  static constexpr MessageText kToday{"word.today", "today", "今天"};
  const Message message{&kTooLong,
                        {{"label", Localized{{"预计成交日", "Close"}}}, {"limit", &kToday}}};
  CHECK(render(message, Language::English, 1) == "Close must be at most today");
  CHECK(render(message, Language::Chinese, 0) == "预计成交日不得超过今天");
}

TEST_CASE("A placeholder may stand twice, and a lone brace is text") {
  static constexpr MessageText kText{"t", "{a}{a} {", "{a}"};
  CHECK(render(Message{&kText, {{"a", "x"}}}, Language::English) == "xx {");
}

TEST_CASE("Any Chinese locale reads Chinese, all others English") {
  for (const std::string_view locale : {"zh", "zh-CN", "ZH-Hans", "zh_TW"}) {
    CHECK(language_of(locale) == Language::Chinese);
  }
  for (const std::string_view locale : {"en", "de-CH", "", "zha"}) {
    CHECK(language_of(locale) == Language::English);
  }
}

}  // namespace
}  // namespace formwork
