#include "dsl/feel/builtins/regex.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include <fmt/core.h>
#include <re2/re2.h>

#include "dsl/feel/builtins/regex_syntax.h"

namespace formwork::feel {
namespace {

using regex::Capture;
using regex::Node;
using regex::NodeId;
using regex::Syntax;

constexpr std::int64_t kProgramBytes = 1'048'576;

// RE2 reads about as many bytes in the time of one step.
constexpr std::size_t kBytesPerStep = 64;
// A pattern without bound may read up to the end for each match, and mostly does not.
constexpr std::size_t kUnreadBytesPerStep = 1024;

constexpr std::size_t kUnbounded = std::numeric_limits<std::size_t>::max();

std::string quantifier(const Node& node) {
  std::string text;
  if (node.max == Node::kUnbounded) {
    text = node.min == 0 ? "*" : node.min == 1 ? "+" : fmt::format("{{{},}}", node.min);
  } else {
    text = fmt::format("{{{},{}}}", node.min, node.max);
  }
  return node.is_greedy ? text : text + "?";
}

// The pattern as RE2 reads it. It must have no back-references.
std::string to_re2(const Syntax& syntax, NodeId id) {
  const Node& node = syntax.nodes[id];
  std::string text;
  switch (node.kind) {
    case Node::Kind::Set:
      return syntax.sets[node.index].to_re2();
    case Node::Kind::Start:
      return syntax.flags.many_lines ? "(?m:^)" : "\\A";
    case Node::Kind::End:
      return syntax.flags.many_lines ? "(?m:$)" : "\\z";
    case Node::Kind::Sequence:
      for (const NodeId child : node.children) text += to_re2(syntax, child);
      return text;
    case Node::Kind::Choice:
      for (const NodeId child : node.children) {
        text += (text.empty() ? "(?:" : "|") + to_re2(syntax, child);
      }
      return text + ")";
    case Node::Kind::Group:
      return "(" + to_re2(syntax, node.children[0]) + ")";
    case Node::Kind::Repeat:
      return "(?:" + to_re2(syntax, node.children[0]) + ")" + quantifier(node);
    case Node::Kind::Reference:
      break;
  }
  return text;
}

// Bytes that a match can have at most.
std::size_t longest_match(const Syntax& syntax, NodeId id) {
  constexpr std::size_t kBytesOfCharacter = 4;
  const Node& node = syntax.nodes[id];
  std::size_t length = 0;
  switch (node.kind) {
    case Node::Kind::Set:
      return kBytesOfCharacter;
    case Node::Kind::Sequence:
    case Node::Kind::Choice:
    case Node::Kind::Group:
      for (const NodeId child : node.children) {
        const std::size_t of_child = longest_match(syntax, child);
        if (of_child == kUnbounded) return kUnbounded;
        length = node.kind == Node::Kind::Choice ? std::max(length, of_child) : length + of_child;
      }
      return length;
    case Node::Kind::Repeat:
      length = longest_match(syntax, node.children[0]);
      if (length == 0) return 0;
      // Nested repetitions of a thousand overflow; what is that long counts as without bound.
      if (node.max == Node::kUnbounded || length > kProgramBytes) return kUnbounded;
      return length * node.max;
    default:
      return 0;
  }
}

}  // namespace

struct Regex::State {
  std::unique_ptr<const RE2> re2;  // null when there are back-references
  // Null when RE2 does for all texts.
  std::optional<regex::Backtracker> backtracker;
  std::size_t groups = 0;
  std::size_t longest = kUnbounded;
};

Regex::Regex(std::unique_ptr<const State> state) : state_(std::move(state)) {}

Regex::~Regex() = default;

std::size_t Regex::groups() const { return state_->groups; }

Expected<Regex::Shared, Regex::Problem> Regex::compile(std::string_view pattern,
                                                       std::string_view flags) {
  const Expected<regex::Flags, std::string> read_flags = regex::parse_flags(flags);
  if (!read_flags) return Unexpected{Problem{true, read_flags.error()}};
  const Expected<Syntax, std::string> syntax = regex::parse(pattern, *read_flags);
  if (!syntax) return Unexpected{Problem{false, syntax.error()}};
  const Problem too_large{false, "repeats too much to be checked quickly"};
  auto state = std::make_unique<State>();
  state->groups = syntax->groups;
  state->longest = longest_match(*syntax, syntax->root);
  if (!syntax->has_references) {
    RE2::Options options(RE2::Quiet);
    options.set_max_mem(kProgramBytes);
    state->re2 = std::make_unique<const RE2>(to_re2(*syntax, syntax->root), options);
    if (!state->re2->ok()) return Unexpected{too_large};
  }
  if (syntax->has_references || (syntax->flags.many_lines && syntax->has_anchors)) {
    state->backtracker = regex::Backtracker::compile(*syntax);
    if (!state->backtracker.has_value()) return Unexpected{too_large};
  }
  return Shared(new Regex(std::move(state)));
}

Expected<Regex::Shared, Regex::Problem> Regex::recent(std::string_view pattern,
                                                      std::string_view flags) {
  struct Entry {
    std::string pattern;
    std::string flags;
    Shared regex;
  };

  // Of this thread, and no answer depends on it.
  thread_local std::array<Entry, 8> entries;
  thread_local std::size_t next = 0;
  for (const Entry& entry : entries) {
    if (entry.regex != nullptr && entry.pattern == pattern && entry.flags == flags) {
      return entry.regex;
    }
  }
  Expected<Shared, Problem> made = compile(pattern, flags);
  if (made) {
    entries[next] = {std::string(pattern), std::string(flags), *made};
    next = (next + 1) % entries.size();
  }
  return made;
}

std::optional<bool> Regex::find(std::string_view text, std::size_t from,
                                std::vector<Capture>& captures, Evaluation& evaluation) const {
  const bool is_hard = state_->re2 == nullptr ||
                       (state_->backtracker.has_value() && !text.empty() && text.back() == '\n');
  if (is_hard) return state_->backtracker->find(text, from, captures, evaluation);
  if (state_->longest == kUnbounded &&
      !evaluation.spend((text.size() - from) / kUnreadBytesPerStep)) {
    return std::nullopt;
  }
  std::vector<re2::StringPiece> found(state_->groups + 1);
  const re2::StringPiece whole(text.data(), text.size());
  const bool matches = state_->re2->Match(whole, from, text.size(), RE2::UNANCHORED, found.data(),
                                          static_cast<int>(found.size()));
  captures.assign(found.size(), {});
  if (matches) {
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (found[i].data() == nullptr) continue;
      captures[i].begin = static_cast<std::size_t>(found[i].data() - text.data());
      captures[i].end = captures[i].begin + found[i].size();
    }
  }
  const std::size_t read = (matches ? captures[0].end : text.size()) - from;
  if (!evaluation.spend(1 + read / kBytesPerStep)) return std::nullopt;
  return matches;
}

}  // namespace formwork::feel
