// From text to a syntax tree.
//
// Names of FEEL may hold blanks and operators (`date of birth`, `profit-loss`), so a text can only
// be read knowing which names there are: the caller says which, and the parser adds what the text
// itself binds (`for`, `some`, `every`, parameters, entries of contexts). The longest known name
// wins; a word that begins no known name stands for itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dsl/feel/syntax.h"

namespace formwork::feel {

// Limits of one text; beyond them parsing ends with a problem. Nesting is counted in brackets,
// `if`, `for`, `some`, `every`, `function` and unary minus.
inline constexpr std::size_t kMaxTextBytes = 256 * 1024;
inline constexpr std::size_t kMaxNesting = 100;
inline constexpr std::size_t kMaxNodes = 100'000;

// The names that need to be known because they are more than one word. Single words may be added
// and do no harm.
class NameSet {
 public:
  void add(std::string_view name);

  // Blanks around and between words normalised to one: how names are kept in trees.
  static std::string normalize(std::string_view name);

  // The number of bytes of `text` that the longest known name at its start takes, 0 when none does.
  // A name ends where a word ends.
  std::size_t match(std::string_view text) const;

 private:
  // By first word: the further parts of each name, longest name first. A part is a word, or one
  // character that is none (`+`, `-`, `/`, `*`, `'`, `.`).
  std::unordered_map<std::string, std::vector<std::vector<std::string>>> names_;
};

// What is wrong with an expression, at bytes of its text. Whoever knows where the text stands makes
// a Diagnostic of it.
struct Problem {
  std::string_view code;  // of codes.h
  bool is_warning = false;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string message;
  std::string remedy;
};

struct Parsed {
  syntax::Tree tree;  // root is kNoNode when the text cannot be read
  std::vector<Problem> problems;
};

// One expression; whitespace and comments (`//`, `/* */`) around it are fine.
Parsed parse_expression(std::string_view text, const NameSet& names);

// Unary tests (DMN 1.5, grammar rules 13 to 17): the cell of a decision table. The root is Tests;
// its children are AnyTest, NotTest, Comparison, Interval or any expression, which may use `?`.
Parsed parse_unary_tests(std::string_view text, const NameSet& names);

}  // namespace formwork::feel
