// From text to a syntax tree.
//
// Names of FEEL may hold blanks and operators (`date of birth`, `profit-loss`), so a text can only
// be read knowing which names there are: the caller says which, and the parser adds what the text
// itself binds (`for`, `some`, `every`, parameters, entries of contexts), each where it holds;
// entries of contexts also behind a point and in filters. The longest known name wins; a word that
// begins no known name stands for itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/feel/syntax.h"

namespace formwork::feel {

// Limits of one text; beyond them parsing ends with a problem. Nesting is counted in brackets,
// `if`, `for`, `some`, `every`, `function` and unary minus. Height is that of the tree, so that
// whoever walks it may recurse: a chain such as `a + b + c` is one higher with every operator.
inline constexpr std::size_t kMaxTextBytes = std::size_t{256} * 1024;
inline constexpr std::size_t kMaxNesting = 100;
inline constexpr std::size_t kMaxNodes = 100'000;
inline constexpr std::size_t kMaxHeight = 1'000;
// A longer name that the text binds is not known to be one; looking for it would cost too much.
inline constexpr std::size_t kMaxBoundNameBytes = 256;

// The names that need to be known because they are more than one word. Single words may be added
// and do no harm.
class NameSet {
 public:
  void add(std::string_view name);

  // Takes back one add() of a name that was added.
  void remove(std::string_view name);

  // Blanks around and between words normalised to one: how names are kept in trees.
  static std::string normalize(std::string_view name);

  // The number of bytes of `text` that the longest known name at its start takes, 0 when none does.
  // A name ends where a word ends. Blanks around characters such as `-` may differ from the name.
  std::size_t match(std::string_view text) const;

  // The same with the name as it was added, normalised; an empty one when there is none. It lives
  // until the set changes.
  struct Match {
    std::size_t length = 0;
    std::string_view name;
  };

  Match find(std::string_view text) const;

 private:
  // A step for each part of a name, a word or one other character; names that begin alike share
  // their first steps, so that looking takes time by the length of the name, however many there
  // are.
  struct Spelling {
    std::string name;
    std::size_t uses = 0;
  };

  struct Step {
    std::map<std::string, std::uint32_t, std::less<>> next;
    std::vector<Spelling> names;  // that end here: `a-b` and `a - b`; the last one counts
  };

  std::uint32_t step_of(std::string_view name);

  std::vector<Step> steps_;
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
