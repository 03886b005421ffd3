// The language of an answer, as far as the browser says it.
#pragma once

#include <cstddef>
#include <string_view>

#include "engine/pipeline/engine.h"

namespace formwork::routes {

// The app's locale for an Accept-Language field: that of the first tag which fits, since browsers
// list them in order; the app's first when none does.
std::size_t accepted_locale(const engine::Engine& engine, std::string_view accept_language);

}  // namespace formwork::routes
