#include "server/http/http_date.h"

#include <array>
#include <cstdio>

namespace formwork::http {
namespace {

constexpr std::array<const char*, 7> kDays{"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::int64_t floor_seconds(Instant instant) {
  const std::int64_t seconds = instant.microseconds / kMicrosPerSecond;
  return instant.microseconds % kMicrosPerSecond < 0 ? seconds - 1 : seconds;
}

}  // namespace

std::string to_http_date(Instant instant) {
  const LocalDateTime utc = to_local(instant, 0);
  const auto seconds = static_cast<int>(utc.time.to_seconds());
  const auto weekday = static_cast<std::size_t>((to_days(utc.date) % 7 + 7) % 7);
  std::array<char, 64> text{};
  const int length = std::snprintf(
      text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT", kDays[weekday],
      static_cast<int>(utc.date.day), kMonths[static_cast<std::size_t>(utc.date.month) - 1],
      static_cast<int>(utc.date.year), seconds / 3600, seconds / 60 % 60, seconds % 60);
  return {text.data(), static_cast<std::size_t>(length)};
}

std::string_view cached_http_date(Instant instant) {
  struct Cache {
    std::int64_t second = 0;
    std::string text;
  };

  thread_local Cache cache;
  const std::int64_t second = floor_seconds(instant);
  if (cache.text.empty() || cache.second != second) cache = {second, to_http_date(instant)};
  return cache.text;
}

}  // namespace formwork::http
