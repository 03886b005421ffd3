// A pattern that an author wrote, compiled on RE2: linear in the text, bounded in memory. The whole
// value must match. This header keeps re2 inside its folder.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "dsl/base/expected.h"

namespace formwork::fields {

class Pattern {
 public:
  virtual ~Pattern() = default;
  virtual bool matches(std::string_view text) const = 0;
  virtual const std::string& text() const = 0;

  struct Problem {
    std::string message;   // "missing closing ]"
    std::string fragment;  // the part of the pattern that it is about; may be empty
  };

  static Expected<std::shared_ptr<const Pattern>, Problem> compile(std::string_view text);
};

}  // namespace formwork::fields
