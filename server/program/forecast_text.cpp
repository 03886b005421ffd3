#include "server/program/forecast_text.h"

#include "dsl/base/json.h"

namespace formwork::program {
namespace {

// The program speaks English, with the app's labels in English where it has them.
fields::Showing showing_of(const engine::Engine& engine, const fields::People& people) {
  fields::Showing showing = engine.showing(engine.locale_index("en"), people);
  showing.language = Language::English;
  return showing;
}

std::string title_of(const engine::Coming& coming, const fields::Showing& showing) {
  return permissions::title_of(*coming.entity, coming.record, showing);
}

// "lead 12 Acme "; empty for what is about no record.
std::string record_text(const engine::Coming& coming, const fields::Showing& showing) {
  if (coming.entity == nullptr) return {};
  return coming.entity->name + " " + std::to_string(coming.record.id) + " " +
         title_of(coming, showing) + " ";
}

std::string local_time(Instant at, const TimeZone& zone) {
  std::string text = to_string(zone.to_local(at));
  text[text.find('T')] = ' ';
  return text.substr(0, std::string_view("2026-03-02 09:00:00").size());
}

}  // namespace

std::string forecast_text(const engine::Forecast& forecast, const engine::Engine& engine) {
  const auto people = engine.directory();
  const fields::Showing showing = showing_of(engine, *people);
  std::string text;
  for (const engine::Coming& coming : forecast.lines) {
    text += local_time(coming.timer.due_at, *engine.model().app.time_zone) + "  " +
            record_text(coming, showing) + render(coming.what, showing.language, showing.locale) +
            " (" + engine::place_of(coming.rule) + ")\n";
  }
  if (forecast.lines.empty()) text = "nothing is due until then\n";
  if (forecast.more) text += "and more\n";
  return text;
}

std::string forecast_json(const engine::Forecast& forecast, Instant until,
                          const engine::Engine& engine) {
  const auto people = engine.directory();
  const fields::Showing showing = showing_of(engine, *people);
  std::string text;
  json::Writer writer(text);
  writer.begin_object().key("until").string(to_rfc3339(until)).key("timers").begin_array();
  for (const engine::Coming& coming : forecast.lines) {
    writer.begin_object().key("at").string(to_rfc3339(coming.timer.due_at));
    writer.key("kind").string(engine::timer_kind_name(coming.timer.kind));
    if (coming.entity != nullptr) {
      writer.key("entity").string(coming.entity->name);
      writer.key("record").number(coming.record.id);
      writer.key("title").string(title_of(coming, showing));
    }
    writer.key("what").string(render(coming.what, showing.language, showing.locale));
    writer.key("rule").string(engine::place_of(coming.rule)).end_object();
  }
  writer.end_array().key("more").boolean(forecast.more.has_value()).end_object();
  return text + "\n";
}

}  // namespace formwork::program
