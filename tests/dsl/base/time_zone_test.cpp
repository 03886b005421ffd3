#include "dsl/base/time_zone.h"

#include <doctest/doctest.h>

namespace formwork {
namespace {

struct Row {
  std::string_view local;
  std::string_view instant;
};

const TimeZone& zone(std::string_view name) {
  const TimeZone* found = TimeZone::find(name);
  REQUIRE(found != nullptr);
  return *found;
}

void check_both_ways(const TimeZone& in, const Row& row) {
  CAPTURE(row.local);
  CAPTURE(row.instant);
  CHECK(to_rfc3339(in.to_instant(*parse_local_date_time(row.local))) == row.instant);
  CHECK(to_string(in.to_local(*parse_instant(row.instant))) == row.local);
}

TEST_CASE("Zones are found by their exact IANA name") {
  for (const std::string_view name : {"Europe/Berlin", "Asia/Shanghai", "UTC", "Asia/Kolkata"}) {
    CHECK(zone(name).name() == name);
    CHECK(TimeZone::find(name) == TimeZone::find(name));
  }
  CHECK(&TimeZone::utc() == TimeZone::find("UTC"));
  for (const std::string_view name :
       {"", "Mars/Base", "europe/berlin", "Europe", "../etc/passwd"}) {
    CHECK(TimeZone::find(name) == nullptr);
  }
}

TEST_CASE("UTC has no offset at any time") {
  check_both_ways(TimeZone::utc(), {"2026-07-01T12:00", "2026-07-01T12:00:00Z"});
  CHECK(TimeZone::utc().offset_at({0}) == 0);
}

TEST_CASE("Berlin changes its clocks in March and October") {
  for (const Row& row : {
           Row{"2026-01-15T12:00", "2026-01-15T11:00:00Z"},
           Row{"2026-07-15T12:00", "2026-07-15T10:00:00Z"},
           Row{"2026-03-29T01:59:59.999999", "2026-03-29T00:59:59.999999Z"},
           Row{"2026-03-29T03:00", "2026-03-29T01:00:00Z"},
           Row{"2026-10-25T01:59", "2026-10-24T23:59:00Z"},
           Row{"2026-10-25T03:00", "2026-10-25T02:00:00Z"},
       }) {
    check_both_ways(zone("Europe/Berlin"), row);
  }
}

TEST_CASE(
    "A skipped local time moves forward by the gap, a repeated one means its first occurrence") {
  const TimeZone& berlin = zone("Europe/Berlin");
  const auto instant_of = [&berlin](std::string_view local) {
    return to_rfc3339(berlin.to_instant(*parse_local_date_time(local)));
  };
  CHECK(instant_of("2026-03-29T02:00") == "2026-03-29T01:00:00Z");
  CHECK(instant_of("2026-03-29T02:30") == "2026-03-29T01:30:00Z");  // reads 03:30
  CHECK(instant_of("2026-10-25T02:00") == "2026-10-25T00:00:00Z");
  CHECK(instant_of("2026-10-25T02:30") == "2026-10-25T00:30:00Z");
  CHECK(to_string(berlin.to_local(*parse_instant("2026-10-25T01:30:00Z"))) == "2026-10-25T02:30");
}

TEST_CASE("Shanghai had summer time in 1988 and has none today") {
  const TimeZone& shanghai = zone("Asia/Shanghai");
  for (const Row& row : {
           Row{"1988-01-15T12:00", "1988-01-15T04:00:00Z"},
           Row{"1988-07-15T12:00", "1988-07-15T03:00:00Z"},
           Row{"2026-07-15T12:00", "2026-07-15T04:00:00Z"},
           Row{"2060-07-15T12:00", "2060-07-15T04:00:00Z"},
       }) {
    check_both_ways(shanghai, row);
  }
  const auto instant_of = [&shanghai](std::string_view local) {
    return to_rfc3339(shanghai.to_instant(*parse_local_date_time(local)));
  };
  CHECK(instant_of("1988-04-17T02:30") == "1988-04-16T18:30:00Z");  // skipped, reads 03:30
  CHECK(instant_of("1988-09-11T01:30") == "1988-09-10T16:30:00Z");  // repeated, the first
}

TEST_CASE("A whole day may be skipped") {
  // Samoa crossed the date line: after 29 December 2011 came the 31st.
  const TimeZone& apia = zone("Pacific/Apia");
  CHECK(to_string(apia.to_local(*parse_instant("2011-12-30T09:59:59Z"))) == "2011-12-29T23:59:59");
  CHECK(to_string(apia.to_local(*parse_instant("2011-12-30T10:00:00Z"))) == "2011-12-31T00:00");
  CHECK(to_rfc3339(apia.to_instant(*parse_local_date_time("2011-12-30T12:00"))) ==
        "2011-12-30T22:00:00Z");
}

TEST_CASE("Clock changes go on after 2037, where the transitions of a zone file end") {
  for (const Row& row : {
           Row{"2038-07-15T12:00", "2038-07-15T10:00:00Z"},
           Row{"2040-03-25T03:00", "2040-03-25T01:00:00Z"},  // the last Sunday of March 2040
           Row{"2040-03-25T01:59", "2040-03-25T00:59:00Z"},
           Row{"2040-10-28T03:00", "2040-10-28T02:00:00Z"},  // the last Sunday of October 2040
           Row{"2040-02-29T12:00", "2040-02-29T11:00:00Z"},
           Row{"2099-12-31T12:00", "2099-12-31T11:00:00Z"},
       }) {
    check_both_ways(zone("Europe/Berlin"), row);
  }
  check_both_ways(zone("America/New_York"), {"2044-03-13T03:00", "2044-03-13T07:00:00Z"});
}

TEST_CASE("Every local time that exists comes back from its instant, in zones of all kinds") {
  for (const std::string_view name : {"Europe/Berlin", "Asia/Shanghai", "America/New_York",
                                      "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia"}) {
    const TimeZone& in = zone(name);
    for (std::int64_t seconds = -3'000'000'000; seconds < 4'000'000'000; seconds += 1'234'567) {
      const Instant instant{seconds * kMicrosPerSecond};
      const LocalDateTime local = in.to_local(instant);
      const Instant back = in.to_instant(local);
      // In a repeated hour the first occurrence is meant, which reads the same.
      if (back > instant || in.to_local(back) != local) FAIL(name << " " << to_rfc3339(instant));
    }
  }
}

}  // namespace
}  // namespace formwork
