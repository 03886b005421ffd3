// The syntax of the regular expressions of matches(), replace() and split(): that of XPath 2.0,
// which is that of XML Schema with ^, $, reluctant quantifiers and back-references.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/base/expected.h"
#include "dsl/feel/builtins/character_set.h"

namespace formwork::feel::regex {

struct Flags {
  bool dot_takes_all = false;   // s
  bool many_lines = false;      // m
  bool ignores_case = false;    // i
  bool ignores_blanks = false;  // x
};

using NodeId = std::uint32_t;

struct Node {
  enum class Kind : std::uint8_t {
    Set,        // one character of sets[index]
    Start,      // ^
    End,        // $
    Sequence,   // children
    Choice,     // children
    Group,      // one child; captures as number `index`, from 1
    Repeat,     // one child, min to max times
    Reference,  // \index
  };

  static constexpr unsigned kUnbounded = static_cast<unsigned>(-1);

  Kind kind = Kind::Sequence;
  bool is_greedy = true;
  std::uint32_t index = 0;
  unsigned min = 1;
  unsigned max = 1;
  std::vector<NodeId> children;
};

struct Syntax {
  std::vector<Node> nodes;
  std::vector<CharacterSet> sets;
  NodeId root = 0;
  std::uint32_t groups = 0;
  bool has_references = false;
  bool has_anchors = false;
  Flags flags;
};

// Limits of a pattern. What needs more is a mistake, and would cost on every check.
inline constexpr std::size_t kLongestPattern = 1000;  // bytes
inline constexpr unsigned kMostRepeats = 1000;        // RE2 refuses more
inline constexpr int kDeepest = 100;                  // parentheses in parentheses

// Errors are half sentences about the pattern: "has a parenthesis without its partner".
Expected<Flags, std::string> parse_flags(std::string_view text);
Expected<Syntax, std::string> parse(std::string_view pattern, const Flags& flags);

}  // namespace formwork::feel::regex
