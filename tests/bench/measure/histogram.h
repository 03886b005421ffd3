// Latencies, counted in buckets that grow with the value: any quantile within 1 %, at a few
// nanoseconds a count and without keeping the values.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>

namespace formwork::bench {

class Histogram {
 public:
  void add(std::chrono::nanoseconds value);

  // The value that `share` of all values (0.5, 0.99) do not exceed, in milliseconds; 0 if there are
  // none.
  double quantile_ms(double share) const;
  double max_ms() const;

  std::uint64_t count() const { return count_; }

 private:
  static constexpr unsigned kSteps = 128;  // buckets per doubling
  static constexpr unsigned kDoublings = 40;

  std::array<std::uint64_t, (kDoublings + 1) * kSteps> buckets_{};
  std::uint64_t count_ = 0;
  std::int64_t max_ns_ = 0;
};

}  // namespace formwork::bench
