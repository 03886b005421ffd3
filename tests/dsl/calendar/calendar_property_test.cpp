// Business time against a model that looks at every minute: slow, and too simple to be wrong in the
// same way.
#include <algorithm>
#include <iterator>
#include <random>

#include <doctest/doctest.h>

#include "dsl/calendar/calendar.h"

namespace formwork::calendar {
namespace {

constexpr std::int64_t kMinute = 60 * kMicrosPerSecond;

// Around which clocks change in one of the zones below: Lord Howe by half an hour, Havana at
// midnight.
struct Place {
  std::string_view zone;
  Date near;
};

constexpr Place kPlaces[] = {
    {"Europe/Berlin", {2026, 3, 29}},      {"Europe/Berlin", {2026, 10, 25}},
    {"America/New_York", {2026, 3, 8}},    {"America/New_York", {2026, 11, 1}},
    {"Australia/Lord_Howe", {2026, 4, 5}}, {"Australia/Lord_Howe", {2026, 10, 4}},
    {"America/Havana", {2026, 3, 8}},      {"America/Havana", {2026, 11, 1}},
    {"America/St_Johns", {2010, 11, 7}},   {"Pacific/Apia", {2011, 12, 30}},
    {"Asia/Shanghai", {2026, 10, 1}},      {"UTC", {2026, 2, 28}},
};

class Case {
 public:
  explicit Case(std::uint32_t seed) : random_(seed) {
    const Place& place = kPlaces[below(std::size(kPlaces))];
    definition_.zone = TimeZone::find(place.zone);
    const std::int64_t day = to_days(place.near);
    for (auto& hours : definition_.week)
      hours = below(4) == 0 ? std::vector<Hours>{} : random_hours();
    // Some work on each of two days, so that searches end.
    definition_.week[0] = definition_.week[4] = random_hours();
    for (int i = 0; i < 4; ++i) {
      const Date date = from_days(day - 3 + static_cast<std::int64_t>(below(8)));
      definition_.special[date] = below(2) == 0 ? std::vector<Hours>{} : random_hours();
    }
    from_ = {(day - 3) * kMicrosPerDay + static_cast<std::int64_t>(below(5 * 1440)) * kMinute};
  }

  std::size_t below(std::size_t bound) { return random_() % bound; }

  const Calendar::Definition& definition() const { return definition_; }

  Instant from() const { return from_; }

 private:
  // One or two stretches, to the minute, sometimes until midnight.
  std::vector<Hours> random_hours() {
    std::vector<std::int64_t> ends;
    for (std::size_t i = 0; i < 2 + 2 * below(2); ++i)
      ends.push_back(static_cast<std::int64_t>(below(1440)));
    if (below(6) == 0) ends.back() = 1440;
    if (below(6) == 0) ends.front() = 0;
    std::sort(ends.begin(), ends.end());
    std::vector<Hours> hours;
    for (std::size_t i = 0; i + 1 < ends.size(); i += 2) {
      const auto moment = [](std::int64_t minutes) {
        return TimeOfDay{minutes * 60 * kNanosPerSecond};
      };
      if (ends[i] < ends[i + 1]) hours.push_back({moment(ends[i]), moment(ends[i + 1])});
    }
    return hours.empty() ? std::vector<Hours>{{TimeOfDay{}, TimeOfDay{3600 * kNanosPerSecond}}}
                         : hours;
  }

  std::mt19937 random_;
  Calendar::Definition definition_;
  Instant from_;
};

// By the definition's words alone, a minute at a time.
class Slow {
 public:
  explicit Slow(const Calendar::Definition& definition) : definition_(definition) {}

  const std::vector<Hours>& hours_on(const Date& date) const {
    const auto special = definition_.special.find(date);
    if (special != definition_.special.end()) return special->second;
    // 5 January 1970 was a Monday.
    std::int64_t days = to_days(date) - 4;
    while (days < 0) days += 70'000;
    return definition_.week[static_cast<std::size_t>(days % 7)];
  }

  bool is_working(Instant at) const {
    const LocalDateTime local = definition_.zone->to_local(at);
    for (const Hours& hours : hours_on(local.date)) {
      if (hours.from <= local.time && local.time < hours.to) return true;
    }
    return false;
  }

  std::int64_t working_minutes(Instant from, Instant to) const {
    std::int64_t count = 0;
    for (Instant at = from; at < to; at.microseconds += kMinute) count += is_working(at) ? 1 : 0;
    return count;
  }

  Instant add(Instant at, std::int64_t days, std::int64_t minutes) const {
    while (!is_working(at)) at.microseconds += kMinute;
    if (days > 0) {
      LocalDateTime local = definition_.zone->to_local(at);
      while (days > 0) {
        local.date = from_days(to_days(local.date) + 1);
        days -= hours_on(local.date).empty() ? 0 : 1;
      }
      at = definition_.zone->to_instant(local);
    }
    for (; minutes > 0; at.microseconds += kMinute) minutes -= is_working(at) ? 1 : 0;
    return at;
  }

 private:
  const Calendar::Definition& definition_;
};

TEST_CASE("business time is that of a clock read every minute, across clock changes") {
  for (std::uint32_t seed = 0; seed < 2000; ++seed) {
    CAPTURE(seed);
    Case random(seed);
    const Calendar calendar(random.definition());
    const Slow slow(random.definition());
    const Instant from = random.from();
    const Instant to{from.microseconds +
                     static_cast<std::int64_t>(random.below(2 * 1440)) * kMinute};
    REQUIRE(calendar.is_working(from) == slow.is_working(from));
    REQUIRE(calendar.working_time(from, to) == DaysDuration{slow.working_minutes(from, to) * 60});
    const auto days = static_cast<std::int64_t>(random.below(3));
    const auto minutes = static_cast<std::int64_t>(random.below(700));
    const Period period{.days = days, .time = {minutes * 60, 0}, .business = true};
    REQUIRE(to_rfc3339(calendar.add(from, period)) == to_rfc3339(slow.add(from, days, minutes)));
  }
}

TEST_CASE("adding working time and measuring it agree, and later starts never end earlier") {
  for (std::uint32_t seed = 0; seed < 1500; ++seed) {
    CAPTURE(seed);
    Case random(seed + 10'000);
    const Calendar calendar(random.definition());
    const auto seconds = static_cast<std::int64_t>(1 + random.below(200'000));
    const Period period{.days = 0, .time = {seconds, 0}, .business = true};
    const Instant end = calendar.add(random.from(), period);
    REQUIRE(calendar.working_time(random.from(), end) == period.time);
    const Instant later{random.from().microseconds +
                        static_cast<std::int64_t>(random.below(9'999'999'999))};
    REQUIRE(end <= calendar.add(later, period));
  }
}

}  // namespace
}  // namespace formwork::calendar
