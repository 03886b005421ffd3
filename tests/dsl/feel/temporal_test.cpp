#include "dsl/feel/temporal.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace formwork::feel {
namespace {

using Limits = std::numeric_limits<std::int64_t>;

const TimeZone& zone(std::string_view name) {
  const TimeZone* found = TimeZone::find(name);
  REQUIRE_MESSAGE(found != nullptr, "expected a zone, but got " << std::string(name));
  return *found;
}

const TimeZone& shanghai() { return zone("Asia/Shanghai"); }

std::string show(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::Null:
      return "null";
    case Value::Kind::Number:
      return value.number().to_string();
    case Value::Kind::String:
      return value.string();
    case Value::Kind::Date:
      return to_string(value.date());
    case Value::Kind::Time:
      return to_text(value.zoned_time());
    case Value::Kind::DateTime:
      return to_text(value.date_time());
    case Value::Kind::DaysDuration:
      return to_string(value.days_duration());
    case Value::Kind::MonthsDuration:
      return to_string(value.months_duration());
    default:
      return "?";
  }
}

template <class T>
std::string show(const std::optional<T>& value) {
  return value ? std::to_string(*value) : "null";
}

// What @"…" means, or a number.
Value at(std::string_view text) {
  Value value = parse_temporal(text);
  if (!value.is_null()) return value;
  const auto number = Number::parse(text);
  REQUIRE_MESSAGE(number.has_value(), "expected a value, but got " << std::string(text));
  return Value(*number);
}

Value instant(std::string_view text) { return Value(parse_instant(text).value()); }

// "a + b", "a - b", "a * b", "a / b", with blanks around the operator.
std::string calculate(const std::string& expression) {
  const std::size_t operator_at = expression.find_first_of("+-*/", expression.find(' '));
  const Value a = at(expression.substr(0, operator_at - 1));
  const Value b = at(expression.substr(operator_at + 2));
  switch (expression[operator_at]) {
    case '+':
      return show(add_temporal(a, b, shanghai()));
    case '-':
      return show(subtract_temporal(a, b, shanghai()));
    case '*':
      return show(a.kind() == Value::Kind::Number ? multiply_duration(b, a.number())
                                                  : multiply_duration(a, b.number()));
    default:
      return show(divide_duration(a, b));
  }
}

struct Row {
  std::string text;
  std::string expected;
};

void check_calculations(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(calculate(row.text) == row.expected);
  }
}

std::uint64_t seed() {
  const char* text = std::getenv("FORMWORK_SEED");
  return text != nullptr ? std::strtoull(text, nullptr, 10) : 20'240'117;
}

// Values of all kinds and sizes, in zones with and without summer time.
class Draw {
 public:
  std::int64_t between(std::int64_t least, std::int64_t most) {
    return std::uniform_int_distribution<std::int64_t>(least, most)(engine_);
  }

  Date date() {
    // Mostly of our time, where clocks change, and sometimes at the ends.
    const std::int64_t reach = between(0, 3) == 0 ? 999'999'999 : 120;
    const auto year = static_cast<std::int32_t>(between(-reach, reach) + (reach == 120 ? 2000 : 0));
    const Date first{std::clamp(year, -999'999'999, 999'999'999),
                     static_cast<std::uint8_t>(between(1, 12)), 1};
    return {first.year, first.month,
            static_cast<std::uint8_t>(between(1, days_in_month(first.year, first.month)))};
  }

  TimeOfDay time_of_day() {
    const std::int64_t units[] = {1, 1'000, 1'000'000'000, 60'000'000'000, 1'800'000'000'000};
    const std::int64_t unit = units[between(0, 4)];
    return {between(0, kNanosPerDay / unit - 1) * unit};
  }

  Zone any_zone() {
    static constexpr std::string_view kNames[] = {"Europe/Berlin", "Asia/Shanghai",
                                                  "America/New_York", "Australia/Lord_Howe"};
    switch (between(0, 3)) {
      case 0:
        return {};
      case 1:
        return Zone::offset(static_cast<std::int32_t>(between(-64'800, 64'800)));
      default:
        return Zone::of(zone(kNames[between(0, 3)]));
    }
  }

  DateTime date_time() { return {{date(), time_of_day()}, any_zone()}; }

  DaysDuration days() {
    const std::int64_t reach[] = {100, 100'000, 10'000'000, 60'000'000'000'000'000};
    const std::int64_t most = reach[between(0, 3)];
    return {between(-most, most),
            static_cast<std::int32_t>(between(0, 1) * between(0, kNanosPerSecond - 1))};
  }

  MonthsDuration months() {
    const std::int64_t most = between(0, 3) == 0 ? 24'000'000'000 : 2'000;
    return {between(-most, most)};
  }

  Value value() {
    switch (between(0, 4)) {
      case 0:
        return Value(date());
      case 1:
        return Value(Time{time_of_day(), any_zone()});
      case 2:
        return Value(date_time());
      case 3:
        return Value(days());
      default:
        return Value(months());
    }
  }

 private:
  std::mt19937_64 engine_{seed()};
};

}  // namespace

