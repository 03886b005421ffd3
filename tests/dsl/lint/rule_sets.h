// The rule sets of this folder: automations that set each other off for ever, and some that only
// look like it. Each file says in comments what has to be done for it to happen:
//
//     # path: first → second → first          a loop, by the names of automations; one line for
//     each # people: clerk other                   accounts, each with the role `clerk` # do:
//     create deal {"name": "A"}         what they do, the last of it begins the loop # pass: P2D
//     how long to wait then
#pragma once

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/diagnostics/source.h"
#include "tests/dsl/compile/app_folder.h"

namespace formwork::testing {

struct RuleSet {
  std::string file;
  std::vector<SourcePtr> sources;  // together an app
  std::vector<std::vector<std::string>> paths;
  std::vector<std::string> people;
  std::vector<std::string> steps;
  std::string pass;
};

inline std::vector<std::string> split(std::string_view text, std::string_view separator) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + separator.size());
  }
}

inline RuleSet read_rule_set(const std::filesystem::path& path) {
  RuleSet set{.file = path.filename().string()};
  set.sources = {compile::read_source("tests/dsl/lint/ground.yaml"), compile::read_source(path)};
  for (const std::string& line : split(set.sources.back()->text(), "\n")) {
    const auto value = [&](std::string_view key) {
      const std::string start = "# " + std::string(key) + ": ";
      return line.starts_with(start) ? line.substr(start.size()) : std::string();
    };
    if (const std::string path_text = value("path"); !path_text.empty()) {
      set.paths.push_back(split(path_text, " → "));
    }
    if (const std::string people = value("people"); !people.empty())
      set.people = split(people, " ");
    if (const std::string step = value("do"); !step.empty()) set.steps.push_back(step);
    if (const std::string pass = value("pass"); !pass.empty()) set.pass = pass;
  }
  return set;
}

// `loops` or `near_misses`.
inline std::vector<RuleSet> rule_sets(const std::string& folder) {
  std::vector<RuleSet> sets;
  for (const auto& entry : std::filesystem::directory_iterator("tests/dsl/lint/" + folder)) {
    sets.push_back(read_rule_set(entry.path()));
  }
  std::sort(sets.begin(), sets.end(),
            [](const RuleSet& a, const RuleSet& b) { return a.file < b.file; });
  return sets;
}

}  // namespace formwork::testing
