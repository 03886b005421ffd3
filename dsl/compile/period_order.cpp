#include "dsl/compile/period_order.h"

namespace formwork::compile {
namespace {

// A Monday morning, from which they are laid side by side.
constexpr LocalDateTime kMonday{{2026, 3, 2}, {9 * 3600 * kNanosPerSecond}};

}  // namespace

void check_period_order(std::span<const PlacedPeriod> periods, std::string_view code,
                        std::string_view what, Context& context) {
  const auto& calendars = context.model.calendars;
  const calendar::Calendar calendar = calendars.empty()
                                          ? calendar::Calendar::plain(*context.model.app.time_zone)
                                          : calendars[context.model.app.calendar].calendar;
  const Instant start = calendar.zone().to_instant(kMonday);
  const std::string one(what);
  for (std::size_t i = 1; i < periods.size(); ++i) {
    const Instant earlier = calendar.add(start, periods[i - 1].period);
    const Instant later = calendar.add(start, periods[i].period);
    if (earlier < later) continue;
    context.diagnostics
        .error(code, periods[i].where,
               earlier == later ? "two " + one + "s fall on the same moment"
                                : "this " + one + " comes before the one above it",
               earlier == later ? "give one of them another period"
                                : "write " + one + "s in the order of their time")
        .related.push_back({periods[i - 1].where, "the other is here"});
  }
}

}  // namespace formwork::compile
