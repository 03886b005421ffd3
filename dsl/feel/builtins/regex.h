// Regular expressions as matches(), replace() and split() take them: XPath 2.0 with the flags s, m,
// i and x.
//
// They run on RE2, in time linear in the text; patterns with back-references, which RE2 does not
// know, run on a matcher that pays for each step. Patterns have at most 1000 bytes, repeat at most
// 1000 times and become programs of at most a megabyte.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/base/expected.h"
#include "dsl/feel/builtins/backtracker.h"
#include "dsl/feel/evaluation.h"

namespace formwork::feel {

class Regex {
 public:
  struct Problem {
    bool is_about_flags = false;
    std::string words;  // to follow "`pattern` of matches() ": "has a class without its closing ]"
  };

  using Shared = std::shared_ptr<const Regex>;

  static Expected<Shared, Problem> compile(std::string_view pattern, std::string_view flags);

  // The same, remembering the last few: one expression is evaluated for many records.
  static Expected<Shared, Problem> recent(std::string_view pattern, std::string_view flags);

  ~Regex();

  // The leftmost match that begins at `from` or later: the whole in the first capture, then the
  // groups. nullopt when the budget is used up.
  std::optional<bool> find(std::string_view text, std::size_t from,
                           std::vector<regex::Capture>& captures, Evaluation& evaluation) const;

  std::size_t groups() const;

 private:
  struct State;

  explicit Regex(std::unique_ptr<const State> state);

  std::unique_ptr<const State> state_;
};

}  // namespace formwork::feel
