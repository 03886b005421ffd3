#include "dsl/fields/calling_codes.h"
#include "tests/dsl/fields/field_testing.h"

namespace formwork::fields::testing {
namespace {

Field phone_in(std::string_view region) {
  Field field = raw_field("phone");
  field.region = region;
  return settled(field);
}

TEST_CASE("Chinese numbers are read as people write them") {
  check_form(phone_in("CN"), {
                                 {"13805716204", R"("+8613805716204")"},
                                 {"138 0571 6204", R"("+8613805716204")"},
                                 {"138-0571-6204", R"("+8613805716204")"},
                                 {"１３８０５７１６２０４", R"("+8613805716204")"},
                                 {"+86 138 0571 6204", R"("+8613805716204")"},
                                 {"0086 13805716204", R"("+8613805716204")"},
                                 {"0571 8888 6666", R"("+8657188886666")"},
                                 {"(0571) 8888-6666", R"("+8657188886666")"},
                                 {"0571-888 6666", R"("+865718886666")"},
                                 {"010-6552 9988", R"("+861065529988")"},
                                 {"+86 10 6552 9988", R"("+861065529988")"},
                                 {"+86 (0)571 8888 6666", R"("+8657188886666")"},
                                 {"021 6552 9988", R"("+862165529988")"},
                                 {"400-820-8820", R"("+864008208820")"},
                                 {"+44 20 7946 0958", R"("+442079460958")"},
                             });
}

TEST_CASE("slips in a Chinese number are told by digits") {
  check_form(
      phone_in("CN"),
      {
          {"1380571620",
           "! a mobile number has 11 digits; this one has 10 / 手机号应为 11 位，现在是 10 位"},
          {"138057162041",
           "! a mobile number has 11 digits; this one has 12 / 手机号应为 11 位，现在是 12 位"},
          {"+86 1380571620",
           "! a mobile number has 11 digits; this one has 10 / 手机号应为 11 位，现在是 10 位"},
          {"12805716204",
           "! a mobile number begins with 13 to 19; this one begins with 12 / 手机号应以 13 至 19 "
           "开头，现在以 12 开头"},
          {"88886666",
           "! write a mobile number with 11 digits, or a landline with its area code, such as "
           "0571 8888 6666; this is “88886666” / "
           "请填写 11 位手机号，或带区号的座机号，例如 0571 8888 6666；现在是“88886666”"},
          {"0571 8888 66661",
           "! a landline has 7–8 digits after area code 0571; this one has 9 / 区号 0571 后应为 "
           "7–8 位，现在是 9 位"},
          {"010 6552 998",
           "! a landline has 8 digits after area code 010; this one has 7 / 区号 010 后应为 8 "
           "位，现在是 7 位"},
          {"05",
           "! a landline has 7–8 digits after area code 05; this one has 0 / 区号 05 后应为 7–8 "
           "位，现在是 0 位"},
          {"400-820-88",
           "! a 400 number has 10 digits; this one has 8 / 400 电话应为 10 位，现在是 8 位"},
          {"138x0571",
           "! enter a number such as 138 0571 6204, without “x” / 请填写号码，例如 138 0571 "
           "6204，不要带“x”"},
          {"0571-88886666转8",
           "! enter a number such as 138 0571 6204, without “转” / 请填写号码，例如 138 0571 "
           "6204，不要带“转”"},
          {"()",
           "! write a mobile number with 11 digits, or a landline with its area code, such as "
           "0571 8888 6666; this is “()” / "
           "请填写 11 位手机号，或带区号的座机号，例如 0571 8888 6666；现在是“()”"},
      });
}

TEST_CASE("other regions need the country code") {
  check_form(
      phone_in("DE"),
      {
          {"+49 30 901820", R"("+4930901820")"},
          {"0049 (0)30 901820", R"("+4930901820")"},
          {"030 901820",
           "! begin with the country code, such as +49 …; this is “030 901820” / "
           "请以国家代码开头，例如 +49 …；现在是“030 901820”"},
          {"+999 1234567",
           "! begin with a country code that is in use, such as +86; this is “+999 1234567” / "
           "请以有效的国家代码开头，例如 +86；现在是“+999 1234567”"},
          {"+",
           "! begin with a country code that is in use, such as +86; this is “+” / "
           "请以有效的国家代码开头，例如 +86；现在是“+”"},
      });
  CHECK(from_form(phone_in(""), "13805716204")
            .starts_with("! begin with the country code, such as +44 …"));
}

TEST_CASE("an international number has 6 to 15 digits, one below and one above") {
  check_form(phone_in(""),
             {
                 {"+49 1234", R"("+491234")"},
                 {"+49 123",
                  "! a number has 6 to 15 digits with its country code; this one has 5 / "
                  "号码连同国家代码应为 6 至 15 位，现在是 5 位"},
                 {"+49 1234567890123", R"("+491234567890123")"},
                 {"+49 12345678901234",
                  "! a number has 6 to 15 digits with its country code; this one has 16 / "
                  "号码连同国家代码应为 6 至 15 位，现在是 16 位"},
             });
}

TEST_CASE("a number is shown grouped, with its country code where it is foreign") {
  CHECK(shown(phone_in("CN"), "13805716204") == "138 0571 6204");
  CHECK(shown(phone_in("CN"), "057188886666") == "0571 8888 6666");
  CHECK(shown(phone_in("CN"), "05718886666") == "0571 888 6666");
  CHECK(shown(phone_in("CN"), "01065529988") == "010 6552 9988");
  CHECK(shown(phone_in("CN"), "4008208820") == "400 820 8820");
  CHECK(shown(phone_in(""), "+8613805716204") == "+86 138 0571 6204");
  CHECK(shown(phone_in(""), "+861065529988") == "+86 10 6552 9988");
  CHECK(shown(phone_in("CN"), "+442079460958") == "+44 207 946 0958");
}

TEST_CASE("JSON has E.164 and takes what people type") {
  check_json(phone_in("CN"),
             {
                 {R"("+8613805716204")", R"("+8613805716204")"},
                 {R"("138 0571 6204")", R"("+8613805716204")"},
                 {R"(" ")", "null"},
                 {"13805716204", "! send a string; this is a number / 应为字符串，现在是数字"},
             });
}

TEST_CASE("numbers come back from the control and from JSON, in their region and elsewhere") {
  for (const std::string_view region : {"CN", "DE", ""}) {
    check_round_trips(phone_in(region), {"+8613805716204", "+8657188886666", "+865718886666",
                                         "+861065529988", "+864008208820", "+442079460958",
                                         "+12125550123", "+491234", "+491234567890123"});
  }
}

TEST_CASE("a region has to exist, and no country code begins another") {
  Field field = raw_field("phone");
  field.region = "XX";
  CHECK(objection(field) == "`region` is a code of ISO 3166-1 such as CN or DE; this is \"XX\"");
  CHECK(calling_code_of("CN") == "86");
  CHECK(calling_code_of("AD") == "376");
  CHECK(calling_code_of("ZW") == "263");
  for (int number = 1; number <= 999; ++number) {
    const std::string code = std::to_string(number);
    if (calling_code_in(code) != code) continue;
    CAPTURE(code);
    for (char next = '0'; next <= '9'; ++next) CHECK(calling_code_in(code + next) == code);
  }
}

}  // namespace
}  // namespace formwork::fields::testing
