#include "server/pages/filters.h"

#include <algorithm>

#include "server/pages/compiled.h"
#include "server/pages/page_texts.h"

namespace formwork::pages {
namespace {

using fields::Field;
using fields::Widget;
using model::ColumnRef;

// The parameter of an address that is a condition in FEEL, and one that every entity understands.
constexpr std::string_view kCondition = "filter";
constexpr std::string_view kExample =
    R"(created_at > now() - duration("P7D") and created_by = user)";

// `budget.from` taken apart.
std::pair<std::string_view, std::string_view> split_name(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return {name, {}};
  return {name.substr(0, dot), name.substr(dot + 1)};
}

void append_parameter(std::string& address, std::string_view name, std::string_view value) {
  address += address.find('?') == std::string::npos ? '?' : '&';
  address += encode_query(name) + "=" + encode_query(value);
}

}  // namespace

std::string list_address(const ListPage& page, const ListAddress& change) {
  std::string address = path_of(*page.entity);
  if (page.deleted) append_parameter(address, "deleted", "true");
  for (const http::Parameter& filter : page.filters) {
    if (&filter != change.without) append_parameter(address, filter.name, filter.value);
  }
  const model::Sort& sort = change.sort == nullptr ? page.sort : *change.sort;
  if (!(sort == page.entity->list.sort)) {
    append_parameter(address, "sort", sort_code(*page.entity, sort));
  }
  if (!change.cursor.empty()) append_parameter(address, "cursor", change.cursor);
  return address;
}

void FilterWriter::form() {
  const Words& words = context_.words;
  const std::string plural = words.inside(context_.label(page_.entity->plural));
  html_.markup("<form class=\"filters\" role=\"search\"");
  html_.attribute("aria-label", words(texts::kFilterRecords, {{"entities", plural}}));
  html_.markup(" method=\"get\"").attribute("action", path_of(*page_.entity)).markup(">\n");
  if (page_.deleted) html_.markup("<input type=\"hidden\" name=\"deleted\" value=\"true\">\n");
  html_.markup("<details><summary class=\"filter filter--add\">").icon("list-filter");
  html_.text(words(texts::kFilterAndSort));
  html_.markup("</summary>\n<div class=\"filters__panel\">\n");
  for (const ColumnRef& column : page_.entity->list.filters) {
    if (may_see(context_, *page_.entity, column)) control(column);
  }
  order();
  condition();
  html_.markup("<div class=\"actions\"><button class=\"btn btn--primary\">");
  html_.text(words(texts::kShowRecords, {{"entities", plural}}));
  html_.markup("</button><a class=\"btn btn--quiet\" href=\"/").segment(page_.entity->name);
  if (page_.deleted) html_.markup("?deleted=true");
  html_.markup("\">").text(words(texts::kClearAll)).markup("</a></div>\n</div></details>\n");
  for (const http::Parameter& filter : page_.filters) pill(filter);
  html_.markup("</form>\n");
}

void FilterWriter::control(const ColumnRef& column) {
  const Field& field = field_of(*page_.entity, column);
  if (!field.type->filterable) return;
  if (is_measure(field)) return range(column, field);
  const std::string name(model::column_name(*page_.entity, column));
  const std::string chosen = typed(name);
  const Widget widget = field.type->widget;
  const bool is_person_or_record = widget == Widget::User || widget == Widget::Reference;
  const bool is_select = widget == Widget::Choice || widget == Widget::Choices ||
                         widget == Widget::Checkbox ||
                         (is_person_or_record && candidates_.of(field).is_select);
  html_.markup("<div class=\"field\"><label class=\"label\" for=\"q-").value(name).markup("\">");
  html_.text(label_of(context_, *page_.entity, column)).markup("</label>");
  if (is_select) {
    html_.markup("<select class=\"select\" id=\"q-").value(name).markup("\"");
    html_.attribute("name", name);
  } else {
    html_.markup("<input class=\"input\" id=\"q-").value(name).markup("\"");
    html_.attribute("name", name).markup(" autocomplete=\"off\"");
    if (!chosen.empty()) html_.attribute("value", chosen);
    if (is_person_or_record) html_.markup(" list=\"q-").value(name).markup("-list\"");
  }
  if (is_first_) html_.markup(" data-search");
  is_first_ = false;
  html_.markup(">");
  if (is_select) {
    options(field, chosen);
    html_.markup("</select>");
  } else if (is_person_or_record) {
    html_.markup("<datalist id=\"q-").value(name).markup("-list\">");
    for (const Candidate& candidate : candidates_.of(field).all) {
      option(candidate.value, candidate.title, false);
    }
    html_.markup("</datalist>");
  }
  html_.markup("</div>\n");
}

void FilterWriter::options(const Field& field, const std::string& chosen) {
  const Words& words = context_.words;
  const Widget widget = field.type->widget;
  if (widget == Widget::User || widget == Widget::Reference) {
    return append_options(html_, candidates_, field, chosen, words(texts::kAny));
  }
  option("", words(texts::kAny), false);
  if (widget == Widget::Checkbox) {
    option("true", words(texts::kYes), chosen == "true");
    option("false", words(texts::kNo), chosen == "false");
    return;
  }
  for (const fields::Option& one : field.options) {
    option(one.code, context_.label(one.label), one.code == chosen);
  }
}

void FilterWriter::option(std::string_view value, std::string_view label, bool is_chosen) {
  html_.markup("<option").attribute("value", value);
  if (is_chosen) html_.markup(" selected");
  html_.markup(">").text(label).markup("</option>");
}

void FilterWriter::range(const ColumnRef& column, const Field& field) {
  html_.markup("<fieldset class=\"field\"><legend class=\"label\">");
  html_.text(label_of(context_, *page_.entity, column));
  html_.markup("</legend><div class=\"range\">");
  bound(column, field, ".from", texts::kFieldFrom, texts::kFrom);
  bound(column, field, ".to", texts::kFieldTo, texts::kTo);
  html_.markup("</div></fieldset>\n");
}

void FilterWriter::bound(const ColumnRef& column, const Field& field, std::string_view end,
                         const MessageText& label, const MessageText& placeholder) {
  const std::string name =
      std::string(model::column_name(*page_.entity, column)) + std::string(end);
  const std::string value = typed(name);
  const Widget widget = field.type->widget;
  const bool is_day = widget == Widget::Date || widget == Widget::DateTime;
  html_.markup("<input class=\"input");
  if (widget == Widget::Decimal) html_.markup(" input--num");
  html_.markup("\"");
  // A picker drops what it cannot show; instants may be asked for in full by an address.
  if (is_day && (value.empty() || parse_date(value))) html_.markup(" type=\"date\"");
  if (widget == Widget::Time) html_.markup(" type=\"time\"");
  html_.attribute("name", name);
  if (widget == Widget::Decimal) html_.markup(" inputmode=\"decimal\"");
  html_.attribute("aria-label",
                  context_.words(label, {{"field", label_of(context_, *page_.entity, column)}}));
  if (!is_day) html_.attribute("placeholder", context_.words(placeholder));
  if (!value.empty()) html_.attribute("value", value);
  html_.markup(">");
}

void FilterWriter::order() {
  html_.markup("<div class=\"field\"><label class=\"label\" for=\"q-sort\">");
  html_.text(context_.words(texts::kSortBy));
  html_.markup("</label><select class=\"select\" id=\"q-sort\" name=\"sort\">");
  std::vector<ColumnRef> columns = page_.entity->list.columns;
  for (const ColumnRef& column : {page_.sort.column, page_.entity->list.sort.column}) {
    if (std::find(columns.begin(), columns.end(), column) == columns.end()) {
      columns.insert(columns.begin(), column);
    }
  }
  for (const ColumnRef& column : columns) {
    if (!may_see(context_, *page_.entity, column)) continue;
    if (!column.is_system && !field_of(*page_.entity, column).type->sortable) continue;
    const bool from_the_top = is_measure(field_of(*page_.entity, column));
    for (const bool descending : {from_the_top, !from_the_top}) {
      const model::Sort sort{column, descending};
      option(sort_code(*page_.entity, sort), order_in_words(context_, *page_.entity, sort),
             sort == page_.sort);
    }
  }
  html_.markup("</select></div>\n");
}

// For what the controls cannot say: conditions that compare fields, join by `or`, or count days.
void FilterWriter::condition() {
  const std::string typed_text = typed(std::string(kCondition));
  html_.markup("<div class=\"field\"><label class=\"label\" for=\"q-filter\">");
  html_.text(context_.words(texts::kCondition));
  html_.markup(
      "</label><input class=\"input\" id=\"q-filter\" name=\"filter\" autocomplete=\"off\"");
  html_.markup(" spellcheck=\"false\" aria-describedby=\"q-filter-hint\"");
  if (!typed_text.empty()) html_.attribute("value", typed_text);
  html_.markup("><p class=\"hint\" id=\"q-filter-hint\">");
  html_.text(context_.words(texts::kConditionHint, {{"example", std::string(kExample)}}));
  html_.markup("</p></div>\n");
}

void FilterWriter::pill(const http::Parameter& filter, std::string_view label,
                        std::string_view value) {
  html_.markup("<a class=\"filter\"");
  html_.attribute("href", list_address(page_, {.without = &filter})).markup("><span>");
  html_.text(context_.words(texts::kPill, {{"field", std::string(label)}}));
  html_.markup("<b>").text(value).markup("</b></span>").icon("x");
  html_.markup("<span class=\"vh\">").text(context_.words(texts::kRemoveFilter));
  html_.markup("</span></a>\n");
}

void FilterWriter::pill(const http::Parameter& filter) {
  if (filter.name == kCondition) {
    return pill(filter, context_.words(texts::kCondition), filter.value);
  }
  const auto [name, ask] = split_name(filter.name);
  const std::optional<ColumnRef> column = model::find_column(*page_.entity, name);
  if (!column || !may_see(context_, *page_.entity, *column)) return;
  const Field& field = field_of(*page_.entity, *column);
  pill(filter, label_of(context_, *page_.entity, *column), words_for(filter, field, ask));
}

std::string FilterWriter::words_for(const http::Parameter& filter, const Field& field,
                                    std::string_view ask) const {
  const Words& words = context_.words;
  if (ask == "empty") return words(filter.value == "false" ? texts::kNotEmpty : texts::kEmpty);
  const fields::Reading reading{.zone = context_.showing.zone, .people = context_.showing.people};
  std::string value = filter.value;
  // A day stands for an instant in ranges, and reads better as it was given.
  if (!parse_date(value)) {
    if (const auto read = field.type->read(value, field, reading)) {
      value = values_.plain(field, *read);
    }
  }
  if (ask == "from") return words(texts::kFrom) + " " + value;
  if (ask == "to") return words(texts::kTo) + " " + value;
  return value;
}

std::string FilterWriter::typed(const std::string& name) const {
  for (const http::Parameter& filter : page_.filters) {
    if (filter.name == name) return filter.value;
  }
  return {};
}

}  // namespace formwork::pages
