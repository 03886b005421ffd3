#include "engine/records/input.h"

#include <algorithm>
#include <map>

#include "dsl/base/utf8.h"
#include "dsl/diagnostics/did_you_mean.h"
#include "engine/command/refusal_texts.h"

namespace formwork::records {
namespace {

namespace texts = engine::texts;
using fields::Column;
using fields::Field;

// Nobody reads more at once, and each unknown name is compared with all known ones.
constexpr std::size_t kMostProblems = 200;

// Where in the record the reader stands; copied into each problem.
struct Place {
  std::optional<std::size_t> field;
  std::optional<std::size_t> row = std::nullopt;
  std::optional<std::size_t> column = std::nullopt;
};

class Reader {
 public:
  Reader(const model::Entity& entity, const fields::Reading& reading)
      : entity_(entity), reading_(reading) {}

  void problem(const Place& place, Message message, std::string name = {}) {
    input.problems.push_back({.field = place.field,
                              .row = place.row,
                              .column = place.column,
                              .name = std::move(name),
                              .message = std::move(message)});
  }

  // What only the engine sets, or a formula: notes the problem.
  bool refuses(const Place& place, const Field& field) {
    if (fields::takes_input(field)) return false;
    problem(place, {field.value ? &texts::kComputed : &texts::kSetByEngine, {}});
    return true;
  }

  void unknown(const Place& place, const std::string& name, const std::vector<Field>& known) {
    std::vector<std::string_view> names;
    for (const Field& field : known) names.push_back(field.name);
    Message message{&texts::kUnknownField, suggestion_arguments(name, names)};
    message.arguments.emplace_back("entity", entity_.label);
    problem(place, std::move(message), name);
  }

  // A single value; null both for JSON null and for a problem, which is then noted.
  feel::Value scalar(const Field& field, const json::Value& value, const Place& place) {
    if (value.is_null()) return {};
    return checked(field, field.type->read_json(value, field, reading_), place);
  }

  feel::Value scalar(const Field& field, std::string_view text, const Place& place) {
    // A browser leaves an unticked box out.
    if (trimmed(text).empty() && field.type->column == Column::Boolean) return feel::Value(false);
    if (trimmed(text).empty()) return {};
    return checked(field, field.type->read(text, field, reading_), place);
  }

  feel::Value rows(const Field& field, const json::Value& value, const Place& place) {
    if (value.is_null()) return {};
    if (!value.is_array()) {
      problem(place, {&texts::kNotAnArray, {}});
      return {};
    }
    // No rows are nothing, as with other lists: there is one kind of nothing.
    if (value.elements.empty() || !row_count_fits(field, value.elements.size(), place)) return {};
    feel::List rows;
    for (std::size_t i = 0; i < value.elements.size() && !has_enough_problems(); ++i) {
      rows.push_back(row(field, value.elements[i], {.field = place.field, .row = i}));
    }
    return feel::Value(std::move(rows));
  }

  bool row_count_fits(const Field& field, std::size_t count, const Place& place) {
    if (count <= field.max_rows) return true;
    problem(place, {&texts::kTooManyRows,
                    {{"limit", std::to_string(field.max_rows)}, {"count", std::to_string(count)}}});
    return false;
  }

  bool has_enough_problems() const { return input.problems.size() >= kMostProblems; }

  Input input;

 private:
  feel::Value row(const Field& table, const json::Value& value, const Place& place) {
    feel::List cells;
    for (const Field& column : table.fields) cells.push_back(column.default_value);
    if (!value.is_object()) {
      problem(place, {&texts::kNotAnObject, {}});
      return feel::Value(std::move(cells));
    }
    for (const json::Value::Member& member : value.members) {
      if (has_enough_problems()) break;
      const auto field = std::find_if(table.fields.begin(), table.fields.end(),
                                      [&](const Field& f) { return f.name == member.first; });
      if (field == table.fields.end()) {
        unknown(place, member.first, table.fields);
        continue;
      }
      const auto column = static_cast<std::size_t>(field - table.fields.begin());
      const Place cell{.field = place.field, .row = place.row, .column = column};
      if (!refuses(cell, *field)) cells[column] = scalar(*field, member.second, cell);
    }
    return feel::Value(std::move(cells));
  }

  feel::Value checked(const Field& field, fields::Read<feel::Value> read, const Place& place) {
    if (!read) {
      problem(place, std::move(read.error()));
      return {};
    }
    if (std::optional<Message> complaint = fields::check(*read, field, reading_)) {
      problem(place, std::move(*complaint));
    }
    return std::move(*read);
  }

