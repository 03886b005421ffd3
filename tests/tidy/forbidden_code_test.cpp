// What the product's code never uses, each with its reason.
#include <span>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "tests/tidy/cpp_text.h"
#include "tests/tidy/source_tree.h"

namespace formwork::tidy {
namespace {

struct Forbidden {
  std::string_view code;
  std::string_view reason;
};

constexpr Forbidden kEverywhere[] = {
    {"std::regex",
     "it overflows the stack on long input and backtracks without bound; RE2 does not"},
    {"std::wregex",
     "it overflows the stack on long input and backtracks without bound; RE2 does not"},
};

// The outcome of a command depends on the model, the record and the clock that was handed in.
constexpr Forbidden kBelowServer[] = {
    {"system_clock::now", "the clock is handed in, so that days pass in milliseconds in a test"},
    {"gettimeofday", "the clock is handed in, so that days pass in milliseconds in a test"},
    {"clock_gettime", "the clock is handed in, so that days pass in milliseconds in a test"},
    {"std::random_device", "randomness is handed in, so that a run can be repeated"},
    {"std::rand", "randomness is handed in, so that a run can be repeated"},
};

// The one file that reads the clock of the machine, for everybody who is handed a clock.
constexpr std::string_view kClockHome = "engine/command/environment.cpp";

Problems forbidden_in(std::span<const Forbidden> list, const std::string& path,
                      std::string_view text) {
  Problems problems;
  const std::string code = code_of(text);
  for (const Forbidden& forbidden : list) {
    for (const std::size_t at : word_offsets(code, forbidden.code)) {
      problems.push_back(place(path, text, at) + std::string{forbidden.code} + ": " +
                         std::string{forbidden.reason});
    }
  }
  return problems;
}

TEST_CASE("no pattern of a user reaches std::regex") {
  CHECK(listed(problems_in_tree(is_product_source, [](const auto& path, const auto& text) {
          return forbidden_in(kEverywhere, path, text);
        })) == "");
}

TEST_CASE("dsl and engine read neither the wall clock nor chance by themselves") {
  const auto applies = [](std::string_view path) {
    return is_product_source(path) && !is_under(path, "server") && path != kClockHome;
  };
  CHECK(listed(problems_in_tree(applies, [](const auto& path, const auto& text) {
          return forbidden_in(kBelowServer, path, text);
        })) == "");
}

TEST_CASE("the rule of forbidden code sees code, not comments or longer names") {
  const std::string bad = "int a;\nstd::regex b;\nauto c = std::chrono::system_clock::now();\n";
  CHECK(listed(forbidden_in(kEverywhere, "a.cpp", bad)).find("a.cpp:2: std::regex") !=
        std::string::npos);
  CHECK(listed(forbidden_in(kBelowServer, "a.cpp", bad)).find("a.cpp:3: system_clock") !=
        std::string::npos);
  CHECK(forbidden_in(kEverywhere, "a.cpp", "// std::regex\nstd::regex_like b;\n").empty());
  CHECK(forbidden_in(kBelowServer, "a.cpp", "say(\"std::rand\");\nstd::random_thing c;\n").empty());
}

}  // namespace
}  // namespace formwork::tidy
