// Random: a generator that gives the same numbers for the same seed on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <span>

namespace formwork::feel {

class Random {
 public:
  explicit Random(std::uint64_t seed) : generator_(seed) {}

  // Less than `count`, which is not 0.
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(generator_() % count); }

  bool one_in(std::size_t count) { return below(count) == 0; }

  template <class T>
  const T& one_of(std::span<const T> choices) {
    return choices[below(choices.size())];
  }

  template <class Container>
  const auto& one_of(const Container& choices) {
    return choices[below(choices.size())];
  }

 private:
  std::mt19937_64 generator_;
};

}  // namespace formwork::feel
