#include "tests/dsl/fields/field_testing.h"

namespace formwork::fields::testing {
namespace {

TEST_CASE("an address of the web is kept as typed, scheme and host in lower case") {
  check_form(field_of("url"),
             {
                 {"https://example.com", R"("https://example.com")"},
                 {" HTTP://Example.COM/Path?q=A#Top ", R"("http://example.com/Path?q=A#Top")"},
                 {"https://example.com:8443/a", R"("https://example.com:8443/a")"},
                 {"http://[2001:db8::1]:80/", R"("http://[2001:db8::1]:80/")"},
                 {"http://192.0.2.1/", R"("http://192.0.2.1/")"},
                 {"https://example.com?q=1", R"("https://example.com?q=1")"},
                 {"https://example.com/产品/目录", R"("https://example.com/产品/目录")"},
                 {"https://example.com/a@b:c", R"("https://example.com/a@b:c")"},
                 {"https://localhost./", R"("https://localhost./")"},
             });
}

TEST_CASE("what is no address of the web is refused") {
  check_form(
      field_of("url"),
      {
          {"www.example.com",
           "! begin with https:// or http://; this is “www.example.com” / "
           "请以 https:// 或 http:// 开头；现在是“www.example.com”"},
          {"javascript:alert(1)",
           "! begin with https:// or http://; this is “javascript:alert(1)” / "
           "请以 https:// 或 http:// 开头；现在是“javascript:alert(1)”"},
          {"ftp://example.com",
           "! begin with https:// or http://; this is “ftp://example.com” / "
           "请以 https:// 或 http:// 开头；现在是“ftp://example.com”"},
          {"https:/example.com",
           "! begin with https:// or http://; this is “https:/example.com” / "
           "请以 https:// 或 http:// 开头；现在是“https:/example.com”"},
          {"https://",
           "! write a host after ://, such as example.com; this is “” / :// 后应是主机名，例如 "
           "example.com；现在是“”"},
          {"https:///path",
           "! write a host after ://, such as example.com; this is “” / :// 后应是主机名，例如 "
           "example.com；现在是“”"},
          {"https://exa mple.com",
           "! write blanks as %20; there is one after “https://exa” / 空格请写作 "
           "%20；“https://exa”之后有空格"},
          {"https://-a.com/",
           "! write a host after ://, such as example.com; this is “-a.com” / "
           ":// 后应是主机名，例如 example.com；现在是“-a.com”"},
          {"https://例子.中国/",
           "! write a host after ://, such as example.com; this is “例子.中国” / "
           ":// 后应是主机名，例如 example.com；现在是“例子.中国”"},
          {"https://user:pw@example.com/",
           "! leave out user name and password before @ / 请去掉 @ 前的用户名和密码"},
          {"https://example.com:0/",
           "! write a port from 1 to 65535; this is “0” / 端口应为 1 到 65535；现在是“0”"},
          {"https://example.com:65536/",
           "! write a port from 1 to 65535; this is “65536” / 端口应为 1 到 65535；现在是“65536”"},
          {"https://example.com:/",
           "! write a port from 1 to 65535; this is “” / 端口应为 1 到 65535；现在是“”"},
          {"https://example.com\\@evil.com", "! write “\\” as %5C / “\\”请写作 %5C"},
          {"https://example.com/<b>", "! write “<” as %3C / “<”请写作 %3C"},
          {"https://example.com/\n", R"("https://example.com/")"},
      });
  for (const std::string_view host :
       {"[::1", "[]", "[zz::1]", "[::1]x", "a..b", ".", "a_-.b", "%61.com"}) {
    CAPTURE(host);
    CHECK(from_form(field_of("url"), "http://" + std::string(host) + "/")
              .starts_with("! write a host after ://"));
  }
}

TEST_CASE("an address has 2,048 characters at most") {
  const std::string base = "https://example.com/";
  CHECK(from_form(field_of("url"), base + std::string(2'048 - base.size(), 'a'))
            .starts_with("\"https"));
  CHECK(from_form(field_of("url"), base + std::string(2'049 - base.size(), 'a')) ==
        "! enter at most 2,048 characters; these are 2,049 / 最多 2,048 个字，现在是 2,049 个字");
}

TEST_CASE("JSON has a string") {
  check_json(field_of("url"),
             {
                 {R"("https://example.com/\u0007x")",
                  "! remove the invisible character U+0007 at position 21 / 请删除第 21 "
                  "位的不可见字符 U+0007"},
                 {R"("")", "null"},
                 {"[]", "! send a string; this is an array / 应为字符串，现在是数组"},
             });
}

TEST_CASE("addresses of the web come back from the control and from JSON") {
  check_round_trips(field_of("url"),
                    {"https://example.com/产品?q=%20#x", "http://[2001:db8::1]:80/"});
}

}  // namespace
}  // namespace formwork::fields::testing