TEST_CASE("a date has four digits of year, or up to nine that begin with none of 0") {
  for (const std::string text : {"2017-12-31", "-2017-12-31", "0000-02-29", "999999999-12-31",
                                 "-999999999-01-01", "12345-06-07", "0998-12-31"}) {
    CAPTURE(text);
    const auto date = parse_feel_date(text);
    REQUIRE(date.has_value());
    CHECK(to_string(*date) == text);
  }
  for (const std::string_view text : {"",
                                      "2017",
                                      "998-12-31",
                                      "01211-12-31",
                                      "+99999-12-01",
                                      "9999999999-12-27",
                                      "2017-13-10",
                                      "2017-00-10",
                                      "2017-02-29",
                                      "2017-12-32",
                                      "2017-12-00",
                                      "2017-1-01",
                                      "2012-12-25T",
                                      "2012T-12-2511:00:00Z",
                                      "2012-12-25 ",
                                      " 2012-12-25",
                                      "-0000-01-01",
                                      "--2012-12-25",
                                      "2012-12-25Z",
                                      "２０１２-12-25"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_feel_date(text).has_value());
  }
}

TEST_CASE("a time is local, has an offset, or stands in a zone") {
  for (const Row& row : {
           Row{"01:02:03", "01:02:03"},
           Row{"00:00:00", "00:00:00"},
           Row{"09:30", "09:30:00"},
           Row{"11:22:33.444", "11:22:33.444"},
           Row{"11:22:33.123456789", "11:22:33.123456789"},
           Row{"11:22:33.1234567890", "11:22:33.123456789"},
           Row{"23:59:00Z", "23:59:00Z"},
           Row{"11:22:33-00:00", "11:22:33Z"},
           Row{"13:20:00+02:00", "13:20:00+02:00"},
           Row{"13:20:00-05:00", "13:20:00-05:00"},
           Row{"11:59:45+02:45:55", "11:59:45+02:45:55"},
           Row{"11:59:45+18:00", "11:59:45+18:00"},
           Row{"00:01:00@Etc/UTC", "00:01:00@Etc/UTC"},
           Row{"00:01:00@Europe/Paris", "00:01:00@Europe/Paris"},
           Row{"24:00:00", "00:00:00"},
       }) {
    CAPTURE(row.text);
    const auto time = parse_feel_time(row.text);
    REQUIRE(time.has_value());
    CHECK(to_text(*time) == row.expected);
  }
  for (const std::string_view text : {"",
                                      "23:59:60",
                                      "24:00:01",
                                      "24:01:00",
                                      "24:00:00.000000001",
                                      "25:00:00",
                                      "00:60:00",
                                      "00:00:61",
                                      "7:00:00",
                                      "07:1:00",
                                      "07:01:2",
                                      "13:20:00@xyz/abc",
                                      "13:20:00@",
                                      "13:20:00+19:00",
                                      "13:20:00-18:00:01",
                                      "13:20:00+5:00",
                                      "13:20:00+05:0",
                                      "13:20:00+5",
                                      "13:20:00+02:60",
                                      "13:20:00+02:00@Europe/Paris",
                                      "7:20",
                                      "07:2",
                                      "11:30:00T",
                                      "2012T-12-2511:00:00Z",
                                      "11:22:33.",
                                      "11:22:33,5",
                                      "11:22:33.1234567891",
                                      "2012-12-24T23:59:00",
                                      "13:20:00 +02:00",
                                      "13:20:00@../etc/passwd"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_feel_time(text).has_value());
  }
}

