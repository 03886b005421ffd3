// Time zones of the system's IANA database, behind one small class.
#pragma once

#include <cstdint>
#include <string_view>

#include "dsl/base/time.h"

namespace formwork {

class TimeZone {
 public:
  // The zone of that IANA name (`Asia/Shanghai`), or null. Zones live as long as the program.
  static const TimeZone* find(std::string_view name);
  static const TimeZone& utc();

  std::string_view name() const;

  // Seconds to add to UTC at that instant.
  std::int32_t offset_at(Instant instant) const;

  LocalDateTime to_local(Instant instant) const;

  // A local time that a clock change repeats means its first occurrence; one that it skips is moved
  // forward by the length of the gap.
  Instant to_instant(const LocalDateTime& local) const;

 private:
  explicit TimeZone(const void* zone) : zone_(zone) {}

  const void*
      zone_;  // a date::time_zone, or null for UTC; kept untyped so that date/tz.h stays inside
};

}  // namespace formwork
