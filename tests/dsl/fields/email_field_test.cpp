#include "tests/dsl/fields/field_testing.h"

namespace formwork::fields::testing {
namespace {

TEST_CASE("an address is trimmed, its domain in lower case, its name as typed") {
  check_form(field_of("email"), {
                                    {"li.lei@example.com", R"("li.lei@example.com")"},
                                    {" Li.Lei@Example.COM ", R"("Li.Lei@example.com")"},
                                    {"a+b_c-d!#$%&'*/=?^`{|}~@sub.example.co",
                                     R"("a+b_c-d!#$%&'*/=?^`{|}~@sub.example.co")"},
                                    {"ｌｉ＠ｅｘａｍｐｌｅ．ｃｏｍ", R"("li@example.com")"},
                                    {"李雷@例子.中国", R"("李雷@例子.中国")"},
                                });
}

TEST_CASE("slips in an address are told apart") {
  check_form(
      field_of("email"),
      {
          {"li.lei",
           "! write an address with one @, such as name@example.com; this has 0 / "
           "邮箱地址应有一个 @，例如 name@example.com；现在有 0 个"},
          {"a@b@example.com",
           "! write an address with one @, such as name@example.com; this has 2 / "
           "邮箱地址应有一个 @，例如 name@example.com；现在有 2 个"},
          {"@example.com",
           "! write a name of at most 64 characters before @; this is “” / "
           "@ 前应有名称，最多 64 个字符；现在是“”"},
          {"li@example",
           "! write a domain with a dot after @, such as example.com; this is “example” / "
           "@ 后应是带点的域名，例如 example.com；现在是“example”"},
          {"li@example..com",
           "! write a domain with a dot after @, such as example.com; this is “example..com” / "
           "@ 后应是带点的域名，例如 example.com；现在是“example..com”"},
          {"li@-example.com",
           "! write a domain with a dot after @, such as example.com; this is “-example.com” / "
           "@ 后应是带点的域名，例如 example.com；现在是“-example.com”"},
          {"li@",
           "! write a domain with a dot after @, such as example.com; this is “” / "
           "@ 后应是带点的域名，例如 example.com；现在是“”"},
          {"li lei@example.com",
           "! write the address without blanks; there is one after “li” / "
           "邮箱地址不含空格；“li”之后有空格"},
          {"<li@example.com>",
           "! write the address alone, without “<” / 请只填写邮箱地址，不要带“<”"},
          {"a@example.com,b@example.com",
           "! write the address alone, without “,” / 请只填写邮箱地址，不要带“,”"},
          {"a@example.com\nBcc: b@example.com",
           "! write it on one line, without line breaks / 请写在一行内，不要换行"},
      });
}

TEST_CASE("an address has 64 characters before @ and 254 in all, one below and one above") {
  const Field field = field_of("email");
  CHECK(from_form(field, std::string(64, 'a') + "@example.com").starts_with("\"aaa"));
  CHECK(from_form(field, std::string(65, 'a') + "@example.com")
            .starts_with("! write a name of at most 64"));
  std::string domain;
  for (int i = 0; i < 18; ++i) domain += "example123.";
  const std::string fill(254 - 2 - domain.size() - 3, 'a');
  CHECK(from_form(field, "a@" + domain + fill + ".cn").starts_with("\"a@"));
  CHECK(from_form(field, "ab@" + domain + fill + ".cn") ==
        "! enter at most 254 characters; these are 255 / 最多 254 个字，现在是 255 个字");
}

TEST_CASE("JSON has a string") {
  check_json(field_of("email"),
             {
                 {R"("li@EXAMPLE.com")", R"("li@example.com")"},
                 {R"("")", "null"},
                 {"{}", "! send a string; this is an object / 应为字符串，现在是对象"},
             });
}

TEST_CASE("addresses come back from the control and from JSON") {
  check_round_trips(field_of("email"),
                    {"li.lei@example.com", "李雷@例子.中国", "o'neil+x@example.co.uk"});
}

}  // namespace
}  // namespace formwork::fields::testing