TEST_CASE("a date and time is both, or a date's midnight") {
  for (const Row& row : {
           Row{"2012-12-24", "2012-12-24T00:00:00"},
           Row{"2017-12-31T11:22:33", "2017-12-31T11:22:33"},
           Row{"2017-12-31T11:22", "2017-12-31T11:22:00"},
           Row{"-2017-12-31T11:22:33.456+01:35", "-2017-12-31T11:22:33.456+01:35"},
           Row{"99999-12-31T11:22:33", "99999-12-31T11:22:33"},
           Row{"2011-12-31T10:15:30.987@Europe/Paris", "2011-12-31T10:15:30.987@Europe/Paris"},
           Row{"999999999-12-31T23:59:59.999999999@Europe/Paris",
               "999999999-12-31T23:59:59.999999999@Europe/Paris"},
           Row{"-999999999-12-31T23:59:59.999999999+02:00",
               "-999999999-12-31T23:59:59.999999999+02:00"},
           Row{"2021-12-31T24:00:00", "2022-01-01T00:00:00"},
           Row{"2021-01-01T24:00:00@Europe/Paris", "2021-01-02T00:00:00@Europe/Paris"},
       }) {
    CAPTURE(row.text);
    const auto date_time = parse_feel_date_time(row.text);
    REQUIRE(date_time.has_value());
    CHECK(to_text(*date_time) == row.expected);
  }
  for (const std::string_view text : {"",
                                      "11:00:00",
                                      "2011-12-0310:15:30",
                                      "2011-12-03T10:15:30+01:00@Europe/Paris",
                                      "9999999999-12-27T11:22:33",
                                      "2017-13-10T11:22:33",
                                      "998-12-31T11:22:33",
                                      "01211-12-31T11:22:33",
                                      "+99999-12-01T11:22:33",
                                      "2017-12-31T24:00:01",
                                      "2017-12-31T00:00:60",
                                      "2017-12-31T7:00:00",
                                      "2017-12-31T",
                                      "2017-12-31 11:22:33",
                                      "2017-12-31t11:22:33",
                                      "2017-12-31T13:20:00@xyz/abc",
                                      "2017-12-31T13:20:00+19:00",
                                      "999999999-12-31T24:00:00",
                                      "2017-12-31Z",
                                      "2017-12-31@Europe/Paris"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_feel_date_time(text).has_value());
  }
}

TEST_CASE("a duration is of days and times or of years and months, never of both") {
  for (const Row& row : {
           Row{"P1D", "P1D"},
           Row{"PT2H", "PT2H"},
           Row{"P1DT2H3M4.123456789S", "P1DT2H3M4.123456789S"},
           Row{"PT0.S", "PT0S"},
           Row{"PT0.000S", "PT0S"},
           Row{"-PT0.5S", "-PT0.5S"},
           Row{"-PT1H2M", "-PT1H2M"},
           Row{"PT1000M0.999999999S", "PT16H40M0.999999999S"},
           Row{"P2DT274M", "P2DT4H34M"},
           Row{"-P0D", "PT0S"},
           Row{"P730000000000D", "P730000000000D"},
           Row{"PT9223372036854775807.999999999S", "P106751991167300DT15H30M7.999999999S"},
           Row{"-P106751991167300DT15H30M8S", "-P106751991167300DT15H30M8S"},
           Row{"P1Y27M", "P3Y3M"},
           Row{"P0Y", "P0M"},
           Row{"-P999999999M", "-P83333333Y3M"},
           Row{"-P99999999Y", "-P99999999Y"},
       }) {
    CAPTURE(row.text);
    CHECK(show(parse_feel_duration(row.text)) == row.expected);
  }
  for (const std::string_view text : {"",
                                      "P",
                                      "PT",
                                      "P0",
                                      "1Y",
                                      "1D",
                                      "P1H",
                                      "P1S",
                                      "P1DT",
                                      "P1YT",
                                      "P1Y1D",
                                      "P1M1D",
                                      "P1YT1H",
                                      "PT1D",
                                      "PT1S1H",
                                      "PT1H1H",
                                      "PT1.5H",
                                      "PT.5S",
                                      "P-1D",
                                      "+P1D",
                                      "--P1D",
                                      "P1W",
                                      "p1d",
                                      "PT1,5S",
                                      " P1D",
                                      "PT0.1234567891S",
                                      "PT9223372036854775808S",
                                      "-P106751991167300DT15H30M8.1S",
                                      "P99999999999999999999D"}) {
    CAPTURE(text);
    CHECK(show(parse_feel_duration(text)) == "null");
  }
}

TEST_CASE("a text behind @ is of whichever kind reads it") {
  for (const auto& [text, kind] :
       {std::pair{"2019-03-31", Value::Kind::Date}, std::pair{"10:30:11", Value::Kind::Time},
        std::pair{"2018-12-08T10:30:11+11:00", Value::Kind::DateTime},
        std::pair{"P10D", Value::Kind::DaysDuration},
        std::pair{"P10Y", Value::Kind::MonthsDuration}, std::pair{"foo", Value::Kind::Null}}) {
    CAPTURE(text);
    CHECK(parse_temporal(text).kind() == kind);
  }
}

