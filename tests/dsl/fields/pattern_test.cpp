#include "dsl/fields/pattern.h"

#include "tests/dsl/fields/field_testing.h"

namespace formwork::fields::testing {
namespace {

TEST_CASE("a pattern matches the whole text, by characters") {
  const auto pattern = Pattern::compile("[一-龥]{2,4}").value();
  CHECK(pattern->matches("报价单"));
  CHECK_FALSE(pattern->matches("报"));
  CHECK_FALSE(pattern->matches("报价单a"));
  CHECK_FALSE(pattern->matches("报价单\n"));
  CHECK(pattern->text() == "[一-龥]{2,4}");
  CHECK(Pattern::compile("a|b").value()->matches("b"));
  CHECK_FALSE(Pattern::compile("a|b").value()->matches("ab"));
}

TEST_CASE("a wrong pattern is told with its wrong part") {
  struct Wrong {
    std::string_view pattern;
    std::string_view message;
    std::string_view fragment;
  };

  for (const Wrong& row : {
           Wrong{"[a-z", "missing closing ]", "[a-z"},
           Wrong{"(a", "a parenthesis without its partner", "(a"},
           Wrong{"a)", "a parenthesis without its partner", "a)"},
           Wrong{"*a", "nothing to repeat before the repetition", "*"},
           Wrong{"a**", "two repetitions in a row; one is meant", "**"},
           Wrong{"[z-a]", "a range runs from the lower to the higher character", "z-a"},
           Wrong{"a\\", "a backslash at the end; write \\\\ for one", ""},
           Wrong{"\\y", "there is no such escape; write \\\\ for a backslash", "\\y"},
           Wrong{"(a)\\1", "there is no such escape; write \\\\ for a backslash", "\\1"},
           Wrong{"(?=a)", "neither look-ahead, look-behind nor back-references are possible",
                 "(?="},
           Wrong{"a{1001}", "a repetition counts to 1000 at most, the lower number first",
                 "{1001}"},
           Wrong{"((a{100}){100}){100}",
                 "a repetition counts to 1000 at most, the lower number first", "{100}"},
           Wrong{"\\pX", "there is no such character class", "\\pX"},
       }) {
    CAPTURE(row.pattern);
    const auto pattern = Pattern::compile(row.pattern);
    REQUIRE_FALSE(pattern.has_value());
    CHECK(pattern.error().message == row.message);
    CHECK(pattern.error().fragment == row.fragment);
  }
}

TEST_CASE("a pattern is bounded in length and in the memory it needs") {
  CHECK(Pattern::compile(std::string(1'000, 'a')).has_value());
  const auto long_pattern = Pattern::compile(std::string(1'001, 'a'));
  REQUIRE_FALSE(long_pattern.has_value());
  CHECK(long_pattern.error().message == "a pattern has at most 1000 bytes; this has 1001");
  const auto wide = Pattern::compile("[\\pL\\pN]{500}[\\pL]{400}");
  REQUIRE_FALSE(wide.has_value());
  CHECK(wide.error().message == "the pattern repeats too much to be checked quickly");
}

TEST_CASE("a pattern that makes others backtrack for ever answers at once") {
  const auto pattern = Pattern::compile("(a+)+b").value();
  CHECK_FALSE(pattern->matches(std::string(100'000, 'a')));
}

}  // namespace
}  // namespace formwork::fields::testing
