#include "tests/dsl/fields/field_testing.h"

namespace formwork::fields::testing {
namespace {

TEST_CASE("a person is chosen by the account's name") {
  check_form(field_of("user"),
             {
                 {"li.lei", R"("li.lei")"},
                 {" han.mei ", R"("han.mei")"},
                 {"Li Lei",
                  "! choose a person; there is no account “Li Lei” / 请选择人员；没有账号“Li Lei”"},
             });
  CHECK(value_of(field_of("user"), "li.lei") == feel::Value(feel::RecordRef{7}));
}

TEST_CASE("JSON has the account's name") {
  check_json(field_of("user"),
             {
                 {R"("han.mei")", R"("han.mei")"},
                 {R"("")", "null"},
                 {"7", "! send a string; this is a number / 应为字符串，现在是数字"},
                 {R"("wang")",
                  "! choose a person; there is no account “wang” / 请选择人员；没有账号“wang”"},
             });
}

TEST_CASE("a person is shown by the full name") {
  CHECK(shown(field_of("user"), "li.lei") == "Li Lei");
  CHECK(typed_back(field_of("user"), "li.lei") == "li.lei");
}

TEST_CASE("while a model is compiled nobody is known") {
  const Field field = field_of("user");
  CHECK_FALSE(field.type->read("li.lei", field, Reading{}).has_value());
}

TEST_CASE("people come back from the control and from JSON") {
  check_round_trips(field_of("user"), {"li.lei", "han.mei"});
}

}  // namespace
}  // namespace formwork::fields::testing
