// Whether an automation listens for what happened, and when it runs then.
#pragma once

#include <set>
#include <vector>

#include "dsl/lint/loops/happenings.h"

namespace formwork::lint {

// How one automation leads to another.
struct Way {
  enum class Kind : unsigned char {
    Now,      // at once
    Delayed,  // by `after` or `debounce`
    Stay,     // when the record stays too long in its stage: Happening::stays[stay]
    Date,     // when the time comes that a field says
    Overdue,  // when people leave something undone
  };

  Kind kind = Kind::Now;
  std::size_t stay = 0;
  bool is_late = false;  // of Date: an hour or more from then

  bool takes_time() const { return kind != Kind::Now; }

  // Whether it only goes on because a date to come says so or people do nothing.
  bool is_slow() const { return (kind == Kind::Date && is_late) || kind == Kind::Overdue; }

  auto operator<=>(const Way&) const = default;
};

// What of a happening an automation listens for.
struct Heard {
  std::set<std::size_t> fields;      // the change of any of these
  bool otherwise = false;            // something else than the change of fields
  std::vector<std::string> entered;  // only because the record came into one of these
  bool approval = false;             // because of an approval
  bool assigned = false;             // because it has another owner
  bool released = false;             // because it came into a pool

  explicit operator bool() const { return is_more_than_fields() || !fields.empty(); }

  bool is_more_than_fields() const { return otherwise || assigned || released; }
};

// What it hears at once, a `stay_out` included.
Heard hear(const model::Automation& automation, const Happening& happening);

// All ways in which what happened leads to it, each once.
std::vector<Way> ways_to(const Ground& ground, const model::Automation& automation,
                         const Happening& happening);

}  // namespace formwork::lint