TEST_CASE("a duration moves a date, a time and a date and time") {
  check_calculations({
      {"2021-01-01 + P1Y", "2022-01-01"},
      {"P1M + 2021-01-01", "2021-02-01"},
      {"2021-01-31 + P1M", "2021-02-28"},
      {"2020-02-29 + P1Y", "2021-02-28"},
      {"2020-02-29 - P4Y", "2016-02-29"},
      {"2021-01-31 - P2M", "2020-11-30"},
      {"2021-01-01 + PT36H", "2021-01-02"},
      {"2021-01-02 - PT1S", "2021-01-01"},
      {"2021-01-02 - -PT1S", "2021-01-02"},
      {"2021-01-02 - PT25H", "2020-12-31"},
      {"2020-03-01 - PT24H", "2020-02-29"},
      {"10:15:00 + PT1H", "11:15:00"},
      {"23:30:00 + PT1H", "00:30:00"},
      {"00:30:00 - PT1H0.5S", "23:29:59.5"},
      {"10:15:00 + P1000000000000DT1S", "10:15:01"},
      {"10:15:00+11:00 + P1D", "10:15:00+11:00"},
      {"10:15:00@Australia/Melbourne - PT1H", "09:15:00@Australia/Melbourne"},
      {"2021-01-01T24:00:00 - PT1S", "2021-01-01T23:59:59"},
      {"2021-01-12T10:10:10+11:00 + P1DT1H", "2021-01-13T11:10:10+11:00"},
      {"P1Y + -2021-01-01T10:10:10@Australia/Melbourne",
       "-2020-01-01T10:10:10@Australia/Melbourne"},
      {"-2021-01-01T10:10:10@Australia/Melbourne + -P1D",
       "-2022-12-31T10:10:10@Australia/Melbourne"},
      {"2021-01-31T10:00:00.000000001Z + P1M", "2021-02-28T10:00:00.000000001Z"},
      {"-0001-12-31 + P1D", "0000-01-01"},
  });
}

TEST_CASE("a difference is the time that passed, and a date is its midnight in UTC") {
  check_calculations({
      {"2021-01-02 - 1995-01-01", "P9498D"},
      {"1995-01-01 - 2021-01-02", "-P9498D"},
      {"2021-01-02T10:10:10 - 2021-01-01T10:10:10", "P1D"},
      {"2021-01-02T10:10:10@Europe/Paris - 1995-01-01T10:10:10@Asia/Dhaka", "P9498DT5H"},
      {"2021-01-02T10:10:10+01:00 - 2021-01-01T10:10:10@Europe/Paris", "P1D"},
      {"2021-01-02T10:10:10@Europe/Paris - 2021-01-01", "P1DT9H10M10S"},
      {"2021-01-02 - 2021-01-01T10:10:10@Australia/Melbourne", "P1DT49M50S"},
      {"2021-01-02T00:00:00Z - 2021-01-02", "PT0S"},
      {"2021-01-02T10:10:10.25Z - 2021-01-02T10:10:10.5Z", "-PT0.25S"},
      {"10:10:10 - 11:10:10.5", "-PT1H0.5S"},
      {"10:10:10@Australia/Melbourne - 09:10:10@Australia/Melbourne", "PT1H"},
      {"10:10:10+02:00 - 10:10:10Z", "-PT2H"},
      {"999999999-12-31 - -999999999-01-01", "P730484999633D"},
      // Only one of the two is local.
      {"2021-01-02T10:10:10@Europe/Paris - 2021-01-01T10:10:10", "null"},
      {"2021-01-02T10:10:10 - 2021-01-01T10:10:10+02:00", "null"},
      {"2021-01-01T00:00:00 - 2021-01-02", "null"},
      {"10:10:10 - 10:10:10Z", "null"},
  });
}

TEST_CASE("durations are summed, scaled and divided") {
  check_calculations({
      {"P1Y + -P2M", "P10M"},
      {"-P1Y - -P2M", "-P10M"},
      {"PT24H + P1D", "P2D"},
      {"-P1D - PT2H", "-P1DT2H"},
      {"-PT0.5S + -PT0.5S", "-PT1S"},
      {"PT0.7S + PT0.7S", "PT1.4S"},
      {"1.5 * P4DT1H", "P6DT1H30M"},
      {"P1D * -10", "-P10D"},
      {"0 * P1D", "PT0S"},
      {"PT0.000000001S * 0.5", "PT0S"},
      {"P1D / 3", "PT8H"},
      {"PT1S / 3", "PT0.333333333S"},
      {"-PT1S / 3", "-PT0.333333333S"},
      {"P10DT23H / 2.5", "P4DT9H12M"},
      {"P10D / 0", "null"},
      {"P10D / P4D", "2.5"},
      {"-PT0.5S / PT1S", "-0.5"},
      {"P10D / P0D", "null"},
      {"P10D / P0Y", "null"},
      {"-2.5 * P1Y11M", "-P4Y9M"},
      {"P10Y11M / 2.5", "P4Y4M"},
      {"P10Y11M / -2.5", "-P4Y4M"},
      {"P10Y / P5Y", "2"},
      {"P10Y / 0", "null"},
  });
  CHECK(show(negate_duration(at("P1DT0.25S"))) == "-P1DT0.25S");
  CHECK(show(negate_duration(at("-P1Y2M"))) == "P1Y2M");
  CHECK(show(negate_duration(at("2021-01-01"))) == "null");
}

