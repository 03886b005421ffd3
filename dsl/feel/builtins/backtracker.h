// A matcher for the patterns that RE2 cannot run: those with back-references, and anchors of many
// lines on a text that ends with a line end. It tries one way after the other, so every step is
// paid for and the ways still to try are bounded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "dsl/feel/builtins/regex_syntax.h"
#include "dsl/feel/evaluation.h"

namespace formwork::feel::regex {

// Bytes [begin, end) of a text, or nothing.
struct Capture {
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  std::size_t begin = kNone;
  std::size_t end = kNone;

  bool is_set() const { return begin != kNone; }
};

// Steps of one compiled pattern; repetitions are written out.
inline constexpr std::size_t kLongestProgram = 20'000;

class Backtracker {
 public:
  // nullopt when the pattern is too long written out.
  static std::optional<Backtracker> compile(const Syntax& syntax);

  // The leftmost match that begins at `from` or later. nullopt when the budget is used up or too
  // many ways are open; the groups are then undefined.
  std::optional<bool> find(std::string_view text, std::size_t from, std::vector<Capture>& groups,
                           Evaluation& evaluation) const;

 private:
  struct Instruction {
    enum class Op : std::uint8_t {
      Character,  // of tests_[index]
      Start,
      End,
      Reference,  // group `index`
      Open,       // group `index` begins
      Close,      // group `index` ends
      Mark,       // remembers the position in counter `index`
      Again,      // to `next`, or to `other` when nothing was read since the mark `index`
      Split,      // tries `next`, later `other`
      Jump,       // to `next`
      Match,
    };

    Op op = Op::Match;
    std::uint32_t index = 0;
    std::uint32_t next = 0;
    std::uint32_t other = 0;
  };

  class Compiler;
  class Run;

  std::vector<Instruction> program_;
  std::vector<CharacterTest> tests_;
  std::uint32_t groups_ = 0;
  std::uint32_t marks_ = 0;
  Flags flags_;
};

}  // namespace formwork::feel::regex
