#include "tests/bench/measure/histogram.h"

#include <chrono>

#include <doctest/doctest.h>

namespace formwork::bench {
namespace {

using std::chrono::microseconds;
using std::chrono::nanoseconds;

TEST_CASE("a quantile is within one percent of the value in its place") {
  Histogram histogram;
  for (int i = 1; i <= 10'000; ++i) histogram.add(microseconds(i));
  CHECK(histogram.quantile_ms(0.5) == doctest::Approx(5.0).epsilon(0.01));
  CHECK(histogram.quantile_ms(0.99) == doctest::Approx(9.9).epsilon(0.01));
  CHECK(histogram.quantile_ms(0.999) == doctest::Approx(9.99).epsilon(0.01));
  CHECK(histogram.max_ms() == doctest::Approx(10.0));
  CHECK(histogram.count() == 10'000);
}

TEST_CASE("values of every size come back as themselves") {
  for (const std::int64_t ns :
       {1LL, 127LL, 128LL, 255LL, 256LL, 511LL, 512LL, 1'000'000LL, 90'000'000'000LL}) {
    CAPTURE(ns);
    Histogram histogram;
    histogram.add(nanoseconds(ns));
    CHECK(histogram.quantile_ms(0.5) ==
          doctest::Approx(static_cast<double>(ns) / 1e6).epsilon(0.01));
  }
}

TEST_CASE("one slow answer in a thousand shows at p99.9 and not at p99") {
  Histogram histogram;
  for (int i = 0; i < 998; ++i) histogram.add(microseconds(100));
  for (int i = 0; i < 2; ++i) histogram.add(microseconds(50'000));
  CHECK(histogram.quantile_ms(0.99) < 0.2);
  CHECK(histogram.quantile_ms(0.999) > 40);
}

TEST_CASE("without values every quantile is zero") { CHECK(Histogram().quantile_ms(0.99) == 0); }

}  // namespace
}  // namespace formwork::bench
