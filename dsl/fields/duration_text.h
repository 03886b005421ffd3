// Durations as people write them: "3 d 8 h", "8:30", "90 min", "3天8小时", "1 年 6 个月".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dsl/base/message.h"
#include "dsl/base/time.h"

namespace formwork::fields {

// A hundred years; sums of such durations stay far from what an integer holds.
inline constexpr std::int64_t kLongestDaysMicros = 36'525 * kMicrosPerDay;
inline constexpr DaysDuration kLongestDays{36'525 * kSecondsPerDay, 0};
inline constexpr MonthsDuration kLongestMonths{1'200};

// Of a narrowed text. Nothing: no duration. A number too long to count is clamped beyond the
// longest.
std::optional<DaysDuration> parse_typed_days(std::string_view text);
std::optional<MonthsDuration> parse_typed_months(std::string_view text);

// What these functions read back: "3 d 8 h 30 min", "3 天 8 小时 30 分钟"; "1 y 6 mo", "1 年 6
// 个月".
std::string duration_text(DaysDuration duration, Language language);
std::string duration_text(MonthsDuration duration, Language language);

}  // namespace formwork::fields
