#include "server/routes/api_forecast.h"

#include <charconv>

#include "engine/pipeline/forecast.h"
#include "server/routes/api_request.h"
#include "server/routes/problem.h"
#include "server/routes/record_query.h"
#include "server/routes/request_texts.h"
#include "server/routes/standing_json.h"
#include "server/routes/targets.h"

namespace formwork::routes {
namespace {

constexpr std::size_t kDays = 7;
constexpr std::size_t kMostDays = 366;

// "1772413200000000.17": when it fires, and its id.
std::optional<engine::Timer> parse_cursor(std::string_view text) {
  engine::Timer timer;
  const char* end = text.data() + text.size();
  const auto at = std::from_chars(text.data(), end, timer.due_at.microseconds);
  if (at.ec != std::errc() || at.ptr == end || *at.ptr != '.') return std::nullopt;
  const auto id = std::from_chars(at.ptr + 1, end, timer.id);
  if (id.ec != std::errc() || id.ptr != end) return std::nullopt;
  return timer;
}

std::string cursor_of(const engine::Timer& timer) {
  return std::to_string(timer.due_at.microseconds) + "." + std::to_string(timer.id);
}

// What is about no record: a schedule.
void write_schedule(json::Writer& writer, const engine::Coming& coming, const Exchange& exchange) {
  writer.begin_object().key("at").string(to_rfc3339(coming.timer.due_at));
  writer.key("kind").string(engine::timer_kind_name(coming.timer.kind));
  writer.key("what").string(render(coming.what, exchange.language(), exchange.locale));
  writer.key("record").null().key("automation").string(coming.automation->name);
  writer.key("rule").string(engine::place_of(coming.rule)).end_object();
}

}  // namespace

void api_forecast(Exchange exchange) {
  Parameters parameters(exchange);
  const std::size_t days = parameters.number("days", kDays, kMostDays);
  const Instant now = exchange.engine().clock().now();
  engine::ForecastQuery query{
      .until = {now.microseconds + static_cast<std::int64_t>(days) * kMicrosPerDay},
      .limit = parameters.number("limit", kDefaultPage, kLargestPage)};
  const std::string name = parameters.text("entity");
  const std::string cursor = parameters.text("cursor");
  if (!cursor.empty()) {
    query.after = parse_cursor(cursor);
    if (!query.after) parameters.refuse("cursor", {&texts::kNotAListCursor, {}});
  }
  if (auto refusal = parameters.refusal()) return exchange.answer(std::move(*refusal));
  if (!name.empty()) {
    const auto entity = find_entity(name, exchange);
    if (!entity) return exchange.answer(problem(entity.error(), nullptr, exchange));
    query.entity = *entity;
  }
  permissions::Reader reader = exchange.engine().reader(exchange.actor());
  const engine::Forecast forecast = engine::forecast(reader, *exchange.engine().directory(), query);
  std::string body;
  json::Writer writer(body);
  writer.begin_object().key("until").string(to_rfc3339(query.until));
  writer.key("timers").begin_array();
  for (const engine::Coming& coming : forecast.lines) {
    if (coming.entity == nullptr) {
      write_schedule(writer, coming, exchange);
    } else {
      StandingWriter(writer, exchange, *coming.entity).coming(coming);
    }
  }
  writer.end_array().key("next");
  if (forecast.more) {
    writer.string(cursor_of(*forecast.more));
  } else {
    writer.null();
  }
  writer.end_object();
  exchange.answer(http::json_response(200, std::move(body)));
}

}  // namespace formwork::routes
