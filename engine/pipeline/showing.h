// In which of the app's languages somebody reads, and how values look there.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "dsl/fields/field_type.h"
#include "dsl/model/model.h"

namespace formwork::engine {

// Index of the best of the app's locales for a BCP 47 tag: the same, or one of its language.
std::optional<std::size_t> find_locale(const model::Model& model, std::string_view tag);

// `people` must outlive what is returned.
fields::Showing showing(const model::Model& model, std::size_t locale,
                        const fields::People& people);

}  // namespace formwork::engine
