// formwork forecast: which timers fire in the next days, on which records, by which rule.
#include <charconv>

#include "server/program/store_command.h"

namespace formwork::program {
namespace {

constexpr Option kOptions[] = {
    kDbOption,
    {.name = "--days", .value = "N", .summary = "how far to look, 1 to 366", .fallback = "7"},
    {.name = "--entity", .value = "NAME", .summary = "only records of this entity"},
    {.name = "--format", .value = "FORMAT", .summary = "text or json", .fallback = "text"},
};

bool is_number_of_days(const std::string& text) {
  constexpr int kMostDays = 366;
  int days = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, days);
  return read.ec == std::errc() && read.ptr == end && days >= 1 && days <= kMostDays;
}

Exit run_forecast(const Arguments& arguments) {
  const std::string format = arguments["--format"];
  if (format != "text" && format != "json") {
    return complain("--format takes text or json, not `" + format + "`", Exit::WrongUsage);
  }
  if (!is_number_of_days(arguments["--days"])) {
    return complain("--days takes a number from 1 to 366", Exit::WrongUsage);
  }
  return ask_store(arguments["--db"], {.action = "forecast",
                                       .days = arguments["--days"],
                                       .entity = arguments["--entity"],
                                       .format = format});
}

}  // namespace

const Command& forecast_command() {
  static const Command command{"forecast", "Say which deadlines come in the next days", kOptions,
                               run_forecast};
  return command;
}

}  // namespace formwork::program
