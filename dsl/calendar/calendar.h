// Business calendars: which moments are working time, and arithmetic in it.
//
// Days and hours are those of the calendar's time zone, so a day may have 23 or 25 hours, and a
// working interval that a clock change cuts or stretches counts for as long as it really lasts: a
// moment is working time when the clocks of the zone show a time within the hours of their date.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/base/time.h"
#include "dsl/base/time_zone.h"

namespace formwork::calendar {

// From one time of a day to a later one of the same day; `to` may be 24:00.
struct Hours {
  TimeOfDay from;
  TimeOfDay to;

  bool operator==(const Hours&) const = default;
};

// How long something may take: `P1DT4H` is one day and four hours. Of business time a day is a
// working day (the same time of day on the next one), and the hours are working hours; else a day
// is a day of the zone's calendar and an hour an hour.
struct Period {
  std::int64_t days = 0;
  DaysDuration time;  // shorter than what `days` are for, but not bound to be: PT40H is 40 hours
  bool business = false;

  bool operator==(const Period&) const = default;
};

// ISO 8601 as far as it has days and smaller: `P3D`, `PT30M`, `P1DT4H`, `P2W`. Nothing for what is
// negative, zero, in months, or longer than a hundred years.
std::optional<Period> parse_period(std::string_view text);
std::string to_string(const Period& period);

class Calendar {
 public:
  struct Definition {
    std::array<std::vector<Hours>, 7> week;  // Monday first; in order, without overlaps
    std::map<Date, std::vector<Hours>>
        special;  // holidays have none; make-up workdays [调休] have theirs
    const TimeZone* zone = &TimeZone::utc();
  };

  // Mondays to Fridays, 09:00 to 18:00, in that zone: what an app has that says nothing.
  static Calendar plain(const TimeZone& zone);

  explicit Calendar(Definition definition);

  const TimeZone& zone() const { return *definition_.zone; }

  const std::vector<Hours>& hours_on(const Date& date) const;
  bool is_working(Instant at) const;

  // The moment that lies so much behind `from`. Outside of working time business periods begin when
  // work does, and they end with the work, not when it begins again. Where no working time comes
  // within ten years, as in a calendar without hours, the last moment looked at.
  Instant add(Instant from, const Period& period) const;

  // The working time in [from, to); zero when `to` is not later.
  DaysDuration working_time(Instant from, Instant to) const;

 private:
  Definition definition_;
};

}  // namespace formwork::calendar