TEST_CASE("what has no such operation is null") {
  check_calculations({
      {"2021-01-01 + 2021-01-01", "null"},
      {"2021-01-01 + 10:10:10", "null"},
      {"2021-01-01T10:10:10 + 10:10:10", "null"},
      {"2021-01-01T10:10:10 - 10:10:10", "null"},
      {"10:10:10 - 2021-01-01", "null"},
      {"10:10:10 + P1Y", "null"},
      {"10:10:10 + 10:10:10", "null"},
      {"P1D + P1Y", "null"},
      {"P1Y - P1D", "null"},
      {"P1D - 2021-01-01", "null"},
      {"P1Y - 2021-01-01T10:10:10", "null"},
      {"P1D - 10:10:10", "null"},
      {"P1D + 1", "null"},
      {"1 - P1D", "null"},
      {"2021-01-01 * 10", "null"},
      {"2021-01-01 / 10", "null"},
  });
  CHECK(show(divide_duration(at("P1D"), Value("2"))) == "null");
  CHECK(show(add_temporal(at("P1D"), Value(), shanghai())) == "null");
  CHECK(show(subtract_temporal(Value("a"), at("2021-01-01"), shanghai())) == "null");
}

TEST_CASE("what lies out of reach is null") {
  check_calculations({
      {"999999999-12-31 + P1D", "null"},
      {"999999999-12-31 + P1M", "null"},
      {"-999999999-01-01 - P1D", "null"},
      {"-999999999-01-01 - PT1S", "null"},
      {"-999999999-01-01 + P1999999998Y", "999999999-01-01"},
      {"999999999-12-31T23:59:59 + PT1S", "null"},
      {"999999999-12-31T23:59:59-18:00 + PT0S", "999999999-12-31T23:59:59-18:00"},
      {"999999999-12-31T23:59:59@Asia/Shanghai + -PT1S", "999999999-12-31T23:59:58@Asia/Shanghai"},
      {"2021-01-01 + PT9223372036854775807S", "null"},
      {"2021-01-01 + P9223372036854775807M", "null"},
      {"2021-01-01T00:00:00Z - -P106751991167300DT15H30M8S", "null"},
      {"PT9223372036854775807S + PT1S", "null"},
      {"PT9223372036854775807.5S + PT0.5S", "null"},
      {"-P106751991167300DT15H30M8S + PT0.5S", "-P106751991167300DT15H30M7.5S"},
      {"P1D * 1000000000000000", "null"},
      {"P9223372036854775807M + P1M", "null"},
      {"P1M * 10000000000000000000", "null"},
  });
  CHECK(show(negate_duration(Value(MonthsDuration{Limits::min()}))) == "null");
  CHECK(show(negate_duration(Value(DaysDuration{Limits::min(), 0}))) == "null");
  CHECK(show(negate_duration(Value(DaysDuration{Limits::min(), 1}))) ==
        "P106751991167300DT15H30M7.999999999S");
}

