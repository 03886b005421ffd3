#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "dsl/feel/builtin.h"
#include "dsl/feel/temporal.h"

namespace formwork::feel {

const Family& temporal_functions();

namespace {

Value number(std::string_view text) { return Value(Number::parse(text).value()); }

Value text(std::string_view content) { return Value(content); }

// What @"…" means.
Value at(std::string_view content) {
  Value value = parse_temporal(content);
  REQUIRE_MESSAGE(!value.is_null(), "expected a value, but got " << std::string(content));
  return value;
}

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

bool fits(const Value& value, const Parameter& parameter) {
  switch (value.kind()) {
    case Value::Kind::Null:
      return parameter.takes_null;
    case Value::Kind::Number:
      return parameter.type == "number";
    case Value::Kind::String:
      return parameter.type == "string";
    case Value::Kind::Time:
      return parameter.type == "time";
    case Value::Kind::Date:
    case Value::Kind::DateTime:
    case Value::Kind::Instant:
      return parameter.type == "date and time";
    case Value::Kind::DaysDuration:
      return parameter.type == "days and time duration";
    default:
      return false;
  }
}

// In Shanghai, at half past one in the night, which is still the day before in UTC.
Environment shanghai() {
  return {.now = *parse_instant("2026-03-01T17:30:00.25Z"),
          .zone = TimeZone::find("Asia/Shanghai")};
}

// Calls the entry of that name that takes such values; optional ones may be left out.
std::string call(std::string_view name, std::vector<Value> arguments) {
  for (const Builtin& entry : temporal_functions().entries) {
    if (entry.name != name || arguments.size() > entry.parameters.size()) continue;
    std::vector<Value> given = arguments;
    bool does_fit = true;
    for (std::size_t i = 0; i < entry.parameters.size(); ++i) {
      const bool is_left_out = i >= arguments.size();
      does_fit = does_fit && (is_left_out ? entry.parameters[i].is_optional
                                          : fits(arguments[i], entry.parameters[i]));
      if (is_left_out) given.emplace_back();
    }
    if (!does_fit) continue;
    const Environment environment = shanghai();
    std::vector<Warning> warnings;
    Evaluation evaluation(environment, {}, &warnings);
    const Value value = entry.call(given, evaluation);
    CHECK(value.is_null() == !warnings.empty());
    return show(value);
  }
  return "no such entry";
}

}  // namespace

TEST_CASE("date() reads a text, takes a date and time apart, or joins three numbers") {
  CHECK(call("date", {text("2017-12-31")}) == "2017-12-31");
  CHECK(call("date", {text("-999999999-12-31")}) == "-999999999-12-31");
  CHECK(call("date", {text("2017-02-29")}) == "null");
  CHECK(call("date", {text("2017-12-31T11:22:33")}) == "null");
  CHECK(call("date", {at("2017-12-31T11:22:33@Europe/Paris")}) == "2017-12-31");
  CHECK(call("date", {at("2017-12-31")}) == "2017-12-31");
  CHECK(call("date", {Value(shanghai().now)}) == "2026-03-02");
  CHECK(call("date", {number("2017"), number("2"), number("28.0")}) == "2017-02-28");
  CHECK(call("date", {number("-999999999"), number("1"), number("1")}) == "-999999999-01-01");
  for (const std::vector<std::string>& parts :
       std::vector<std::vector<std::string>>{{"2017", "2", "29"},
                                             {"2017", "13", "1"},
                                             {"2017", "0", "1"},
                                             {"2017", "1", "0"},
                                             {"2017", "12", "32"},
                                             {"2017.5", "1", "1"},
                                             {"2017", "1", "257"},
                                             {"2017", "-1", "1"},
                                             {"1000000000", "1", "1"},
                                             {"-1000000000", "1", "1"},
                                             {"1E+40", "1", "1"}}) {
    CAPTURE(parts[0] + " " + parts[1] + " " + parts[2]);
    CHECK(call("date", {number(parts[0]), number(parts[1]), number(parts[2])}) == "null");
  }
}

TEST_CASE("time() reads a text, takes a date and time apart, or joins numbers") {
  CHECK(call("time", {text("11:22:33.123456789")}) == "11:22:33.123456789");
  CHECK(call("time", {text("23:59:60")}) == "null");
  CHECK(call("time", {at("11:22:33Z")}) == "11:22:33Z");
  CHECK(call("time", {at("2017-08-10T10:20:00-01:00")}) == "10:20:00-01:00");
  CHECK(call("time", {at("2017-08-10T10:20:00@Europe/Paris")}) == "10:20:00@Europe/Paris");
  CHECK(call("time", {at("2017-08-10")}) == "00:00:00Z");
  CHECK(call("time", {Value(shanghai().now)}) == "01:30:00.25@Asia/Shanghai");

  const auto joined = [](std::string_view hour, std::string_view minute, std::string_view second,
                         const Value& offset) {
    return call("time", {number(hour), number(minute), number(second), offset});
  };
  CHECK(call("time", {number("12"), number("0"), number("0")}) == "12:00:00");
  CHECK(joined("12", "59", "01.3", at("-PT1H")) == "12:59:01.3-01:00");
  CHECK(joined("11", "59", "45", {}) == "11:59:45");
  CHECK(joined("11", "59", "45", at("PT0H")) == "11:59:45Z");
  CHECK(joined("11", "59", "45", at("-PT2H45M55S")) == "11:59:45-02:45:55");
  CHECK(joined("23", "59", "59.9999999999", {}) == "23:59:59.999999999");
  CHECK(joined("24", "0", "0", {}) == "null");
  CHECK(joined("-24", "59", "45", {}) == "null");
  CHECK(joined("23", "60", "45", {}) == "null");
  CHECK(joined("23", "59", "60", {}) == "null");
  CHECK(joined("23", "59", "-0.1", {}) == "null");
  CHECK(joined("23.5", "59", "0", {}) == "null");
  CHECK(joined("23", "59", "0", at("PT18H1S")) == "null");
  CHECK(joined("23", "59", "0", at("PT0.5S")) == "null");
  CHECK(joined("23", "59", "1E+30", {}) == "null");
}

TEST_CASE("an hour that clocks show twice is the zone's hour once the date is gone") {
  const TimeZone& utc = TimeZone::utc();
  const Value second = add_temporal(at("2026-10-25T02:30:00@Europe/Berlin"), at("PT1H"), utc);
  CHECK(show(second) == "2026-10-25T02:30:00+01:00");
  CHECK(call("time", {second}) == "02:30:00@Europe/Berlin");
  CHECK(call("date", {second}) == "2026-10-25");
}

TEST_CASE("date and time() reads a text, joins a date and a time, or joins numbers") {
  const std::string_view name = "date and time";
  CHECK(call(name, {text("2012-12-24")}) == "2012-12-24T00:00:00");
  CHECK(call(name, {text("2012-12-24T23:59:00Z")}) == "2012-12-24T23:59:00Z");
  CHECK(call(name, {text("11:00:00")}) == "null");
  CHECK(call(name, {at("2012-12-24")}) == "2012-12-24T00:00:00Z");
  CHECK(call(name, {at("2012-12-24T23:59:00")}) == "2012-12-24T23:59:00");
  CHECK(call(name, {Value(shanghai().now)}) == "2026-03-02T01:30:00.25@Asia/Shanghai");
  CHECK(call(name, {at("2017-01-01"), at("23:59:01")}) == "2017-01-01T23:59:01");
  CHECK(call(name, {at("2017-08-10T10:20:00@Europe/Paris"), at("23:59:01.5+02:00")}) ==
        "2017-08-10T23:59:01.5+02:00");
  CHECK(call(name, {Value(shanghai().now), at("09:00:00")}) == "2026-03-02T09:00:00");

  const auto joined = [&](std::vector<Value> last) {
    std::vector<Value> arguments{number("2017"), number("8"),  number("10"),
                                 number("10"),   number("20"), number("0.5")};
    arguments.insert(arguments.end(), last.begin(), last.end());
    return call(name, arguments);
  };
  CHECK(joined({}) == "2017-08-10T10:20:00.5");
  CHECK(joined({Value()}) == "2017-08-10T10:20:00.5");
  CHECK(joined({at("-PT1H30M")}) == "2017-08-10T10:20:00.5-01:30");
  CHECK(joined({number("5.5")}) == "2017-08-10T10:20:00.5+05:30");
  CHECK(joined({text("Asia/Dhaka")}) == "2017-08-10T10:20:00.5@Asia/Dhaka");
  CHECK(joined({text("Mars/Base")}) == "null");
  CHECK(joined({number("19")}) == "null");
  CHECK(joined({number("1E+300")}) == "null");
}

TEST_CASE("duration() reads both kinds of duration") {
  CHECK(call("duration", {text("P1DT24H")}) == "P2D");
  CHECK(call("duration", {text("P26M")}) == "P2Y2M");
  CHECK(call("duration", {text("P1Y1D")}) == "null");
  CHECK(call("duration", {text("")}) == "null");
}

TEST_CASE("years and months duration() counts whole months between dates, towards zero") {
  struct Row {
    std::string_view from;
    std::string_view to;
    std::string_view expected;
  };

  for (const Row& row : {
           Row{"2011-12-22", "2013-08-24", "P1Y8M"},
           Row{"2013-08-24", "2011-12-22", "-P1Y8M"},
           Row{"2016-01-21", "2015-01-21", "-P1Y"},
           Row{"2016-01-01", "2016-01-01", "P0M"},
           Row{"2016-01-31", "2016-02-29", "P0M"},
           Row{"2016-02-29", "2016-01-31", "P0M"},
           Row{"2017-12-31T13:00:00", "2017-12-31T12:00:00", "P0M"},
           Row{"2010-05-30T03:55:58", "2017-12-15T00:59:59", "P7Y6M"},
           Row{"-2016-01-30T09:05:00", "-2017-02-28T02:02:02", "-P11M"},
           Row{"2014-12-31T23:59:59", "-2019-10-01T12:32:59", "-P4033Y2M"},
           Row{"2017-09-05T10:20:00-01:00", "-2019-10-01T12:32:59+02:00", "-P4035Y11M"},
           Row{"2011-08-25T15:59:59@Europe/Paris", "2015-08-25T15:20:59+02:00", "P4Y"},
           Row{"2013-08-24", "2017-12-15T00:59:59", "P4Y3M"},
           Row{"-999999999-01-01", "999999999-12-31", "P1999999998Y11M"},
       }) {
    CAPTURE(row.from);
    CAPTURE(row.to);
    CHECK(call("years and months duration", {at(row.from), at(row.to)}) == row.expected);
  }
}

TEST_CASE("now() and today() are those of the evaluation, in its zone") {
  CHECK(call("now", {}) == "2026-03-02T01:30:00.25@Asia/Shanghai");
  CHECK(call("today", {}) == "2026-03-02");
}

TEST_CASE("the calendar knows a date's day, week and month") {
  struct Row {
    std::string_view date;
    std::string_view day_of_year, day_of_week, week_of_year, month_of_year;
  };

  for (const Row& row : {
           Row{"1970-01-01", "1", "Thursday", "1", "January"},
           Row{"2019-12-31", "365", "Tuesday", "1", "December"},
           Row{"2020-12-31", "366", "Thursday", "53", "December"},
           Row{"2019-09-17", "260", "Tuesday", "38", "September"},
           Row{"2019-09-17T23:10:10@Asia/Dhaka", "260", "Tuesday", "38", "September"},
           Row{"2003-12-29", "363", "Monday", "1", "December"},
           Row{"2004-01-04", "4", "Sunday", "1", "January"},
           Row{"2005-01-01", "1", "Saturday", "53", "January"},
           Row{"2005-01-03", "3", "Monday", "1", "January"},
           Row{"2005-01-09", "9", "Sunday", "1", "January"},
           Row{"2010-01-03", "3", "Sunday", "53", "January"},
           Row{"1969-12-28", "362", "Sunday", "52", "December"},
           Row{"-0001-03-01", "60", "Monday", "9", "March"},
           Row{"999999999-12-31", "365", "Friday", "52", "December"},
       }) {
    CAPTURE(row.date);
    CHECK(call("day of year", {at(row.date)}) == row.day_of_year);
    CHECK(call("day of week", {at(row.date)}) == row.day_of_week);
    CHECK(call("week of year", {at(row.date)}) == row.week_of_year);
    CHECK(call("month of year", {at(row.date)}) == row.month_of_year);
  }
  CHECK(call("day of week", {Value(shanghai().now)}) == "Monday");
}

TEST_CASE("entries of dates and times have their words, and those of one name stand together") {
  std::vector<std::string_view> names;
  for (const Builtin& entry : temporal_functions().entries) {
    CAPTURE(entry.name);
    CHECK((entry.call != nullptr));
    CHECK_FALSE(entry.result.empty());
    CHECK_FALSE(entry.summary.empty());
    CHECK_FALSE(entry.example.empty());
    CHECK_FALSE(entry.answer.empty());
    if (names.empty() || names.back() != entry.name) {
      CHECK(std::find(names.begin(), names.end(), entry.name) == names.end());
      names.push_back(entry.name);
    }
  }
}

}  // namespace formwork::feel
