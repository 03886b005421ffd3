// A text with values in it: `{company}: {if score > 70 then "hot" else "new"}`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dsl/feel/expression.h"

namespace formwork::model {

struct TextTemplate {
  struct Part {
    std::string text;                       // of a part that is plain
    std::optional<feel::Expression> value;  // shown as people read it; null: nothing
  };

  // By index of App::locales; empty: there is no text. `{{` is a brace.
  std::vector<std::vector<Part>> by_locale;

  bool empty() const { return by_locale.empty(); }
};

}  // namespace formwork::model
