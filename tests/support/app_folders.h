// The apps that come with Formwork, from their folders.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "dsl/compile/compile.h"
#include "engine/versions/bundle.h"

namespace formwork::testing {

// Every template and every example.
inline std::vector<std::string> app_folders() {
  std::vector<std::string> folders;
  for (const char* root : {"templates", "examples"}) {
    for (const auto& entry : std::filesystem::directory_iterator(root)) {
      if (entry.is_directory()) folders.push_back(entry.path().generic_string());
    }
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

inline std::vector<SourcePtr> sources_of_app(const std::string& folder) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".yaml") paths.push_back(entry.path().generic_string());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<SourcePtr> sources;
  for (const std::string& path : paths) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    sources.push_back(std::make_shared<const Source>(path, text.str()));
  }
  return sources;
}

// Null when it does not compile; then `findings` says why.
inline std::shared_ptr<const model::Model> compile_sources(std::vector<SourcePtr> sources,
                                                           std::string* findings = nullptr) {
  Diagnostics diagnostics;
  std::string fingerprint = versions::fingerprint(sources);
  auto model = compile::compile({std::move(sources), std::move(fingerprint)}, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    if (findings != nullptr) *findings += to_text(diagnostic);
  }
  return model;
}

}  // namespace formwork::testing
