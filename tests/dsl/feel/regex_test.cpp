// RE2 and the matcher for back-references read the same syntax: two ways, one answer.
#include "dsl/feel/builtins/regex.h"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "dsl/feel/builtins/backtracker.h"
#include "dsl/feel/builtins/regex_syntax.h"

namespace formwork::feel {
namespace {

using regex::Capture;

class Patterns {
 public:
  explicit Patterns(std::uint32_t seed) : random_(seed) {}

  std::string choice(int depth) {
    std::string text = sequence(depth);
    while (one_in(4)) text += "|" + sequence(depth);
    return text;
  }

  std::string text() {
    std::string result;
    while (!one_in(8)) result += pick({"a", "b", "A", "é", "报", "1", " ", "\n", "-"});
    return result;
  }

  std::string flags() {
    std::string result;
    for (const char* flag : {"s", "m", "i", "x"}) {
      if (one_in(4)) result += flag;
    }
    return result;
  }

 private:
  bool one_in(unsigned n) { return random_() % n == 0; }

  std::string pick(std::vector<std::string> from) { return from[random_() % from.size()]; }

  // Groups are not repeated without bound: where a turn can read nothing, engines differ in which
  // turn is the last.
  std::string sequence(int depth) {
    std::string text;
    do {
      if (depth > 0 && one_in(4)) {
        text += pick({"(", "(?:"}) + choice(depth - 1) + ")";
        if (one_in(3)) text += pick({"?", "{2}", "{1,2}", "{0,1}", "??"});
      } else if (one_in(8)) {
        text += pick({"^", "$"});
      } else {
        text += character();
        if (one_in(3)) text += pick({"?", "*", "+", "{2}", "{1,2}", "{1,}", "*?", "+?", "??"});
      }
    } while (!one_in(3));
    return text;
  }

  std::string character() {
    return pick({"a", "b", "é", "报", ".", "[ab]", "[^a]", "[a-z-[b]]", "\\w", "\\d", "\\s", "\\S",
                 "[\\w-[\\d]]", "\\p{L}", "\\P{Lu}", "[^\\p{L}-[ ]]", "\\p{IsBasicLatin}", "[A-]",
                 "\\i"});
  }

  std::mt19937 random_;
};

std::string show(const std::vector<Capture>& captures) {
  std::string text;
  for (const Capture& capture : captures) {
    text += capture.is_set() && capture.end != Capture::kNone
                ? std::to_string(capture.begin) + "-" + std::to_string(capture.end) + " "
                : "none ";
  }
  return text;
}

TEST_CASE("RE2 and the matcher of ours find the same") {
  const Environment environment;
  int found = 0;
  int compared = 0;
  for (std::uint32_t seed = 1; seed <= 3000; ++seed) {
    Patterns random(seed);
    const std::string pattern = random.choice(2);
    const std::string flags = random.flags();
    const std::string text = random.text();
    CAPTURE(seed);
    CAPTURE(pattern);
    CAPTURE(flags);
    CAPTURE(text);
    const auto regex = Regex::compile(pattern, flags);
    REQUIRE(regex.has_value());
    const auto syntax = regex::parse(pattern, *regex::parse_flags(flags));
    REQUIRE(syntax.has_value());
    const auto backtracker = regex::Backtracker::compile(*syntax);
    REQUIRE(backtracker.has_value());
    std::vector<Capture> fast;
    std::vector<Capture> slow;
    Evaluation for_fast(environment, {});
    Evaluation for_slow(environment, {});
    const std::optional<bool> a = (*regex)->find(text, 0, fast, for_fast);
    const std::optional<bool> b = backtracker->find(text, 0, slow, for_slow);
    if (!b.has_value()) continue;
    ++compared;
    REQUIRE(a.has_value());
    CHECK(*a == *b);
    if (!*a || !*b) continue;
    ++found;
    CHECK(show(fast) == show(slow));
  }
  CHECK(compared > 2900);
  CHECK(found > 1000);
}

TEST_CASE("any bytes as a pattern are read or refused") {
  std::mt19937 random(1);
  const std::string letters = "ab()[]{}^$.|?*+\\-,12pP{}LIs:xX ";
  for (int i = 0; i < 20'000; ++i) {
    std::string pattern;
    const std::size_t length = random() % 12;
    while (pattern.size() < length) pattern += letters[random() % letters.size()];
    CAPTURE(pattern);
    const auto regex = Regex::compile(pattern, i % 2 == 0 ? "" : "ix");
    if (!regex.has_value()) {
      CHECK_FALSE(regex.error().words.empty());
      continue;
    }
    const Environment environment;
    Evaluation evaluation(environment, {}, nullptr, {.steps = 10'000});
    std::vector<Capture> captures;
    (*regex)->find("aabb12{x} p", 0, captures, evaluation);
  }
}

TEST_CASE("the last patterns are remembered") {
  const auto first = Regex::recent("a+", "i");
  REQUIRE(first.has_value());
  CHECK(Regex::recent("a+", "i")->get() == first->get());
  CHECK(Regex::recent("a+", "")->get() != first->get());
  for (int i = 0; i < 20; ++i) CHECK(Regex::recent("a" + std::to_string(i), "").has_value());
  CHECK(Regex::recent("a+", "i").has_value());
}

}  // namespace
}  // namespace formwork::feel