TEST_CASE("across a clock change days are 24 hours, and months keep the hour") {
  check_calculations({
      // Clocks go forward on 2026-03-29 at 02:00.
      {"2026-03-28T12:00:00@Europe/Berlin + P1D", "2026-03-29T13:00:00@Europe/Berlin"},
      {"2026-03-29T01:30:00@Europe/Berlin + PT1H", "2026-03-29T03:30:00@Europe/Berlin"},
      {"2026-03-29T12:00:00@Europe/Berlin - 2026-03-28T12:00:00@Europe/Berlin", "PT23H"},
      {"2026-02-28T12:00:00@Europe/Berlin + P1M", "2026-03-28T12:00:00@Europe/Berlin"},
      // An hour that is skipped counts from the old offset.
      {"2026-03-29T02:30:00@Europe/Berlin + PT0S", "2026-03-29T03:30:00@Europe/Berlin"},
      // And back on 2026-10-25 at 03:00: the second hour of two equal ones shows its offset.
      {"2026-10-25T02:30:00@Europe/Berlin + PT1H", "2026-10-25T02:30:00+01:00"},
      {"2026-10-25T02:30:00@Europe/Berlin + PT2H", "2026-10-25T03:30:00@Europe/Berlin"},
      {"2026-10-25T12:00:00@Europe/Berlin - 2026-10-24T12:00:00@Europe/Berlin", "P1DT1H"},
      // Rules go on for ever.
      {"900000000-07-01T12:00:00@Europe/Berlin - 900000000-07-01T12:00:00Z", "-PT2H"},
      {"900000000-01-01T12:00:00@Europe/Berlin - 900000000-01-01T12:00:00Z", "-PT1H"},
  });
  const Value first = at("2026-10-25T02:30:00@Europe/Berlin");
  const Value second = add_temporal(first, at("PT1H"), shanghai());
  CHECK(show(subtract_temporal(second, first, shanghai())) == "PT1H");
  CHECK(show(add_temporal(second, at("PT1H"), shanghai())) == "2026-10-25T03:30:00@Europe/Berlin");
  CHECK(show(add_temporal(second, at("P1M"), shanghai())) == "2026-11-25T02:30:00@Europe/Berlin");
  CHECK(show(temporal_property(second, "time offset", shanghai())) == "PT1H");
  CHECK(show(temporal_property(second, "timezone", shanghai())) == "Europe/Berlin");
  CHECK(order_temporal(first, second, shanghai()) == -1);
}

TEST_CASE("equality of times and of dates and times is that of whole seconds in UTC") {
  for (const Row& row : {
           Row{"2018-12-08 2018-12-08", "1"},
           Row{"2018-12-07 2018-12-08", "0"},
           Row{"10:30:00 10:30:01", "0"},
           Row{"10:30:00.0001 10:30:00.0002", "1"},
           Row{"10:30:00Z 10:30:00+00:00", "1"},
           Row{"10:30:00+02:00 08:30:00Z", "1"},
           Row{"10:30:00@Europe/Paris 10:30:00@Europe/Paris", "1"},
           Row{"10:30:00@Europe/Paris 10:30:00@Asia/Dhaka", "0"},
           Row{"10:30:00@Europe/Paris 10:30:00+01:00", "1"},
           Row{"10:30:00 10:30:00Z", "null"},
           Row{"2018-12-08T00:00:00.0001 2018-12-08T00:00:00.0000", "1"},
           Row{"2018-12-08T00:00:00@Europe/Paris 2018-12-08T00:00:00@Asia/Dhaka", "0"},
           Row{"2018-10-08T00:00:00+02:00 2018-10-08T00:00:00@Europe/Paris", "1"},
           Row{"2002-04-02T12:00:00@Australia/Melbourne 2002-04-02T12:00:00@Australia/Sydney", "1"},
           Row{"2002-04-02T23:00:00-04:00 2002-04-03T02:00:00-01:00", "1"},
           Row{"2018-12-08T00:00:00 2018-12-08T00:00:00Z", "null"},
           Row{"2018-12-08 2018-12-08T00:00:00", "null"},
           Row{"P1D PT24H", "1"},
           Row{"P1D -P1D", "0"},
           Row{"PT0.1S PT0.2S", "0"},
           Row{"P1Y P12M", "1"},
           Row{"P0Y P0D", "null"},
       }) {
    CAPTURE(row.text);
    const std::size_t blank = row.text.find(' ');
    const Value a = at(row.text.substr(0, blank));
    const Value b = at(row.text.substr(blank + 1));
    CHECK(show(equal_temporal(a, b, shanghai())) == row.expected);
    CHECK(show(equal_temporal(b, a, shanghai())) == row.expected);
  }
}

TEST_CASE("values of one kind have an order, fractions of seconds included") {
  for (const std::string text :
       {"2018-12-07 2018-12-08", "-0001-01-01 0000-01-01", "10:30:00 10:30:00.000000001",
        "10:30:00+01:00 10:30:00Z", "10:30:00+02:00 10:30:00@Europe/Paris",
        "2018-12-08T00:00:00@Asia/Dhaka 2018-12-08T00:00:00@Europe/Paris",
        "2018-12-08T00:00:00.000000001 2018-12-08T00:00:00.000000002", "-P1D PT0S",
        "-PT0.2S -PT0.1S", "P11M P1Y"}) {
    CAPTURE(text);
    const std::size_t blank = text.find(' ');
    const Value a = at(text.substr(0, blank));
    const Value b = at(text.substr(blank + 1));
    CHECK(order_temporal(a, b, shanghai()) == -1);
    CHECK(order_temporal(b, a, shanghai()) == 1);
    CHECK(order_temporal(a, a, shanghai()) == 0);
  }
  for (const std::string text :
       {"10:30:00 10:30:00Z", "2018-12-08T00:00:00 2018-12-08T00:00:00@Asia/Dhaka",
        "2018-12-08 2018-12-08T00:00:00", "P1D P1M", "2018-12-08 10:30:00"}) {
    CAPTURE(text);
    const std::size_t blank = text.find(' ');
    CHECK_FALSE(order_temporal(at(text.substr(0, blank)), at(text.substr(blank + 1)), shanghai()));
  }
  CHECK_FALSE(order_temporal(at("2018-12-08"), Value(), shanghai()));
  CHECK_FALSE(equal_temporal(Value("a"), at("P1D"), shanghai()));
}

