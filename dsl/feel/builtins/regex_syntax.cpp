#include "dsl/feel/builtins/regex_syntax.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include <fmt/core.h>

#include "dsl/base/utf8.h"

namespace formwork::feel::regex {
namespace {

constexpr char32_t kEnd = std::numeric_limits<char32_t>::max();

bool is_blank(char32_t c) { return c == U' ' || c == U'\t' || c == U'\n' || c == U'\r'; }

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

std::u32string to_code_points(std::string_view text) {
  std::u32string result;
  for (std::size_t at = 0; at < text.size();) result += next_code_point(text, at);
  return result;
}

// Flag x: blanks do not count, except inside of classes.
std::u32string without_blanks(std::u32string_view pattern) {
  std::u32string result;
  int classes = 0;
  bool is_escaped = false;
  for (const char32_t c : pattern) {
    if (classes == 0 && is_blank(c)) continue;
    result += c;
    if (is_escaped) {
      is_escaped = false;
    } else if (c == U'\\') {
      is_escaped = true;
    } else if (c == U'[') {
      ++classes;
    } else if (c == U']' && classes > 0) {
      --classes;
    }
  }
  return result;
}

// One character that an escape stands for: `\n`, `\\`, `\.`.
std::optional<char32_t> escaped_character(char32_t letter) {
  switch (letter) {
    case U'n':
      return U'\n';
    case U'r':
      return U'\r';
    case U't':
      return U'\t';
    default:
      return std::u32string_view(U"\\|.?*+(){}-[]^$").find(letter) != std::u32string_view::npos
                 ? std::optional(letter)
                 : std::nullopt;
  }
}

// Recursive descent over code points. The first problem ends the text, and so every loop.
class Parser {
 public:
  Parser(std::u32string pattern, const Flags& flags) : text_(std::move(pattern)) {
    syntax_.flags = flags;
  }

  Expected<Syntax, std::string> parse() {
    syntax_.root = choice(0);
    if (!at_end()) fail("has a parenthesis without its partner");
    if (!problem_.empty()) return Unexpected{std::move(problem_)};
    return std::move(syntax_);
  }

 private:
  bool at_end() const { return at_ == text_.size(); }

  char32_t peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : kEnd;
  }

  bool accept(char32_t wanted) {
    if (peek() != wanted) return false;
    ++at_;
    return true;
  }

  void fail(std::string problem) {
    if (problem_.empty()) problem_ = std::move(problem);
    at_ = text_.size();
  }

  NodeId add(Node node) {
    syntax_.nodes.push_back(std::move(node));
    return static_cast<NodeId>(syntax_.nodes.size() - 1);
  }

  NodeId add_set(CharacterSet set) {
    if (set.is_too_complex()) fail("has a class that is too complex");
    syntax_.sets.push_back(std::move(set));
    return add(
        {.kind = Node::Kind::Set, .index = static_cast<std::uint32_t>(syntax_.sets.size() - 1)});
  }

  NodeId choice(int depth) {
    if (depth > kDeepest) return fail_atom("has too many parentheses in parentheses");
    Node node{.kind = Node::Kind::Choice};
    do {
      node.children.push_back(sequence(depth));
    } while (accept(U'|'));
    return node.children.size() == 1 ? node.children.front() : add(std::move(node));
  }

  NodeId sequence(int depth) {
    Node node{.kind = Node::Kind::Sequence};
    while (!at_end() && peek() != U'|' && peek() != U')') {
      node.children.push_back(repetition(depth));
    }
    return add(std::move(node));
  }

  NodeId repetition(int depth) {
    const NodeId atom_id = atom(depth);
    Node node{.kind = Node::Kind::Repeat, .children = {atom_id}};
    if (accept(U'?')) {
      node.min = 0;
    } else if (accept(U'*')) {
      node.min = 0;
      node.max = Node::kUnbounded;
    } else if (accept(U'+')) {
      node.max = Node::kUnbounded;
    } else if (accept(U'{')) {
      counts(node);
    } else {
      return atom_id;
    }
    node.is_greedy = !accept(U'?');
    return add(std::move(node));
  }

