#include "server/pages/form_render.h"

#include <algorithm>
#include <charconv>

#include "dsl/base/utf8.h"
#include "server/pages/file_size.h"
#include "server/pages/page_texts.h"

namespace formwork::pages {
namespace {

using fields::Field;
using fields::Widget;

// Whether a date picker can show the text; it would show another one as empty, and lose it.
bool fits_picker(Widget widget, const std::string& text) {
  if (text.empty()) return true;
  if (widget == Widget::Date) return parse_date(text).has_value();
  if (widget == Widget::Time) return parse_time(text).has_value();
  return parse_local_date_time(text).has_value();
}

void date_type(Html& html, Widget widget, const std::string& text) {
  if (!fits_picker(widget, text)) {
    html.markup("text");
  } else if (widget == Widget::Date) {
    html.markup("date");
  } else if (widget == Widget::Time) {
    html.markup("time");
  } else {
    html.markup("datetime-local");
  }
}

bool is_checked(const Field& field, std::size_t index, const std::string& text) {
  if (field.type->widget == Widget::Checkbox) return !text.empty() && text != "false";
  if (index >= field.options.size()) return text.empty();  // the radio of nothing
  return has_code(text, field.options[index].code);
}

}  // namespace

void append_summary(Html& html, const Words& words, const FormState& state) {
  if (state.summary.empty()) return;
  html.markup("<div class=\"summary\" role=\"alert\" tabindex=\"-1\" autofocus>\n<h2>");
  html.icon("circle-alert");
  html.text(state.summary.size() == 1
                ? words(texts::kThingToFix)
                : words(texts::kThingsToFix, {{"count", std::to_string(state.summary.size())}}));
  html.markup("</h2>\n<ul>\n");
  for (const SummaryLine& line : state.summary) {
    html.markup("<li>");
    if (line.target.empty()) {
      html.text(line.sentence);
    } else {
      html.markup("<a href=\"#").value(line.target).markup("\">").text(line.sentence);
      html.markup("</a>");
    }
    html.markup("</li>\n");
  }
  html.markup("</ul>\n</div>\n");
}

FormRenderer::FormRenderer(Html& html, const Context& context, const FormPage& page,
                           const FormTemplate& form)
    : html_(html),
      context_(context),
      page_(page),
      form_(form),
      candidates_(context, page.options_of, page.title_of) {}

void FormRenderer::render(const FormState& state, const std::vector<std::size_t>& shown) {
  std::vector<char> is_editable(page_.entity->fields.size(), 0);
  for (const std::size_t index : shown) is_editable[index] = 1;
  const auto is_visible = [&](std::size_t index) {
    return is_editable[index] != 0 || context_.may_see(*page_.entity, index);
  };
  for (const FormTemplate::Card& card : form_.cards) {
    if (card.table) {
      if (is_editable[*card.table] != 0) {
        table(*card.table, state.fields[*card.table]);
      } else if (is_visible(*card.table)) {
        // How many lines there are; the record's page shows them.
        html_.markup("<section class=\"card\">\n<div class=\"card__body fields\">\n");
        read_only(page_.entity->fields[*card.table], *card.table);
        html_.markup("</div>\n</section>\n");
      }
      continue;
    }
    if (std::none_of(card.fields.begin(), card.fields.end(), is_visible)) continue;
    html_.fragment(card.open);
    for (const std::size_t index : card.fields) {
      if (is_editable[index] != 0) {
        field(index, state.fields[index]);
      } else if (is_visible(index)) {
        read_only(page_.entity->fields[index], index);
      }
    }
    html_.markup("</div>\n</section>\n");
  }
}

void FormRenderer::render_only(const FormState& state, const std::vector<std::size_t>& fields) {
  for (const std::size_t index : fields) {
    if (page_.entity->fields[index].type->widget == Widget::Lines) {
      table(index, state.fields[index]);
    } else {
      field(index, state.fields[index]);
    }
  }
}

void FormRenderer::field(std::size_t index, const FieldState& state) {
  const FieldTemplate& markup = form_.fields[index];
  const Place place{page_.entity->fields[index], markup, state.control};
  markup.markup.render(html_, [&](Hole hole, std::size_t which) { fill(hole, which, place); });
}

// What the caller may see but not change, what the engine sets, and what is computed.
void FormRenderer::read_only(const Field& field, std::size_t index) {
  html_.markup("<div class=\"field\"");
  if (is_conditional(field)) html_.attribute("data-field", field.name);
  if (page_.preview != nullptr && !page_.preview->fields[index].visible) html_.markup(" hidden");
  html_.markup("><label class=\"label\" for=\"f-").value(field.name);
  html_.markup("\">").text(context_.label(field.label)).markup("</label>");
  html_.markup("<output class=\"calc\" id=\"f-").value(field.name).markup("\">");
  feel::Value value;
  if (page_.record != nullptr) value = page_.record->values[index];
  // Numbers of new records are given when they are stored.
  if (page_.preview != nullptr) value = page_.preview->values[index];
  html_.text(output_text(context_, field, value, page_.title_of));
  if (value.is_null() && field.type->set_by_engine) {
    html_.markup("<small>").text(context_.words(texts::kAssignedOnSave)).markup("</small>");
  }
  html_.markup("</output></div>\n");
}

void FormRenderer::table(std::size_t index, const FieldState& state) {
  const Field& table = page_.entity->fields[index];
  const TableTemplate& markup = form_.tables[index];
  const FieldTemplate none;
  const Place place{table, none, state.control};
  markup.open.render(html_, [&](Hole hole, std::size_t which) { fill(hole, which, place); });
  for (std::size_t i = 0; i < state.rows.size(); ++i) {
    row(table, markup, state.rows[i], i + 1);
    html_.markup("\n");
  }
  html_.fragment(markup.close);
  RowState empty;
  for (const Field& column : table.fields) {
    const feel::Value& value = column.default_value;
    empty.cells.push_back(
        {.text = value.is_null() ? "" : column.type->input(value, column, context_.showing)});
  }
  row(table, markup, empty, 0);
  html_.markup("</template>\n");
  // Suggestions are the same for every row, so they stand once.
  for (const Field& column : table.fields) {
    const Widget widget = column.type->widget;
    if (widget != Widget::Reference && widget != Widget::User) continue;
    if (candidates_.of(column).is_select) continue;
    html_.markup("<datalist id=\"f-").value(table.name).markup("-").value(column.name);
    html_.markup("-list\">");
    append_suggestions(html_, candidates_, column);
    html_.markup("</datalist>\n");
  }
  html_.markup("</section>\n");
}

void FormRenderer::row(const Field& table, const TableTemplate& markup, const RowState& row,
                       std::size_t number) {
  const auto fill_row = [&](Hole hole, std::size_t) {
    if (hole == Hole::Row) html_.number(static_cast<std::int64_t>(number));
    if (hole == Hole::ErrorClass && row.has_problem()) html_.markup(" class=\"is-error\"");
  };
  markup.row.render(html_, fill_row);
  for (std::size_t i = 0; i < markup.columns.size(); ++i) {
    const Place place{table.fields[i], markup.columns[i], row.cells[i], &table, &row, number};
    markup.columns[i].markup.render(
        html_, [&](Hole hole, std::size_t which) { fill(hole, which, place); });
  }
  markup.row_end.render(html_, fill_row);
}

void FormRenderer::fill(Hole hole, std::size_t index, const Place& place) {
  const std::string& text = place.state.text;
  switch (hole) {
    case Hole::None:
      return;
    case Hole::ErrorClass:
      if (!place.state.problem.empty()) html_.markup(" field--error");
      return;
    case Hole::Now:
      if (place.state.now.empty()) return;
      html_.markup("<p class=\"hint now\" id=\"");
      id(place);
      html_.markup("-now\">").text(place.state.now).markup("</p>");
      return;
    case Hole::Error:
      return error(place);
    case Hole::Value:
      if (!text.empty()) html_.attribute("value", text);
      return;
    case Hole::DateType:
      return date_type(html_, place.field.type->widget, text);
    case Hole::Content:
      html_.text(text);
      return;
    case Hole::Count:
      return count(place);
    case Hole::Described:
      return described(place, index != 0);
    case Hole::Checked:
      if (is_checked(place.field, index, text)) html_.markup(" checked");
      return;
    case Hole::Selected:
      if (place.field.options[index].code == text) html_.markup(" selected");
      return;
    case Hole::OtherOption:
      return other_option(place);
    case Hole::Candidates:
      return index == 0 ? candidates_open(place) : candidates_close(place);
    case Hole::Files:
      return files(place);
    case Hole::Shown:
      return shown_value(place);
    case Hole::Row:
      html_.number(static_cast<std::int64_t>(place.number));
      return;
    case Hole::RowError:
      return row_errors(place);
    case Hole::Hidden:
      // What is wrong with a hidden field can only be mended where it is seen.
      if (!place.state.flags.visible && place.state.problem.empty()) html_.markup(" hidden");
      return;
    case Hole::Required:
      if (place.state.flags.required) html_.markup(" required");
      return;
    case Hole::Unrequired:
      if (!place.state.flags.required) html_.markup(" hidden");
      return;
  }
}

void FormRenderer::id(const Place& place) {
  html_.markup("f-");
  if (place.table != nullptr) {
    html_.value(place.table->name).markup("-").number(static_cast<std::int64_t>(place.number));
    html_.markup("-");
  }
  html_.value(place.field.name);
}

void FormRenderer::error(const Place& place) {
  if (place.state.problem.empty()) return;
  html_.markup("<p class=\"err\" id=\"");
  id(place);
  html_.markup("-err\">").icon("circle-alert").markup("<span><span class=\"vh\">");
  html_.text(context_.words(texts::kErrorMark)).markup("</span>").text(place.state.problem);
  html_.markup("</span></p>");
}

void FormRenderer::error_line(const Field& table, std::size_t number, std::string_view column,
                              std::string_view sentence) {
  if (sentence.empty()) return;
  html_.markup("<p class=\"err\" id=\"f-").value(table.name).markup("-");
  html_.number(static_cast<std::int64_t>(number));
  if (!column.empty()) html_.markup("-").value(column);
  html_.markup("-err\">").icon("circle-alert").markup("<span><span class=\"vh\">");
  html_.text(context_.words(texts::kErrorMark)).markup("</span>").text(sentence);
  html_.markup("</span></p>");
}

// The sentences of all cells stand in the first one, where there is room on every screen.
void FormRenderer::row_errors(const Place& place) {
  error_line(*place.table, place.number, {}, place.row->problem);
  for (std::size_t i = 0; i < place.row->cells.size(); ++i) {
    error_line(*place.table, place.number, place.table->fields[i].name,
               place.row->cells[i].problem);
  }
}

void FormRenderer::described(const Place& place, bool is_group) {
  const ControlState& state = place.state;
  if (!state.problem.empty() && !is_group) html_.markup(" aria-invalid=\"true\"");
  const FieldTemplate& markup = place.markup;
  // A row's own sentence belongs to its first control.
  const bool has_row_problem = place.row != nullptr && !place.row->problem.empty() &&
                               &place.state == &place.row->cells.front();
  if (!markup.described_before.empty() || !state.now.empty() || !state.problem.empty() ||
      !markup.described_behind.empty() || has_row_problem) {
    html_.markup(" aria-describedby=\"").value(markup.described_before);
    bool needs_blank = !markup.described_before.empty();
    const auto separate = [&] {
      if (needs_blank) html_.markup(" ");
      needs_blank = true;
    };
    if (!state.now.empty()) {
      separate();
      id(place);
      html_.markup("-now");
    }
    if (has_row_problem) {
      separate();
      html_.markup("f-").value(place.table->name).markup("-");
      html_.number(static_cast<std::int64_t>(place.number)).markup("-err");
    }
    if (!state.problem.empty()) {
      separate();
      id(place);
      html_.markup("-err");
    }
    if (!markup.described_behind.empty()) {
      separate();
      html_.value(markup.described_behind);
    }
    html_.markup("\"");
  }
  if (state.has_focus) html_.markup(" autofocus");
}

// An option that the model no longer has, or something that was sent by hand.
void FormRenderer::other_option(const Place& place) {
  const std::string& text = place.state.text;
  if (text.empty()) return;
  for (const fields::Option& option : place.field.options) {
    if (option.code == text) return;
  }
  html_.markup("<option").attribute("value", text).markup(" selected>").text(text);
  html_.markup("</option>");
}

void FormRenderer::candidates_open(const Place& place) {
  if (candidates_.of(place.field).is_select) {
    html_.markup("<select class=\"select\"");
  } else {
    html_.markup("<input class=\"input\"");
  }
}

void FormRenderer::candidates_close(const Place& place) {
  const std::string& text = place.state.text;
  if (candidates_.of(place.field).is_select) {
    html_.markup(">");
    append_options(html_, candidates_, place.field, text, context_.words(texts::kChooseOne));
    html_.markup("</select>");
    return;
  }
  html_.markup(" list=\"f-");
  if (place.table != nullptr) html_.value(place.table->name).markup("-");
  html_.value(place.field.name).markup("-list\" autocomplete=\"off\"");
  if (place.field.type->widget == Widget::Reference && context_.frame.actor->account != 0) {
    html_.attribute("data-suggest", suggest_path(context_.model.entities[place.field.target]));
  }
  if (!text.empty()) {
    const std::string title = candidates_.title_of(place.field, text);
    html_.attribute("value", title == text ? text : suggestion(place.field, {text, title}));
  }
  html_.markup(">");
  if (place.table != nullptr) return;
  html_.markup("<datalist id=\"f-").value(place.field.name).markup("-list\">");
  append_suggestions(html_, candidates_, place.field);
  html_.markup("</datalist>");
}

void FormRenderer::count(const Place& place) {
  const std::size_t limit = *place.field.max_length;
  const std::size_t length = count_characters(place.state.text);
  const bool is_over = length > limit;
  const std::size_t difference = is_over ? length - limit : limit - length;
  const Words& words = context_.words;
  html_.markup("<p class=\"count-left");
  if (is_over) html_.markup(" is-over");
  html_.markup("\" id=\"");
  id(place);
  html_.markup("-count\"").attribute("data-left", words(texts::kCharactersLeft));
  html_.attribute("data-over", words(texts::kCharactersOver)).markup(">");
  html_.text(words(is_over ? texts::kCharactersOver : texts::kCharactersLeft,
                   {{"n", std::to_string(difference)}}));
  html_.markup("</p>");
}

void FormRenderer::files(const Place& place) {
  if (place.state.text.empty() || !page_.file_of) return;
  const std::string removed = page_.typed == nullptr
                                  ? std::string()
                                  : joined_values(*page_.typed, place.field.name + ".remove");
  html_.markup("<ul class=\"files\">");
  std::string_view rest = place.state.text;
  while (!rest.empty()) {
    const std::string_view digits = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(rest.size(), digits.size() + 1));
    std::int64_t number = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) continue;
    const std::optional<engine::File> file = page_.file_of(number);
    if (!file) continue;
    html_.markup("<li><input type=\"hidden\"").attribute("name", place.field.name);
    html_.markup(" value=\"").number(number).markup("\">").icon("paperclip");
    html_.markup("<a href=\"/files/").number(number).markup("\">").text(file->name);
    html_.markup("</a><span class=\"muted\">");
    html_.text(file_size(static_cast<std::uint64_t>(file->size_bytes))).markup("</span>");
    html_.markup("<label class=\"check\"><input type=\"checkbox\" name=\"");
    html_.value(place.field.name).markup(".remove\" value=\"").number(number).markup("\"");
    if (has_code(removed, digits)) html_.markup(" checked");
    html_.markup("><span>").text(context_.words(texts::kRemove)).markup(" <span class=\"vh\">");
    html_.text(file->name).markup("</span></span></label></li>");
  }
  html_.markup("</ul>");
}

void FormRenderer::shown_value(const Place& place) {
  html_.text(place.state.text.empty() ? "—" : place.state.text);
}

}  // namespace formwork::pages