  const model::Entity& entity_;
  const fields::Reading& reading_;
};

// `items[12].qty` taken apart; nothing for other names.
struct CellName {
  std::string_view table;
  std::size_t row;
  std::string_view column;
};

std::optional<CellName> parse_cell_name(std::string_view name) {
  const std::size_t open = name.find('[');
  const std::size_t close = name.find("].", open);
  if (open == std::string_view::npos || close == std::string_view::npos) return std::nullopt;
  const std::string_view digits = name.substr(open + 1, close - open - 1);
  const bool plausible = !digits.empty() && digits.size() <= 6 &&
                         digits.find_first_not_of("0123456789") == std::string_view::npos;
  if (!plausible) return std::nullopt;
  return CellName{.table = name.substr(0, open),
                  .row = static_cast<std::size_t>(std::stoul(std::string(digits))),
                  .column = name.substr(close + 2)};
}

using Cells = std::map<std::size_t, std::map<std::string_view, std::string_view>>;

Cells cells_of(const Field& table, const FormPairs& pairs) {
  Cells cells;
  for (const auto& [name, value] : pairs) {
    const std::optional<CellName> cell = parse_cell_name(name);
    if (!cell || cell->table != table.name) continue;
    const bool is_column =
        std::any_of(table.fields.begin(), table.fields.end(),
                    [&](const Field& column) { return column.name == cell->column; });
    if (is_column) cells[cell->row][cell->column] = value;
  }
  // A row in which nothing was typed is one that the form offers, not one that somebody wants.
  std::erase_if(cells, [](const auto& row) {
    return std::all_of(row.second.begin(), row.second.end(),
                       [](const auto& cell) { return trimmed(cell.second).empty(); });
  });
  return cells;
}

feel::Value read_form_rows(Reader& reader, const Field& table, std::size_t index,
                           const FormPairs& pairs) {
  const Cells cells = cells_of(table, pairs);
  if (cells.empty() || !reader.row_count_fits(table, cells.size(), {.field = index})) return {};
  feel::List rows;
  for (const auto& [number, row] : cells) {
    feel::List values(table.fields.size());
    for (std::size_t column = 0; column < table.fields.size(); ++column) {
      if (!fields::takes_input(table.fields[column])) continue;
      const auto cell = row.find(table.fields[column].name);
      const std::string_view typed = cell == row.end() ? std::string_view() : cell->second;
      values[column] = reader.scalar(table.fields[column], typed,
                                     {.field = index, .row = rows.size(), .column = column});
    }
    rows.emplace_back(std::move(values));
  }
  return feel::Value(std::move(rows));
}

// Checkboxes send a pair per ticked option; one text with commas is what `read` takes.
std::string joined_values(const FormPairs& pairs, std::string_view name) {
  std::string joined;
  for (const auto& [key, value] : pairs) {
    if (key != name || value.empty()) continue;
    if (!joined.empty()) joined += ',';
    joined += value;
  }
  return joined;
}

}  // namespace

std::vector<std::size_t> form_row_numbers(const Field& table, const FormPairs& pairs) {
  std::vector<std::size_t> numbers;
  for (const auto& [number, row] : cells_of(table, pairs)) numbers.push_back(number);
  return numbers;
}

Input read_json(const model::Entity& entity, const json::Value& body,
                const fields::Reading& reading) {
  Reader reader(entity, reading);
  for (const json::Value::Member& member : body.members) {
    if (reader.has_enough_problems()) break;  // what is left unread is refused with the rest
    const std::optional<std::size_t> index = model::field_index(entity, member.first);
    if (!index) {
      reader.unknown({}, member.first, entity.fields);
      continue;
    }
    const Field& field = entity.fields[*index];
    if (reader.refuses({.field = index}, field)) continue;
    reader.input.changes.emplace_back(*index,
                                      field.type->column == Column::Rows
                                          ? reader.rows(field, member.second, {.field = index})
                                          : reader.scalar(field, member.second, {.field = index}));
  }
  return std::move(reader.input);
}

Input read_form(const model::Entity& entity, const std::vector<std::size_t>& fields,
                const FormPairs& pairs, const fields::Reading& reading) {
  Reader reader(entity, reading);
  for (const std::size_t index : fields) {
    const Field& field = entity.fields[index];
    if (!fields::takes_input(field)) continue;
    reader.input.changes.emplace_back(
        index, field.type->column == Column::Rows
                   ? read_form_rows(reader, field, index, pairs)
                   : reader.scalar(field, joined_values(pairs, field.name), {.field = index}));
  }
  return std::move(reader.input);
}

}  // namespace formwork::records
