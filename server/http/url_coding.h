// Percent-encoding, undone exactly once. What comes out is valid UTF-8, or nothing comes out.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace formwork::http {

// Whether `+` stands for a blank: it does in queries and forms, not in paths.
enum class Plus : unsigned char { IsPlus, IsBlank };

// Nothing when an escape is incomplete, or when the result holds NUL or invalid UTF-8.
std::optional<std::string> decode_percent(std::string_view text, Plus plus);

}  // namespace formwork::http
