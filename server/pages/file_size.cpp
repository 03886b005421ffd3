#include "server/pages/file_size.h"

#include <array>
#include <utility>

namespace formwork::pages {
namespace {

constexpr std::uint64_t kStep = 1000;

// Types whose second half is not what people say.
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kNames{{
    {"vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"},
    {"vnd.openxmlformats-officedocument.wordprocessingml.document", "DOCX"},
    {"vnd.openxmlformats-officedocument.presentationml.presentation", "PPTX"},
    {"vnd.ms-excel", "XLS"},
    {"msword", "DOC"},
    {"vnd.ms-powerpoint", "PPT"},
    {"jpeg", "JPG"},
    {"svg+xml", "SVG"},
    {"plain", "TXT"},
}};

}  // namespace

std::string file_size(std::uint64_t bytes) {
  if (bytes < kStep) return std::to_string(bytes) + " B";
  constexpr std::array<std::string_view, 3> kUnits{" kB", " MB", " GB"};
  std::uint64_t tenths = (bytes * 10 + kStep / 2) / kStep;
  std::size_t unit = 0;
  while (tenths >= kStep * 10 && unit + 1 < kUnits.size()) {
    tenths = (tenths + kStep / 2) / kStep;
    ++unit;
  }
  std::string text = std::to_string(tenths / 10);
  if (tenths < 100 && tenths % 10 != 0) text += "." + std::to_string(tenths % 10);
  return text + std::string(kUnits[unit]);
}

std::string kind_of_files(std::string_view media_type) {
  const std::size_t slash = media_type.find('/');
  if (slash == std::string_view::npos) return std::string(media_type);
  const std::string_view kind = media_type.substr(slash + 1);
  if (kind == "*") return std::string(media_type.substr(0, slash));
  for (const auto& [type, name] : kNames) {
    if (type == kind) return std::string(name);
  }
  std::string name(kind);
  for (char& c : name) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  }
  return name;
}

}  // namespace formwork::pages
