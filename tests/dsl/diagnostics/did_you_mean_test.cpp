#include "dsl/diagnostics/did_you_mean.h"

#include <doctest/doctest.h>

namespace formwork {
namespace {

using Names = std::vector<std::string_view>;

TEST_CASE("Near names are found, best first") {
  struct Row {
    std::string_view wrong;
    Names names;
    Names near;
  };

  for (const Row& row : {
           Row{"expected_closed", {"amount", "expected_close", "close_date"}, {"expected_close"}},
           Row{"emial", {"email", "mail", "e"}, {"email"}},            // neighbours swapped
           Row{"Email", {"EMAIL"}, {"EMAIL"}},                         // case is no mistake
           Row{"预计成交曰", {"预计成交日", "成交"}, {"预计成交日"}},  // characters, not bytes
           Row{"stagee",
               {"stages", "stage", "sta"},
               {"stages", "stage"}},  // equally far: given order
           Row{"abcdef", {"abcdxx", "abcdeg"}, {"abcdeg", "abcdxx"}},
           Row{"abc", {"xyz", "a"}, {}},
           Row{"ab", {"ac"}, {}},  // a third of two is nothing
           Row{"", {"a"}, {}},
           Row{"abc", {"abd", "abd"}, {"abd"}},
       }) {
    CAPTURE(row.wrong);
    CHECK(nearest(row.wrong, row.names) == row.near);
  }
}

TEST_CASE("At most four names are suggested") {
  const Names names = {"abcdea", "abcdeb", "abcdec", "abcded", "abcdee"};
  CHECK(nearest("abcdef", names).size() == 4);
  CHECK(suggest("abcdef", names) == "did you mean `abcdea`, `abcdeb`, `abcdec` or `abcded`?");
}

TEST_CASE("Without a near name a short list is told, a long one is not") {
  CHECK(suggest("close_dat", Names{"close_date"}) == "did you mean `close_date`?");
  CHECK(suggest("zzz", Names{"one", "two"}) == "possible: one, two");
  CHECK(suggest("zzz", Names{}) == "");
  CHECK(suggest("zzz", Names(8, "a")) == "possible: a, a, a, a, a, a, a, a");
  CHECK(suggest("zzz", Names(9, "a")) == "");
}

TEST_CASE("A message suggests in the language of its reader") {
  static constexpr MessageText kText{"", "no such{suggest}{names}{mark}",
                                     "没有{suggest}{names}{mark}"};
  const auto in = [](Language language, std::string_view wrong, const Names& names) {
    return render({&kText, suggestion_arguments(wrong, names)}, language);
  };
  CHECK(in(Language::English, "led", {"lead", "deal"}) == "no such; did you mean `lead`?");
  CHECK(in(Language::Chinese, "led", {"lead", "deal"}) == "没有；是否应为 `lead`？");
  CHECK(in(Language::English, "stagee", {"stages", "stage"}) ==
        "no such; did you mean `stages`, `stage`?");
  CHECK(in(Language::English, "zzz", {"one", "two"}) == "no such; possible: one, two");
  CHECK(in(Language::Chinese, "zzz", {"one", "two"}) == "没有；可选：one, two");
  CHECK(in(Language::Chinese, "zzz", {}) == "没有");
  CHECK(in(Language::Chinese, "zzz", Names(9, "a")) == "没有");
}

TEST_CASE("Names of absurd length cost nothing") {
  const std::string wrong(1'000'000, 'a');
  const std::string other(1'000'001, 'a');
  CHECK(nearest(wrong, Names{other}).empty());
  CHECK(nearest("aaa", Names{other}).empty());
}

}  // namespace
}  // namespace formwork
