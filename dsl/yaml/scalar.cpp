#include "dsl/yaml/scalar.h"

#include <algorithm>
#include <optional>

#include "dsl/base/utf8.h"
#include "dsl/yaml/scan.h"

namespace formwork::yaml {
namespace {

void add_piece(Trace& trace, std::string_view text, std::size_t source_begin,
               std::size_t source_end) {
  const std::size_t begin = trace.text.size();
  trace.text += text;
  const bool verbatim = text.size() == source_end - source_begin;
  if (verbatim && !trace.pieces.empty()) {
    Piece& last = trace.pieces.back();
    const bool last_verbatim =
        last.text_end - last.text_begin == last.source_end - last.source_begin;
    if (last_verbatim && last.source_end == source_begin) {
      last.text_end = trace.text.size();
      last.source_end = source_end;
      return;
    }
  }
  trace.pieces.push_back({begin, trace.text.size(), source_begin, source_end});
}

// Line ends between two lines of a plain or quoted scalar: one is a blank, more are one line end
// less.
struct Fold {
  std::size_t end;
  std::size_t breaks = 0;
};

Fold fold_at(std::string_view source, std::size_t at) {
  Fold fold{at};
  while (fold.end < source.size() && is_space(source[fold.end])) {
    if (source[fold.end] == '\n') ++fold.breaks;
    ++fold.end;
  }
  return fold;
}

struct Escape {
  std::string text;
  std::size_t end;
};

std::optional<std::string_view> short_escape(char letter) {
  switch (letter) {
    case '0':
      return std::string_view("\0", 1);
    case 'a':
      return "\a";
    case 'b':
      return "\b";
    case 't':
    case '\t':
      return "\t";
    case 'n':
      return "\n";
    case 'v':
      return "\v";
    case 'f':
      return "\f";
    case 'r':
      return "\r";
    case 'e':
      return "\x1B";
    case ' ':
      return " ";
    case '"':
      return "\"";
    case '\'':
      return "'";
    case '/':
      return "/";
    case '\\':
      return "\\";
    case 'N':
      return "\u0085";
    case '_':
      return "\u00A0";
    case 'L':
      return "\u2028";
    case 'P':
      return "\u2029";
    default:
      return std::nullopt;
  }
}

std::size_t hex_digits(char letter) {
  return letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
}

std::optional<std::uint32_t> hex_value(std::string_view digits) {
  std::uint32_t value = 0;
  for (const char c : digits) {
    const std::size_t digit = std::string_view("0123456789abcdef")
                                  .find(c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c);
    if (digit == std::string_view::npos) return std::nullopt;
    value = value << 4U | static_cast<std::uint32_t>(digit);
  }
  return value;
}

// The escape whose backslash is at `at`; one that does not exist stands for itself, the parser has
// refused it already.
Escape escape_at(std::string_view source, std::size_t at) {
  if (at + 1 >= source.size()) return {"\\", at + 1};
  const char letter = source[at + 1];
  if (is_break(letter)) {
    const Fold fold = fold_at(source, at + 1);
    return {std::string(fold.breaks > 1 ? fold.breaks - 1 : 0, '\n'), fold.end};
  }
  if (const auto text = short_escape(letter)) return {std::string(*text), at + 2};
  const std::size_t count = hex_digits(letter);
  const auto value = hex_value(source.substr(at + 2, count));
  if (count == 0 || source.size() - at - 2 < count || !value || *value > 0x10FFFF) {
    return {"\\", at + 1};
  }
  Escape escape{{}, at + 2 + count};
  append_utf8(escape.text, char32_t{*value});
  return escape;
}

// One step over blanks or a fold; false when neither is there.
bool trace_space(Trace& trace, std::string_view source, std::size_t& at) {
  if (!is_space(source[at])) return false;
  const Fold fold = fold_at(source, at);
  if (fold.breaks == 0) {
    add_piece(trace, source.substr(at, fold.end - at), at, fold.end);
  } else {
    const std::string text = fold.breaks == 1 ? " " : std::string(fold.breaks - 1, '\n');
    add_piece(trace, text, at, fold.end);
  }
  at = fold.end;
  return true;
}

// Bytes from `at` on that stand for themselves: up to blanks, line ends and what `special` says.
template <class Special>
std::size_t run_end(std::string_view source, std::size_t at, Special special) {
  while (at < source.size() && !is_space(source[at]) && !special(source[at])) ++at;
  return at;
}

// How many visible bytes of the source at `at` continue as `rest` does.
std::size_t common_run(std::string_view source, std::size_t at, std::string_view rest) {
  const std::string_view here = source.substr(at, rest.size());
  std::size_t length = 0;
  while (length < here.size() && here[length] == rest[length] && !is_space(here[length])) ++length;
  return length;
}

Trace trace_plain(std::string_view source, std::size_t at, std::string_view text) {
  Trace trace;
  while (at < source.size() && trace.text.size() < text.size()) {
    if (trace_space(trace, source, at)) continue;
    const std::size_t length = common_run(source, at, text.substr(trace.text.size()));
    if (length == 0) break;
    add_piece(trace, source.substr(at, length), at, at + length);
    at += length;
  }
  trace.end = at;
  return trace;
}

Trace trace_quoted(std::string_view source, std::size_t at) {
  const char quote = source[at++];
  Trace trace;
  while (at < source.size()) {
    if (trace_space(trace, source, at)) continue;
    if (quote == '"' && source[at] == '\\') {
      const Escape escape = escape_at(source, at);
      add_piece(trace, escape.text, at, escape.end);
      at = escape.end;
    } else if (source[at] != quote) {
      const auto is_special = [quote](char c) { return c == quote || (quote == '"' && c == '\\'); };
      const std::size_t end = run_end(source, at, is_special);
      add_piece(trace, source.substr(at, end - at), at, end);
      at = end;
    } else if (quote == '\'' && source.substr(at, 2) == "''") {
      add_piece(trace, "'", at, at + 2);
      at += 2;
    } else {
      trace.end = at + 1;
      return trace;
    }
  }
  trace.end = source.size();
  trace.closed = false;
  return trace;
}

std::size_t space_end(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  return at;
}

// What stands between two visible characters of a block scalar depends on its indentation and its
// folding; taken as one piece, it needs neither.
Trace trace_block(std::string_view source, std::size_t at, std::string_view text) {
  Trace trace;
  add_piece(trace, text.substr(0, space_end(text, 0)), at, at);
  while (trace.text.size() < text.size()) {
    const std::string_view rest = text.substr(trace.text.size());
    const std::size_t space = space_end(rest, 0);
    if (space == rest.size()) {
      add_piece(trace, rest, at, at);
    } else if (space > 0) {
      const std::size_t end = space_end(source, at);
      add_piece(trace, rest.substr(0, space), at, end);
      at = end;
    } else {
      const std::size_t length = common_run(source, at, rest);
      if (length == 0) break;
      add_piece(trace, source.substr(at, length), at, at + length);
      at += length;
    }
  }
  trace.end = at;
  return trace;
}

}  // namespace

Style style_at(std::string_view source, std::size_t begin) {
  switch (begin < source.size() ? source[begin] : '\0') {
    case '\'':
      return Style::SingleQuoted;
    case '"':
      return Style::DoubleQuoted;
    case '|':
      return Style::Literal;
    case '>':
      return Style::Folded;
    default:
      return Style::Plain;
  }
}

Trace trace_scalar(Style style, std::string_view source, std::size_t begin, std::string_view text) {
  begin = std::min(begin, source.size());
  switch (style) {
    case Style::SingleQuoted:
    case Style::DoubleQuoted:
      if (begin < source.size()) return trace_quoted(source, begin);
      break;
    case Style::Literal:
    case Style::Folded:
      return trace_block(source, begin, text);
    case Style::Plain:
      break;
  }
  return trace_plain(source, begin, text);
}

std::size_t block_content(std::string_view source, std::size_t header) {
  return space_end(source, line_end(source, header));
}

}  // namespace formwork::yaml
