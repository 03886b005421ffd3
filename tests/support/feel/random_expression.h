// Random expressions over the example scope: texts that mostly make sense, so that the strict
// checker lets many of them pass.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tests/support/feel/random.h"

namespace formwork::feel {

// A text with the variables that it reads cut out, so that others can be put in their places.
struct ExpressionText {
  struct Piece {
    std::string text;
    std::size_t slot = kNone;  // a variable of the example scope in place of the text

    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  };

  std::vector<Piece> pieces;

  // With the names of the variables.
  std::string with_names() const;

  // With such texts in place of the variables, by slot; an empty one leaves the name.
  std::string with_texts(const std::vector<std::string>& texts) const;
};

ExpressionText random_expression(Random& random);
ExpressionText random_condition(Random& random);

}  // namespace formwork::feel
