// The page that asks before a record goes to the bin.
#include "engine/permissions/reader.h"
#include "server/pages/compiled.h"
#include "server/pages/page_texts.h"

namespace formwork::pages {
namespace {

std::size_t count_lines(const Context& context, const RemovePage& page) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < page.entity->fields.size(); ++i) {
    const bool is_table = page.entity->fields[i].type->widget == fields::Widget::Lines;
    const feel::Value& value = page.record->values[i];
    if (is_table && !value.is_null() && context.may_see(*page.entity, i)) {
      count += value.list().size();
    }
  }
  return count;
}

void append_question(Html& html, const Context& context, const RemovePage& page,
                     const std::string& question) {
  const Words& words = context.words;
  const std::string name = words.inside(context.label(page.entity->label));
  const std::string plural = words.inside(context.label(page.entity->plural));
  const std::size_t lines = count_lines(context, page);
  html.markup("<form class=\"card\" method=\"post\"");
  html.attribute("action", path_of(*page.entity, page.record->id, "delete"));
  html.markup(" aria-labelledby=\"s-delete\">\n<div class=\"card__head\"><h1 id=\"s-delete\">");
  html.text(question).markup("</h1></div>\n<div class=\"card__body stack\">\n");
  html.markup("<input type=\"hidden\" name=\"_csrf\"").attribute("value", context.frame.csrf);
  html.markup("><input type=\"hidden\" name=\"_version\" value=\"").number(page.record->version);
  html.markup("\">\n<p>");
  html.text(lines < 2 ? words(texts::kGoesToBin, {{"entities", plural}})
                      : words(texts::kGoesToBinWithLines,
                              {{"entities", plural}, {"count", std::to_string(lines)}}));
  html.markup("</p>\n<div class=\"actions\"><button class=\"btn btn--danger\">");
  html.text(words(texts::kDeleteRecord, {{"entity", name}}));
  html.markup("</button><a class=\"btn\"");
  html.attribute("href", path_of(*page.entity, page.record->id)).markup(" autofocus>");
  html.text(words(texts::kCancel)).markup("</a></div>\n</div>\n</form>\n");
}

}  // namespace

std::string Pages::remove(const Frame& frame, const RemovePage& page) const {
  const Context context(model_, frame);
  const std::string title = permissions::title_of(*page.entity, *page.record, context.showing);
  const std::string question = context.words(texts::kDeleteAsk, {{"title", title}});
  const PageHead head{.title = question,
                      .current = page.entity,
                      .crumbs = {{path_of(*page.entity), context.label(page.entity->plural)},
                                 {path_of(*page.entity, page.record->id), title},
                                 {{}, context.words(texts::kDelete)}},
                      .is_narrow = true};
  const FrameWriter writer(model_, compiled_->locales[frame.locale].frame);
  Html html;
  html.reserve(16 * 1024);
  writer.open(html, context, head);
  append_question(html, context, page, question);
  writer.close_wrap(html);
  writer.close(html, context, head);
  return html.take_document();
}

}  // namespace formwork::pages
