// One record: its facts by section, its line items, its history; deleted ones can be restored.
#include <algorithm>

#include "engine/permissions/reader.h"
#include "server/pages/compiled.h"
#include "server/pages/history.h"
#include "server/pages/page_texts.h"
#include "server/pages/values.h"

namespace formwork::pages {
namespace {

using fields::Field;
using fields::Widget;

bool is_table(const Field& field) { return field.type->widget == Widget::Lines; }

bool is_wide_fact(const Field& field) {
  return field.type->widget == Widget::Area || field.type->widget == Widget::Files;
}

class DetailWriter {
 public:
  DetailWriter(Html& html, const Context& context, const DetailPage& page, std::string_view title)
      : html_(html),
        context_(context),
        page_(page),
        entity_(*page.entity),
        record_(*page.record),
        title_(title),
        values_(context, page.title_of),
        name_(context.words.inside(context.label(page.entity->label))) {}

  void content() {
    heading();
    if (record_.deleted_at) deleted_note();
    html_.markup("<div class=\"split\">\n<div class=\"stack\">\n");
    if (entity_.sections.empty()) {
      model::Section all;
      for (std::size_t i = 0; i < entity_.fields.size(); ++i) all.fields.push_back(i);
      section(all);
    }
    for (const model::Section& one : entity_.sections) section(one);
    HistoryWriter(html_, context_, page_).card();
    html_.markup("</div>\n");
    aside();
    html_.markup("</div>\n");
  }

 private:
  void heading() {
    html_.markup("<div class=\"head\"><div class=\"head__text\"><h1>").text(title_);
    html_.markup("</h1>");
    const std::optional<std::size_t> number = entity_.number;
    if (number && is_visible(*number) && !record_.values[*number].is_null()) {
      html_.markup("<p class=\"head__meta\"><span class=\"chip chip--line\">");
      html_.text(context_.show(entity_.fields[*number], record_.values[*number]));
      html_.markup("</span></p>");
    }
    html_.markup("</div>");
    if (!record_.deleted_at) actions();
    html_.markup("</div>\n");
  }

  void actions() {
    const bool may_edit = context_.may(model::Action::Edit, entity_);
    const bool may_delete = context_.may(model::Action::Delete, entity_);
    if (!may_edit && !may_delete) return;
    html_.markup("<div class=\"actions\">");
    if (may_edit) {
      html_.markup("<a class=\"btn\"").attribute("href", path_of(entity_, record_.id, "edit"));
      html_.markup(">").icon("pencil").text(context_.words(texts::kEdit)).markup("</a>");
    }
    if (may_delete) {
      html_.markup("<details class=\"menu\"><summary class=\"btn btn--icon\"");
      html_.attribute("aria-label", context_.words(texts::kMoreActions)).markup(">");
      html_.icon("ellipsis").markup("</summary><div class=\"menu__pop\"><a");
      html_.attribute("href", path_of(entity_, record_.id, "delete")).markup(">");
      html_.icon("trash-2").text(context_.words(texts::kDelete)).markup("</a></div></details>");
    }
    html_.markup("</div>");
  }

  void deleted_note() {
    const std::string time = to_string(context_.showing.zone->to_local(*record_.deleted_at).date);
    html_.markup("<div class=\"note note--warn\">").icon("trash-2").markup("<div><b>");
    html_.text(context_.words(texts::kIsDeleted, {{"entity", name_}})).markup("</b>\n<p>");
    html_.text(context_.words(texts::kIsDeletedHint, {{"time", time}})).markup("</p>\n");
    if (context_.may(model::Action::Delete, entity_)) {
      html_.markup("<form class=\"actions\" method=\"post\"");
      html_.attribute("action", path_of(entity_, record_.id, "restore"));
      html_.markup("><input type=\"hidden\" name=\"_csrf\"");
      html_.attribute("value", context_.frame.csrf);
      html_.markup("><input type=\"hidden\" name=\"_version\" value=\"").number(record_.version);
      html_.markup("\"><button class=\"btn btn--primary\">").icon("undo-2");
      html_.text(context_.words(texts::kRestore, {{"entity", name_}}));
      html_.markup("</button></form>\n");
    }
    html_.markup("</div></div>\n");
  }

  bool is_visible(std::size_t index) const { return context_.may_see(entity_, index); }

  void section(const model::Section& section) {
    std::vector<std::size_t> facts;
    for (const std::size_t index : section.fields) {
      if (is_visible(index) && !is_table(entity_.fields[index])) facts.push_back(index);
    }
    if (!facts.empty()) {
      const Localized& label = section.label.empty() ? entity_.label : section.label;
      ++sections_;
      html_.markup("<section class=\"card\" aria-labelledby=\"s-").number(sections_);
      html_.markup("\">\n<div class=\"card__head\"><h2 id=\"s-").number(sections_).markup("\">");
      html_.text(context_.label(label)).markup("</h2></div>\n<div class=\"card__body\">");
      html_.markup("<dl class=\"facts\">\n");
      for (const std::size_t index : facts) fact(index);
      html_.markup("</dl></div>\n</section>\n");
    }
    for (const std::size_t index : section.fields) {
      if (is_visible(index) && is_table(entity_.fields[index])) lines(index);
    }
  }

