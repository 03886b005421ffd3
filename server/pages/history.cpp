#include "server/pages/history.h"

#include <algorithm>

#include "server/pages/compiled.h"
#include "server/pages/page_texts.h"

namespace formwork::pages {
namespace {

using fields::Field;
using fields::Widget;

bool is_same(const json::Value& a, const json::Value& b) {
  std::string left;
  std::string right;
  json::Writer left_writer(left);
  json::Writer right_writer(right);
  json::write(left_writer, a);
  json::write(right_writer, b);
  return left == right;
}

const json::Value& element(const json::Value* array, std::size_t index) {
  static const json::Value kNone;
  return array != nullptr && array->is_array() && index < array->elements.size()
             ? array->elements[index]
             : kNone;
}

std::string_view icon_of(std::string_view action) {
  if (action == "created") return "plus";
  if (action == "deleted") return "trash-2";
  if (action == "restored") return "undo-2";
  return "pencil";
}

}  // namespace

void HistoryWriter::card() {
  if (page_.history.empty()) return;
  html_.markup(
      "<section class=\"card\" aria-labelledby=\"s-history\">\n<div class=\"card__head\">");
  html_.markup("<h2 id=\"s-history\">").text(context_.words(texts::kHistory));
  html_.markup("</h2></div>\n<div class=\"card__body\"><ol class=\"tl\">\n");
  for (const engine::HistoryEntry& one : page_.history) entry(one);
  html_.markup("</ol></div>\n");
  if (page_.earlier != 0) {
    html_.markup("<div class=\"card__foot\"><a href=\"?history=").number(page_.earlier);
    html_.markup("#s-history\">").text(context_.words(texts::kEarlier)).markup("</a></div>\n");
  }
  html_.markup("</section>\n");
}

void HistoryWriter::entry(const engine::HistoryEntry& entry) {
  const auto parsed = json::parse(entry.changes);
  const bool has_changes = parsed && parsed->is_object() && entry.action == "updated";
  html_.markup("<li><span class=\"tl__dot");
  if (entry.action == "created") html_.markup(" tl__dot--ok");
  html_.markup("\">").icon(icon_of(entry.action));
  html_.markup("</span><div><p class=\"tl__top\"><span><b>");
  const std::string name = context_.frame.directory->full_name(entry.actor);
  html_.text(name.starts_with('#') ? entry.actor_name : name).markup("</b>");
  deed(entry, has_changes ? &*parsed : nullptr);
  html_.markup("</span>");
  if (entry.cause != "page") {
    html_.markup("<span class=\"chip chip--line\">");
    html_.text(context_.words(entry.cause == "api" ? texts::kThroughApi : texts::kThroughProgram));
    html_.markup("</span>");
  }
  html_.markup("<span class=\"tl__time\">");
  values_.instant(html_, entry.at, false);
  html_.markup("</span></p>");
  if (has_changes) changes(*parsed);
  html_.markup("</div></li>\n");
}

void HistoryWriter::deed(const engine::HistoryEntry& entry, const json::Value* changes) {
  const Words& words = context_.words;
  const std::string name = words.inside(context_.label(page_.entity->label));
  if (entry.action == "created") {
    html_.text(words(texts::kDidCreate, {{"entity", name}}));
  } else if (entry.action == "deleted") {
    html_.text(words(texts::kDidDelete, {{"entity", name}}));
  } else if (entry.action == "restored") {
    html_.text(words(texts::kDidRestore, {{"entity", name}}));
  } else if (changes != nullptr) {
    std::vector<const Field*> named;
    for (const auto& member : changes->members) {
      if (const Field* field = visible_field(member.first)) named.push_back(field);
    }
    if (named.size() == 1) {
      html_.text(words(texts::kDidChange, {{"what", context_.label(named[0]->label)}}));
    } else {
      html_.text(words(texts::kDidChangeSome, {{"count", std::to_string(named.size())}}));
    }
  } else {
    html_.text(words(texts::kDidOther, {{"what", entry.action}}));
  }
}

void HistoryWriter::changes(const json::Value& changes) {
  for (const auto& [name, value] : changes.members) {
    const Field* field = visible_field(name);
    if (field == nullptr || !value.is_object()) continue;
    if (field->type->widget == Widget::Lines) {
      rows(*field, value);
    } else {
      change(*field, value);
    }
  }
}

void HistoryWriter::change(const Field& field, const json::Value& change) {
  delta(context_.label(field.label), shown(field, change.find("from")),
        shown(field, change.find("to")));
}

void HistoryWriter::rows(const Field& table, const json::Value& change) {
  const json::Value* from = change.find("from");
  const json::Value* to = change.find("to");
  const std::size_t before = from == nullptr ? 0 : from->elements.size();
  const std::size_t after = to == nullptr ? 0 : to->elements.size();
  for (std::size_t i = 0; i < std::max(before, after); ++i) {
    row(table, i + 1, element(from, i), element(to, i));
  }
}

void HistoryWriter::row(const Field& table, std::size_t number, const json::Value& from,
                        const json::Value& to) {
  if (from.is_null()) return row_sentence(texts::kLineAdded, table, number, to);
  if (to.is_null()) return row_sentence(texts::kLineRemoved, table, number, from);
  static const json::Value kNull;
  for (const Field& column : table.fields) {
    const json::Value* old_cell = from.find(column.name);
    const json::Value* new_cell = to.find(column.name);
    if (is_same(old_cell == nullptr ? kNull : *old_cell, new_cell == nullptr ? kNull : *new_cell)) {
      continue;
    }
    delta(context_.words(texts::kLineField,
                         {{"n", std::to_string(number)}, {"field", context_.label(column.label)}}),
          shown(column, old_cell), shown(column, new_cell));
  }
}

void HistoryWriter::delta(const std::string& label, const std::string& from,
                          const std::string& to) {
  html_.markup("<p class=\"delta\">").text(label).markup(" <span class=\"vh\">");
  html_.text(context_.words(texts::kFromValue)).markup("</span><s>").text(from);
  html_.markup("</s> ").icon("arrow-right").markup(" <span class=\"vh\">");
  html_.text(context_.words(texts::kToValue)).markup("</span><ins>").text(to);
  html_.markup("</ins></p>");
}

// A row is named by its first value.
void HistoryWriter::row_sentence(const MessageText& text, const Field& table, std::size_t number,
                                 const json::Value& row) {
  std::string what;
  for (const Field& column : table.fields) {
    const json::Value* cell = row.find(column.name);
    if (cell == nullptr || cell->is_null()) continue;
    what = shown(column, cell);
    break;
  }
  html_.markup("<p class=\"delta\">");
  html_.text(context_.words(text, {{"n", std::to_string(number)}, {"what", what}}));
  html_.markup("</p>");
}

// What was written under an earlier model may not fit today's field: then the text as it is.
std::string HistoryWriter::shown(const Field& field, const json::Value* value) const {
  if (value == nullptr || value->is_null()) return context_.words(texts::kNotSetInline);
  const fields::Reading reading{.zone = context_.showing.zone, .people = context_.showing.people};
  if (field.type->read_json != nullptr) {
    const auto read = field.type->read_json(*value, field, reading);
    if (read) return values_.plain(field, *read);
  }
  if (!value->text.empty()) return value->text;
  std::string text;
  json::Writer writer(text);
  json::write(writer, *value);
  return text;
}

const Field* HistoryWriter::visible_field(std::string_view name) const {
  const std::optional<std::size_t> index = model::field_index(*page_.entity, name);
  if (!index || !context_.may_see(*page_.entity, *index)) return nullptr;
  return &page_.entity->fields[*index];
}

}  // namespace formwork::pages
