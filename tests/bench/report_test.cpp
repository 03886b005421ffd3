#include "tests/bench/measure/report.h"

#include <doctest/doctest.h>

namespace formwork::bench {
namespace {

Figure creates(Goal goal) {
  return {.name = "creates",
          .unit = "/s",
          .peer = "floor",
          .values = {600, 300, 5'000},
          .peer_values = {1'000, 500, 10'000},
          .goal = goal};
}

TEST_CASE("a figure's ratio is the median of its rounds, not the ratio of the medians") {
  // The machine halved in the second round and hit both sides: the ratio does not move.
  CHECK(creates({Bound::AtLeast, 0.6}).ratio() == doctest::Approx(0.6));
  CHECK(median({4, 1, 3, 2}) == doctest::Approx(2.5));
}

TEST_CASE("a goal is met on its own side of the bound and at the bound itself") {
  CHECK(creates({Bound::AtLeast, 0.6}).is_met());
  CHECK_FALSE(creates({Bound::AtLeast, 0.61}).is_met());
  CHECK(creates({Bound::AtMost, 0.6}).is_met());
  CHECK_FALSE(creates({Bound::AtMost, 0.59}).is_met());
}

TEST_CASE("a limit is a peer with one value") {
  const Figure memory{.name = "resident",
                      .unit = "MiB",
                      .peer = "limit",
                      .values = {18, 30, 19},
                      .peer_values = {20},
                      .goal = Goal{Bound::AtMost, 1}};
  CHECK(memory.ratio() == doctest::Approx(0.95));
  CHECK(memory.is_met());
}

TEST_CASE("text and JSON say the same of a missed goal and of a bench that could not run") {
  const Machine machine{.cpu = "a \"CPU\"", .cores = 2};
  const BenchResult missed{
      .name = "create_http", .about = "creates", .figures = {creates({Bound::AtLeast, 0.7})}};
  const BenchResult skipped{.name = "size", .about = "sizes", .skipped = "formwork is missing"};
  CHECK(text_of(missed).find("goal >= 0.70: MISSED") != std::string::npos);
  CHECK(text_of(skipped).find("SKIPPED: formwork is missing") != std::string::npos);
  const std::string json = json_of(machine, {missed, skipped});
  CHECK(json.find(R"("cpu":"a \"CPU\"")") != std::string::npos);
  CHECK(json.find(R"("met":false)") != std::string::npos);
  CHECK(json.find(R"("skipped":"formwork is missing")") != std::string::npos);
}

}  // namespace
}  // namespace formwork::bench
