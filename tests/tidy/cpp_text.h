// C++ source as text, for rules that need no parser: lines, words, includes, and code without its
// comments and literals.
#pragma once

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace formwork::tidy {

inline bool is_word_char(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// Counted from 1.
inline std::size_t line_of(std::string_view text, std::size_t offset) {
  return 1 + static_cast<std::size_t>(std::ranges::count(text.substr(0, offset), '\n'));
}

inline std::string place(std::string_view path, std::string_view text, std::size_t offset) {
  return std::string{path} + ":" + std::to_string(line_of(text, offset)) + ": ";
}

// Where `word` stands in `text` as a word of its own, not as a part of a longer one.
inline std::vector<std::size_t> word_offsets(std::string_view text, std::string_view word) {
  std::vector<std::size_t> offsets;
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool starts = at == 0 || !is_word_char(text[at - 1]);
    const bool ends = end == text.size() || !is_word_char(text[end]);
    if (starts && ends) offsets.push_back(at);
  }
  return offsets;
}

// End of the literal or comment that begins at `at`, or `at` when none does.
inline std::size_t end_of_non_code(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  const auto after = [&](std::string_view closing, std::size_t from) {
    const std::size_t found = text.find(closing, from);
    return found == text.npos ? text.size() : found + closing.size();
  };
  if (rest.starts_with("//")) return std::min(text.find('\n', at), text.size());
  if (rest.starts_with("/*")) return after("*/", at + 2);
  if (rest.starts_with("R\"")) {
    const std::size_t open = text.find('(', at);
    if (open == text.npos) return text.size();
    return after(")" + std::string{text.substr(at + 2, open - at - 2)} + "\"", open);
  }
  const char quote = text[at];
  // 1'000'000 holds separators, not characters.
  const bool separator = quote == '\'' && at > 0 && is_word_char(text[at - 1]);
  if ((quote != '"' && quote != '\'') || separator) return at;
  std::size_t end = at + 1;
  while (end < text.size() && text[end] != quote) end += text[end] == '\\' ? 2 : 1;
  return std::min(end + 1, text.size());
}

// The same text with comments and literals overwritten by blanks; offsets and lines stay as they
// are.
inline std::string code_of(std::string_view text) {
  std::string code{text};
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = end_of_non_code(text, at);
    for (std::size_t i = at; i < end; ++i) {
      if (code[i] != '\n') code[i] = ' ';
    }
    at = std::max(end, at + 1);
  }
  return code;
}

struct Include {
  std::string header;
  bool foreign;  // <…>, not "…"
  std::size_t line;
};

inline std::vector<Include> includes_of(std::string_view text) {
  std::vector<Include> includes;
  const std::string_view directive = "#include ";
  for (std::size_t at = text.find(directive); at != text.npos; at = text.find(directive, at + 1)) {
    if (at > 0 && text[at - 1] != '\n') continue;
    const std::size_t open = at + directive.size();
    if (open >= text.size()) break;
    const bool foreign = text[open] == '<';
    const std::size_t close = text.find(foreign ? '>' : '"', open + 1);
    if (close == text.npos) break;
    includes.push_back(
        {std::string{text.substr(open + 1, close - open - 1)}, foreign, line_of(text, at)});
  }
  return includes;
}

// Lines of a table of ours: without comments (from # on) and without those that are empty.
inline std::vector<std::string> table_lines(std::string_view text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    line = line.substr(0, line.find('#'));
    while (!line.empty() && line.back() == ' ') line.remove_suffix(1);
    if (!line.empty()) lines.emplace_back(line);
    at = end + 1;
  }
  return lines;
}

}  // namespace formwork::tidy
