// The YAML files of an app's folder, for tests that compile it. Found as the program finds them:
// everything below the folder, by path, without demo data.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "dsl/diagnostics/source.h"

namespace formwork::compile {

inline SourcePtr read_source(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return std::make_shared<const Source>(path.generic_string(), text.str());
}

inline std::vector<SourcePtr> sources_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".yaml") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<SourcePtr> sources;
  for (const auto& path : paths) sources.push_back(read_source(path));
  return sources;
}

// Every folder below `templates` and `examples` that holds an app.
inline std::vector<std::filesystem::path> app_folders() {
  std::vector<std::filesystem::path> folders;
  for (const char* root : {"templates", "examples"}) {
    for (const auto& entry : std::filesystem::directory_iterator(root)) {
      if (entry.is_directory()) folders.push_back(entry.path());
    }
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

}  // namespace formwork::compile
