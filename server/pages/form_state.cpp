#include "server/pages/form_state.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "dsl/base/utf8.h"

namespace formwork::pages {
namespace {

using fields::Field;
using fields::Widget;

bool is_table(const Field& field) { return field.type->widget == Widget::Lines; }

bool is_blank(const RowState& row) {
  return std::all_of(row.cells.begin(), row.cells.end(),
                     [](const ControlState& cell) { return trimmed(cell.text).empty(); });
}

std::string input_of(const Context& context, const Field& field, const feel::Value& value) {
  return value.is_null() ? std::string() : field.type->input(value, field, context.showing);
}

std::optional<std::size_t> column_of(const Field& table, std::string_view name) {
  for (std::size_t i = 0; i < table.fields.size(); ++i) {
    if (table.fields[i].name == name) return i;
  }
  return std::nullopt;
}

// Rows as typed, in the order of their numbers; the numbers themselves come too, since a button
// names the row that it removes by them.
std::map<std::size_t, RowState> typed_rows(const Field& table, const records::FormPairs& pairs) {
  std::map<std::size_t, RowState> rows;
  for (const auto& [name, value] : pairs) {
    const std::optional<CellName> cell = parse_cell_name(name);
    if (!cell || cell->table != table.name) continue;
    RowState& row = rows[cell->row];
    row.cells.resize(table.fields.size());
    if (const auto column = column_of(table, cell->column)) row.cells[*column].text = value;
  }
  return rows;
}

std::map<std::size_t, RowState> record_rows(const Context& context, const Field& table,
                                            const feel::Value& value) {
  std::map<std::size_t, RowState> rows;
  if (value.is_null()) return rows;
  for (const feel::Value& row : value.list()) {
    RowState state;
    for (std::size_t i = 0; i < table.fields.size(); ++i) {
      const Field& column = table.fields[i];
      // A computed cell gets its text with what else formulas say.
      state.cells.push_back({.text = column.value ? "" : input_of(context, column, row.list()[i])});
    }
    rows.emplace(rows.size() + 1, std::move(state));
  }
  return rows;
}

// Without defaults: a row that nobody touches is blank, and so is left out of the record.
RowState blank_row(const Field& table) {
  RowState row;
  row.cells.resize(table.fields.size());
  return row;
}

RowState default_row(const Context& context, const Field& table) {
  RowState row;
  for (const Field& column : table.fields) {
    row.cells.push_back({.text = input_of(context, column, column.default_value)});
  }
  return row;
}

class StateReader {
 public:
  StateReader(const Context& context, const FormPage& page, const FormTemplate& form,
              const std::vector<std::size_t>& shown)
      : context_(context), page_(page), form_(form), shown_(shown) {}

  FormState read() {
    state_.fields.resize(page_.entity->fields.size());
    for (const std::size_t index : shown_) {
      const Field& field = page_.entity->fields[index];
      if (is_table(field)) {
        read_rows(field, index);
      } else {
        state_.fields[index].control.text = text_of(field, index);
      }
      if (page_.preview != nullptr) preview(field, index);
    }
    note_problems();
    return std::move(state_);
  }

 private:
  std::string text_of(const Field& field, std::size_t index) const {
    // What only the engine sets is not typed by anybody.
    if (page_.typed != nullptr && fields::takes_input(field)) {
      return joined_values(*page_.typed, field.name);
    }
    if (page_.record != nullptr) return input_of(context_, field, page_.record->values[index]);
    return input_of(context_, field,
                    page_.preview != nullptr ? page_.preview->values[index] : field.default_value);
  }

  // What formulas say: of the field, and of the lines that a record would have.
  void preview(const Field& field, std::size_t index) {
    state_.fields[index].control.flags = page_.preview->fields[index];
    const auto lines = page_.preview->lines.find(index);
    if (lines == page_.preview->lines.end()) return;
    std::size_t line = 0;
    for (RowState& row : state_.fields[index].rows) {
      if (is_blank(row) || line >= lines->second.size()) continue;
      const feel::List& cells = page_.preview->values[index].list()[line].list();
      for (std::size_t i = 0; i < field.fields.size(); ++i) {
        row.cells[i].flags = lines->second[line][i];
        if (field.fields[i].value) {
          row.cells[i].text = output_text(context_, field.fields[i], cells[i], page_.title_of);
        }
      }
      ++line;
    }
  }

  void read_rows(const Field& table, std::size_t index) {
    std::map<std::size_t, RowState> rows;
    if (page_.typed != nullptr) {
      rows = typed_rows(table, *page_.typed);
    } else if (page_.record != nullptr) {
      rows = record_rows(context_, table, page_.record->values[index]);
    }
    const std::string_view act = act_on(table);
    if (act.starts_with("remove:")) remove_row(rows, act.substr(7));
    std::vector<RowState>& kept = state_.fields[index].rows;
    for (auto& row : rows) kept.push_back(std::move(row.second));
    // The engine counts rows without the blank ones, so these go to the end before it is quoted.
    if (!page_.problems.empty()) {
      std::stable_partition(kept.begin(), kept.end(),
                            [](const RowState& row) { return !is_blank(row); });
    }
    if (act == "add") {
      kept.push_back(default_row(context_, table));
      kept.back().cells.front().has_focus = true;
    } else if (kept.empty() && page_.typed == nullptr && page_.record == nullptr) {
      kept.push_back(blank_row(table));
    }
  }

