#include "server/pages/control_template.h"

#include "server/pages/file_size.h"
#include "server/pages/page_texts.h"

namespace formwork::pages {
namespace {

using fields::Field;
using fields::Widget;

// The named control of a field. In line items, ids and names have the row's number as a hole.
class ControlCompiler {
 public:
  ControlCompiler(const Field& field, const Words& words, const Field* table)
      : field_(field), words_(words), table_(table) {}

  TemplateBuilder builder;

  void id() {
    Html& html = builder.html.markup("f-");
    if (table_ != nullptr) {
      html.value(table_->name).markup("-");
      builder.hole(Hole::Row);
      html.markup("-");
    }
    html.value(field_.name);
  }

  void control() {
    if (field_.value) return fixed();
    switch (field_.type->widget) {
      case Widget::Area:
        return area();
      case Widget::Decimal:
        return decimal();
      case Widget::Checkbox:
        return checkbox();
      case Widget::Choice:
        return is_group(field_) && !in_row() ? options("radio", "choice") : select();
      case Widget::Choices:
        return in_row() ? input("text") : options("checkbox", "check");
      case Widget::User:
      case Widget::Reference:
        return candidates();
      case Widget::Files:
        return files();
      case Widget::Fixed:
        return fixed();
      case Widget::Email:
        return input("email");
      case Widget::Phone:
        return input("tel");
      case Widget::Url:
        return input("url");
      case Widget::Date:
      case Widget::Time:
      case Widget::DateTime:
        return date();
      default:
        return input("text");
    }
  }

 private:
  bool in_row() const { return table_ != nullptr; }

  void id_and_name() {
    builder.html.markup(" id=\"");
    id();
    builder.html.markup("\"");
    name();
  }

  void name() {
    Html& html = builder.html.markup(" name=\"");
    if (in_row()) {
      html.value(table_->name).markup("[");
      builder.hole(Hole::Row);
      html.markup("].");
    }
    html.value(field_.name).markup("\"");
  }

  // What stands at the end of every single control.
  void state() {
    if (field_.type->widget != Widget::Files) required();
    row_label();
    builder.hole(Hole::Described);
  }

  void required() {
    if (is_conditional(field_)) {
      builder.hole(Hole::Required);
    } else if (field_.required) {
      builder.html.markup(" required");
    }
  }

  void row_label() {
    if (!in_row()) return;
    std::string label = words_.inside(field_.label[words_.locale]);
    const std::string unit = unit_of(field_);
    if (!unit.empty()) label += " (" + unit + ")";
    // The number is a hole inside the translated sentence.
    const std::string text = words_(texts::kLineOf, {{"n", "\x01"}, {"field", label}});
    const std::size_t at = text.find('\x01');
    builder.html.markup(" aria-label=\"").value(text.substr(0, at));
    builder.hole(Hole::Row);
    builder.html.value(text.substr(at + 1)).markup("\"");
  }

  void input(std::string_view type) {
    builder.html.markup("<input class=\"input\"");
    id_and_name();
    if (type != "text") builder.html.attribute("type", type);
    builder.html.markup(" autocomplete=\"off\"");
    if (type == "url") builder.html.markup(" spellcheck=\"false\"");
    builder.hole(Hole::Value);
    state();
    builder.html.markup(">");
  }

  void area() {
    builder.html.markup("<textarea class=\"textarea\"");
    id_and_name();
    if (field_.max_length) {
      builder.html.markup(" data-max=\"").number(as_number(*field_.max_length)).markup("\"");
    }
    state();
    // A line end right behind the tag is dropped by the parser, so that one of the text survives.
    builder.html.markup(">\n");
    builder.hole(Hole::Content);
    builder.html.markup("</textarea>");
    if (field_.max_length && !in_row()) builder.hole(Hole::Count);
  }

  void decimal() {
    const std::string unit = in_row() ? std::string() : unit_of(field_);
    if (!unit.empty()) builder.html.markup("<div class=\"affix\">");
    if (!field_.currency.empty()) affix(unit);
    builder.html.markup("<input class=\"input input--num\"");
    id_and_name();
    builder.html.markup(" inputmode=\"decimal\" autocomplete=\"off\"");
    builder.hole(Hole::Value);
    state();
    builder.html.markup(">");
    if (field_.currency.empty()) affix(unit);
    if (!unit.empty()) builder.html.markup("</div>");
  }

  void affix(std::string_view unit) {
    if (unit.empty()) return;
    builder.html.markup("<span id=\"");
    id();
    builder.html.markup("-unit\">").text(unit).markup("</span>");
  }

  void checkbox() {
    if (!in_row()) builder.html.markup("<label class=\"check\">");
    builder.html.markup("<input type=\"checkbox\"");
    id_and_name();
    builder.html.markup(" value=\"true\"");
    builder.hole(Hole::Checked);
    state();
    builder.html.markup(">");
    if (in_row()) return;
    builder.html.markup("<span>").text(field_.label[words_.locale]);
    append_star(builder, field_);
    builder.html.markup("</span></label>");
  }

