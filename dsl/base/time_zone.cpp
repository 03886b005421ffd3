// The only file that includes date/tz.h.
#include "dsl/base/time_zone.h"

#include <algorithm>
#include <vector>

#include <date/tz.h>

namespace formwork {
namespace {

// The library reads the explicit transitions of a zone file, and those end with 2037; the rule that
// the file states for all years after that is passed over. Rules are of the form "last Sunday of
// March", so a later year behaves like an earlier one whose days fall on the same weekdays. Any
// eleven years in a row hold each weekday for 1 January and for 1 March.
constexpr std::int32_t kFirstModelYear = 2027;
constexpr std::int32_t kLastModelYear = 2037;

std::int64_t model_day(std::int64_t days) {
  const Date date = from_days(days);
  const auto month = static_cast<std::uint8_t>(date.month <= 2 ? 1 : 3);
  const std::int64_t start = to_days({date.year, month, 1});
  for (std::int32_t year = kFirstModelYear; year <= kLastModelYear; ++year) {
    const std::int64_t candidate = to_days({year, month, 1});
    if ((start - candidate) % 7 == 0) return days - start + candidate;
  }
  return days;
}

date::sys_info info_at(const date::time_zone& zone, std::int64_t seconds) {
  return zone.get_info(date::sys_seconds{std::chrono::seconds{seconds}});
}

std::int32_t offset_of(const date::sys_info& info) {
  return static_cast<std::int32_t>(info.offset.count());
}

const date::time_zone& as_zone(const void* zone) {
  return *static_cast<const date::time_zone*>(zone);
}

std::int64_t seconds_of(const date::sys_seconds& time) { return time.time_since_epoch().count(); }

}  // namespace

const TimeZone* TimeZone::find(std::string_view name) {
  if (name == utc().name()) return &utc();
  static const std::vector<TimeZone> zones = [] {
    std::vector<TimeZone> all;
    for (const date::time_zone& zone : date::get_tzdb().zones) all.push_back(TimeZone(&zone));
    std::sort(all.begin(), all.end(),
              [](const TimeZone& a, const TimeZone& b) { return a.name() < b.name(); });
    return all;
  }();
  const auto found = std::lower_bound(
      zones.begin(), zones.end(), name,
      [](const TimeZone& zone, std::string_view key) { return zone.name() < key; });
  return found != zones.end() && found->name() == name ? &*found : nullptr;
}

const TimeZone& TimeZone::utc() {
  static const TimeZone zone(nullptr);
  return zone;
}

std::string_view TimeZone::name() const {
  return zone_ == nullptr ? std::string_view("UTC") : std::string_view(as_zone(zone_).name());
}

std::int32_t TimeZone::offset_at(Instant instant) const {
  if (zone_ == nullptr) return 0;
  const LocalDateTime utc_time = formwork::to_local(instant, 0);
  const std::int64_t day = to_days(utc_time.date);
  const std::int64_t second_of_day = utc_time.time.to_seconds();
  const date::sys_info info = info_at(as_zone(zone_), day * kSecondsPerDay + second_of_day);
  const bool beyond_transitions =
      utc_time.date.year > kLastModelYear &&
      seconds_of(info.begin) >= to_days({kLastModelYear, 1, 1}) * kSecondsPerDay;
  if (!beyond_transitions) return offset_of(info);
  return offset_of(info_at(as_zone(zone_), model_day(day) * kSecondsPerDay + second_of_day));
}

LocalDateTime TimeZone::to_local(Instant instant) const {
  return formwork::to_local(instant, offset_at(instant));
}

Instant TimeZone::to_instant(const LocalDateTime& local) const {
  constexpr auto kDay = static_cast<std::int32_t>(kSecondsPerDay);
  const std::int32_t before = offset_at(formwork::to_instant(local, kDay));
  const std::int32_t after = offset_at(formwork::to_instant(local, -kDay));
  const Instant with_before = formwork::to_instant(local, before);
  if (before == after) return with_before;
  const Instant with_after = formwork::to_instant(local, after);
  const bool before_holds = offset_at(with_before) == before;
  const bool after_holds = offset_at(with_after) == after;
  if (before_holds && after_holds) return std::min(with_before, with_after);
  // In a gap neither holds; the old offset then names the moment as far behind the change as was
  // asked.
  return after_holds ? with_after : with_before;
}

}  // namespace formwork
