#include "dsl/diagnostics/diagnostic.h"

#include <doctest/doctest.h>

#include "dsl/base/json.h"

namespace formwork {
namespace {

SourcePtr source_of(std::string text, std::string name = "a.yaml") {
  return std::make_shared<const Source>(std::move(name), std::move(text));
}

// A span over the first occurrence of `words`.
Span span_of(const SourcePtr& source, std::string_view words) {
  const std::size_t begin = source->text().find(words);
  REQUIRE(begin != std::string_view::npos);
  return {source, begin, begin + words.size()};
}

std::string text_of(Span where, std::string remedy, std::vector<Related> related = {}) {
  return to_text({"x.code", Severity::Error, std::move(where), "message", std::move(remedy),
                  std::move(related)});
}

TEST_CASE("The text form shows message, place, line, carets and remedy") {
  const auto source = source_of(
      std::string(40, '\n') + "        - require: expected_closed != null and amount > 0\n",
      "templates/crm/opportunity.yaml");
  Diagnostics diagnostics;
  diagnostics.error("feel.unknown-name", span_of(source, "expected_closed"),
                    "`expected_closed` is not a field of opportunity",
                    "did you mean `expected_close`?");
  CHECK(to_text(diagnostics.all().front()) ==
        R"(error[feel.unknown-name]: `expected_closed` is not a field of opportunity
  --> templates/crm/opportunity.yaml:41:20
   |
41 |         - require: expected_closed != null and amount > 0
   |                    ^^^^^^^^^^^^^^^ did you mean `expected_close`?
)");
}

TEST_CASE("Related places follow the line") {
  const auto quote = source_of("\n\n  discount: {}\n", "templates/crm/quote.yaml");
  const auto source =
      source_of(std::string(16, '\n') + "    when: discount > \"20 %\"\n", "approvals.yaml");
  CHECK(text_of(span_of(source, "discount > \"20 %\""), "write discount > 0.2",
                {{span_of(quote, "discount"), "discount is defined here"}, {{}, "nowhere"}}) ==
        R"(error[x.code]: message
  --> approvals.yaml:17:11
   |
17 |     when: discount > "20 %"
   |           ^^^^^^^^^^^^^^^^^ write discount > 0.2
  ::: templates/crm/quote.yaml:3:3: discount is defined here
  ::: nowhere
)");
}

TEST_CASE("A place without text shows no line, and the remedy stands alone") {
  const auto source = source_of(std::string(11, '\n') + "automation: a\n", "automations.yaml");
  CHECK(text_of({source, 11, 11}, "first\nsecond") == R"(error[x.code]: message
  --> automations.yaml:12:1
   = first
   = second
)");
}

TEST_CASE("A long remedy or one of several lines goes below") {
  const auto source = source_of("key: value\n");
  const std::string long_remedy(100, 'r');
  CHECK(text_of(span_of(source, "value"), long_remedy) ==
        "error[x.code]: message\n  --> a.yaml:1:6\n   |\n 1 | key: value\n   |      ^^^^^\n   = " +
            long_remedy + "\n");
  CHECK(text_of(span_of(source, "key"), "a\nb") ==
        "error[x.code]: message\n  --> a.yaml:1:1\n   |\n 1 | key: value\n   | ^^^\n   = a\n   = "
        "b\n");
}

TEST_CASE("A finding that belongs to no file has no place") {
  CHECK(to_text({"x.code", Severity::Warning, {}, "message", "", {}}) ==
        "warning[x.code]: message\n");
  CHECK(text_of({}, "remedy") == "error[x.code]: message\n   = remedy\n");
}

TEST_CASE("Carets stand under wide characters, behind tabs, and at least once") {
  struct Row {
    std::string_view line;
    std::string_view words;
    std::string_view shown;
    std::string_view carets;
  };

  for (const Row& row : {
           Row{"名称: 报价单 x", "报价单", "名称: 报价单 x", "      ^^^^^^"},
           Row{"a:\tb\tc", "c", "a:    b    c", "           ^"},
           Row{"e\u0301: b", "b", "e\u0301: b", "   ^"},
           Row{"😀: b", "b", "😀: b", "    ^"},
           Row{"a\x1B[31m: b", "b", "a\uFFFD[31m: b", "        ^"},
           Row{"a\xFF: b", "b", "a\uFFFD: b", "    ^"},
           Row{"a\u202E: b", "b", "a\uFFFD: b", "    ^"},
       }) {
    CAPTURE(row.line);
    const auto source = source_of(std::string(row.line));
    CHECK(text_of(span_of(source, row.words), "") ==
          "error[x.code]: message\n  --> a.yaml:1:" +
              std::to_string(source->position(source->text().find(row.words)).column) +
              "\n   |\n 1 | " + std::string(row.shown) + "\n   | " + std::string(row.carets) +
              "\n");
  }
  const auto source = source_of("a\nb\n");
  CHECK(text_of({source, 1, 2}, "").ends_with(" 1 | a\n   |  ^\n"));
}

TEST_CASE("A span over several lines shows its first line") {
  const auto source = source_of("say: one\n  two\r\n  three\n");
  CHECK(text_of(span_of(source, "one\n  two\r\n  three"), "")
            .ends_with(" 1 | say: one\n   |      ^^^\n"));
}

TEST_CASE("The gutter grows with the number of the line") {
  const auto source = source_of(std::string(999, '\n') + "key: v");
  CHECK(text_of(span_of(source, "v"), "do") ==
        "error[x.code]: message\n    --> a.yaml:1000:6\n     |\n1000 | key: v\n     |      ^ do\n");
}

TEST_CASE("Of a very long line only the part around the place is shown") {
  const auto source = source_of(std::string(1'000'000, 'a') + "报b" + std::string(1'000'000, 'c'));
  const std::string text = text_of(span_of(source, "b"), "");
  CHECK(text.size() < 600);
  CHECK(text.find(" 1 | …aaa") != std::string::npos);
  CHECK(text.find("报bccc") != std::string::npos);
  CHECK(text.find("c…\n") != std::string::npos);
  const std::string everything = text_of({source, 0, source->text().size()}, "");
  CHECK(everything.size() < 800);
}

TEST_CASE("Control characters in messages never reach the terminal") {
  const std::string text =
      to_text({"x.code", Severity::Error, {}, "bad \x1B[2J \n\xFF", "\a", {{{}, "\x7F"}}});
  CHECK(text == "error[x.code]: bad \uFFFD[2J \uFFFD\uFFFD\n  ::: \uFFFD\n   = \uFFFD\n");
}

TEST_CASE("The JSON form has the same content, ends exclusive") {
  const auto source = source_of("名称: 报价\nx: 1\n");
  std::string out;
  append_json(out, {"x.code",
                    Severity::Warning,
                    span_of(source, "报价"),
                    "say \"it\"",
                    "do",
                    {{span_of(source, "x"), "here"}, {{}, "nowhere"}}});
  CHECK(out ==
        R"({"code":"x.code","severity":"warning","file":"a.yaml","line":1,"column":5,)"
        R"("end_line":1,"end_column":7,"message":"say \"it\"","remedy":"do","related":[)"
        R"({"file":"a.yaml","line":2,"column":1,"end_line":2,"end_column":2,"message":"here"},)"
        R"({"file":null,"message":"nowhere"}]})");
}

TEST_CASE("The JSON form is valid JSON whatever the texts hold") {
  std::string out;
  append_json(out,
              {"x.code", Severity::Error, {source_of("", "\xFF.yaml"), 0, 9}, "\xC3 \x01", "", {}});
  const auto value = json::parse(out);
  REQUIRE(value.has_value());
  CHECK(value->find("file")->text == "\uFFFD.yaml");
}

TEST_CASE("One cause gives one finding") {
  const auto source = source_of("ab");
  Diagnostics diagnostics;
  diagnostics.error("x.one", {source, 0, 1}, "first");
  diagnostics.error("x.one", {source, 0, 1}, "again").related.push_back({{}, "lost"});
  diagnostics.error("x.two", {source, 0, 1}, "other code");
  diagnostics.warning("x.one", {source, 0, 2}, "other place");
  diagnostics.error("x.one", {}, "no place");
  diagnostics.error("x.one", {}, "no place");
  diagnostics.error("x.one", {}, "no place, another message");
  CHECK(diagnostics.all().size() == 5);
  CHECK(diagnostics.error_count() == 4);
  CHECK(diagnostics.all().front().related.empty());
  CHECK(diagnostics.has_errors());
}

TEST_CASE("Warnings alone are no errors") {
  Diagnostics diagnostics;
  CHECK(diagnostics.empty());
  diagnostics.warning("x.one", {}, "w");
  CHECK_FALSE(diagnostics.has_errors());
  CHECK_FALSE(diagnostics.empty());
}

TEST_CASE("Findings are sorted by file and place, equal ones in the order of finding") {
  const auto a = source_of("abc", "a.yaml");
  const auto b = source_of("abc", "b.yaml");
  Diagnostics diagnostics;
  diagnostics.error("x.5", {b, 0, 1}, "");
  diagnostics.error("x.4", {a, 2, 3}, "");
  diagnostics.error("x.2", {a, 0, 2}, "");
  diagnostics.error("x.3", {a, 0, 2}, "");
  diagnostics.error("x.1", {a, 0, 1}, "");
  diagnostics.error("x.0", {}, "");
  diagnostics.sort();
  std::string order;
  for (const Diagnostic& diagnostic : diagnostics.all()) order += diagnostic.code.back();
  CHECK(order == "012345");
}

TEST_CASE("A hundred thousand findings are collected in bounded time") {
  const auto source = source_of(std::string(100'000, 'x'));
  Diagnostics diagnostics;
  for (std::size_t i = 0; i < 100'000; ++i) diagnostics.error("x.one", {source, i, i + 1}, "m");
  CHECK(diagnostics.error_count() == 100'000);
}

}  // namespace
}  // namespace formwork
