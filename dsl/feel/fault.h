// What ends parsing, in the author's terms: wording and place of syntax errors.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/feel/parse.h"

namespace formwork::feel {

// Thrown by the grammar and caught where it was called, since X3 has no other way out of a depth of
// alternatives.
struct Fault {
  Problem problem;
};

// `what` was expected at `at`, which lies behind blanks; `remedy` is what to do when the thing
// found there suggests nothing better.
Fault expected(std::string_view text, std::size_t at, std::string what, std::string remedy);

// `closer` is missing for the bracket at `opened`.
Fault not_closed(std::string_view text, std::size_t at, std::string_view closer,
                 std::size_t opened);

// The text should have ended at `at`.
Fault left_over(std::string_view text, std::size_t at);

Fault limit(std::size_t begin, std::size_t end, std::string message, std::string remedy);

// What is wrong inside strings, and comments and strings that do not end. After errors the rest has
// not been looked at and the text cannot be parsed.
std::vector<Problem> check_literals(std::string_view text);

}  // namespace formwork::feel
