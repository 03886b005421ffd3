// Mistakes that say themselves what is reported: a comment under the wrong words has carets below
// them, the code, and a part of the message or the remedy.
//
//     locales: [en, english!]
//     #             ^^^^^^^^ app.locale: write a tag such as en
//
// Compared both ways: what a comment expects is reported at these columns, and nothing else is. The
// line that is meant is the nearest one above that is no such comment. For words at the start of a
// line the # counts as a caret when it touches one (`#^^^`), and without any caret
// (`# app.missing: …`) the first character alone is meant.
#include <set>

#include <doctest/doctest.h>

#include "dsl/base/utf8.h"
#include "dsl/compile/compile.h"
#include "dsl/diagnostics/codes.h"
#include "dsl/lint/lint.h"
#include "tests/dsl/compile/app_folder.h"

namespace formwork::compile {
namespace {

constexpr const char* kFolder = "tests/dsl/compile/fixtures";

struct Mark {
  std::string file;
  std::size_t line;
  std::size_t column;  // from 1, in characters
  std::size_t width;
  std::string code;
  std::string text;  // expected: a part; found: message and remedy
};

std::string to_text(const Mark& mark) {
  return mark.file + ":" + std::to_string(mark.line) + ":" + std::to_string(mark.column) + "+" +
         std::to_string(mark.width) + " " + mark.code + ": " + mark.text;
}

bool is_code(std::string_view word) {
  const auto all = codes::all();
  return std::any_of(all.begin(), all.end(), [&](const auto& entry) { return entry.code == word; });
}

// What a comment expects, without its line; nothing for lines that expect nothing.
std::optional<Mark> read_mark(const std::string& file, std::string_view line) {
  const std::size_t hash = line.find_first_not_of(' ');
  if (hash == std::string_view::npos || line[hash] != '#') return std::nullopt;
  const std::size_t code = line.find_first_not_of("^ ", hash + 1);
  if (code == std::string_view::npos) return std::nullopt;
  const std::size_t colon = line.find(": ", code);
  if (colon == std::string_view::npos || !is_code(line.substr(code, colon - code))) {
    return std::nullopt;
  }
  Mark mark{.file = file,
            .line = 0,
            .column = 1,
            .width = 1,
            .code = std::string(line.substr(code, colon - code)),
            .text = std::string(line.substr(colon + 2))};
  const std::size_t caret = line.substr(0, code).find('^');
  if (caret == std::string_view::npos) return mark;
  const std::size_t begin = caret == hash + 1 ? hash : caret;
  mark.column = begin + 1;
  mark.width = line.find_first_not_of('^', caret) - begin;
  return mark;
}

std::vector<Mark> expected_marks(const SourcePtr& source) {
  std::vector<Mark> marks;
  const auto lines =
      static_cast<std::size_t>(std::count(source->text().begin(), source->text().end(), '\n'));
  std::size_t meant = 1;
  for (std::size_t number = 1; number <= lines; ++number) {
    auto mark = read_mark(source->name(), source->line(number));
    if (!mark) meant = number;
    if (!mark) continue;
    mark->line = meant;
    marks.push_back(std::move(*mark));
  }
  return marks;
}

// A finding over several lines is marked on its first.
Mark mark_of(const Diagnostic& diagnostic) {
  const Span& where = diagnostic.where;
  const Source::Position at = where.source->position(where.begin);
  const std::string_view words = where.text().substr(0, where.text().find('\n'));
  return {.file = where.source->name(),
          .line = at.line,
          .column = at.column,
          .width = std::max<std::size_t>(1, count_characters(words)),
          .code = std::string(diagnostic.code),
          .text = diagnostic.message + "; " + diagnostic.remedy};
}

bool agree(const Mark& expected, const Mark& found) {
  return expected.file == found.file && expected.line == found.line &&
         expected.column == found.column && expected.width == found.width &&
         expected.code == found.code && found.text.find(expected.text) != std::string::npos;
}

std::vector<Mark> found_marks(const std::vector<SourcePtr>& sources) {
  Diagnostics diagnostics;
  const auto model = compile({sources, ""}, diagnostics);
  CHECK((model == nullptr) == diagnostics.has_errors());
  if (model != nullptr) lint::check(*model, diagnostics);
  std::vector<Mark> marks;
  for (const Diagnostic& diagnostic : diagnostics.all()) marks.push_back(mark_of(diagnostic));
  return marks;
}

// What one side has and the other lacks; empty: they agree.
std::string difference(std::vector<Mark> expected, const std::vector<Mark>& found) {
  std::string text;
  for (const Mark& mark : found) {
    const auto same = std::find_if(expected.begin(), expected.end(),
                                   [&](const Mark& other) { return agree(other, mark); });
    if (same == expected.end()) {
      text += "not expected: " + to_text(mark) + "\n";
    } else {
      expected.erase(same);
    }
  }
  for (const Mark& mark : expected) text += "not reported: " + to_text(mark) + "\n";
  return text;
}

std::vector<Mark> expected_in(const std::vector<SourcePtr>& sources) {
  std::vector<Mark> marks;
  for (const SourcePtr& source : sources) {
    for (Mark& mark : expected_marks(source)) marks.push_back(std::move(mark));
  }
  return marks;
}

// A fixture is a file, or a folder that is compiled as one app.
std::vector<SourcePtr> sources_of(const std::filesystem::path& path) {
  if (std::filesystem::is_directory(path)) return sources_in(path);
  return {read_source(path)};
}

TEST_CASE("every fixture reports what its comments say, there and nowhere else") {
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    CAPTURE(entry.path().string());
    const auto sources = sources_of(entry.path());
    const auto expected = expected_in(sources);
    CHECK_FALSE(expected.empty());
    CHECK(difference(expected, found_marks(sources)) == "");
  }
}

// A message with its names and numbers left out, so that two of a kind count once.
std::string kind_of(const Mark& mark) {
  std::string kind = mark.code + " ";
  bool in_name = false;
  for (const char c : mark.text) {
    if (c == '`') in_name = !in_name;
    if (!in_name && (c < '0' || c > '9')) kind += c;
  }
  return kind;
}

TEST_CASE("one run over one app reports at least 75 distinct mistakes") {
  std::set<std::string> kinds;
  for (const Mark& mark : found_marks(sources_in(std::string(kFolder) + "/everything"))) {
    kinds.insert(kind_of(mark));
  }
  CHECK(kinds.size() >= 75);
}

bool is_of_playing(std::string_view code) {
  return code == codes::kScenarioFailed || code == codes::kScenarioRefused ||
         code == codes::kScenarioGranted || code == codes::kScenarioImpossible;
}

TEST_CASE("every code that compiling can report has a fixture") {
  std::set<std::string, std::less<>> seen;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    for (const Mark& mark : expected_in(sources_of(entry.path()))) seen.insert(mark.code);
  }
  for (const auto& entry : codes::all()) {
    // Bytes that are no text and limits of size have tests of their own, beside the YAML reader;
    // what has no answer, when it is asked; files of DMN, beside their reader; scenarios, when they
    // are played.
    const bool is_elsewhere = entry.code == codes::kYamlEncoding ||
                              entry.code == codes::kYamlLimit || entry.code == codes::kFeelNull ||
                              entry.code.starts_with("dmn.") || is_of_playing(entry.code);
    CHECK_MESSAGE((is_elsewhere || seen.contains(entry.code)), entry.code);
  }
}

TEST_CASE("a comment that expects what is not reported is noticed, and so is its absence") {
  const auto source = [](std::string text) {
    return std::make_shared<const Source>("f.yaml", std::move(text));
  };
  const std::string app = "app: a\nlocales: [en!]\n";
  const std::string entity = "---\nentity: b\nfields: { c: { type: text, required: true } }\n";
  const auto differs = [](const SourcePtr& text) {
    return !difference(expected_in({text}), found_marks({text})).empty();
  };
  CHECK(differs(source(app + entity)));
  CHECK_FALSE(differs(source(app + "#         ^^^ app.locale: such as en\n" + entity)));
  CHECK(differs(source(app + "#         ^^ app.locale: such as en\n" + entity)));
  CHECK(differs(source(app + "#          ^^^ app.locale: such as en\n" + entity)));
  CHECK(differs(source(app + "#         ^^^ app.version: such as en\n" + entity)));
  CHECK(differs(source(app + "#         ^^^ app.locale: some other words\n" + entity)));
}

}  // namespace
}  // namespace formwork::compile
