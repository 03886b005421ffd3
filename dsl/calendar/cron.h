// Cron schedules: `0 9 * * MON-FRI` is nine o'clock on weekdays.
//
// The five fields of crontab(5): minute, hour, day of month, month, day of week, with lists,
// ranges, steps and English names of months and days. When both days are restricted, either is
// enough. Times are those of clocks in a zone: one that a change of clocks leaves out comes at the
// first moment behind the gap, one that comes twice comes the first time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dsl/base/time.h"
#include "dsl/base/time_zone.h"

namespace formwork::calendar {

class Cron {
 public:
  // Nothing for what is none, and for schedules that never come, such as the 30th of February.
  // `problem` says then what is wrong, as "`61` is no minute".
  static std::optional<Cron> parse(std::string_view text, std::string* problem = nullptr);

  // The first time behind `after`.
  Instant next(Instant after, const TimeZone& zone) const;

  const std::string& text() const { return text_; }

  bool operator==(const Cron&) const = default;

 private:
  std::string text_;
  std::uint64_t minutes_ = 0;  // a bit each
  std::uint32_t hours_ = 0;
  std::uint32_t days_ = 0;      // bit 1 is the first
  std::uint32_t months_ = 0;    // bit 1 is January
  std::uint32_t weekdays_ = 0;  // bit 0 is Sunday
  bool any_day_ = false;        // `*` in the day of month
  bool any_weekday_ = false;
};

}  // namespace formwork::calendar
