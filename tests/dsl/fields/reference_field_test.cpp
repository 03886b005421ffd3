#include "tests/dsl/fields/field_testing.h"

namespace formwork::fields::testing {
namespace {

TEST_CASE("a record is referred to by its id") {
  check_form(
      field_of("reference"),
      {
          {"17", "17"},
          {"１７", "17"},
          {"9223372036854775807", "9223372036854775807"},
          {"9223372036854775808",
           "! choose a record; “9223372036854775808” is not the number of one / "
           "请选择一条记录；“9223372036854775808”不是记录编号"},
          {"0",
           "! choose a record; “0” is not the number of one / 请选择一条记录；“0”不是记录编号"},
          {"-1",
           "! choose a record; “-1” is not the number of one / 请选择一条记录；“-1”不是记录编号"},
          {"017",
           "! choose a record; “017” is not the number of one / 请选择一条记录；“017”不是记录编号"},
          {"Ruihe",
           "! choose a record; “Ruihe” is not the number of one / "
           "请选择一条记录；“Ruihe”不是记录编号"},
      });
}

TEST_CASE("JSON has the id as a number, and takes a string of digits") {
  check_json(
      field_of("reference"),
      {
          {"17", "17"},
          {R"("17")", "17"},
          {R"("")", "null"},
          {"1.5",
           "! choose a record; “1.5” is not the number of one / 请选择一条记录；“1.5”不是记录编号"},
          {"1e2",
           "! choose a record; “1e2” is not the number of one / 请选择一条记录；“1e2”不是记录编号"},
          {R"({"id":17})",
           "! send a number such as 17; this is an object / 应为编号，例如 17，现在是对象"},
          {"true",
           "! send a number such as 17; this is true or false / 应为编号，例如 17，现在是 true 或 "
           "false"},
      });
}

TEST_CASE("references come back from the control and from JSON") {
  check_round_trips(field_of("reference"), {"1", "17", "9223372036854775807"});
  CHECK(shown(field_of("reference"), "17") == "#17");
}

}  // namespace
}  // namespace formwork::fields::testing
