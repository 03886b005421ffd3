#include "tests/dsl/fields/field_testing.h"

namespace formwork::fields::testing {
namespace {

TEST_CASE("yes and no are read as checkboxes, filters and people write them") {
  const Field field = field_of("boolean");
  for (const std::string_view yes : {"true", "on", "Yes", "1", "是", "１"})
    CHECK(from_form(field, yes) == "true");
  for (const std::string_view no : {"false", "off", "NO", "0", "否"})
    CHECK(from_form(field, no) == "false");
  CHECK(from_form(field, "maybe") ==
        "! choose yes or no; this is “maybe” / 请选择“是”或“否”；现在是“maybe”");
}

TEST_CASE("JSON has true and false only") {
  check_json(field_of("boolean"),
             {
                 {"true", "true"},
                 {"false", "false"},
                 {"1", "! send true or false; this is a number / 应为 true 或 false，现在是数字"},
                 {R"("true")",
                  "! send true or false; this is a string / 应为 true 或 false，现在是字符串"},
             });
}

TEST_CASE("yes and no are shown in the reader's language") {
  CHECK(shown(field_of("boolean"), "true") == "Yes");
  CHECK(shown(field_of("boolean"), "false") == "No");
  CHECK(shown(field_of("boolean"), "true", Language::Chinese) == "是");
  CHECK(shown(field_of("boolean"), "false", Language::Chinese) == "否");
}

TEST_CASE("yes and no come back from the control and from JSON") {
  check_round_trips(field_of("boolean"), {"true", "false"});
}

}  // namespace
}  // namespace formwork::fields::testing
