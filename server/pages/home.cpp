// The start page: a card for each entity, with its newest records.
#include "engine/permissions/reader.h"
#include "server/pages/compiled.h"
#include "server/pages/page_texts.h"
#include "server/pages/values.h"

namespace formwork::pages {
namespace {

void append_empty(Html& html, const Words& words) {
  html.markup("<div class=\"card\"><div class=\"empty\">").icon("lock").markup("<h2>");
  html.text(words(texts::kNothingHere)).markup("</h2><p>").text(words(texts::kNothingHereHint));
  html.markup("</p></div></div>\n");
}

void append_newest(Html& html, const Context& context, const HomePage& page,
                   const HomePage::Place& place) {
  const ValueWriter values(context, page.title_of);
  html.markup("<div class=\"card__body\"><dl class=\"facts\">\n");
  for (const engine::Record& record : place.newest) {
    html.markup("<div><dt>");
    values.instant(html, record.created_at, true);
    html.markup("</dt><dd>");
    html.link(path_of(*place.entity, record.id),
              permissions::title_of(*place.entity, record, context.showing));
    html.markup("</dd></div>\n");
  }
  html.markup("</dl></div>\n");
}

void append_place(Html& html, const Context& context, const HomePage& page,
                  const HomePage::Place& place) {
  const model::Entity& entity = *place.entity;
  const Words& words = context.words;
  const std::string name = words.inside(context.label(entity.label));
  const std::string plural = words.inside(context.label(entity.plural));
  html.markup("<section class=\"card\" aria-labelledby=\"e-").value(entity.name);
  html.markup("\">\n<div class=\"card__head\"><h2 id=\"e-").value(entity.name).markup("\">");
  html.text(context.label(entity.plural)).markup("</h2><span class=\"chip\">");
  html.text(words(place.counted_all ? texts::kInAll : texts::kMoreThan,
                  {{"count", std::to_string(place.count)}}));
  html.markup("</span><div class=\"actions\"><a class=\"btn btn--s\"");
  html.attribute("href", path_of(entity)).markup(">");
  html.text(words(texts::kAllRecords, {{"entities", plural}})).markup("</a>");
  if (context.may(model::Action::Create, entity)) {
    html.markup("<a class=\"btn btn--s\" href=\"/").segment(entity.name).markup("/new\">");
    html.icon("plus").text(words(texts::kNewRecord, {{"entity", name}})).markup("</a>");
  }
  html.markup("</div></div>\n");
  if (!place.newest.empty()) append_newest(html, context, page, place);
  html.markup("</section>\n");
}

}  // namespace

std::string Pages::home(const Frame& frame, const HomePage& page) const {
  const Context context(model_, frame);
  const std::string title = context.words(texts::kHome);
  const PageHead head{.title = title, .crumbs = {{{}, title}}};
  const FrameWriter writer(model_, compiled_->locales[frame.locale].frame);
  Html html;
  html.reserve(24 * 1024);
  writer.open(html, context, head);
  html.markup("<div class=\"head\"><div class=\"head__text\"><h1 class=\"vh-phone\">");
  html.text(title).markup("</h1></div></div>\n<div class=\"stack\">\n");
  bool is_empty = true;
  for (const HomePage::Place& place : page.places) {
    if (!context.may(model::Action::View, *place.entity)) continue;
    append_place(html, context, page, place);
    is_empty = false;
  }
  if (is_empty) append_empty(html, context.words);
  html.markup("</div>\n");
  writer.close_wrap(html);
  writer.close(html, context, head);
  return html.take_document();
}

}  // namespace formwork::pages
