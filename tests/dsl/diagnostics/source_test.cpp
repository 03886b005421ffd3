#include "dsl/diagnostics/source.h"

#include <doctest/doctest.h>

namespace formwork {
namespace {

TEST_CASE("Lines and columns count from one, columns in characters") {
  const Source source("a.yaml", "ab\n报价: x\r\n\nend");

  struct Row {
    std::size_t offset;
    std::size_t line;
    std::size_t column;
  };

  for (const Row& row :
       {Row{0, 1, 1}, Row{2, 1, 3}, Row{3, 2, 1}, Row{6, 2, 2}, Row{9, 2, 3}, Row{11, 2, 5},
        Row{14, 3, 1}, Row{15, 4, 1}, Row{18, 4, 4}, Row{99, 4, 4}}) {
    CAPTURE(row.offset);
    CHECK(source.position(row.offset).line == row.line);
    CHECK(source.position(row.offset).column == row.column);
  }
  CHECK(source.line(2) == "报价: x");
  CHECK(source.line(3) == "");
  CHECK(source.line(4) == "end");
  CHECK(source.line(0) == "");
  CHECK(source.line(5) == "");
}

TEST_CASE("A byte order mark is neither column nor text") {
  const Source source("a.yaml",
                      "\xEF\xBB\xBF"
                      "ab\n");
  CHECK(source.line(1) == "ab");
  CHECK(source.position(0).column == 1);
  CHECK(source.position(3).column == 1);
  CHECK(source.position(4).column == 2);
}

TEST_CASE("A span gives its text, or nothing outside of its source") {
  const auto source = std::make_shared<const Source>("a.yaml", "hello");
  CHECK(Span{source, 1, 3}.text() == "el");
  CHECK(Span{source, 3, 99}.text() == "lo");
  CHECK(Span{source, 9, 12}.text() == "");
  CHECK(Span{source, 3, 1}.text() == "");
  CHECK(Span{}.text() == "");
  CHECK_FALSE(Span{});
}

}  // namespace
}  // namespace formwork