  void counts(Node& node) {
    node.min = count();
    node.max = node.min;
    if (accept(U',')) node.max = peek() == U'}' ? Node::kUnbounded : count();
    if (!accept(U'}')) fail("has a repetition without its closing brace");
    if (node.max < node.min) fail("has a repetition from more to less");
  }

  unsigned count() {
    if (!is_digit(peek())) fail("has a repetition without a number");
    unsigned value = 0;
    while (is_digit(peek())) {
      value = value * 10 + static_cast<unsigned>(text_[at_++] - U'0');
      if (value > kMostRepeats) {
        fail(fmt::format("repeats more than {} times", kMostRepeats));
        return 0;
      }
    }
    return value;
  }

  NodeId atom(int depth) {
    const char32_t c = text_[at_++];
    switch (c) {
      case U'(':
        return group(depth);
      case U'[':
        return add_set(character_class(0));
      case U'\\':
        return escape();
      case U'.':
        return add_set(syntax_.flags.dot_takes_all
                           ? CharacterSet::all()
                           : CharacterSet::of({{'\n', '\n'}, {'\r', '\r'}}).complement());
      case U'^':
        syntax_.has_anchors = true;
        return add({.kind = Node::Kind::Start});
      case U'$':
        syntax_.has_anchors = true;
        return add({.kind = Node::Kind::End});
      case U'?':
      case U'*':
      case U'+':
        return fail_atom("has nothing to repeat before a repetition");
      case U'{':
      case U'}':
        return fail_atom("has a brace that repeats nothing; \\{ stands for a brace");
      case U']':
        return fail_atom("has a ] without its partner");
      default:
        return add_set(with_case(CharacterSet::of({{c, c}})));
    }
  }

  NodeId fail_atom(std::string problem) {
    fail(std::move(problem));
    return 0;
  }

  CharacterSet fail_set(std::string problem) {
    fail(std::move(problem));
    return {};
  }

  char32_t fail_character(std::string problem) {
    fail(std::move(problem));
    return 0;
  }

  NodeId group(int depth) {
    const bool captures = !(peek() == U'?' && peek(1) == U':');
    if (!captures) at_ += 2;
    const std::uint32_t number = captures ? ++syntax_.groups : 0;
    if (captures) is_closed_.push_back(false);
    const NodeId inside = choice(depth + 1);
    if (!accept(U')')) fail("has a parenthesis without its partner");
    if (!captures) return inside;
    is_closed_[number - 1] = true;
    return add({.kind = Node::Kind::Group, .index = number, .children = {inside}});
  }

  NodeId escape() {
    if (is_digit(peek())) return reference();
    return add_set(escaped_set());
  }

  // As many digits as there are groups to name; the others stand for themselves.
  NodeId reference() {
    std::uint32_t number = static_cast<std::uint32_t>(text_[at_++] - U'0');
    while (is_digit(peek())) {
      const std::uint32_t longer = number * 10 + static_cast<std::uint32_t>(peek() - U'0');
      if (longer > syntax_.groups) break;
      number = longer;
      ++at_;
    }
    if (number == 0 || number > syntax_.groups || !is_closed_[number - 1]) {
      return fail_atom(fmt::format("refers to group {}, which does not end before", number));
    }
    syntax_.has_references = true;
    return add({.kind = Node::Kind::Reference, .index = number});
  }

  // Behind a backslash, in and outside of classes.
  CharacterSet escaped_set() {
    if (at_end()) return fail_set("ends with a backslash; \\\\ stands for one");
    const char32_t letter = text_[at_++];
    if (letter == U'p' || letter == U'P') return property(letter == U'P');
    if (std::optional<CharacterSet> set = CharacterSet::escape(letter)) return *std::move(set);
    const std::optional<char32_t> character = escaped_character(letter);
    if (!character.has_value()) return fail_set("has an escape that does not exist");
    return with_case(CharacterSet::of({{*character, *character}}));
  }

  CharacterSet property(bool is_negated) {
    std::string name;
    if (!accept(U'{')) return fail_set("has a \\p without {name}");
    while (!at_end() && peek() != U'}') append_utf8(name, text_[at_++]);
    if (!accept(U'}')) return fail_set("has a \\p without {name}");
    const std::optional<CharacterSet> set = CharacterSet::property(name);
    if (!set.has_value()) {
      return fail_set(fmt::format("has \\p{{{}}}, and there is no such category or block", name));
    }
    return is_negated ? set->complement() : *set;
  }

