// What the engine is given from outside: the present time and randomness. Everything else follows
// from the model version, the records and the command.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
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

// Another clock, put forward or back: to try out on a running server what deadlines do.
class ShiftedClock final : public Clock {
 public:
  ShiftedClock(const Clock& clock, DaysDuration by)
      : clock_(clock), microseconds_(by.to_microseconds()) {}

  Instant now() const override { return {clock_.now().microseconds + microseconds_.load()}; }

  // From any thread.
  void advance(DaysDuration by) { microseconds_ += by.to_microseconds(); }

 private:
  const Clock& clock_;
  std::atomic<std::int64_t> microseconds_;
};

}  // namespace formwork::engine