TEST_CASE("an instant is the date and time that its zone shows") {
  const Value nine = instant("2026-03-02T01:00:00.25Z");
  CHECK(to_text(to_date_time(nine.instant(), shanghai())) ==
        "2026-03-02T09:00:00.25@Asia/Shanghai");
  CHECK(to_text(to_date_time({Limits::max()}, TimeZone::utc())) ==
        "294247-01-10T04:00:54.775807@UTC");
  CHECK(to_text(to_date_time({Limits::min()}, TimeZone::utc())) ==
        "-290308-12-21T19:59:05.224192@UTC");
  CHECK(equal_temporal(nine, at("2026-03-02T09:00:00@Asia/Shanghai"), shanghai()) == true);
  CHECK(equal_temporal(at("2026-03-02T01:00:00Z"), nine, shanghai()) == true);
  CHECK(equal_temporal(nine, instant("2026-03-02T01:00:00Z"), shanghai()) == true);
  CHECK(order_temporal(nine, at("2026-03-02T01:00:00Z"), shanghai()) == 1);
  CHECK(order_temporal(nine, instant("2026-03-02T01:00:00.5Z"), shanghai()) == -1);
  // Beside an instant a local date and time is what people in the zone read.
  CHECK(order_temporal(nine, at("2026-03-02T09:00:00.25"), shanghai()) == 0);
  CHECK(order_temporal(at("2026-03-02T09:00:01"), nine, shanghai()) == 1);
  CHECK(equal_temporal(nine, at("2026-03-02T09:00:00"), shanghai()) == true);
  CHECK(show(add_temporal(nine, at("PT1H"), shanghai())) == "2026-03-02T10:00:00.25@Asia/Shanghai");
  CHECK(show(add_temporal(at("P1M"), nine, shanghai())) == "2026-04-02T09:00:00.25@Asia/Shanghai");
  CHECK(show(subtract_temporal(nine, instant("2026-03-01T01:00:00Z"), shanghai())) == "P1DT0.25S");
  CHECK(show(subtract_temporal(nine, at("2026-03-02"), shanghai())) == "PT1H0.25S");
  CHECK(show(temporal_property(nine, "hour", shanghai())) == "9");
  CHECK(show(temporal_property(nine, "hour", TimeZone::utc())) == "1");
  CHECK(show(temporal_property(nine, "timezone", shanghai())) == "Asia/Shanghai");
  CHECK(show(temporal_property(nine, "time offset", shanghai())) == "PT8H");
}

TEST_CASE("parts of dates, times and durations have names") {
  struct Part {
    std::string_view value;
    std::string_view name;
    std::string_view expected;
  };

  for (const Part& row : {
           Part{"2018-12-10", "year", "2018"},
           Part{"-0044-03-15", "year", "-44"},
           Part{"2018-12-10", "month", "12"},
           Part{"2018-12-10", "day", "10"},
           Part{"2018-12-10", "weekday", "1"},
           Part{"2018-12-16", "weekday", "7"},
           Part{"-999999999-01-01", "weekday", "1"},
           Part{"2018-12-10", "hour", "null"},
           Part{"2018-12-10", "years", "null"},
           Part{"2018-12-10T10:30:01", "weekday", "1"},
           Part{"2018-12-10T10:30:01", "hour", "10"},
           Part{"2018-12-10T10:30:01", "minute", "30"},
           Part{"2018-12-10T10:30:01.75", "second", "1"},
           Part{"2018-12-10T10:30:00+05:00", "time offset", "PT5H"},
           Part{"2018-12-10T10:30:00", "time offset", "null"},
           Part{"2018-07-10T10:30:00@Europe/Paris", "time offset", "PT2H"},
           Part{"2018-12-10T10:30:00@Etc/UTC", "timezone", "Etc/UTC"},
           Part{"2018-12-10T10:30:00+05:00", "timezone", "null"},
           Part{"10:30:01", "hour", "10"},
           Part{"10:30:01", "year", "null"},
           Part{"10:30:01-05:00", "time offset", "-PT5H"},
           Part{"10:30:01", "time offset", "null"},
           Part{"10:30:01@Europe/Paris", "time offset", "null"},
           Part{"10:30:01@Europe/Paris", "timezone", "Europe/Paris"},
           Part{"P1Y2M", "years", "1"},
           Part{"-P1Y2M", "years", "-1"},
           Part{"-P1Y2M", "months", "-2"},
           Part{"P1Y", "days", "null"},
           Part{"P1DT2H3M4.5S", "days", "1"},
           Part{"P1DT2H3M4.5S", "hours", "2"},
           Part{"P1DT2H3M4.5S", "minutes", "3"},
           Part{"P1DT2H3M4.5S", "seconds", "4"},
           Part{"-P1DT2H3M4.5S", "days", "-1"},
           Part{"-P1DT2H3M4.5S", "seconds", "-4"},
           Part{"-PT0.5S", "seconds", "0"},
           Part{"P1D", "years", "null"},
       }) {
    CAPTURE(row.value);
    CAPTURE(row.name);
    CHECK(show(temporal_property(at(row.value), row.name, shanghai())) == row.expected);
  }
  CHECK(temporal_property(Value("2018-12-10"), "year", shanghai()).is_null());
}