  void date() {
    builder.html.markup("<input class=\"input\"");
    id_and_name();
    builder.html.markup(" type=\"");
    builder.hole(Hole::DateType);
    builder.html.markup("\"");
    builder.hole(Hole::Value);
    limit("min", field_.min);
    limit("max", field_.max);
    state();
    builder.html.markup(">");
  }

  // Instants need the reader's zone; their limits are checked on save alone.
  void limit(Markup name, const std::optional<feel::Value>& value) {
    if (!value || field_.type->widget == Widget::DateTime) return;
    builder.html.attribute(name, field_.type->input(*value, field_, fields::Showing{}));
  }

  void select() {
    builder.html.markup("<select class=\"select\"");
    id_and_name();
    state();
    builder.html.markup("><option value=\"\">").text(words_(texts::kChooseOne));
    builder.html.markup("</option>");
    for (std::size_t i = 0; i < field_.options.size(); ++i) {
      builder.html.markup("<option").attribute("value", field_.options[i].code);
      builder.hole(Hole::Selected, i);
      builder.html.markup(">").text(field_.options[i].label[words_.locale]).markup("</option>");
    }
    builder.hole(Hole::OtherOption);
    builder.html.markup("</select>");
  }

  void options(std::string_view type, std::string_view box) {
    builder.html.markup("<div").attribute("class", std::string(box) + "s").markup(">");
    std::size_t number = 0;
    const bool offers_nothing = type == "radio" && (!field_.required || is_conditional(field_));
    if (offers_nothing) option(type, box, ++number, "", words_(texts::kNotSet), kNothing);
    for (std::size_t i = 0; i < field_.options.size(); ++i) {
      const fields::Option& option_here = field_.options[i];
      option(type, box, ++number, option_here.code, option_here.label[words_.locale], i);
    }
    builder.html.markup("</div>");
  }

  void option(std::string_view type, std::string_view box, std::size_t number,
              std::string_view code, std::string_view label, std::size_t index) {
    builder.html.markup("<label").attribute("class", box).markup("><input");
    builder.html.attribute("type", type).markup(" id=\"");
    id();
    if (number > 1) builder.html.markup("-").number(as_number(number));
    builder.html.markup("\"");
    name();
    builder.html.attribute("value", code);
    builder.hole(Hole::Checked, index);
    if (type == "radio") required();
    builder.html.markup("><span>").text(label).markup("</span></label>");
  }

  // A select or a text field with suggestions: that depends on how many there are.
  void candidates() {
    builder.hole(Hole::Candidates, 0);
    id_and_name();
    state();
    builder.hole(Hole::Candidates, 1);
  }

  void files() {
    builder.hole(Hole::Files);
    builder.html.markup("<input class=\"input\" type=\"file\"");
    if (field_.max_files > 1) builder.html.markup(" multiple");
    id_and_name();
    std::string accept;
    for (const std::string& range : field_.accept) accept += (accept.empty() ? "" : ",") + range;
    if (!accept.empty()) builder.html.attribute("accept", accept);
    state();
    builder.html.markup(">");
  }

  void fixed() {
    builder.html.markup("<output class=\"calc\" id=\"");
    id();
    builder.html.markup("\"");
    row_label();
    builder.html.markup(">");
    builder.hole(Hole::Shown);
    builder.html.markup("</output>");
  }

 public:
  static constexpr std::size_t kNothing = 0xFFFF;

  static std::int64_t as_number(std::size_t size) { return static_cast<std::int64_t>(size); }

