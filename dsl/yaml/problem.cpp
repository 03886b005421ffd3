#include "dsl/yaml/problem.h"

#include <algorithm>
#include <array>

#include "dsl/diagnostics/codes.h"
#include "dsl/yaml/scan.h"

namespace formwork::yaml {
namespace {

// How much a message points at.
enum class Extent : unsigned char { Character, Line, Escape };

struct Wording {
  std::string_view parser;  // the start of the event parser's text
  std::string_view code;
  Extent extent;
  std::string_view message;
  std::string_view remedy;
};

constexpr std::string_view kQuote = "put the value in quotes";

constexpr std::array kWordings = {
    Wording{"end of map not found", codes::kYamlSyntax, Extent::Line,
            "this does not continue the mapping above", "align it with the keys of its block"},
    Wording{"end of map flow not found", codes::kYamlSyntax, Extent::Character,
            "expected , or } to go on with the mapping", ""},
    Wording{"end of sequence not found", codes::kYamlSyntax, Extent::Line,
            "this does not continue the list above",
            "begin it with - or align it with the block that it belongs to"},
    Wording{"end of sequence flow not found", codes::kYamlSyntax, Extent::Character,
            "expected , or ] to go on with the list", ""},
    Wording{"illegal block entry", codes::kYamlSyntax, Extent::Character,
            "a list cannot start here", "put each - on a line of its own"},
    Wording{"illegal map key", codes::kYamlSyntax, Extent::Character, "a key cannot stand here",
            "put it on a line of its own"},
    Wording{"illegal map value", codes::kYamlSyntax, Extent::Character,
            "a mapping cannot start inside a value", kQuote},
    Wording{"illegal flow end", codes::kYamlSyntax, Extent::Character,
            "this bracket closes nothing that is open", "remove it, or put the value in quotes"},
    Wording{"illegal tab when looking for indentation", codes::kYamlSyntax, Extent::Character,
            "a tab stands in the indentation", "indent with blanks"},
    Wording{"unknown token", codes::kYamlSyntax, Extent::Character,
            "a value cannot start with this character", kQuote},
    Wording{"unknown escape character", codes::kYamlSyntax, Extent::Escape,
            "this escape does not exist", "write \\\\ for a backslash, or use single quotes"},
    Wording{"bad character found while scanning hex number", codes::kYamlSyntax, Extent::Escape,
            "this escape lacks hexadecimal digits", "write \\\\ for a backslash"},
    Wording{"invalid unicode", codes::kYamlSyntax, Extent::Escape,
            "this escape is no Unicode character", "write the character itself"},
    Wording{"unexpected character in block scalar", codes::kYamlSyntax, Extent::Character,
            "the text of a block starts on the next line", "start a new line behind | or >"},
    Wording{"cannot set zero indentation", codes::kYamlSyntax, Extent::Character,
            "the indentation of a block is at least 1", "remove the 0"},
    Wording{"illegal character in scalar", codes::kYamlSyntax, Extent::Character,
            "this character cannot stand here", kQuote},
    Wording{"bad file", codes::kYamlLimit, Extent::Character, "the text is nested too deeply",
            "use fewer levels"},
    Wording{"alias", codes::kYamlAlias, Extent::Character, "aliases are not used here", kQuote},
    Wording{"the referenced anchor", codes::kYamlAlias, Extent::Character,
            "aliases are not used here", kQuote},
    Wording{"anchor", codes::kYamlAlias, Extent::Character, "anchors are not used here", kQuote},
    Wording{"cannot assign multiple anchors", codes::kYamlAlias, Extent::Character,
            "anchors are not used here", kQuote},
    Wording{"illegal character found while scanning alias", codes::kYamlAlias, Extent::Character,
            "aliases are not used here", kQuote},
    Wording{"illegal character found while scanning anchor", codes::kYamlAlias, Extent::Character,
            "anchors are not used here", kQuote},
    Wording{"cannot assign multiple tags", codes::kYamlTag, Extent::Character,
            "tags are not used here", kQuote},
    Wording{"illegal character found while scanning tag", codes::kYamlTag, Extent::Character,
            "tags are not used here", kQuote},
    Wording{"tag handle with no suffix", codes::kYamlTag, Extent::Character,
            "tags are not used here", kQuote},
    Wording{"end of verbatim tag not found", codes::kYamlTag, Extent::Character,
            "tags are not used here", kQuote},
    Wording{"YAML ", codes::kYamlSyntax, Extent::Line, "this directive is malformed", "remove it"},
    Wording{"bad YAML version", codes::kYamlSyntax, Extent::Line, "this directive is malformed",
            "remove it"},
    Wording{"repeated", codes::kYamlSyntax, Extent::Line, "this directive stands twice",
            "remove it"},
    Wording{"TAG ", codes::kYamlTag, Extent::Line, "tags are not used here", "remove the line"},
    Wording{"", codes::kYamlSyntax, Extent::Character, "this is not YAML", kQuote},
};

const Wording& wording_of(std::string_view text) {
  return *std::find_if(kWordings.begin(), kWordings.end(),
                       [text](const Wording& w) { return text.starts_with(w.parser); });
}

bool is_end_in_quotes(std::string_view text) {
  return text.starts_with("illegal EOF in scalar") ||
         text.starts_with("illegal document indicator in scalar");
}

// The quote that opens a text behind what was read last.
std::optional<std::size_t> open_quote(std::string_view text, const ParserProblem& problem) {
  for (std::size_t at = problem.last_end; at < problem.document_end; ++at) {
    at = skip_space(text, at);
    if (at < problem.document_end && (text[at] == '\'' || text[at] == '"')) return at;
  }
  return std::nullopt;
}

// A problem that shows only where the document ends is shown at its last visible character.
std::size_t visible_place(std::string_view text, const ParserProblem& problem) {
  std::size_t at = std::clamp(problem.at, problem.document_begin, problem.document_end);
  if (text.substr(at, problem.document_end - at).find_first_not_of(" \t\r\n") !=
      std::string_view::npos) {
    while (is_space(text[at])) ++at;
    return at;
  }
  while (at > problem.document_begin && (at == problem.document_end || is_space(text[at]))) --at;
  while (at > problem.document_begin && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) {
    --at;
  }
  return at;
}

// Where a tab stands in the indentation of that line.
std::optional<std::size_t> indenting_tab(std::string_view text, std::size_t at) {
  const std::size_t previous = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  std::size_t start = previous == std::string_view::npos ? 0 : previous + 1;
  for (; start < text.size() && is_blank(text[start]); ++start) {
    if (text[start] == '\t') return start;
  }
  return std::nullopt;
}

Span span_of(const SourcePtr& source, Extent extent, std::size_t at) {
  const std::string_view text = source->text();
  const std::size_t end = character_end(text, at);
  if (extent == Extent::Line) return {source, at, std::max(end, line_end(text, at))};
  // The event parser names the place behind an escape.
  const std::size_t backslash = text.rfind('\\', at == 0 ? 0 : at - 1);
  if (extent == Extent::Escape && backslash < at) return {source, backslash, at};
  return {source, at, end};
}

}  // namespace

void report(const SourcePtr& source, const ParserProblem& problem, Diagnostics& diagnostics) {
  const std::string_view text = source->text();
  if (is_end_in_quotes(problem.text)) {
    const std::size_t at = open_quote(text, problem).value_or(visible_place(text, problem));
    diagnostics.error(codes::kYamlSyntax, {source, at, character_end(text, at)},
                      "this quote is not closed", "end the text with the same quote");
    return;
  }
  const std::size_t at = visible_place(text, problem);
  if (const auto tab = indenting_tab(text, at); tab && !problem.bracket) {
    diagnostics.error(codes::kYamlSyntax, {source, *tab, *tab + 1},
                      "a tab stands in the indentation", "indent with blanks");
    return;
  }
  const Wording& wording = wording_of(problem.text);
  Diagnostic& diagnostic =
      diagnostics.error(wording.code, span_of(source, wording.extent, at),
                        std::string(wording.message), std::string(wording.remedy));
  if (problem.bracket) diagnostic.related.push_back({*problem.bracket, "it was opened here"});
}

}  // namespace formwork::yaml
