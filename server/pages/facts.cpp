#include "server/pages/facts.h"

#include "server/pages/page_texts.h"

namespace formwork::pages {
namespace {

using fields::Field;
using fields::Widget;

bool is_wide(const Field& field) {
  return field.type->widget == Widget::Area || field.type->widget == Widget::Files;
}

}  // namespace

bool is_table(const Field& field) { return field.type->widget == Widget::Lines; }

void FactWriter::fact(std::size_t index) {
  const Field& field = entity_.fields[index];
  html_.markup("<div");
  if (is_wide(field)) html_.markup(" class=\"wide\"");
  html_.markup("><dt>").text(context_.label(field.label)).markup("</dt><dd>");
  values_.fact(html_, field, record_.values[index], file_of_);
  html_.markup("</dd></div>\n");
}

void FactWriter::lines(std::size_t index) {
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

void FactWriter::line_table(const Field& table, const feel::List& rows) {
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
      if (!cell.is_null()) values_.fact(html_, column, cell, file_of_);
      html_.markup("</td>");
    }
    html_.markup("</tr>\n");
  }
  html_.markup("</tbody>\n</table></div>\n");
}

}  // namespace formwork::pages
