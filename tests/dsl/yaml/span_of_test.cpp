#include <doctest/doctest.h>

#include "dsl/yaml/parse.h"

namespace formwork::yaml {
namespace {

// The only value of `v` in the text.
Node value_of(std::string text) {
  Diagnostics diagnostics;
  const auto source = std::make_shared<const Source>("f.yaml", std::move(text));
  const std::vector<Document> documents = parse(source, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics.all()) FAIL(to_text(diagnostic));
  const Entry* entry = documents.at(0).root.find("v");
  REQUIRE(entry != nullptr);
  return entry->value;
}

TEST_CASE("A word inside a scalar is found in the source, whatever the style") {
  struct Row {
    std::string_view text;
    std::string_view words;    // in the decoded text
    std::string_view written;  // in the source
  };

  for (const Row& row : {
           Row{"v: a + foo > 1 # c", "foo", "foo"},
           Row{"v: 报价 + 单", "单", "单"},
           Row{"v: 'a = \"b\" and foo'", "foo", "foo"},
           Row{"v: 'it''s foo'", "foo", "foo"},
           Row{"v: 'it''s foo'", "it's", "it''s"},
           Row{R"(v: "a = \"b\" and foo")", "foo", "foo"},
           Row{R"(v: "a = \"b\" and foo")", "\"b\"", R"(\"b\")"},
           Row{R"(v: "\u62a5 foo")", "报", R"(\u62a5)"},
           Row{R"(v: "\u62a5 foo")", "foo", "foo"},
           Row{"v: \"one \\\n     two foo\"", "foo", "foo"},
           Row{"v: \"one\n\n\n     two foo\"", "foo", "foo"},
           Row{"v: \"one  \n   two foo\"", "one two", "one  \n   two"},
           Row{"v: one\n  two\n\n  foo\nw: 1", "foo", "foo"},
           Row{"v: one\n  two\n\n  foo\nw: 1", "one two", "one\n  two"},
           Row{"v: |\n  one\n    foo\n\n  end\n", "foo", "foo"},
           Row{"v: |\n  one\n    foo\n\n  end\n", "end", "end"},
           Row{"v: >\n  one\n  two\n    more foo\n  end\n", "foo", "foo"},
           Row{"v: >\n  one\n  two\n    more foo\n  end\n", "end", "end"},
           Row{"v: >-\r\n  one\r\n  foo\r\n", "foo", "foo"},
           Row{"v: |+ # c\n\n\n  one\n  foo\n\n\nw: 1", "foo", "foo"},
           Row{"v: |1\n   one\n  foo\n", "foo", "foo"},
           Row{"v: !!str foo", "foo", "foo"},
           Row{"\xEF\xBB\xBFv: a foo", "foo", "foo"},
       }) {
    CAPTURE(row.text);
    const Node value = value_of(std::string(row.text));
    const std::size_t begin = value.text.find(row.words);
    REQUIRE(begin != std::string::npos);
    const Span span = value.span_of(begin, begin + row.words.size());
    CHECK(span.text() == row.written);
    CHECK(span.begin == value.span.source->text().rfind(row.written));
  }
}

TEST_CASE("A point is a character wide, and the end of the text the character behind it") {
  struct Row {
    std::string_view text;
    std::size_t offset;
    std::size_t begin;
    std::size_t end;
  };

  for (const Row& row : {
           Row{"v: a +\nw: 1", 3, 6, 7},       // the line end
           Row{"v: 'a +'", 3, 7, 8},           // the closing quote
           Row{"v: ''", 0, 4, 5},              // the closing quote
           Row{"v: a +", 3, 5, 6},             // nothing is behind it, so the last character
           Row{"v: 报价", 0, 3, 6},            // a whole character
           Row{"v: |\n  a +\n\n", 4, 10, 11},  // the line end of the last line
           Row{"v: |\n  a +\n\n", 99, 10, 11},
       }) {
    CAPTURE(row.text);
    const Span span = value_of(std::string(row.text)).span_of(row.offset, row.offset);
    CHECK(span.begin == row.begin);
    CHECK(span.end == row.end);
  }
}

TEST_CASE("Of what is no scalar, the whole node is meant") {
  const Node list = value_of("v: [a, b]");
  CHECK(list.span_of(0, 1).text() == "[a, b]");
  const Node null = value_of("v:\n");
  CHECK(null.span_of(0, 0).text() == "v");
}

}  // namespace
}  // namespace formwork::yaml
