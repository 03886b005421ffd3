#include "server/program/app_folder.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "dsl/compile/compile.h"
#include "dsl/lint/lint.h"
#include "engine/versions/bundle.h"

namespace formwork::program {
namespace {

namespace fs = std::filesystem;

bool is_document(const fs::path& path) {
  return path.extension() == ".yaml" || path.extension() == ".yml";
}

bool is_hidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

std::vector<fs::path> find_documents(const fs::path& folder) {
  std::vector<fs::path> found;
  for (auto entry = fs::recursive_directory_iterator(folder); entry != fs::end(entry); ++entry) {
    if (entry->is_directory() && is_hidden(entry->path())) {
      entry.disable_recursion_pending();
    } else if (entry->is_regular_file() && is_document(entry->path())) {
      found.push_back(entry->path());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

Expected<std::vector<SourcePtr>, std::string> read_folder(const std::string& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) return Unexpected(folder + " is not a folder");
  std::vector<SourcePtr> sources;
  for (const fs::path& path : find_documents(folder)) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) return Unexpected(path.string() + " cannot be read");
    sources.push_back(std::make_shared<const Source>(path.generic_string(), text.str()));
  }
  if (sources.empty()) return Unexpected(folder + " holds no .yaml files");
  return sources;
}

Compiled compile_app(std::vector<SourcePtr> sources) {
  Compiled compiled;
  std::string fingerprint = versions::fingerprint(sources);
  compiled.model =
      compile::compile({std::move(sources), std::move(fingerprint)}, compiled.diagnostics);
  if (compiled.model) lint::check(*compiled.model, compiled.diagnostics);
  if (compiled.diagnostics.has_errors()) compiled.model.reset();
  compiled.diagnostics.sort();
  return compiled;
}

void print_text(const Diagnostics& diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    std::fputs((to_text(diagnostic) + "\n").c_str(), stderr);
  }
}

void print_json(const Diagnostics& diagnostics) {
  std::string out = "[";
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    if (out.size() > 1) out += ",\n ";
    append_json(out, diagnostic);
  }
  out += "]\n";
  std::fputs(out.c_str(), stdout);
}

}  // namespace formwork::program
