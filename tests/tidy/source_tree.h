// What the house rules look at: the files of this repository, found from the working directory,
// which is its root. Files that are new and not yet added count too, so a rule speaks before the
// commit.
#pragma once

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace formwork::tidy {

// One line each: path, line where there is one, what is wrong and what to do.
using Problems = std::vector<std::string>;

// For CHECK(listed(problems) == ""), which then prints the problems and nothing else.
inline std::string listed(const Problems& problems) {
  std::string all;
  for (const std::string& problem : problems) all += "\n" + problem;
  return all;
}

inline std::string read_file(const std::string& path) {
  std::ifstream in{path, std::ios::binary};
  if (!in) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>{in}, {}};
}

// Paths that git prints between zero bytes. The folder may belong to somebody else than the user
// who runs the tests, as in a container, hence safe.directory.
inline std::vector<std::string> paths_known_to_git() {
  const char* command =
      "git -c safe.directory='*' ls-files -z --cached --others --exclude-standard 2>/dev/null";
  const auto close = [](std::FILE* file) { pclose(file); };
  const std::unique_ptr<std::FILE, decltype(close)> pipe{popen(command, "r"), close};
  std::vector<std::string> paths;
  if (!pipe) return paths;
  std::string path;
  for (int byte = std::fgetc(pipe.get()); byte != EOF; byte = std::fgetc(pipe.get())) {
    if (byte != 0) {
      path += static_cast<char>(byte);
      continue;
    }
    paths.push_back(std::exchange(path, {}));
  }
  return paths;
}

// The same for a tree that came as an archive: everything but what building leaves behind.
inline std::vector<std::string> paths_found_by_walking() {
  std::vector<std::string> paths;
  for (std::filesystem::recursive_directory_iterator entry{"."}, end; entry != end; ++entry) {
    const std::string path = entry->path().lexically_normal().string();
    if (path == ".git" || path == "build" || path == "node_modules") {
      entry.disable_recursion_pending();
    } else if (entry->is_regular_file()) {
      paths.push_back(path);
    }
  }
  return paths;
}

// All files of the repository, sorted, without those that are deleted but not yet committed as
// such.
inline const std::vector<std::string>& all_paths() {
  static const std::vector<std::string> paths = [] {
    std::vector<std::string> found = paths_known_to_git();
    if (found.empty()) found = paths_found_by_walking();
    std::erase_if(found, [](const std::string& p) { return !std::filesystem::is_regular_file(p); });
    std::ranges::sort(found);
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }();
  return paths;
}

inline bool is_under(std::string_view path, std::string_view folder) {
  return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

inline bool is_cpp(std::string_view path) { return path.ends_with(".h") || path.ends_with(".cpp"); }

// The C++ files of the product itself, without tests.
inline bool is_product_source(std::string_view path) {
  return is_cpp(path) &&
         (is_under(path, "dsl") || is_under(path, "engine") || is_under(path, "server"));
}

// Asks a rule about every file that it applies to. A rule that looked at nothing would always
// agree, so that is a problem as well.
template <class Applies, class Rule>
Problems problems_in_tree(Applies applies, Rule rule) {
  Problems problems;
  bool looked = false;
  for (const std::string& path : all_paths()) {
    if (!applies(path)) continue;
    looked = true;
    for (std::string& problem : rule(path, read_file(path))) problems.push_back(std::move(problem));
  }
  if (!looked) problems.emplace_back("no file was found that this rule applies to");
  return problems;
}

}  // namespace formwork::tidy
