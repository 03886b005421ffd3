// Fields that no document defines: the engine keeps them, for stages and for assignments.
#pragma once

#include <string_view>
#include <vector>

#include "dsl/base/message.h"
#include "dsl/compile/context.h"

namespace formwork::compile {

struct KeptField {
  std::string_view name;
  std::string_view type;
  MessageText label;
};

Localized in_all_locales(const MessageText& text, const Context& context);

// Adds it to the entity; its index there. `where` is what it comes from.
std::size_t add_kept_field(const KeptField& kept, const Span& where,
                           std::vector<fields::Option> options, model::Entity& entity,
                           const Context& context);

}  // namespace formwork::compile
