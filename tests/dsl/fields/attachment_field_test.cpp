#include "dsl/fields/media_types.h"
#include "tests/dsl/fields/field_testing.h"

namespace formwork::fields::testing {
namespace {

Field files(std::size_t most) {
  Field field = raw_field("attachment");
  field.max_files = most;
  return settled(field);
}

TEST_CASE("files are named by their ids, each once") {
  check_form(
      files(3),
      {
          {"12", "[12]"},
          {"12, 13,12", "[12,13]"},
          {",", "null"},
          {"12,x", "! attach a file; “x” is not the number of one / 请添加文件；“x”不是文件编号"},
          {"0", "! attach a file; “0” is not the number of one / 请添加文件；“0”不是文件编号"},
      });
}

TEST_CASE("JSON has an array of ids, and an empty one is nothing") {
  check_json(
      files(3),
      {
          {"[12,13]", "[12,13]"},
          {R"(["12"])", "[12]"},
          {"[]", "null"},
          {"12", "! send an array; this is a number / 应为数组，现在是数字"},
          {"[null]", "! send a number such as 17; this is null / 应为编号，例如 17，现在是 null"},
          {"[1.5]",
           "! attach a file; “1.5” is not the number of one / 请添加文件；“1.5”不是文件编号"},
      });
}

TEST_CASE("files are counted, one below and one above") {
  CHECK(checked(files(1), "1") == "fine");
  CHECK(checked(files(1), "1,2") ==
        "! attach at most 1 file; these are 2 / 最多 1 个文件，现在是 2 个文件");
  CHECK(checked(files(2), "1,2") == "fine");
  CHECK(checked(files(2), "1,2,3") ==
        "! attach at most 2 files; these are 3 / 最多 2 个文件，现在是 3 个文件");
}

TEST_CASE("files are shown by their number") {
  CHECK(shown(files(3), "1") == "1 file");
  CHECK(shown(files(3), "1,2") == "2 files");
  CHECK(shown(files(3), "1,2", Language::Chinese) == "2 个文件");
}

TEST_CASE("what may be attached is said by media types") {
  const std::vector<std::string> accept{"application/pdf", "image/*"};
  CHECK(accepts_media_type(accept, "application/pdf"));
  CHECK(accepts_media_type(accept, "image/png"));
  CHECK_FALSE(accepts_media_type(accept, "text/html"));
  CHECK_FALSE(accepts_media_type(accept, "imagery/png"));
  CHECK_FALSE(accepts_media_type(accept, "application/pdfx"));
  CHECK(accepts_media_type({}, "text/html"));
}

TEST_CASE("an attachment's settings have their limits") {
  Field field = raw_field("attachment");
  field.max_files = 100;
  CHECK(objection(field) == "fine");
  field.max_files = 101;
  CHECK(objection(field) == "`max_files` is 1 to 100; this is 101");
  field.max_files = 1;
  field.max_bytes = 1'073'741'825;
  CHECK(objection(field) == "`max_bytes` is 1 to 1,073,741,824; this is 1,073,741,825");
  field.max_bytes = 1'073'741'824;
  for (const std::string_view range : {"application/pdf", "image/*", "application/vnd.ms-excel"}) {
    field.accept = {std::string(range)};
    CHECK(objection(field) == "fine");
  }
  for (const std::string_view range : {"pdf", ".pdf", "*/*", "image/", "Image/png", "a/b/c", ""}) {
    field.accept = {std::string(range)};
    CHECK(objection(field) ==
          "`accept` lists media types such as application/pdf or image/*; this is \"" +
              std::string(range) + "\"");
  }
}

TEST_CASE("files come back from the control and from JSON") {
  check_round_trips(files(3), {"12", "12,13,14"});
}

}  // namespace
}  // namespace formwork::fields::testing
