// person: somebody's name with the coloured initials beside it.
#pragma once

#include "server/pages/html.h"

namespace formwork::pages {

enum class AvatarSize : unsigned char { Small, Normal };

// Initials: of a name in Han characters the surname's, else those of the first and last word.
std::string initials_of(std::string_view full_name);

void append_avatar(Html& html, std::int64_t account, std::string_view full_name, AvatarSize size);

// Small avatar and name.
void append_person(Html& html, std::int64_t account, std::string_view full_name);

}  // namespace formwork::pages
