#include "server/pages/values.h"

#include <array>
#include <cstdlib>

#include "server/pages/compiled.h"
#include "server/pages/file_size.h"
#include "server/pages/page_texts.h"
#include "server/pages/person.h"

namespace formwork::pages {
namespace {

using fields::Field;
using fields::Widget;

std::string two_digits(std::int32_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

// A long address breaks behind the @ rather than within a word.
void append_email(Html& html, std::string_view address) {
  const std::size_t domain = address.rfind('@') + 1;
  html.markup("<a").attribute("href", "mailto:" + std::string(address)).markup(">");
  html.text(address.substr(0, domain)).markup("<wbr>").text(address.substr(domain));
  html.markup("</a>");
}

}  // namespace

void ValueWriter::cell(Html& html, const Field& field, const feel::Value& value) const {
  if (value.is_null()) {
    if (field.type->widget == Widget::User) {
      html.markup("<span class=\"muted\">").text(context_.words(texts::kNobody));
      html.markup("</span>");
    }
    return;
  }
  switch (field.type->widget) {
    case Widget::Choice:
      html.markup("<span class=\"chip\">").text(context_.show(field, value)).markup("</span>");
      return;
    case Widget::User:
      return account(html, value.record().id);
    case Widget::Reference:
      return reference(html, field, value);
    case Widget::DateTime:
      return instant(html, value.instant(), true);
    default:
      html.text(context_.show(field, value));
  }
}

void ValueWriter::fact(Html& html, const Field& field, const feel::Value& value,
                       const FileOf& file_of) const {
  if (value.is_null()) {
    html.markup("<span class=\"muted\">").text(context_.words(texts::kNotSet)).markup("</span>");
    return;
  }
  const std::string shown = context_.show(field, value);
  switch (field.type->widget) {
    case Widget::Email:
      append_email(html, value.string());
      return;
    case Widget::Phone:
      html.link("tel:" + value.string(), shown);
      return;
    case Widget::Url:
      html.link(value.string(), shown);
      return;
    case Widget::Date:
      html.markup("<time").attribute("datetime", to_string(value.date())).markup(">");
      html.text(shown).markup("</time>");
      return;
    case Widget::DateTime:
      return instant(html, value.instant(), false);
    case Widget::User:
      return account(html, value.record().id);
    case Widget::Reference:
      return reference(html, field, value);
    case Widget::Files:
      return files(html, value, file_of);
    default:
      html.text(shown);
  }
}

std::string ValueWriter::plain(const Field& field, const feel::Value& value) const {
  if (value.is_null()) return context_.words(texts::kNotSetInline);
  if (field.type->widget == Widget::Reference && title_of_) {
    const auto title = title_of_(context_.model.entities[field.target], value.record().id);
    if (title) return *title;
  }
  return context_.show(field, value);
}

void ValueWriter::instant(Html& html, Instant instant, bool is_short) const {
  LocalDateTime local = context_.showing.zone->to_local(instant);
  local.time.nanoseconds -= local.time.nanoseconds % (60 * kNanosPerSecond);
  std::string day = to_string(local.date);
  if (is_short) day = day.substr(day.size() - 5);
  html.markup("<time");
  html.attribute("datetime", machine_time(instant, *context_.showing.zone));
  html.markup(">").text(day + " " + to_string(local.time)).markup("</time>");
}

void ValueWriter::account(Html& html, engine::AccountId id) const {
  if (id == engine::kSystemAccount) {
    html.text(context_.words(texts::kThroughProgram));
    return;
  }
  append_person(html, id, context_.frame.directory->full_name(id));
}

// A record that the caller may not see keeps its title to itself.
void ValueWriter::reference(Html& html, const Field& field, const feel::Value& value) const {
  const model::Entity& target = context_.model.entities[field.target];
  const engine::RecordId id = value.record().id;
  const std::optional<std::string> title = title_of_ ? title_of_(target, id) : std::nullopt;
  if (title) {
    html.link(path_of(target, id), *title);
  } else {
    html.markup("<span class=\"muted\">").text(context_.show(field, value)).markup("</span>");
  }
}

void ValueWriter::files(Html& html, const feel::Value& value, const FileOf& file_of) const {
  bool is_first = true;
  for (const feel::Value& entry : value.list()) {
    const std::optional<engine::File> file =
        file_of ? file_of(entry.record().id) : std::optional<engine::File>();
    if (!file) continue;
    if (!is_first) html.markup("<br>");
    is_first = false;
    html.icon("paperclip").markup(" <a href=\"/files/").number(file->id).markup("\">");
    html.text(file->name).markup("</a> <span class=\"muted\">");
    html.text(file_size(static_cast<std::uint64_t>(file->size_bytes))).markup("</span>");
  }
}

std::string machine_time(Instant instant, const TimeZone& zone) {
  LocalDateTime local = zone.to_local(instant);
  const std::int64_t seconds = local.time.to_seconds();
  const auto hours = static_cast<std::int32_t>(seconds / 3600);
  const auto minutes = static_cast<std::int32_t>(seconds / 60 % 60);
  const std::int32_t offset = zone.offset_at(instant) / 60;
  const std::int32_t distance = std::abs(offset);
  return to_string(local.date) + "T" + two_digits(hours) + ":" + two_digits(minutes) + ":" +
         two_digits(static_cast<std::int32_t>(seconds % 60)) + (offset < 0 ? "-" : "+") +
         two_digits(distance / 60) + ":" + two_digits(distance % 60);
}

}  // namespace formwork::pages
