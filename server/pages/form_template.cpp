#include "server/pages/form_template.h"

#include <algorithm>

#include "server/pages/control_template.h"
#include "server/pages/page_texts.h"

namespace formwork::pages {
namespace {

using fields::Field;
using fields::Widget;

bool is_table(const Field& field) { return field.type->widget == Widget::Lines; }

// The sentence with the row's number as a hole.
void append_row_sentence(TemplateBuilder& builder, const std::string& sentence) {
  const std::size_t at = sentence.find('\x01');
  builder.html.value(sentence.substr(0, at));
  builder.hole(Hole::Row);
  builder.html.value(sentence.substr(at + 1));
}

Fragment card_open(std::string_view label, std::size_t number, bool has_legend,
                   const Words& words) {
  Html html;
  html.markup("<section class=\"card\" aria-labelledby=\"s-").number(static_cast<long>(number));
  html.markup("\">\n<div class=\"card__head\"><h2 id=\"s-").number(static_cast<long>(number));
  html.markup("\">").text(label).markup("</h2>");
  if (has_legend) {
    html.markup("<span class=\"small muted\"><span class=\"req\" aria-hidden=\"true\">*</span>");
    html.text(words(texts::kMeansRequired)).markup("</span>");
  }
  return html.markup("</div>\n<div class=\"card__body fields\">\n").take();
}

void table_head(Html& html, const Field& table, const Words& words) {
  html.markup("<caption class=\"vh\">").text(table.label[words.locale]);
  html.markup("</caption>\n<thead><tr>");
  for (const Field& column : table.fields) {
    html.markup("<th scope=\"col\"");
    if (column.type->widget == Widget::Decimal) html.markup(" class=\"num\"");
    html.markup(">").text(column.label[words.locale]);
    if (column.required) append_star(html);
    html.markup("</th>");
  }
  html.markup("<th scope=\"col\"><span class=\"vh\">").text(words(texts::kRemove));
  html.markup("</span></th></tr></thead>\n<tbody>\n");
}

Template table_open(const Field& table, const Words& words) {
  TemplateBuilder builder;
  Html& html = builder.html;
  html.markup("<section class=\"card").markup("\" aria-labelledby=\"t-").value(table.name);
  html.markup("\"");
  if (is_conditional(table)) {
    html.attribute("data-field", table.name);
    builder.hole(Hole::Hidden);
  }
  html.markup(">\n<div class=\"card__head\"><h2 id=\"t-").value(table.name).markup("\">");
  html.text(table.label[words.locale]);
  append_star(builder, table);
  html.markup("</h2><div class=\"actions\"><button class=\"btn btn--s\" id=\"f-").value(table.name);
  html.markup("\" name=\"act\" value=\"").value(table.name).markup(".add\" formnovalidate");
  html.attribute("data-line-add", table.name).markup(">").icon("plus");
  html.text(words(texts::kAddLine)).markup("</button></div></div>\n");
  builder.hole(Hole::Error);
  html.markup("<div class=\"scroll\"><table class=\"tbl lines lines--edit\"");
  html.attribute("data-lines", table.name).markup(">\n");
  table_head(html, table, words);
  return builder.take();
}

Template row_open() {
  TemplateBuilder builder;
  builder.html.markup("<tr data-line=\"");
  builder.hole(Hole::Row);
  builder.html.markup("\"");
  builder.hole(Hole::ErrorClass);
  builder.html.markup(">");
  return builder.take();
}

Template row_end(const Field& table, const Words& words) {
  TemplateBuilder builder;
  Html& html = builder.html;
  html.markup("<td class=\"act\"><button class=\"btn btn--quiet btn--icon btn--s\" name=\"act\"");
  html.markup(" value=\"").value(table.name).markup(".remove:");
  builder.hole(Hole::Row);
  html.markup("\" formnovalidate").attribute("data-line-remove", table.name);
  html.markup(" aria-label=\"");
  append_row_sentence(builder, words(texts::kRemoveLine, {{"n", "\x01"}}));
  html.markup("\">").icon("trash-2").markup("</button></td></tr>");
  return builder.take();
}

TableTemplate compile_table(const Field& table, const Words& words) {
  TableTemplate result;
  result.open = table_open(table, words);
  result.row = row_open();
  for (std::size_t i = 0; i < table.fields.size(); ++i) {
    result.columns.push_back(compile_cell(table, table.fields[i], words, i == 0));
  }
  result.row_end = row_end(table, words);
  Html html;
  html.markup("</tbody>\n</table></div>\n<template");
  result.close = html.attribute("data-line-template", table.name).markup(">").take();
  return result;
}

std::vector<model::Section> sections_of(const model::Entity& entity) {
  if (!entity.sections.empty()) return entity.sections;
  model::Section all;
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    if (!entity.fields[i].kept_by_engine) all.fields.push_back(i);
  }
  return {all};
}

// The label of the stage from which the field is required.
std::string_view needed_from(const model::Entity& entity, const Field& field, std::size_t locale) {
  if (!field.required_from || !entity.stage_fields) return {};
  const Field& stage = entity.fields[entity.stage_fields->stage];
  return stage.options[*field.required_from].label[locale];
}

// A section's card, then one for each of its tables.
void add_cards(FormTemplate& form, const model::Entity& entity, const model::Section& section,
               bool needs_legend, const Words& words) {
  FormTemplate::Card card;
  for (const std::size_t index : section.fields) {
    form.order[index] = form.cards.size() * entity.fields.size() + card.fields.size();
    if (!is_table(entity.fields[index])) card.fields.push_back(index);
  }
  const Localized& label = section.label.empty() ? entity.label : section.label;
  if (!card.fields.empty()) {
    const std::size_t number = form.cards.size() + 1;
    card.open = card_open(label[words.locale], number, needs_legend && number == 1, words);
    form.cards.push_back(std::move(card));
  }
  for (const std::size_t index : section.fields) {
    if (!is_table(entity.fields[index])) continue;
    form.order[index] = form.cards.size() * entity.fields.size();
    form.cards.push_back({.open = {}, .fields = {}, .table = index});
  }
}

}  // namespace

FormTemplate compile_form(const model::Model& model, const model::Entity& entity,
                          std::size_t locale, FormFor whom) {
  const Words words = words_of(model, locale);
  FormTemplate form;
  form.fields.resize(entity.fields.size());
  form.tables.resize(entity.fields.size());
  form.order.resize(entity.fields.size());
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    const Field& field = entity.fields[i];
    if (is_table(field)) {
      form.tables[i] = compile_table(field, words);
    } else {
      const std::string_view stage =
          whom == FormFor::Staff ? needed_from(entity, field, locale) : std::string_view();
      form.fields[i] = compile_field(model.app, field, words, stage);
    }
    form.has_files = form.has_files || field.type->widget == Widget::Files;
  }
  const bool has_required = std::any_of(
      entity.fields.begin(), entity.fields.end(),
      [](const Field& field) { return field.required || field.required_when.has_value(); });
  for (const model::Section& section : sections_of(entity)) {
    add_cards(form, entity, section, has_required, words);
  }
  return form;
}

bool is_conditional(const Field& field) { return field.visible || field.required_when; }

bool is_group(const Field& field) {
  if (field.type->widget == Widget::Choices) return true;
  return field.type->widget == Widget::Choice && field.options.size() <= kMostRadios;
}

bool is_wide(const Field& field) {
  const Widget widget = field.type->widget;
  return is_group(field) || widget == Widget::Area || widget == Widget::Files ||
         widget == Widget::Checkbox;
}

}  // namespace formwork::pages