TEST_CASE("what a value's text reads back is the value") {
  Draw draw;
  CAPTURE(seed());
  for (int i = 0; i < 5'000; ++i) {
    const Value value = draw.value();
    const std::string text = show(value);
    const Value again = parse_temporal(text);
    if (!(again == value)) FAIL(text << " reads back as " << show(again));
  }
}

TEST_CASE("adding a days duration and taking it away again changes nothing") {
  Draw draw;
  CAPTURE(seed());
  int reached = 0;
  for (int i = 0; i < 5'000; ++i) {
    const Value duration(draw.days());
    // Arithmetic moves a skipped hour forward, so the start is one that clocks show.
    const Value start = add_temporal(Value(draw.date_time()), at("PT0S"), shanghai());
    const Value there = add_temporal(start, duration, shanghai());
    if (start.is_null() || there.is_null()) continue;
    ++reached;
    const Value back = subtract_temporal(there, duration, shanghai());
    if (!(back == start)) {
      FAIL(show(start) << " + " << show(duration) << " -> " << show(there) << " -> " << show(back));
    }
    const Value difference = subtract_temporal(there, start, shanghai());
    if (!(difference == duration)) FAIL(show(start) << " " << show(there) << show(difference));
  }
  CHECK(reached > 1'000);
  for (int i = 0; i < 2'000; ++i) {
    const Value duration(draw.days());
    const Value start(Time{draw.time_of_day(), draw.any_zone()});
    const Value back =
        subtract_temporal(add_temporal(start, duration, shanghai()), duration, shanghai());
    if (!(back == start)) FAIL(show(start) << " + " << show(duration) << " -> " << show(back));
  }
}

TEST_CASE("the order of a kind is total, and agrees with differences and equality") {
  Draw draw;
  CAPTURE(seed());
  const auto order = [](const Value& a, const Value& b) {
    return order_temporal(a, b, shanghai());
  };
  const Zone somewhere = Zone::of(zone("Europe/Berlin"));
  for (int i = 0; i < 3'000; ++i) {
    std::array<Value, 3> v;
    for (Value& value : v) {
      DateTime date_time = draw.date_time();
      if (date_time.zone.is_local()) date_time.zone = somewhere;
      switch (i % 5) {
        case 0:
          value = Value(date_time);
          break;
        case 1:
          value = Value(Time{date_time.local.time, date_time.zone});
          break;
        case 2:
          value = Value(date_time.local.date);
          break;
        case 3:
          value = Value(draw.days());
          break;
        default:
          value = Value(draw.months());
      }
    }
    CAPTURE(show(v[0]));
    CAPTURE(show(v[1]));
    CAPTURE(show(v[2]));
    const auto ab = order(v[0], v[1]);
    REQUIRE(ab.has_value());
    REQUIRE(order(v[1], v[0]) == -*ab);
    REQUIRE(order(v[0], v[0]) == 0);
    if (*ab <= 0 && order(v[1], v[2]) <= 0) REQUIRE(order(v[0], v[2]) <= 0);
    if (*ab == 0) REQUIRE(equal_temporal(v[0], v[1], shanghai()) == true);
    const Value difference = subtract_temporal(v[0], v[1], shanghai());
    if (difference.kind() == Value::Kind::DaysDuration) {
      REQUIRE(order(difference, at("PT0S")) == ab);
    }
  }
}

}  // namespace formwork::feel
