// The start page: what waits for whoever looks at it, and a card for each entity with its newest
// records.
#include <algorithm>

#include "engine/permissions/reader.h"
#include "server/pages/clock.h"
#include "server/pages/compiled.h"
#include "server/pages/inbox.h"
#include "server/pages/page_texts.h"
#include "server/pages/stage.h"
#include "server/pages/todos.h"

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
  html.markup("<div class=\"card__body\"><ul class=\"facts\">\n");
  for (const engine::Record& record : place.newest) {
    html.markup("<li><small>");
    values.instant(html, record.created_at, true);
    html.markup("</small>");
    html.link(path_of(*place.entity, record.id),
              permissions::title_of(*place.entity, record, context.showing));
    html.markup("</li>\n");
  }
  html.markup("</ul></div>\n");
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

void open_card(Html& html, const Context& context, std::string_view id, const MessageText& title,
               std::size_t count) {
  html.markup("<section class=\"card\"").attribute("aria-labelledby", id).markup(">\n");
  html.markup("<div class=\"card__head\"><h2").attribute("id", id).markup(">");
  html.text(context.words(title)).markup("</h2>");
  if (count != 0) {
    html.markup("<span class=\"chip\">").number(static_cast<std::int64_t>(count)).markup("</span>");
  }
}

void append_lines(Html& html, const Context& context, const std::vector<InboxItem>& items,
                  TaskBox box, const MessageText& none) {
  if (items.empty()) {
    html.markup("<div class=\"card__body\"><p class=\"muted\">").text(context.words(none));
    html.markup("</p></div>\n");
  } else {
    html.markup("<ul class=\"inbox__lines\">\n");
    for (const InboxItem& item : items) append_inbox_line(html, context, item, box, false);
    html.markup("</ul>\n");
  }
}

void append_tasks(Html& html, const Context& context, const HomePage& page) {
  open_card(html, context, "s-tasks", texts::kWaitingForYou,
            static_cast<std::size_t>(context.frame.tasks));
  html.markup("<div class=\"actions\"><a class=\"btn btn--s\" href=\"/tasks\">");
  html.text(context.words(texts::kAllTasks)).markup("</a></div></div>\n");
  append_lines(html, context, page.tasks, TaskBox::ToDo, texts::kNothingToDo);
  html.markup("</section>\n");
}

void append_late(Html& html, const Context& context, const HomePage& page) {
  if (page.late.empty()) return;
  open_card(html, context, "s-late", texts::kClocks, page.late.size());
  html.markup("</div>\n<ul class=\"inbox__lines\">\n");
  for (const HomePage::Late& late : page.late) {
    html.markup("<li><a class=\"inbox__item inbox__item--plain\"");
    html.attribute("href", path_of(*late.entity, late.record.id)).markup(" data-nav>");
    html.markup("<span><b>");
    html.text(permissions::title_of(*late.entity, late.record, context.showing));
    html.markup("</b><span class=\"inbox__meta\">");
    append_stage(html, context, *late.stage);
    append_due(html, dwell_state(context.words, late.dwell, context.frame.now));
    html.markup("<span>").text(context.label(late.entity->label)).markup(" · ");
    html.text(context.words(texts::kInStageFor,
                            {{"span", span_text(context.words, late.since, context.frame.now)}}));
    html.markup("</span></span></span></a></li>\n");
  }
  html.markup("</ul>\n</section>\n");
}

void append_submitted(Html& html, const Context& context, const HomePage& page) {
  open_card(html, context, "s-mine", texts::kBoxMine, page.submitted.size());
  html.markup("<div class=\"actions\"><a class=\"btn btn--s\" href=\"/tasks?box=mine\">");
  html.text(context.words(texts::kShowAll)).markup("</a></div></div>\n");
  append_lines(html, context, page.submitted, TaskBox::Mine, texts::kNothingUnderWay);
  html.markup("</section>\n");
}

// Whether anything in the app moves through stages or has to be approved.
bool has_process(const model::Model& model) {
  return !model.approvals.empty() ||
         std::any_of(model.entities.begin(), model.entities.end(),
                     [](const model::Entity& entity) { return !entity.lifecycles.empty(); });
}

}  // namespace

std::string Pages::home(const Frame& frame, const HomePage& page) const {
  const Context context(model_, frame);
  const std::string title = context.words(texts::kHome);
  const PageHead head{.title = title, .place = Place::Home, .crumbs = {{{}, title}}};
  const FrameWriter writer(model_, compiled_->locales[frame.locale].frame);
  Html html;
  html.reserve(24 * 1024);
  writer.open(html, context, head);
  html.markup("<div class=\"head\"><div class=\"head__text\"><h1 class=\"vh-phone\">");
  html.text(title).markup("</h1></div></div>\n");
  const bool is_split = has_process(model_) || !page.todos.empty();
  if (is_split) {
    html.markup("<div class=\"split split--even\">\n<div class=\"stack\">\n");
    if (!model_.approvals.empty()) append_tasks(html, context, page);
    append_todos(html, context, page.todos, "/", false);
    append_late(html, context, page);
    if (!model_.approvals.empty()) append_submitted(html, context, page);
    html.markup("</div>\n");
  }
  html.markup("<div class=\"stack\">\n");
  bool is_empty = true;
  for (const HomePage::Place& place : page.places) {
    if (!context.may(model::Action::View, *place.entity)) continue;
    append_place(html, context, page, place);
    is_empty = false;
  }
  if (is_empty) append_empty(html, context.words);
  html.markup("</div>\n");
  if (is_split) html.markup("</div>\n");
  writer.close_wrap(html);
  writer.close(html, context, head);
  return html.take_document();
}

}  // namespace formwork::pages
