#include "engine/pipeline/mail_time.h"

namespace formwork::engine {
namespace {

constexpr std::int64_t kNanosPerHour = 3'600 * kNanosPerSecond;
constexpr std::int64_t kMicrosPerHour = 3'600 * kMicrosPerSecond;

LocalDateTime on_the_next_day(const LocalDateTime& local) {
  return {from_days(to_days(local.date) + 1), local.time};
}

Instant next_full_hour(Instant now, const TimeZone& zone) {
  LocalDateTime local = zone.to_local(now);
  local.time.nanoseconds = (local.time.nanoseconds / kNanosPerHour + 1) * kNanosPerHour;
  if (local.time.nanoseconds == kNanosPerDay) local = {on_the_next_day(local).date, {}};
  const Instant next = zone.to_instant(local);
  // In an hour that clocks repeat this is its first end, which may be over.
  return next > now ? next : Instant{next.microseconds + kMicrosPerHour};
}

}  // namespace

Instant behind_quiet_hours(const Preferences& preferences, Instant at, const TimeZone& zone) {
  if (!preferences.quiet_from || !preferences.quiet_to) return at;
  const TimeOfDay from = *preferences.quiet_from;
  const TimeOfDay to = *preferences.quiet_to;
  const LocalDateTime local = zone.to_local(at);
  const bool is_over_midnight = to < from;
  const bool is_quiet = is_over_midnight ? local.time >= from || local.time < to
                                         : local.time >= from && local.time < to;
  if (!is_quiet) return at;
  const LocalDateTime end{local.date, to};
  return zone.to_instant(local.time < to ? end : on_the_next_day(end));
}

Instant next_digest(const Preferences& preferences, Instant now, const TimeZone& zone) {
  if (preferences.digest == Preferences::Digest::Hourly) {
    return behind_quiet_hours(preferences, next_full_hour(now, zone), zone);
  }
  const LocalDateTime local = zone.to_local(now);
  const LocalDateTime today{local.date, preferences.digest_at};
  const Instant next =
      zone.to_instant(local.time < preferences.digest_at ? today : on_the_next_day(today));
  return behind_quiet_hours(preferences, next, zone);
}

}  // namespace formwork::engine
