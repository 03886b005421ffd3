#include "dsl/fields/pattern.h"
#include "tests/dsl/fields/field_testing.h"

namespace formwork::fields::testing {
namespace {

std::string repeat(std::string_view text, std::size_t count) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

TEST_CASE("a text is one line without blanks at its ends") {
  check_form(
      field_of("text"),
      {
          {"Ruihe Foods", R"("Ruihe Foods")"},
          {"瑞禾食品\n", R"("瑞禾食品")"},
          {"  瑞禾食品\u3000", R"("瑞禾食品")"},
          {"a，b　c", R"("a，b　c")"},
          {"a\nb", "! write it on one line, without line breaks / 请写在一行内，不要换行"},
          {"a\r\nb", "! write it on one line, without line breaks / 请写在一行内，不要换行"},
          {"a\u2028b", "! write it on one line, without line breaks / 请写在一行内，不要换行"},
          {std::string_view("报价\0", 7),
           "! remove the invisible character U+0000 at position 3 / 请删除第 3 位的不可见字符 "
           "U+0000"},
          {"a\tb",
           "! remove the invisible character U+0009 at position 2 / 请删除第 2 位的不可见字符 "
           "U+0009"},
          {"\u009b",
           "! remove the invisible character U+009B at position 1 / 请删除第 1 位的不可见字符 "
           "U+009B"},
      });
}

TEST_CASE("JSON has a string, and a blank one is nothing") {
  check_json(field_of("text"),
             {
                 {R"("Ruihe")", R"("Ruihe")"},
                 {R"("")", "null"},
                 {R"("  ")", "null"},
                 {"12", "! send a string; this is a number / 应为字符串，现在是数字"},
                 {"null", "! send a string; this is null / 应为字符串，现在是 null"},
             });
}

TEST_CASE("lengths count characters, one below and one above") {
  Field field = field_of("text");
  field.min_length = 2;
  field.max_length = 4;
  CHECK(checked(field, "报") ==
        "! enter at least 2 characters; this is 1 / 至少 2 个字，现在是 1 个字");
  CHECK(checked(field, "报价") == "fine");
  CHECK(checked(field, "报价单。") == "fine");
  CHECK(checked(field, "abcde") ==
        "! enter at most 4 characters; these are 5 / 最多 4 个字，现在是 5 个字");
  field.max_length = 1;
  field.min_length.reset();
  CHECK(checked(field, "ab") ==
        "! enter at most 1 character; these are 2 / 最多 1 个字，现在是 2 个字");
}

TEST_CASE("a text has 200 characters unless the author says otherwise, and 4,000 at most") {
  CHECK(checked(field_of("text"), repeat("单", 200)) == "fine");
  CHECK(checked(field_of("text"), repeat("单", 201)) ==
        "! enter at most 200 characters; these are 201 / 最多 200 个字，现在是 201 个字");
  Field field = raw_field("text");
  field.max_length = 4'000;
  CHECK(objection(field) == "fine");
  field.max_length = 4'001;
  CHECK(objection(field) == "`max_length` is 1 to 4,000; this is 4,001");
  field.max_length = 0;
  CHECK(objection(field) == "`max_length` is 1 to 4,000; this is 0");
}

TEST_CASE("a pattern holds for the whole text, in the author's words where there are some") {
  Field field = field_of("text");
  field.pattern = Pattern::compile("[A-Z]{2}-[0-9]+").value();
  CHECK(checked(field, "AB-12") == "fine");
  CHECK(checked(field, "AB-12x") ==
        "! write it in the form [A-Z]{2}-[0-9]+; this is “AB-12x” / 格式应为 "
        "[A-Z]{2}-[0-9]+，现在是“AB-12x”");
  field.pattern_say.by_locale = {"two letters, a dash, digits", "两个字母、短横线和数字"};
  CHECK(checked(field, "12") == "! two letters, a dash, digits / 两个字母、短横线和数字");
}

TEST_CASE("settings that contradict each other are found") {
  Field field = field_of("text");
  CHECK(find_contradiction(field) == std::nullopt);
  field.min_length = 200;
  CHECK(find_contradiction(field) == std::nullopt);
  field.min_length = 201;
  CHECK(find_contradiction(field) ==
        "`min_length` is 201 and `max_length` 200, so no value would fit");
}

TEST_CASE("texts come back from the control and from JSON") {
  check_round_trips(field_of("text"), {"a", "Ruihe \"Foods\" \\ <b>", "瑞禾，食品", "😀", "=1+1"});
}

}  // namespace
}  // namespace formwork::fields::testing
