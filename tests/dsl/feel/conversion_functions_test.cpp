#include "tests/dsl/feel/feel_answers.h"

namespace formwork::feel {
namespace {

TEST_CASE("a text with separators becomes a number") {
  check({
      {R"(number("1000.5"))", "1000.5"},
      {R"(number("-1e3"))", "-1000"},
      {R"(number("1.000.000,01", ".", ","))", "1000000.01"},
      {R"(number("1 000 000.01", " ", "."))", "1000000.01"},
      {R"(number("1,000,000", ",", null))", "1000000"},
      {R"(number("1000000.01", null, "."))", "1000000.01"},
      {R"(number("1.5", null, ","))", "null"},
      {R"(number("1,0", ",", ","))", "null"},
      {R"(number("1,0", ":", "."))", "null"},
      {R"(number("1,0", ",", ":"))", "null"},
      {R"(number("1.000.000,01", "."))", "null"},
      {R"(number("x"))", "null"},
      {R"(number(null))", "null"},
  });
}

TEST_CASE("values become texts, and texts stay as they are") {
  check({
      {"string(1.10)", R"("1.10")"},
      {"string(true)", R"("true")"},
      {R"(string("报价"))", R"("报价")"},
      {R"(string(@"2020-01-01"))", R"("2020-01-01")"},
      {"string(null)", "null"},
  });
}

TEST_CASE("a small value with a long text is not written out") {
  const Answer answer =
      ask("{a: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1], "
          "b: [a, a, a, a, a, a, a, a, a, a], c: [b, b, b, b, b, b, b, b, b, b], "
          "d: [c, c, c, c, c, c, c, c, c, c], e: [d, d, d, d, d, d, d, d, d, d], "
          "f: [e, e, e, e, e, e, e, e, e, e], g: [f, f, f, f, f, f, f, f, f, f], "
          "h: string(g)}.h");
  CHECK(answer.value.is_null());
  CHECK_FALSE(answer.reasons.empty());
}

}  // namespace
}  // namespace formwork::feel
