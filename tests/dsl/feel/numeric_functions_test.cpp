#include "tests/dsl/feel/feel_answers.h"

namespace formwork::feel {
namespace {

TEST_CASE("numbers are rounded to digits after the point") {
  check({
      {"decimal(2.5, 0)", "2"},
      {"decimal(1/3, 2.5)", "0.33"},
      {"decimal(1234.5, -2)", "1200"},
      {"floor(-1.5)", "-2"},
      {"floor(-1.56, 1)", "-1.6"},
      {"ceiling(-1.5)", "-1"},
      {"ceiling(1.56, 1)", "1.6"},
      {"ceiling(1.56, null)", "null"},
      {"round up(5.5, 0)", "6"},
      {"round up(-5.5, 0)", "-6"},
      {"round down(-5.5, 0)", "-5"},
      {"round half up(-5.5, 0)", "-6"},
      {"round half down(5.5, 0)", "5"},
      {"round half down(1.126, 2)", "1.13"},
      {"round up(5.5)", "null"},
      {"round half up(5.5, 6176)", "5.5"},
  });
  check_reasons(
      {{"round up(1, 6177)", "`scale` of round up() is 6177, and must lie within -6111 and 6176"}});
}

TEST_CASE("amounts lose their sign, of durations too") {
  check({
      {"abs(-1.5)", "1.5"},
      {"abs(n: 2)", "2"},
      {"abs(@\"-P1DT2H\")", "@\"P1DT2H\""},
      {"abs(@\"-P1Y\")", "@\"P1Y\""},
      {"abs(@\"P1Y\")", "@\"P1Y\""},
      {"abs(\"1\")", "null"},
      {"abs(null)", "null"},
  });
}

TEST_CASE("what arithmetic cannot answer is null") {
  check({
      {"modulo(12, 5)", "2"},
      {"modulo(-12, 5)", "3"},
      {"modulo(12, -5)", "-3"},
      {"modulo(10.1, 4.5)", "1.1"},
      {"modulo(1, 0)", "null"},
      {"sqrt(16)", "4"},
      {"sqrt(-1)", "null"},
      {"log(0)", "null"},
      {"log(1)", "0"},
      {"exp(0)", "1"},
      {"exp(100000)", "null"},
      {"even(0)", "true"},
      {"even(-2)", "true"},
      {"odd(-1)", "true"},
      {"odd(2)", "false"},
      {"odd(1e40)", "false"},
      {"even(2.0)", "true"},
      {"even(\"2\")", "null"},
  });
  check_reasons({{"even(2.5)", "`number` of even() is 2.5, which is not whole"}});
}

}  // namespace
}  // namespace formwork::feel
