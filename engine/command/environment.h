// What the engine is given from outside: the present time and randomness. Everything else follows
// from the model version, the records and the command.
#pragma once

#include <cstddef>
#include <span>

#include "dsl/base/time.h"

namespace formwork::engine {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

class Random {
 public:
  virtual ~Random() = default;
  // Unpredictable bytes, for secrets and request ids.
  virtual void fill(std::span<std::byte> bytes) = 0;
};

// The wall clock and the system's generator, for the program; tests bring their own.
const Clock& system_clock();
Random& system_random();

// A clock that stands still until it is moved.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start) : now_(start) {}

  Instant now() const override { return now_; }

  void advance(DaysDuration by) { now_.microseconds += by.to_microseconds(); }

 private:
  Instant now_;
};

}  // namespace formwork::engine
