// Evaluation: what one run of an expression may use and how much, and what it has to say.
//
// FEEL never throws: what has no answer is null, and the reason is kept as a Warning when somebody
// listens. Reasons are only worded then, since a null in a criterion is an everyday thing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/base/time_zone.h"
#include "dsl/feel/value.h"

namespace formwork::feel {

struct RecordType;

// Reads members of records for paths (`account.industry`). The engine's implementation passes the
// permission gate; null where there is no such record or the caller may not see it.
class Records {
 public:
  virtual ~Records() = default;
  virtual Value member(RecordRef record, const RecordType& type, std::size_t member) const = 0;
};

// What comes from outside. The clock is read once by whoever asks, so an evaluation has one now.
struct Environment {
  Instant now;
  const TimeZone* zone = &TimeZone::utc();  // of now(), today() and of fields that hold an Instant
  const Records* records = nullptr;         // null: paths over records give null
};

// Why a value is null: where in the text, and a sentence in the author's terms.
struct Warning {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string message;
};

// Beyond a limit the whole evaluation gives null with a warning, and `exhausted` stays set.
struct Budget {
  std::uint64_t steps = 2'000'000;        // loop turns, calls, elements visited
  std::size_t list_elements = 1'000'000;  // of one list
  std::size_t string_bytes = 4'000'000;   // of one string
  unsigned depth = 200;                   // of calls in calls
  std::uint64_t value_parts = 5'000'000;  // in one value, counted as often as they are reached
  std::uint32_t value_depth = 1'000;      // of lists in lists, contexts in contexts
};

// Functions that call each other use the program's own stack, by the height of their bodies; beyond
// so much of it there is no further call. Threads have 8 MB.
inline constexpr std::ptrdiff_t kMaxStackBytes = 3'000'000;

class Evaluation {
 public:
  // `variables` by slot of the Scope that the expression was compiled with; a null pointer is null.
  // All arguments must outlive the Evaluation.
  Evaluation(const Environment& environment, std::span<const Value* const> variables,
             std::vector<Warning>* warnings = nullptr, Budget budget = {})
      : environment_(environment), variables_(variables), warnings_(warnings), budget_(budget) {}

  const Environment& environment() const { return environment_; }

  const Value& variable(std::size_t slot) const {
    const Value* value = variables_[slot];
    return value != nullptr ? *value : kNull;
  }

  const Budget& limits() const { return budget_; }

  bool is_exhausted() const { return exhausted_; }

  // Takes `count` steps; false once the budget is used up, and the caller gives up with null.
  bool spend(std::uint64_t count = 1) {
    if (count <= budget_.steps && !exhausted_) {
      budget_.steps -= count;
      return true;
    }
    return exhaust();
  }

  // The value, or null when it is beyond the limits, and the evaluation is given up. Whatever makes
  // a value of values passes it through here.
  Value within_limits(Value value);

  // Null with a reason, and so will be the whole evaluation.
  Value give_up(std::string_view reason);

  // Whether there may be no further call, of a function or of what a decision requires.
  bool is_too_deep() const;

  // Whether anybody wants reasons; wording them can be skipped otherwise.
  bool wants_reasons() const { return warnings_ != nullptr; }

  // Null, and why. The place is that of the node being evaluated.
  Value null(std::string_view reason);

  // The node being evaluated, for reasons.
  struct Place {
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  Place place;
  unsigned depth = 0;
  // Of whoever began; an evaluation on behalf of another has the same.
  const char* stack_base = static_cast<const char*>(__builtin_frame_address(0));

 private:
  static const Value kNull;

  bool exhaust();

  const Environment& environment_;
  std::span<const Value* const> variables_;
  std::vector<Warning>* warnings_;
  Budget budget_;
  bool exhausted_ = false;
};

}  // namespace formwork::feel
