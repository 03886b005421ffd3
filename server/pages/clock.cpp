#include "server/pages/clock.h"

#include "server/pages/page_texts.h"

namespace formwork::pages {
namespace {

constexpr std::int64_t kMinute = 60 * kMicrosPerSecond;
constexpr std::int64_t kHour = 60 * kMinute;

}  // namespace

std::string span_text(const Words& words, Instant from, Instant to) {
  const std::int64_t span = to.microseconds - from.microseconds;
  const auto in = [&](std::int64_t unit, const MessageText& text) {
    return words(text, {{"n", std::to_string(span / unit)}});
  };
  if (span >= 2 * kMicrosPerDay) return in(kMicrosPerDay, texts::kDays);
  if (span >= kMicrosPerDay) return words(texts::kOneDay);
  if (span >= kHour) return in(kHour, texts::kHours);
  return in(kMinute, texts::kMinutes);
}

DueState due_state(const Words& words, Instant since, Instant due, Instant now) {
  if (due < now) {
    return {DueState::Kind::Late, words(texts::kOverdueBy, {{"span", span_text(words, due, now)}})};
  }
  const std::int64_t left = due.microseconds - now.microseconds;
  const std::int64_t whole = due.microseconds - since.microseconds;
  return {left < 4 * kHour || left < whole / 4 ? DueState::Kind::Soon : DueState::Kind::Calm,
          words(texts::kTimeLeft, {{"span", span_text(words, now, due)}})};
}

DueState dwell_state(const Words& words, const lifecycle::DwellTimes& dwell, Instant now) {
  if (dwell.limit && *dwell.limit < now) {
    return {DueState::Kind::Late,
            words(texts::kOverdueBy, {{"span", span_text(words, *dwell.limit, now)}})};
  }
  DueState state;
  if (dwell.warn && *dwell.warn < now) state.kind = DueState::Kind::Soon;
  if (dwell.limit) {
    state.text = words(texts::kTimeLeft, {{"span", span_text(words, now, *dwell.limit)}});
  } else if (state.kind == DueState::Kind::Soon) {
    state.text = words(texts::kLongStay);
  }
  return state;
}

void append_due(Html& html, const DueState& state) {
  if (state.text.empty()) return;
  switch (state.kind) {
    case DueState::Kind::Calm:
      html.markup("<span class=\"chip\">");
      break;
    case DueState::Kind::Soon:
      html.markup("<span class=\"chip chip--warn\">").icon("clock");
      break;
    case DueState::Kind::Late:
      html.markup("<span class=\"chip chip--danger\">").icon("triangle-alert");
      break;
  }
  html.text(state.text).markup("</span>");
}

std::string day_text(const Context& context, Instant instant) {
  return to_string(context.showing.zone->to_local(instant).date);
}

std::string last_day_text(const Context& context, Instant end) {
  return day_text(context, Instant{end.microseconds - 1});
}

void append_moment(Html& html, const Context& context, Instant instant) {
  const TimeZone& zone = *context.showing.zone;
  LocalDateTime local = zone.to_local(instant);
  local.time.nanoseconds -= local.time.nanoseconds % (60 * kNanosPerSecond);
  const bool is_today = zone.to_local(context.frame.now).date == local.date;
  html.markup("<time").attribute("datetime", machine_time(instant, zone)).markup(">");
  if (!is_today) html.text(to_string(local.date).substr(5)).markup(" ");
  html.text(to_string(local.time)).markup("</time>");
}

}  // namespace formwork::pages
