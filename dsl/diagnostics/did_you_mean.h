// Suggestions for a name that does not exist.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/base/message.h"

namespace formwork {

// The names nearest to `wrong` (Damerau-Levenshtein, case folded, at most a third of its length
// away), best first, four at most.
std::vector<std::string_view> nearest(std::string_view wrong,
                                      std::span<const std::string_view> names);

// "did you mean `close_date`?"; without a near name, "possible: a, b, c" when the list has at most
// eight entries; else empty.
std::string suggest(std::string_view wrong, std::span<const std::string_view> names);

// The same for a Message, whose language is known only when it is rendered: arguments for a text
// that ends with `{suggest}{names}{mark}`. All are empty when there is nothing to suggest.
std::vector<std::pair<std::string_view, Argument>> suggestion_arguments(
    std::string_view wrong, std::span<const std::string_view> names);

}  // namespace formwork
