#include "tests/dsl/fields/field_testing.h"

namespace formwork::fields::testing {
namespace {

Option option(std::string code, std::string english, std::string chinese) {
  return {.code = std::move(code),
          .label = {.by_locale = {std::move(english), std::move(chinese)}}};
}

Field sources() {
  Field field = raw_field("choice");
  field.options = {option("website", "Website", "官网"), option("ads", "Ads", "广告"),
                   option("推荐", "Referral", "推荐")};
  return settled(field);
}

TEST_CASE("a choice is made by the option's code") {
  check_form(sources(), {
                            {"website", R"("website")"},
                            {" ads ", R"("ads")"},
                            {"推荐", R"("推荐")"},
                            {"Ads",
                             "! choose one of the options; “Ads” is not among them / "
                             "请选择列表中的一项；“Ads”不在其中"},
                            {"ad",
                             "! choose one of the options; “ad” is not among them / "
                             "请选择列表中的一项；“ad”不在其中"},
                        });
}

TEST_CASE("JSON has the code as a string") {
  check_json(sources(), {
                            {R"("ads")", R"("ads")"},
                            {R"("")", "null"},
                            {R"(" ")", "null"},
                            {R"("fair")",
                             "! choose one of the options; “fair” is not among them / "
                             "请选择列表中的一项；“fair”不在其中"},
                            {"1", "! send a string; this is a number / 应为字符串，现在是数字"},
                        });
}

TEST_CASE("a choice is shown by its label, or by its code once the option is gone") {
  CHECK(shown(sources(), "ads") == "Ads");
  CHECK(shown(sources(), "ads", Language::Chinese) == "广告");
  CHECK(typed_back(sources(), "ads", Language::Chinese) == "ads");
  const Field field = sources();
  CHECK(field.type->show(feel::Value("fax"), field, showing(Language::English)) == "fax");
}

TEST_CASE("what was typed is repeated in short and without control characters") {
  const std::string expected =
      "! choose one of the options; “\uFFFD" + std::string(39, 'x') + "…” is not among them";
  CHECK(from_form(sources(), "\x1b" + std::string(500, 'x')).starts_with(expected));
}

TEST_CASE("options have codes of their own that fit a list") {
  Field field = raw_field("choice");
  CHECK(objection(field) == "`options` has no option; give at least one");
  field.options = {option("a", "A", "A"), option("a", "B", "B")};
  CHECK(objection(field) == "option \"a\" occurs twice");
  field.options = {option("a,b", "A", "A")};
  CHECK(objection(field) ==
        "an option's code has no comma and no blank at its ends; this is \"a,b\"");
  field.options = {option("", "A", "A")};
  CHECK(objection(field) == "an option's code has no comma and no blank at its ends; this is \"\"");
}

TEST_CASE("choices come back from the control and from JSON") {
  check_round_trips(sources(), {"website", "ads", "推荐"});
}

}  // namespace
}  // namespace formwork::fields::testing
