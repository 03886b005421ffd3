#include "tests/bench/measure/histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace formwork::bench {
namespace {

constexpr double kNanosPerMilli = 1e6;

}  // namespace

// Values below two times kSteps have a bucket each; above, the leading eight bits choose it.
void Histogram::add(std::chrono::nanoseconds value) {
  const std::int64_t ns = std::max<std::int64_t>(value.count(), 0);
  const auto bits = static_cast<std::uint64_t>(ns);
  const auto doublings = static_cast<unsigned>(std::bit_width(bits / kSteps));
  const unsigned shift = std::max(doublings, 1U) - 1;
  const std::size_t bucket = shift * kSteps + static_cast<std::size_t>(bits >> shift);
  ++buckets_[std::min(bucket, buckets_.size() - 1)];
  ++count_;
  max_ns_ = std::max(max_ns_, ns);
}

double Histogram::quantile_ms(double share) const {
  if (count_ == 0) return 0;
  const auto wanted = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_)));
  std::uint64_t seen = 0;
  std::size_t bucket = 0;
  while (bucket + 1 < buckets_.size() && (seen += buckets_[bucket]) < wanted) ++bucket;
  const std::size_t shift = bucket < 2 * kSteps ? 0 : bucket / kSteps - 1;
  const auto lowest = static_cast<double>((bucket - shift * kSteps) << shift);
  const double middle = lowest + (static_cast<double>(1ULL << shift) - 1) / 2;
  return std::min(middle, static_cast<double>(max_ns_)) / kNanosPerMilli;
}

double Histogram::max_ms() const { return static_cast<double>(max_ns_) / kNanosPerMilli; }

}  // namespace formwork::bench