  void fact(std::size_t index) {
    const Field& field = entity_.fields[index];
    html_.markup("<div");
    if (is_wide_fact(field)) html_.markup(" class=\"wide\"");
    html_.markup("><dt>").text(context_.label(field.label)).markup("</dt><dd>");
    values_.fact(html_, field, record_.values[index], page_.file_of);
    html_.markup("</dd></div>\n");
  }

  void lines(std::size_t index) {
    const Field& table = entity_.fields[index];
    const feel::Value& value = record_.values[index];
    const std::size_t count = value.is_null() ? 0 : value.list().size();
    html_.markup("<section class=\"card\" aria-labelledby=\"t-").value(table.name);
    html_.markup("\">\n<div class=\"card__head\"><h2 id=\"t-").value(table.name).markup("\">");
    html_.text(context_.label(table.label)).markup("</h2><span class=\"chip\">");
    html_.text(count == 1 ? context_.words(texts::kOneLine)
                          : context_.words(texts::kLineCount, {{"count", std::to_string(count)}}));
    html_.markup("</span></div>\n");
    if (count != 0) line_table(table, value.list());
    html_.markup("</section>\n");
  }

  void line_table(const Field& table, const feel::List& rows) {
    html_.markup("<div class=\"scroll\"><table class=\"tbl lines\">\n<caption class=\"vh\">");
    html_.text(context_.label(table.label)).markup("</caption>\n<thead><tr>");
    for (const Field& column : table.fields) {
      html_.markup("<th scope=\"col\"");
      if (column.type->widget == Widget::Decimal) html_.markup(" class=\"num\"");
      html_.markup(">").text(context_.label(column.label)).markup("</th>");
    }
    html_.markup("</tr></thead>\n<tbody>\n");
    for (const feel::Value& row : rows) {
      html_.markup("<tr>");
      for (std::size_t i = 0; i < table.fields.size(); ++i) {
        const Field& column = table.fields[i];
        html_.markup("<td");
        if (column.type->widget == Widget::Decimal) html_.markup(" class=\"num\"");
        html_.attribute("data-l", context_.label(column.label)).markup(">");
        const feel::Value& cell = row.list()[i];
        if (!cell.is_null()) values_.fact(html_, column, cell, page_.file_of);
        html_.markup("</td>");
      }
      html_.markup("</tr>\n");
    }
    html_.markup("</tbody>\n</table></div>\n");
  }

  void aside() {
    html_.markup("<aside class=\"stack\"").attribute("aria-label", context_.words(texts::kRecord));
    html_.markup(">\n<section class=\"card\" aria-labelledby=\"s-record\">\n");
    html_.markup("<div class=\"card__head\"><h2 id=\"s-record\">");
    html_.text(context_.words(texts::kRecord));
    html_.markup("</h2></div>\n<div class=\"card__body\"><dl class=\"kv\"><dt>");
    html_.text(context_.words(texts::kCreated)).markup("</dt><dd>");
    values_.instant(html_, record_.created_at, false);
    html_.markup("</dd><dt>").text(context_.words(texts::kCreatedBy)).markup("</dt><dd>");
    values_.account(html_, record_.created_by);
    html_.markup("</dd><dt>").text(context_.words(texts::kChangedAt)).markup("</dt><dd>");
    values_.instant(html_, record_.updated_at, false);
    html_.markup("</dd><dt>").text(context_.words(texts::kChangedBy)).markup("</dt><dd>");
    values_.account(html_, record_.updated_by);
    html_.markup("</dd><dt>").text(context_.words(texts::kVersion)).markup("</dt><dd>");
    html_.number(record_.version).markup("</dd></dl></div>\n</section>\n</aside>\n");
  }

  Html& html_;
  const Context& context_;
  const DetailPage& page_;
  const model::Entity& entity_;
  const engine::Record& record_;
  std::string_view title_;
  ValueWriter values_;
  std::string name_;
  std::int64_t sections_ = 0;
};

}  // namespace

std::string Pages::detail(const Frame& frame, const DetailPage& page) const {
  const Context context(model_, frame);
  const std::string title = permissions::title_of(*page.entity, *page.record, context.showing);
  const PageHead head{
      .title = title,
      .current = page.entity,
      .crumbs = {{path_of(*page.entity), context.label(page.entity->plural)}, {{}, title}}};
  const FrameWriter writer(model_, compiled_->locales[frame.locale].frame);
  Html html;
  html.reserve(48 * 1024);
  writer.open(html, context, head);
  DetailWriter(html, context, page, title).content();
  writer.close_wrap(html);
  writer.close(html, context, head);
  return html.take_document();
}

}  // namespace formwork::pages
