// What no file of the repository holds: places of one machine, hosts that packages come from, notes
// about work that is not done, and bulk.
#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "tests/tidy/cpp_text.h"
#include "tests/tidy/source_tree.h"

namespace formwork::tidy {
namespace {

constexpr std::size_t kLargestFileBytes = std::size_t{1} << 20;

// This file is read by its own rules, so their words are written with a bar inside.
std::vector<std::string> without_bars(std::vector<std::string> words) {
  for (std::string& word : words) std::erase(word, '|');
  return words;
}

const std::vector<std::string>& machine_folders() {
  static const auto folders = without_bars({"/wo|rk/", "/ho|me/", "/ro|ot/"});
  return folders;
}

const std::vector<std::string>& package_hosts() {
  static const auto hosts =
      without_bars({"registry.npm|js.org", "registry.yarn|pkg.com", "npm|mirror.com",
                    "deb.deb|ian.org", "py|pi.org", "proxy.go|lang.org"});
  return hosts;
}

const std::vector<std::string>& unfinished_words() {
  static const auto words = without_bars({"TO|DO", "FIX|ME"});
  return words;
}

// In "/srv/home/" or "${dir}/home/" the folder is a part of something longer, which may be
// anywhere.
bool begins_a_path(std::string_view text, std::size_t at) {
  if (at == 0) return true;
  const char before = text[at - 1];
  return !is_word_char(before) &&
         std::string_view{".-})]>*~%"}.find(before) == std::string_view::npos;
}

Problems machine_paths(const std::string& path, std::string_view text) {
  Problems problems;
  for (const std::string& folder : machine_folders()) {
    for (std::size_t at = text.find(folder); at != text.npos; at = text.find(folder, at + 1)) {
      if (!begins_a_path(text, at)) continue;
      problems.push_back(place(path, text, at) + folder + " is a place of one machine");
    }
  }
  return problems;
}

Problems hosts_of_packages(const std::string& path, std::string_view text) {
  Problems problems;
  for (const std::string& host : package_hosts()) {
    const std::size_t at = text.find(host);
    if (at == text.npos) continue;
    problems.push_back(place(path, text, at) + host + ": say what is taken, not from which host");
  }
  return problems;
}

Problems unfinished_work(const std::string& path, std::string_view text) {
  Problems problems;
  for (const std::string& word : unfinished_words()) {
    for (const std::size_t at : word_offsets(text, word)) {
      problems.push_back(place(path, text, at) + word + ": finish it, or open an issue");
    }
  }
  return problems;
}

Problems bulk(const std::string& path, std::string_view text) {
  if (text.size() <= kLargestFileBytes) return {};
  return {path + " has " + std::to_string(text.size()) + " bytes; the limit is " +
          std::to_string(kLargestFileBytes)};
}

bool any_file(std::string_view) { return true; }

TEST_CASE("no file names a place of one machine") {
  CHECK(listed(problems_in_tree(any_file, machine_paths)) == "");
}

TEST_CASE("no file names a host that packages come from") {
  CHECK(listed(problems_in_tree(any_file, hosts_of_packages)) == "");
}

TEST_CASE("no file holds a note about unfinished work") {
  CHECK(listed(problems_in_tree(any_file, unfinished_work)) == "");
}

TEST_CASE("no file is larger than 1 MiB") { CHECK(listed(problems_in_tree(any_file, bulk)) == ""); }

TEST_CASE("the rules of the repository see bad samples and leave good ones alone") {
  for (const std::string& folder : machine_folders()) {
    CHECK(machine_paths("a.md", "in " + folder + "x").size() == 1);
    CHECK(machine_paths("a.md", "\"" + folder + "\"").size() == 1);
    CHECK(machine_paths("a.md", "in /srv" + folder + "x and ${dir}" + folder).empty());
  }
  for (const std::string& host : package_hosts()) {
    CHECK(hosts_of_packages("a.json", "\n\"https://" + host + "/a.tgz\"").size() == 1);
  }
  CHECK(hosts_of_packages("a.json", "https://example.com/a.tgz").empty());
  for (const std::string& word : unfinished_words()) {
    CHECK(unfinished_work("a.cpp", "f();\n// " + word + ": more\n").size() == 1);
    CHECK(unfinished_work("a.cpp", word + "S_DONE").empty());
  }
  CHECK(bulk("a.bin", std::string(kLargestFileBytes, 'x')).empty());
  CHECK(bulk("a.bin", std::string(kLargestFileBytes + 1, 'x')).size() == 1);
}

}  // namespace
}  // namespace formwork::tidy
