// `is`: whether two values are the same, where `=` asks whether they mean the same.
#include "dsl/base/time_zone.h"
#include "dsl/feel/builtin.h"
#include "dsl/feel/temporal.h"

namespace formwork::feel {
namespace {

// UTC is the offset 0, whatever name it goes by.
Zone plain(const Zone& zone) {
  if (zone.named == nullptr) return zone;
  const std::string_view name = zone.named->name();
  const bool is_utc =
      zone.named == &TimeZone::utc() || name == "Z" || name == "UTC" || name == "Etc/UTC";
  return is_utc ? Zone::offset(0) : zone;
}

Value plain(const Value& value, const TimeZone& zone) {
  switch (value.kind()) {
    case ValueKind::Instant:
      return plain(Value(to_date_time(value.instant(), zone)), zone);
    case ValueKind::DateTime:
      return Value(DateTime{value.date_time().local, plain(value.date_time().zone)});
    case ValueKind::Time:
      return Value(Time{value.zoned_time().of_day, plain(value.zoned_time().zone)});
    default:
      return value;
  }
}

Value is(Arguments arguments, Evaluation& evaluation) {
  const TimeZone& zone = *evaluation.environment().zone;
  return Value(plain(arguments[0], zone) == plain(arguments[1], zone));
}

}  // namespace

const Family& identity_functions() {
  static const Family family{
      .title = "Identity",
      .entries =
          {
              {
                  .name = "is",
                  .parameters = {{.name = "value1", .type = "Any", .takes_null = true},
                                 {.name = "value2", .type = "Any", .takes_null = true}},
                  .result = "boolean",
                  .call = is,
                  .summary = "Whether two values are the same, of one kind and in one time zone.",
                  .example = "is(@\"23:00:50Z\", @\"23:00:50\")",
                  .answer = "false",
              },
          },
  };
  return family;
}

}  // namespace formwork::feel
