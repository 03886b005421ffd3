// conformance FOLDER: runs the DMN Technology Compatibility Kit in a folder (compliance-level-*/…)
// and prints each result that is not as expected. The last line is `N passed, N failed`.
//
//   --folders        print how many results of each test folder pass
//   --known FILE     results named in the file may fail; those that pass must not be named there
//   --if-present     end with status 77 when the folder is not there; $FORMWORK_DMN_TCK names
//   another
//
// Exit status: 0 all as expected, 1 some not, 2 wrong usage, 3 the folder cannot be read.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/conformance/kit.h"

namespace {

using formwork::conformance::Result;

struct Request {
  std::string folder;
  std::string known;
  bool if_present = false;
  bool by_folder = false;
};

int wrong_usage() {
  std::fputs("usage: conformance [--folders] [--known FILE] [--if-present] FOLDER\n", stderr);
  return 2;
}

bool read_arguments(int count, char** texts, Request& request) {
  for (int i = 1; i < count; ++i) {
    const std::string_view text = texts[i];
    if (text == "--folders") {
      request.by_folder = true;
    } else if (text == "--if-present") {
      request.if_present = true;
    } else if (text == "--known" && i + 1 < count) {
      request.known = texts[++i];
    } else if (!text.starts_with("-") && request.folder.empty()) {
      request.folder = text;
    } else {
      return false;
    }
  }
  return !request.folder.empty();
}

// Lines that begin with `known ` name a result, up to two blanks or the end.
std::set<std::string> read_known(const std::string& path) {
  std::set<std::string> known;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("known ")) continue;
    known.insert(line.substr(6, line.find("  ") - 6));
  }
  return known;
}

void print_failure(const Result& result) {
  std::printf("%s\n  expected %s\n  got      %s\n", result.id.c_str(), result.expected.c_str(),
              result.got.c_str());
  if (!result.reason.empty()) std::printf("  because  %s\n", result.reason.c_str());
}

struct Count {
  std::size_t passed = 0;
  std::size_t all = 0;

  void add(bool has_passed) {
    ++all;
    if (has_passed) ++passed;
  }
};

void print_folders(const std::vector<Result>& results) {
  std::map<std::string, Count> folders;
  for (const Result& result : results) folders[result.folder].add(result.passed);
  for (const auto& [folder, count] : folders) {
    std::printf("%-55s %5zu of %5zu\n", folder.c_str(), count.passed, count.all);
  }
}

void print_totals(const std::vector<Result>& results) {
  std::map<std::string, bool> cases;
  Count values;
  for (const Result& result : results) {
    bool& passed = cases.emplace(result.test_case, true).first->second;
    passed = passed && result.passed;
    if (result.expects_value) values.add(result.passed);
  }
  Count whole;
  for (const auto& [name, passed] : cases) whole.add(passed);
  std::printf("test cases: %zu of %zu; results that are not null: %zu of %zu\n", whole.passed,
              whole.all, values.passed, values.all);
}

int run(const Request& request) {
  formwork::feel::Environment environment;
  environment.now = {std::chrono::duration_cast<std::chrono::microseconds>(
                         std::chrono::system_clock::now().time_since_epoch())
                         .count()};
  const std::vector<Result> results = formwork::conformance::run_kit(request.folder, environment);
  const std::set<std::string> known = read_known(request.known);
  Count count;
  bool is_as_expected = true;
  for (const Result& result : results) {
    count.add(result.passed);
    if (result.passed == !known.contains(result.id)) continue;
    is_as_expected = false;
    if (result.passed) {
      std::printf("%s\n  passes now: take it out of %s\n", result.id.c_str(),
                  request.known.c_str());
    } else {
      print_failure(result);
    }
  }
  if (request.by_folder) print_folders(results);
  print_totals(results);
  std::printf("%zu passed, %zu failed\n", count.passed, count.all - count.passed);
  return is_as_expected ? 0 : 1;
}

}  // namespace

int main(int count, char** texts) {
  Request request;
  if (!read_arguments(count, texts, request)) return wrong_usage();
  const char* other = std::getenv("FORMWORK_DMN_TCK");
  if (request.if_present && other != nullptr) request.folder = other;
  std::error_code error;
  if (request.if_present && !std::filesystem::is_directory(request.folder, error)) {
    std::printf("SKIPPED: the DMN TCK is not at %s; FORMWORK_DMN_TCK can name its folder\n",
                request.folder.c_str());
    return 77;
  }
  try {
    return run(request);
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "conformance: %s\n", problem.what());
    return 3;
  }
}
