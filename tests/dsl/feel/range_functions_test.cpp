// Most rows are the examples of DMN 1.5, table 78.
#include "tests/dsl/feel/feel_answers.h"

namespace formwork::feel {
namespace {

TEST_CASE("points and ranges lie before and after each other") {
  check({
      {"before(1, 10)", "true"},
      {"before(10, 1)", "false"},
      {"before(1, [1..10])", "false"},
      {"before(1, (1..10])", "true"},
      {"before(1, [5..10])", "true"},
      {"before([1..10], 10)", "false"},
      {"before([1..10), 10)", "true"},
      {"before([1..10], 15)", "true"},
      {"before([1..10], [15..20])", "true"},
      {"before([1..10], [10..20])", "false"},
      {"before([1..10), [10..20])", "true"},
      {"before([1..10], (10..20])", "true"},
      {"after(10, 5)", "true"},
      {"after(12, [1..10])", "true"},
      {"after(10, [1..10))", "true"},
      {"after(10, [1..10])", "false"},
      {"after([11..20], 12)", "false"},
      {"after([11..20], 10)", "true"},
      {"after((11..20], 11)", "true"},
      {"after([11..20], [1..11))", "true"},
      {"after((11..20], [1..11])", "true"},
  });
}

TEST_CASE("ranges meet and overlap") {
  check({
      {"meets([1..5], [5..10])", "true"},           {"meets([1..5), [5..10])", "false"},
      {"meets([1..5], (5..10])", "false"},          {"met by([5..10], [1..5])", "true"},
      {"met by((5..10], [1..5])", "false"},         {"overlaps([1..5], [3..8])", "true"},
      {"overlaps([3..8], [1..5])", "true"},         {"overlaps([1..8], [3..5])", "true"},
      {"overlaps([1..5], [6..8])", "false"},        {"overlaps([1..5], [5..8])", "true"},
      {"overlaps([1..5), [5..8])", "false"},        {"overlaps((1..5], [1..1])", "false"},
      {"overlaps before([1..5], [3..8])", "true"},  {"overlaps before([1..5], [6..8])", "false"},
      {"overlaps before([1..5], [5..8])", "true"},  {"overlaps before([1..5), [5..8])", "false"},
      {"overlaps before([1..5), (1..5])", "true"},  {"overlaps before([1..5], (1..5])", "true"},
      {"overlaps before([1..5), [1..5])", "false"}, {"overlaps before([1..5], [1..5])", "false"},
      {"overlaps after([3..8], [1..5])", "true"},   {"overlaps after([6..8], [1..5])", "false"},
      {"overlaps after([5..8], [1..5])", "true"},   {"overlaps after((5..8], [1..5])", "false"},
      {"overlaps after((1..5], [1..5))", "true"},   {"overlaps after((1..5], [1..5])", "true"},
      {"overlaps after([1..5], [1..5])", "false"},
  });
}

TEST_CASE("a range holds another, begins or ends with it") {
  check({
      {"finishes(10, [1..10])", "true"},
      {"finishes(10, [1..10))", "false"},
      {"finishes([5..10], [1..10])", "true"},
      {"finishes([5..10), [1..10])", "false"},
      {"finishes([1..10], (1..10])", "false"},
      {"finishes((1..10], [1..10])", "true"},
      {"finished by([1..10], 10)", "true"},
      {"finished by([1..10], (5..10])", "true"},
      {"finished by((1..10], [1..10])", "false"},
      {"includes([1..10], 5)", "true"},
      {"includes([1..10], 12)", "false"},
      {"includes([1..10), 10)", "false"},
      {"includes([1..10], [1..10))", "true"},
      {"includes((1..10], (1..10))", "true"},
      {"includes((1..10], [1..10])", "false"},
      {"includes([5..5], 5)", "true"},
      {"during(5, [1..10])", "true"},
      {"during([4..6], [1..10])", "true"},
      {"during([1..10], (1..10))", "false"},
      {"starts(1, [1..10])", "true"},
      {"starts(1, (1..10])", "false"},
      {"starts([1..5], [1..10])", "true"},
      {"starts([1..10], [1..10))", "false"},
      {"starts((1..5), (1..10))", "true"},
      {"started by([1..10], 1)", "true"},
      {"started by([1..10], [1..5])", "true"},
      {"started by((1..10], [1..5])", "false"},
      {"coincides(5, 5)", "true"},
      {"coincides(3, 4)", "false"},
      {"coincides([1..5], [1..5])", "true"},
      {"coincides((1..5), [1..5])", "false"},
  });
}

TEST_CASE("relations take names, dates, texts and ranges without bound") {
  check({
      {"before(point1: 1, point2: 2)", "true"},
      {"before(point: 1, range: [2..3])", "true"},
      {"before(range1: [1..2], range2: [3..4])", "true"},
      {"during(@\"2020-06-01\", [@\"2020-01-01\"..@\"2021-01-01\"))", "true"},
      {"before(\"a\", \"b\")", "true"},
      {"includes((< 10), 5)", "true"},
      {"includes((>= 10), 10)", "true"},
      {"before((< 10), 10)", "true"},
      {"overlaps((< 10), (> 5))", "true"},
      {"before(1, null)", "null"},
      {"before(1, \"a\")", "null"},
      {"coincides(1, [1..1])", "null"},
      {"meets(1, 2)", "null"},
  });
}

TEST_CASE("a text becomes the range that it means") {
  check({
      {R"x(range("[18..21)"))x", "[18..21)"},
      {R"x(range("(1..2]"))x", "(1..2]"},
      {R"x(range("]1..2["))x", "(1..2)"},
      {R"x(range("[2..)") = (>= 2))x", "true"},
      {R"x(range("(..2)") = (< 2))x", "true"},
      {R"x(range("[-1.5 .. .5]"))x", "[-1.5..0.5]"},
      {R"x(range("[\"a\"..\"c..\"]"))x", R"x(["a".."c.."])x"},
      {R"x(range("[date(\"2020-01-01\")..date(\"2021-01-01\"))"))x",
       R"x([@"2020-01-01"..@"2021-01-01"))x"},
      {R"x(range("[@\"P1D\"..duration(\"P2D\")]"))x", R"x([@"P1D"..@"P2D"])x"},
      {R"x(range(""))x", "null"},
      {R"x(range("[..]"))x", "null"},
      {R"x(range("(..)"))x", "null"},
      {R"x(range("[1..]"))x", "null"},
      {R"x(range("[2..1]"))x", "null"},
      {R"x(range("[1..\"a\"]"))x", "null"},
      {R"x(range("1..2"))x", "null"},
      {R"x(range("[a..b]"))x", "null"},
      {R"x(range(null))x", "null"},
  });
}

}  // namespace
}  // namespace formwork::feel