  // The button's text behind `items.`, if it is about this table.
  std::string_view act_on(const Field& table) const {
    const bool is_ours = page_.act.size() > table.name.size() &&
                         page_.act.starts_with(table.name) && page_.act[table.name.size()] == '.';
    return is_ours ? page_.act.substr(table.name.size() + 1) : std::string_view();
  }

  static void remove_row(std::map<std::size_t, RowState>& rows, std::string_view digits) {
    std::size_t number = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (read.ec == std::errc() && read.ptr == digits.data() + digits.size()) rows.erase(number);
  }

  void note_problems() {
    std::vector<engine::FieldProblem> problems(page_.problems.begin(), page_.problems.end());
    std::stable_sort(problems.begin(), problems.end(),
                     [this](const auto& a, const auto& b) { return place_of(a) < place_of(b); });
    for (const engine::FieldProblem& problem : problems) note(problem);
  }

  std::size_t place_of(const engine::FieldProblem& problem) const {
    return problem.field ? form_.order[*problem.field] : static_cast<std::size_t>(-1);
  }

  void note(const engine::FieldProblem& problem) {
    const Words& words = context_.words;
    const std::string sentence = describe(problem, *page_.entity, words.language, words.locale);
    SummaryLine line{sentence, {}};
    if (is_shown(problem)) {
      std::string& place = place_for(problem, line.target);
      if (!place.empty()) place += words.language == Language::Chinese ? "；" : "; ";
      place += sentence;
    }
    state_.summary.push_back(std::move(line));
  }

  bool is_shown(const engine::FieldProblem& problem) const {
    return problem.field && std::find(shown_.begin(), shown_.end(), *problem.field) != shown_.end();
  }

  // Where the sentence is kept; `target` becomes the id of the control.
  std::string& place_for(const engine::FieldProblem& problem, std::string& target) {
    FieldState& state = state_.fields[*problem.field];
    const Field& field = page_.entity->fields[*problem.field];
    target = "f-" + field.name;
    if (!problem.row || *problem.row >= state.rows.size()) return state.control.problem;
    RowState& row = state.rows[*problem.row];
    const std::size_t column = problem.column.value_or(0);
    target += "-" + std::to_string(*problem.row + 1) + "-" + field.fields[column].name;
    return problem.column ? row.cells[column].problem : row.problem;
  }

  const Context& context_;
  const FormPage& page_;
  const FormTemplate& form_;
  const std::vector<std::size_t>& shown_;
  FormState state_;
};

}  // namespace

bool RowState::has_problem() const {
  return !problem.empty() || std::any_of(cells.begin(), cells.end(), [](const ControlState& cell) {
    return !cell.problem.empty();
  });
}

FormState read_state(const Context& context, const FormPage& page, const FormTemplate& form,
                     const std::vector<std::size_t>& shown) {
  return StateReader(context, page, form, shown).read();
}

std::string output_text(const Context& context, const Field& field, const feel::Value& value,
                        const TitleOf& title_of) {
  if (value.is_null()) return "—";
  if (field.type->column == fields::Column::Record && title_of) {
    const auto title = title_of(context.model.entities[field.target], value.record().id);
    if (title) return *title;
  }
  return context.show(field, value);
}

bool has_code(std::string_view joined, std::string_view code) {
  for (std::size_t begin = 0; begin <= joined.size();) {
    const std::size_t comma = std::min(joined.find(',', begin), joined.size());
    if (joined.substr(begin, comma - begin) == code) return true;
    begin = comma + 1;
  }
  return false;
}

std::string joined_values(const records::FormPairs& pairs, std::string_view name) {
  std::string joined;
  for (const auto& [key, value] : pairs) {
    if (key != name || value.empty()) continue;
    if (!joined.empty()) joined += ',';
    joined += value;
  }
  return joined;
}

std::optional<CellName> parse_cell_name(std::string_view name) {
  const std::size_t open = name.find('[');
  if (open == std::string_view::npos) return std::nullopt;
  const std::size_t close = name.find("].", open);
  if (close == std::string_view::npos) return std::nullopt;
  CellName cell{.table = name.substr(0, open), .row = 0, .column = name.substr(close + 2)};
  const char* end = name.data() + close;
  const auto read = std::from_chars(name.data() + open + 1, end, cell.row);
  constexpr std::size_t kLargest = 999'999;  // six digits, as the record reader takes
  if (read.ec != std::errc() || read.ptr != end || cell.row > kLargest) return std::nullopt;
  return cell;
}

}  // namespace formwork::pages
