#include "dsl/yaml/parse.h"

#include <doctest/doctest.h>

namespace formwork::yaml {
namespace {

struct Parsed {
  std::vector<Document> documents;
  Diagnostics diagnostics;
};

Parsed parse_text(std::string text, const Limits& limits = {}) {
  Parsed parsed;
  const auto source = std::make_shared<const Source>("f.yaml", std::move(text));
  parsed.documents = parse(source, parsed.diagnostics, limits);
  return parsed;
}

// {a: "b", [c], ~}: short enough to compare whole trees. Quoted scalars stand in quotes.
void append_tree(std::string& out, const Node& node) {
  switch (node.kind) {
    case Node::Kind::Null:
      out += "~";
      return;
    case Node::Kind::Scalar:
      out += node.quoted ? "\"" + node.text + "\"" : node.text;
      return;
    case Node::Kind::Sequence:
      out += "[";
      for (const Node& item : node.items) {
        if (out.back() != '[') out += ", ";
        append_tree(out, item);
      }
      out += "]";
      return;
    case Node::Kind::Mapping:
      out += "{";
      for (const Entry& entry : node.entries) {
        if (out.back() != '{') out += ", ";
        out += entry.key + ": ";
        append_tree(out, entry.value);
      }
      out += "}";
      return;
  }
}

std::string tree_of(const Parsed& parsed) {
  std::string out;
  for (const Document& document : parsed.documents) {
    if (!out.empty()) out += " --- ";
    append_tree(out, document.root);
  }
  return out;
}

TEST_CASE("Valid text becomes its tree, without findings") {
  struct Row {
    std::string_view text;
    std::string_view tree;
  };

  for (const Row& row : {
           Row{"", ""},
           Row{"\n# only a comment\n", ""},
           Row{"plain", "plain"},
           Row{"a: 1\nb: two words # comment\n", "{a: 1, b: two words}"},
           Row{"a: 0.10\nb: 010\nc: yes\nd: 1e400", "{a: 0.10, b: 010, c: yes, d: 1e400}"},
           Row{"a: 'it''s'\nb: \"x\\ty\"", "{a: \"it's\", b: \"x\ty\"}"},
           Row{"a:\nb: ~\nc: null\nd: ''", "{a: ~, b: ~, c: ~, d: \"\"}"},
           Row{"- a\n-\n- - b\n  - c: d\n", "[a, ~, [b, {c: d}]]"},
           Row{"[a, {b: c}, [], {}]", "[a, {b: c}, [], {}]"},
           Row{"{a: b, c}", "{a: b, c: ~}"},
           Row{"名称: 报价单\n", "{名称: 报价单}"},
           Row{"a: |\n  one\n   two\n", "{a: \"one\n two\n\"}"},
           Row{"a: >-\n  one\n  two\n", "{a: \"one two\"}"},
           Row{"a: one\n  two\n", "{a: one two}"},
           Row{"a: |\n\n", "{a: \"\"}"},
           Row{"a: |+\n\n", "{a: \"\n\"}"},
           Row{"a: !!str 5\nb: !!int 5\nc: ! x", "{a: \"5\", b: 5, c: \"x\"}"},
           Row{"a: 1\r\nb: |\r\n  x\r\n", "{a: 1, b: \"x\n\"}"},
           Row{"\xEF\xBB\xBF"
               "a: 1\n",
               "{a: 1}"},
           Row{"? a\n: b\n", "{a: b}"},
           Row{"a: x#y\nb: http://x/y\n", "{a: x#y, b: http://x/y}"},
           Row{"'a b': 1\n\"c\": 2\nnull: 3\n", "{a b: 1, c: 2, null: 3}"},
           Row{"a: '<<'\n\"<<\": b\n", "{a: \"<<\", <<: b}"},
           Row{"a: \"x\\_\\N\"", "{a: \"x\u00A0\u0085\"}"},
           Row{"rule: ['\"referral\"', \"-\", 30]", "{rule: [\"\"referral\"\", \"-\", 30]}"},
       }) {
    CAPTURE(row.text);
    const Parsed parsed = parse_text(std::string(row.text));
    for (const Diagnostic& diagnostic : parsed.diagnostics.all()) FAIL_CHECK(to_text(diagnostic));
    CHECK(tree_of(parsed) == row.tree);
  }
}

TEST_CASE("A stream holds several documents") {
  struct Row {
    std::string_view text;
    std::string_view tree;
  };

  for (const Row& row : {
           Row{"a: 1\n---\nb: 2\n", "{a: 1} --- {b: 2}"},
           Row{"---\na: 1\n---\nb: 2\n...\n", "{a: 1} --- {b: 2}"},
           Row{"# c\n%YAML 1.2\n---\na: 1\n", "{a: 1}"},
           Row{"--- a\n--- b", "a --- b"},
           Row{"---\n---\na", "~ --- a"},
           Row{"a\n...\nb\n", "a --- b"},
           Row{"a: |\n  ---\n---\nb: 1", "{a: \"---\n\"} --- {b: 1}"},
           Row{"a\n... # c\n---\r\nb", "a --- b"},
           Row{"a: x---\n----: b", "{a: x---, ----: b}"},
       }) {
    CAPTURE(row.text);
    const Parsed parsed = parse_text(std::string(row.text));
    for (const Diagnostic& diagnostic : parsed.diagnostics.all()) FAIL_CHECK(to_text(diagnostic));
    CHECK(tree_of(parsed) == row.tree);
  }
  const Parsed parsed = parse_text("a: 1\n---\nb: 2\n");
  CHECK(parsed.documents[0].span.text() == "a: 1\n");
  CHECK(parsed.documents[1].span.text() == "---\nb: 2\n");
}

TEST_CASE("Every node knows the bytes that it was written with") {
  const Parsed parsed = parse_text(
      "# c\n报: 'a b' # c\nflow: [ 1, {x: \"y\"} , ]\nnone:\nblock: |2\n   lit\n  end\n\nlist:\n"
      "  - plain\n    more\n  -\n  - ~\ntag: !!str 7\nempty: {\n }\nlast: v\n");
  REQUIRE(parsed.diagnostics.empty());
  const Node& root = parsed.documents.at(0).root;
  const auto text = [&root](std::string_view key) { return root.find(key)->value.span.text(); };
  CHECK(root.span.text().starts_with("报: "));
  CHECK(root.span.text().ends_with("last: v"));
  CHECK(root.find("报")->key_span.text() == "报");
  CHECK(text("报") == "'a b'");
  CHECK(text("flow") == "[ 1, {x: \"y\"} , ]");
  CHECK(root.find("flow")->value.items[1].span.text() == "{x: \"y\"}");
  CHECK(root.find("flow")->value.items[1].entries[0].value.span.text() == "\"y\"");
  CHECK(text("none") == "none");
  CHECK(text("block") == "lit\n  end");
  CHECK(text("list") == "- plain\n    more\n  -\n  - ~");
  CHECK(root.find("list")->value.items[0].span.text() == "plain\n    more");
  CHECK(root.find("list")->value.items[1].span.text() == "-");
  CHECK(root.find("list")->value.items[2].span.text() == "~");
  CHECK(text("tag") == "7");
  CHECK(text("empty") == "{\n }");
  CHECK(root.find("nothing") == nullptr);
}

TEST_CASE("What is wrong is reported at its place, in the author's terms") {
  struct Row {
    std::string text;
    std::string_view code;
    std::size_t line;
    std::size_t column;
    std::string_view message;
  };

  for (const Row& row : {
           Row{"a: 1\na: 2", "yaml.duplicate-key", 2, 1, "`a` stands here a second time"},
           Row{"{a: 1, 'a': 2}", "yaml.duplicate-key", 1, 8, "`a` stands here a second time"},
           Row{"a: *x", "yaml.alias", 1, 4, "aliases are not used here"},
           Row{"a: &x 1", "yaml.alias", 1, 4, "anchors are not used here"},
           Row{"a: *", "yaml.alias", 1, 4, "aliases are not used here"},
           Row{"<<: {a: 1}", "yaml.alias", 1, 1, "merge keys are not used here"},
           Row{"a: !foo b", "yaml.tag", 1, 4, "tags are not used here"},
           Row{"a: !!binary b", "yaml.tag", 1, 4, "tags are not used here"},
           Row{"a: !<x b", "yaml.tag", 1, 8, "tags are not used here"},
           Row{"报: 'x", "yaml.syntax", 1, 4, "this quote is not closed"},
           Row{"a: 'x\n---\nb: 'y'", "yaml.syntax", 1, 4, "this quote is not closed"},
           Row{"- \"x\n y\n", "yaml.syntax", 1, 3, "this quote is not closed"},
           Row{"a: 'it''", "yaml.syntax", 1, 4, "this quote is not closed"},
           Row{"- a\nb: c", "yaml.syntax", 2, 1, "this does not continue the document above"},
           Row{" a: 1\nb: 2", "yaml.syntax", 2, 1, "this does not continue the document above"},
           Row{"a:\n  b: 1\n c: 2", "yaml.syntax", 3, 2,
               "this does not continue the mapping above"},
           Row{"- - a\n - b", "yaml.syntax", 2, 2, "this does not continue the list above"},
           Row{"a: 'x' y", "yaml.syntax", 1, 8, "this does not continue the mapping above"},
           Row{"a: b: c", "yaml.syntax", 1, 5, "a mapping cannot start inside a value"},
           Row{"a: @b", "yaml.syntax", 1, 4, "a value cannot start with this character"},
           Row{"a: `b", "yaml.syntax", 1, 4, "a value cannot start with this character"},
           Row{"a: [b", "yaml.syntax", 1, 5, "expected , or ] to go on with the list"},
           Row{"a: {b: c", "yaml.syntax", 1, 8, "expected , or } to go on with the mapping"},
           Row{"a: ]", "yaml.syntax", 1, 4, "this bracket closes nothing that is open"},
           Row{"a: [b, , c]", "yaml.syntax", 1, 8, "a value is missing before this comma"},
           Row{"a:\n\tb: c", "yaml.syntax", 2, 1, "a tab stands in the indentation"},
           Row{"a: \"b\\qc\"", "yaml.syntax", 1, 6, "this escape does not exist"},
           Row{"a: \"\\x4g\"", "yaml.syntax", 1, 5, "this escape lacks hexadecimal digits"},
           Row{"a: \"\\ud800\"", "yaml.syntax", 1, 5, "this escape is no Unicode character"},
           Row{"a: |x\n  y", "yaml.syntax", 1, 5, "the text of a block starts on the next line"},
           Row{"[a]: b", "yaml.syntax", 1, 1, "a key must be a text"},
           Row{": b", "yaml.syntax", 1, 1, "a key is missing before `:`"},
           Row{"a\n... b", "yaml.syntax", 2, 5, "nothing can stand behind the end of a document"},
           Row{"a: \"\\0\"", "yaml.encoding", 1, 4, "the character U+0000 is not allowed"},
           Row{"a: \xFF", "yaml.encoding", 1, 4,
               "the file is not UTF-8: this byte is no character"},
           Row{"a: \xED\xA0\x80", "yaml.encoding", 1, 4,
               "the file is not UTF-8: this byte is no character"},
           Row{"a: \x04", "yaml.encoding", 1, 4, "the control character U+0004 is not allowed"},
           Row{"a: \x7F", "yaml.encoding", 1, 4, "the control character U+007F is not allowed"},
           Row{"a: \u0080", "yaml.encoding", 1, 4, "the control character U+0080 is not allowed"},
           Row{"a: 1\rb: 2", "yaml.encoding", 1, 5, "a carriage return stands without a line feed"},
           Row{"a: 1\n\uFEFF"
               "b: 2",
               "yaml.encoding", 2, 1, "a byte order mark stands inside the text"},
           Row{std::string("\xFF\xFE"
                           "a\0",
                           4),
               "yaml.encoding", 1, 1, "the file is not UTF-8 but UTF-16 or UTF-32"},
           Row{std::string("\0a\0:", 4), "yaml.encoding", 1, 1,
               "the file is not UTF-8 but UTF-16 or UTF-32"},
       }) {
    CAPTURE(row.text);
    const Parsed parsed = parse_text(row.text);
    REQUIRE(parsed.diagnostics.all().size() == 1);
    const Diagnostic& diagnostic = parsed.diagnostics.all().front();
    CAPTURE(to_text(diagnostic));
    CHECK(diagnostic.code == row.code);
    CHECK(diagnostic.message == row.message);
    const Source::Position at = diagnostic.where.source->position(diagnostic.where.begin);
    CHECK(at.line == row.line);
    CHECK(at.column == row.column);
  }
}

TEST_CASE("A repeated key shows both places, and the first one counts") {
  const Parsed parsed = parse_text("a: 1\nb: 2\na: 3\n");
  REQUIRE(parsed.diagnostics.all().size() == 1);
  CHECK(to_text(parsed.diagnostics.all().front()) ==
        "error[yaml.duplicate-key]: `a` stands here a second time\n  --> f.yaml:3:1\n   |\n"
        " 3 | a: 3\n   | ^ keep one of them\n  ::: f.yaml:1:1: it stands here first\n");
  CHECK(tree_of(parsed) == "{a: 1, b: 2}");
}

TEST_CASE("An unclosed bracket shows where it was opened") {
  const Parsed parsed = parse_text("a: [1,\n  2\nb: 3\n");
  REQUIRE(parsed.diagnostics.all().size() == 1);
  const Diagnostic& diagnostic = parsed.diagnostics.all().front();
  REQUIRE(diagnostic.related.size() == 1);
  CHECK(diagnostic.related[0].where.begin == 3);
}

TEST_CASE("A mistake ends its document only, and what stood before it stays") {
  const Parsed parsed =
      parse_text("a: 1\nb: [x, {y: z\n---\nc: 'open\n---\nd: 1\nd: 2\n---\ne: *f\n---\ng: 1\n");
  CHECK(parsed.diagnostics.error_count() == 4);
  CHECK(parsed.documents.size() == 5);
  CHECK(tree_of(parsed).starts_with("{a: 1, b: [x, {y: z}]} --- "));
  CHECK(tree_of(parsed).ends_with(" --- {d: 1} --- {e: ~} --- {g: 1}"));
}

}  // namespace
}  // namespace formwork::yaml
