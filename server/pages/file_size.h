// Files in words: how large, of which kind.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace formwork::pages {

// "840 B", "12 kB", "1.2 MB": decimal units, as file managers show them.
std::string file_size(std::uint64_t bytes);

// What people call a media type or a range of them: "PDF", "XLSX", "image".
std::string kind_of_files(std::string_view media_type);

}  // namespace formwork::pages