 private:
  const Field& field_;
  const Words& words_;
  const Field* table_;
};

std::string files_hint(const Field& field, const Words& words) {
  std::string hint;
  const std::string_view comma = words.language == Language::Chinese ? "、" : ", ";
  for (const std::string& range : field.accept) {
    if (!hint.empty()) hint += comma;
    hint += kind_of_files(range);
  }
  if (hint.empty()) hint = words(texts::kAnyFile);
  hint += words.language == Language::Chinese ? "，" : ", ";
  hint += words(texts::kUpTo, {{"size", file_size(field.max_bytes)}});
  if (field.max_files > 1) {
    hint += words.language == Language::Chinese ? "，" : ", ";
    hint += words(texts::kAtMostFiles, {{"count", std::to_string(field.max_files)}});
  }
  return hint;
}

// The author's, else what the type itself has to say.
std::string hint_of(const model::App& app, const Field& field, const Words& words) {
  std::string hint = field.hint.empty() ? std::string() : field.hint[words.locale];
  if (field.type->widget == Widget::DateTime) {
    if (!hint.empty()) hint += words.language == Language::Chinese ? "。" : ". ";
    hint += words(texts::kTimeZone, {{"zone", std::string(app.time_zone->name())}});
  }
  if (!hint.empty()) return hint;
  if (field.type->column == fields::Column::Duration) {
    return words(field.whole_months ? texts::kMonthsHint : texts::kDurationHint);
  }
  return field.type->widget == Widget::Files ? files_hint(field, words) : hint;
}

void label(ControlCompiler& compiler, const Field& field, const Words& words,
           std::string_view needed_from) {
  Html& html = compiler.builder.html;
  const auto needed = [&] {
    if (needed_from.empty()) return;
    html.markup(" <span class=\"tag-stage\">");
    html.text(words(texts::kNeededFrom, {{"stage", std::string(needed_from)}}));
    html.markup("</span>");
  };
  if (field.type->widget == Widget::Checkbox) return;  // stands beside the box
  if (is_group(field)) {
    html.markup("<legend class=\"label\">").text(field.label[words.locale]);
    append_star(compiler.builder, field);
    needed();
    html.markup("</legend>");
    return;
  }
  html.markup("<label class=\"label\" for=\"");
  compiler.id();
  html.markup("\">").text(field.label[words.locale]);
  append_star(compiler.builder, field);
  needed();
  html.markup("</label>");
}

void append_id(std::string& ids, const Field& field, std::string_view part) {
  if (!ids.empty()) ids += ' ';
  ids += "f-" + field.name + "-" + std::string(part);
}

}  // namespace

FieldTemplate compile_field(const model::App& app, const Field& field, const Words& words,
                            std::string_view needed_from) {
  ControlCompiler compiler(field, words, nullptr);
  TemplateBuilder& builder = compiler.builder;
  FieldTemplate result;
  const bool group = is_group(field);
  const std::string hint = hint_of(app, field, words);
  const bool has_unit = field.type->widget == Widget::Decimal && !unit_of(field).empty();
  if (has_unit) append_id(result.described_before, field, "unit");
  if (!hint.empty()) append_id(result.described_before, field, "hint");
  if (field.type->widget == Widget::Area && field.max_length) {
    append_id(result.described_behind, field, "count");
  }
  if (group) {
    builder.html.markup("<fieldset class=\"field");
  } else {
    builder.html.markup("<div class=\"field");
  }
  if (is_wide(field)) builder.html.markup(" field--wide");
  builder.hole(Hole::ErrorClass);
  builder.html.markup("\"");
  if (is_conditional(field)) {
    builder.html.attribute("data-field", field.name);
    builder.hole(Hole::Hidden);
  }
  if (group) builder.hole(Hole::Described, 1);
  builder.html.markup(">");
  label(compiler, field, words, needed_from);
  if (!hint.empty()) {
    builder.html.markup("<p class=\"hint\" id=\"");
    compiler.id();
    builder.html.markup("-hint\">").text(hint).markup("</p>");
  }
  builder.hole(Hole::Now);
  builder.hole(Hole::Error);
  compiler.control();
  if (group) {
    builder.html.markup("</fieldset>\n");
  } else {
    builder.html.markup("</div>\n");
  }
  result.markup = builder.take();
  return result;
}

FieldTemplate compile_cell(const Field& table, const Field& column, const Words& words,
                           bool is_first) {
  ControlCompiler compiler(column, words, &table);
  TemplateBuilder& builder = compiler.builder;
  std::string label = column.label[words.locale];
  const std::string unit = unit_of(column);
  if (!unit.empty()) label += " (" + unit + ")";
  if (column.required) label += " *";  // on a phone, where no head of the table has the star
  builder.html.markup("<td");
  if (column.type->widget == Widget::Decimal) {
    builder.html.attribute("class", column.currency.empty() ? "num" : "num money");
  } else if (column.type->widget == Widget::Date) {
    builder.html.markup(" class=\"date\"");
  }
  builder.html.attribute("data-l", label).markup(">");
  if (is_conditional(column)) {
    builder.html.markup("<div data-field=\"").value(table.name).markup("[");
    builder.hole(Hole::Row);
    builder.html.markup("].").value(column.name).markup("\"");
    builder.hole(Hole::Hidden);
    builder.html.markup(">");
  }
  compiler.control();
  if (is_conditional(column)) builder.html.markup("</div>");
  if (is_first) builder.hole(Hole::RowError);
  builder.html.markup("</td>");
  return {builder.take(), {}, {}};
}

void append_star(TemplateBuilder& builder, const Field& field) {
  if (!is_conditional(field)) {
    if (field.required) append_star(builder.html);
    return;
  }
  builder.html.markup("<span class=\"req\" aria-hidden=\"true\"><span");
  builder.hole(Hole::Unrequired);
  builder.html.markup("> *</span></span>");
}

void append_star(Html& html) { html.markup(" <span class=\"req\" aria-hidden=\"true\">*</span>"); }

std::string unit_of(const Field& field) {
  return field.type->unit == nullptr ? std::string() : std::string(field.type->unit(field));
}

}  // namespace formwork::pages
