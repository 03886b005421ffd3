#include "tests/dsl/fields/field_testing.h"

namespace formwork::fields::testing {
namespace {

Option option(std::string code, std::string english, std::string chinese) {
  return {.code = std::move(code),
          .label = {.by_locale = {std::move(english), std::move(chinese)}}};
}

Field channels() {
  Field field = raw_field("multi_choice");
  field.options = {option("mail", "Mail", "邮件"), option("phone", "Phone", "电话"),
                   option("visit", "Visit", "拜访")};
  return settled(field);
}

TEST_CASE("several choices are kept in the order of the options, each once") {
  check_form(channels(), {
                             {"mail", R"(["mail"])"},
                             {"visit,mail,visit", R"(["mail","visit"])"},
                             {" phone , mail ,", R"(["mail","phone"])"},
                             {",", "null"},
                             {"mail,fax",
                              "! choose one of the options; “fax” is not among them / "
                              "请选择列表中的一项；“fax”不在其中"},
                         });
}

TEST_CASE("JSON has an array of codes, and an empty one is nothing") {
  check_json(channels(),
             {
                 {R"(["visit","mail"])", R"(["mail","visit"])"},
                 {"[]", "null"},
                 {R"("mail")", "! send an array; this is a string / 应为数组，现在是字符串"},
                 {"[1]", "! send a string; this is a number / 应为字符串，现在是数字"},
                 {R"(["fax"])",
                  "! choose one of the options; “fax” is not among them / "
                  "请选择列表中的一项；“fax”不在其中"},
                 {R"(["mail,visit"])",
                  "! choose one of the options; “mail,visit” is not among them / "
                  "请选择列表中的一项；“mail,visit”不在其中"},
             });
}

TEST_CASE("several choices are shown by their labels") {
  CHECK(shown(channels(), "visit,mail") == "Mail, Visit");
  CHECK(shown(channels(), "visit,mail", Language::Chinese) == "邮件、拜访");
  CHECK(typed_back(channels(), "visit,mail") == "mail,visit");
}

TEST_CASE("several choices come back from the control and from JSON") {
  check_round_trips(channels(), {"mail", "mail,phone", "mail,phone,visit"});
}

TEST_CASE("a list of choices needs options") {
  CHECK(objection(raw_field("multi_choice")) == "`options` has no option; give at least one");
}

}  // namespace
}  // namespace formwork::fields::testing