  CharacterSet with_case(CharacterSet set) const {
    return syntax_.flags.ignores_case ? set.with_both_cases() : std::move(set);
  }

  // Behind the opening bracket.
  CharacterSet character_class(int depth) {
    if (depth > kDeepest) return fail_set("has too many classes in classes");
    const bool is_negated = accept(U'^');
    CharacterSet set;
    CharacterRanges ranges;
    for (bool is_first = true; is_first || peek() != U']'; is_first = false) {
      if (at_end()) return fail_set("has a class without its closing ]");
      if (!is_first && peek() == U'-' && peek(1) == U'[')
        return subtraction(depth, set, ranges, is_negated);
      class_item(is_first, set, ranges);
    }
    ++at_;
    return finished(set, ranges, is_negated);
  }

  CharacterSet finished(const CharacterSet& set, const CharacterRanges& ranges,
                        bool is_negated) const {
    const CharacterSet all = set.united_with(with_case(CharacterSet::of(ranges)));
    return is_negated ? all.complement() : all;
  }

  CharacterSet subtraction(int depth, const CharacterSet& set, const CharacterRanges& ranges,
                           bool is_negated) {
    at_ += 2;
    const CharacterSet taken = character_class(depth + 1);
    if (!accept(U']')) fail("has something behind a class that is taken away");
    return finished(set, ranges, is_negated).without(taken);
  }

  // A range, a character or an escape.
  void class_item(bool is_first, CharacterSet& set, CharacterRanges& ranges) {
    if (peek() == U'\\' && !escaped_character(peek(1)).has_value()) {
      if (is_digit(peek(1))) return fail("has a back-reference in a class");
      ++at_;
      set = set.united_with(escaped_set());
      if (peek() == U'-' && peek(1) != U']' && peek(1) != U'[') {
        fail("has a range that begins with a class");
      }
      return;
    }
    const bool is_hyphen = peek() == U'-';
    if (is_hyphen && !is_first && peek(1) != U']') {
      return fail("has a hyphen within a class; \\- stands for one");
    }
    const char32_t first = class_character();
    if (peek() != U'-' || peek(1) == U']' || peek(1) == U'[') {
      ranges.push_back({first, first});
      return;
    }
    ++at_;
    if (peek() == U'\\' && !escaped_character(peek(1)).has_value()) {
      return fail("has a range that ends with a class");
    }
    const char32_t last = class_character();
    if (last < first) fail("has a range from a higher to a lower character");
    ranges.push_back({first, last});
  }

  char32_t class_character() {
    if (at_end()) return fail_character("has a class without its closing ]");
    const char32_t c = text_[at_++];
    if (c == U'[' || c == U']') {
      return fail_character("has a bracket in a class; \\[ stands for one");
    }
    // The caller has seen that the escape is one of a character.
    return c == U'\\' ? *escaped_character(text_[at_++]) : c;
  }

  std::u32string text_;
  std::size_t at_ = 0;
  std::vector<bool> is_closed_;  // of each group
  std::string problem_;
  Syntax syntax_;
};

}  // namespace

Expected<Flags, std::string> parse_flags(std::string_view text) {
  Flags flags;
  for (const char letter : text) {
    switch (letter) {
      case 's':
        flags.dot_takes_all = true;
        break;
      case 'm':
        flags.many_lines = true;
        break;
      case 'i':
        flags.ignores_case = true;
        break;
      case 'x':
        flags.ignores_blanks = true;
        break;
      default:
        return Unexpected{fmt::format("are \"{}\", and s, m, i and x are possible", text)};
    }
  }
  return flags;
}

Expected<Syntax, std::string> parse(std::string_view pattern, const Flags& flags) {
  if (pattern.size() > kLongestPattern) {
    return Unexpected{
        fmt::format("has {} bytes, and at most {} are possible", pattern.size(), kLongestPattern)};
  }
  std::u32string text = to_code_points(pattern);
  if (flags.ignores_blanks) text = without_blanks(text);
  return Parser(std::move(text), flags).parse();
}

}  // namespace formwork::feel::regex
