// The program's own version, from the build.
#pragma once

#include <string_view>

namespace formwork::program {

std::string_view version();

}  // namespace formwork::program
