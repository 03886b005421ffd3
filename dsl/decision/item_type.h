// ItemType: a type with the values that are allowed of it, as DMN's item definitions have it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/feel/expression.h"

namespace formwork::decision {

// What a value of a type must satisfy beyond being of it; null satisfies all of it, as null is of
// every type. All parts may be missing.
struct Constraint {
  std::optional<feel::Expression> allowed;  // unary tests of the value
  std::string allowed_text;                 // as written, for reasons
  std::vector<std::pair<std::string, std::shared_ptr<const Constraint>>> members;  // of a context
  std::shared_ptr<const Constraint> element;                                       // of a list
};

struct ItemType {
  feel::Type type;
  std::shared_ptr<const Constraint> constraint = nullptr;

  bool is_open() const { return type.is_open() && constraint == nullptr; }
};

// The value as one of that type, by DMN's implicit conversions; null with a reason that begins with
// `what` when it is none or not an allowed one.
feel::Value conform(const feel::Value& value, const ItemType& type, std::string_view what,
                    feel::Evaluation& evaluation);

// What to write instead of the name of a type that is none.
std::string suggest_type(std::string_view name);

}  // namespace formwork::decision
