#include <chrono>
#include <random>

#include <doctest/doctest.h>

#include "dsl/base/utf8.h"
#include "dsl/yaml/parse.h"

namespace formwork::yaml {
namespace {

std::string repeat(std::string_view text, std::size_t count) {
  std::string out;
  out.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

bool is_inside(const Span& span, const SourcePtr& source) {
  return span.source == source && span.begin <= span.end && span.end <= source->text().size();
}

// Walks everything that callers may rely on.
bool is_sound(const Node& node, const SourcePtr& source) {
  if (!is_inside(node.span, source) || !is_valid_utf8(node.text)) return false;
  const std::size_t tries = node.text.size() < 1'000 ? 20 : 2;
  for (std::size_t i = 0; i <= node.text.size() && i < tries; ++i) {
    if (!is_inside(node.span_of(i, node.text.size()), source)) return false;
    if (!is_inside(node.span_of(i, i), source)) return false;
  }
  for (const Node& item : node.items) {
    if (!is_sound(item, source)) return false;
  }
  for (const Entry& entry : node.entries) {
    if (!is_inside(entry.key_span, source) || !is_sound(entry.value, source)) return false;
  }
  return true;
}

struct Result {
  std::vector<Document> documents;
  Diagnostics diagnostics;
};

Result parse_soundly(std::string text, const Limits& limits = {}) {
  Result result;
  const auto source = std::make_shared<const Source>("f.yaml", std::move(text));
  result.documents = parse(source, result.diagnostics, limits);
  for (const Document& document : result.documents) {
    if (!is_inside(document.span, source) || !is_sound(document.root, source)) {
      FAIL("unsound tree of " << source->text().substr(0, 500));
    }
  }
  for (const Diagnostic& diagnostic : result.diagnostics.all()) {
    if (!is_inside(diagnostic.where, source)) FAIL("place of " << to_text(diagnostic));
    for (const Related& related : diagnostic.related) {
      if (!is_inside(related.where, source)) FAIL("related place of " << to_text(diagnostic));
    }
    if (to_text(diagnostic).empty()) FAIL("no text");
  }
  return result;
}

bool has_code(const Result& result, std::string_view code) {
  for (const Diagnostic& diagnostic : result.diagnostics.all()) {
    if (diagnostic.code == code) return true;
  }
  return false;
}

TEST_CASE("Each limit holds exactly") {
  const auto limited = [](std::string text, const Limits& limits) {
    return has_code(parse_soundly(std::move(text), limits), "yaml.limit");
  };
  CHECK_FALSE(limited("a: bcd", {.bytes = 6}));
  CHECK(limited("a: bcde", {.bytes = 6}));
  CHECK_FALSE(limited("[[[x]]]", {.depth = 3}));
  CHECK(limited("[[[[x]]]]", {.depth = 3}));
  CHECK_FALSE(limited("- - a: x", {.depth = 3}));
  CHECK(limited("- - - a: x", {.depth = 3}));
  CHECK_FALSE(limited("a: [b, c]\n---\nd", {.nodes = 6}));
  CHECK(limited("a: [b, c]\n---\nd", {.nodes = 5}));
  CHECK_FALSE(limited("a\n---\nb\n", {.documents = 2}));
  CHECK(limited("a\n---\nb\n---\nc", {.documents = 2}));
  CHECK_FALSE(limited("abc: d", {.key_bytes = 3}));
  CHECK(limited("abcd: d", {.key_bytes = 3}));
  CHECK_FALSE(limited("[*a]", {.problems = 1}));
  CHECK(limited("[&a x, &b y, &c z]", {.problems = 1}));
}

TEST_CASE("The default limits allow what they say") {
  CHECK(parse_soundly(repeat("[", 64) + repeat("]", 64)).diagnostics.empty());
  CHECK(has_code(parse_soundly(repeat("[", 65) + repeat("]", 65)), "yaml.limit"));
  const auto list = [](std::size_t items) { return "[" + repeat("a,", items) + "]"; };
  CHECK(parse_soundly(list(199'999)).diagnostics.empty());
  CHECK(has_code(parse_soundly(list(200'000)), "yaml.limit"));
  CHECK(parse_soundly("#" + std::string(1'999'999, ' ')).diagnostics.empty());
  CHECK(has_code(parse_soundly("#" + std::string(2'000'000, ' ')), "yaml.limit"));
}

TEST_CASE("Hostile text is refused or read in bounded time") {
  std::string bomb = "a: &a [x, x, x]\n";
  for (char c = 'b'; c <= 'z'; ++c) {
    bomb += std::string(1, c) + ": &" + c + " [" +
            repeat(std::string("*") + char(c - 1) + ", ", 9) + "]\n";
  }
  std::string keys;
  for (int i = 0; i < 99'999; ++i) keys += "key" + std::to_string(i) + ": v\n";

  struct Row {
    std::string_view name;
    std::string text;
    std::string_view code;  // a finding that must be there, empty for none at all
  };

  for (const Row& row : {
           Row{"alias bomb", bomb, "yaml.alias"},
           Row{"open brackets", repeat("[", 100'000), "yaml.limit"},
           Row{"open braces", repeat("{", 100'000), "yaml.limit"},
           Row{"nested keys", repeat("{a: ", 100'000), "yaml.limit"},
           Row{"nested lists in one line", repeat("- ", 100'000), "yaml.limit"},
           Row{"question marks", repeat("? ", 100'000), "yaml.limit"},
           Row{"colons", repeat(": ", 100'000), "yaml.limit"},
           Row{"anchors", repeat("&a ", 100'000), "yaml.alias"},
           Row{"anchored values", repeat("- &a b\n", 100'000), "yaml.limit"},
           Row{"tags", repeat("! ", 100'000), "yaml.tag"},
           Row{"three megabytes", repeat("a: b\n", 600'000), "yaml.limit"},
           Row{"repeated keys", repeat("a: b\n", 100'000), "yaml.limit"},
           Row{"many keys", keys, ""},
           Row{"documents", repeat("---\n", 400'000), "yaml.limit"},
           Row{"broken documents", repeat("---\na: b: c\n", 100'000), "yaml.limit"},
           Row{"a long scalar", "a: " + std::string(1'900'000, 'x'), ""},
           Row{"a long key", std::string(1'900'000, 'x') + ": a", "yaml.syntax"},
           Row{"a long line of short words", "a: " + repeat("b ", 900'000), ""},
           Row{"a block of short words", "a: >\n " + repeat("b ", 900'000), ""},
           Row{"many short lines", "a: " + repeat("b\n ", 600'000), ""},
           Row{"escapes", "a: \"" + repeat("\\n", 900'000) + "\"", ""},
           Row{"an open quote", "a: \"" + repeat("b\n", 900'000), "yaml.syntax"},
           Row{"an open quote in one line", "a: '" + std::string(1'900'000, 'x'), "yaml.syntax"},
           Row{"line ends", repeat("\n", 1'900'000), ""},
           Row{"blanks", repeat(" ", 1'900'000), ""},
           Row{"directives", repeat("%a b\n", 300'000), ""},
       }) {
    CAPTURE(row.name);
    const auto start = std::chrono::steady_clock::now();
    const Result result = parse_soundly(row.text);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    // Minutes would mean that something grows with the square; the bound leaves room for
    // sanitizers.
    CHECK(taken.count() < 30.0);
    CHECK(has_code(result, row.code) == !row.code.empty());
    if (row.code.empty()) CHECK(result.diagnostics.empty());
    CHECK(result.diagnostics.all().size() <= 1'001);
  }
}

TEST_CASE("A mistake in every item is reported for every item") {
  std::string text;
  for (int i = 0; i < 500; ++i) text += "k" + std::to_string(i) + ": *a" + std::to_string(i) + "\n";
  const Result result = parse_soundly(text);
  // The event parser itself gives up at the first alias without anchor.
  CHECK(result.diagnostics.error_count() == 1);
  std::string anchored;
  for (int i = 0; i < 500; ++i)
    anchored += "k" + std::to_string(i) + ": &a" + std::to_string(i) + " x\n";
  CHECK(parse_soundly(anchored).diagnostics.error_count() == 500);
}

constexpr std::string_view kSeeds[] = {
    "app: crm\nlabel: { en: Lead to cash, zh-CN: 线索到回款 }\nlocales: [zh-CN, en]\n"
    "calendar: { days: MON-FRI, hours: \"09:00-18:00\" }\n---\nfields:\n  email: { type: email }\n",
    "rules:\n  - require: discount <= 0.4\n    say: \"No \\u62a5 \\\n      quote\"\n  - x: |\n     "
    " a\n"
    "        b\n\n      c\n  - y: >-\n      folded\n      text\n  -\n  - ~\n",
    "a: 'it''s'\n? b\n: c\nd: !!str 5\ne: &x 1\nf: *x\n<<: {g: h}\n...\n# end\n",
    "- - a\n  - [b, {c: d}, , e]\n-\tf\n- \"\\x41\\t\"\n- plain\n  more\r\n",
};

// Random edits that keep to the characters YAML cares about, so that most of them get past the
// first check.
std::string mutate(std::string text, std::mt19937& random) {
  static constexpr std::string_view kPieces[] = {
      " ", "\n",    "\t", ":", ": ", "- ",   "[",    "]",  "{", "}",
      ",", "'",     "\"", "#", " #", "|",    ">\n",  "&a", "*", "!",
      "?", "---\n", "\\", "%", "报", "\r\n", "\xFF", "@",  "~", "\\u"};
  const auto pick = [&random](std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(random);
  };
  for (std::size_t edits = 1 + pick(6); edits > 0; --edits) {
    const std::size_t at = pick(text.size() + 1);
    switch (pick(4)) {
      case 0:
        text.erase(at, 1 + pick(8));
        break;
      case 1:
        text.resize(at);
        break;
      case 2:
        text.insert(at, text.substr(pick(text.size() + 1), pick(40)));
        break;
      default:
        text.insert(at, kPieces[pick(std::size(kPieces))]);
        break;
    }
  }
  return text;
}

TEST_CASE("Whatever happens to a text, reading it gives a sound tree and places inside of it") {
  std::size_t clean = 0;
  for (unsigned seed = 0; seed < 6'000; ++seed) {
    std::mt19937 random(seed);
    std::string text(kSeeds[seed % std::size(kSeeds)]);
    text = mutate(std::move(text), random);
    CAPTURE(seed);
    CAPTURE(text);
    if (parse_soundly(text).diagnostics.empty()) ++clean;
  }
  // If nearly all or nearly none were clean, the edits would test nothing.
  CHECK(clean > 100);
  CHECK(clean < 5'000);
}

}  // namespace
}  // namespace formwork::yaml
