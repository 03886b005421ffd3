#include "tests/dsl/feel/feel_answers.h"

namespace formwork::feel {
namespace {

TEST_CASE("values are the same only in one kind and one zone") {
  check({
      {"is(1, 1.0)", "true"},
      {"is(1, \"1\")", "false"},
      {"is(null, null)", "true"},
      {"is(null, 1)", "false"},
      {"is([1, 2], [1, 2])", "true"},
      {"is({a: 1}, {a: 2})", "false"},
      {"is(@\"2012-12-25\", @\"23:00:50\")", "false"},
      {"is(@\"23:00:50Z\", @\"23:00:50\")", "false"},
      {"is(@\"23:00:50Z\", @\"23:00:50+00:00\")", "true"},
      {"is(@\"2002-04-02T12:00:00-01:00\", @\"2002-04-02T17:00:00+04:00\")", "false"},
      {"is(value1: true, value2: true)", "true"},
  });
}

TEST_CASE("not knows three answers") {
  check({{"not(true)", "false"},
         {"not(false)", "true"},
         {"not(null)", "null"},
         {"not(1)", "null"},
         {"not(\"true\")", "null"},
         {"not([true])", "false"}});
}

}  // namespace
}  // namespace formwork::feel
