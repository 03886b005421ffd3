#include "tests/dsl/fields/field_testing.h"

namespace formwork::fields::testing {
namespace {

TEST_CASE("a long text keeps its lines, with one kind of line end") {
  check_form(field_of("long_text"), {
                                        {"one\r\ntwo\rthree\nfour", R"("one\ntwo\nthree\nfour")"},
                                        {"  a\n\n  b\n", R"("a\n\n  b")"},
                                        {"a\tb", R"("a\tb")"},
                                        {"a\x1b[1m",
                                         "! remove the invisible character U+001B at position 2 / "
                                         "请删除第 2 位的不可见字符 U+001B"},
                                    });
}

TEST_CASE("JSON has a string") {
  check_json(
      field_of("long_text"),
      {
          {R"("a\r\nb")", R"("a\nb")"},
          {R"("\n")", "null"},
          {"false", "! send a string; this is true or false / 应为字符串，现在是 true 或 false"},
      });
}

TEST_CASE(
    "a long text has 4,000 characters unless the author says otherwise, and 100,000 at most") {
  CHECK(checked(field_of("long_text"), std::string(4'000, 'a')) == "fine");
  CHECK(checked(field_of("long_text"), std::string(4'001, 'a')) ==
        "! enter at most 4,000 characters; these are 4,001 / 最多 4,000 个字，现在是 4,001 个字");
  Field field = raw_field("long_text");
  field.max_length = 100'000;
  CHECK(objection(field) == "fine");
  field.max_length = 100'001;
  CHECK(objection(field) == "`max_length` is 1 to 100,000; this is 100,001");
}

TEST_CASE("long texts come back from the control and from JSON") {
  check_round_trips(field_of("long_text"), {"a", "一\n\n二", "tab\there", "\"quoted\"\n\\"});
}

}  // namespace
}  // namespace formwork::fields::testing
