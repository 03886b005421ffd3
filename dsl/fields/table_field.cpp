// table: line items. Its rows are read one by one by the record reader, with the types of the
// columns, because only there it is known which line a message is about; so this type has no
// reading of its own.
#include "dsl/fields/field_messages.h"
#include "dsl/fields/field_type.h"

namespace formwork::fields {
namespace {

constexpr std::size_t kMostRows = 1'000;
constexpr std::size_t kMostColumns = 50;

std::string show(const feel::Value& value, const Field&, const Showing& showing) {
  const std::size_t count = value.list().size();
  if (showing.language == Language::Chinese) return grouped(count) + " 行";
  return grouped(count) + (count == 1 ? " line" : " lines");
}

// Nothing is written as null: a reader of the API sees every column in every row.
void write_row(json::Writer& writer, const feel::List& row, const Field& field,
               const People& people) {
  writer.begin_object();
  for (std::size_t i = 0; i < field.fields.size(); ++i) {
    const Field& column = field.fields[i];
    writer.key(column.name);
    if (row[i].is_null()) {
      writer.null();
    } else {
      column.type->write_json(writer, row[i], column, people);
    }
  }
  writer.end_object();
}

void write_json(json::Writer& writer, const feel::Value& value, const Field& field,
                const People& people) {
  writer.begin_array();
  for (const feel::Value& row : value.list()) write_row(writer, row.list(), field, people);
  writer.end_array();
}

std::optional<std::string> settle(Field& field) {
  if (field.fields.empty()) return "`fields` has no column; give at least one";
  if (field.fields.size() > kMostColumns) {
    return "a table has at most " + grouped(kMostColumns) + " columns; this has " +
           grouped(field.fields.size());
  }
  if (field.max_rows < 1 || field.max_rows > kMostRows) {
    return "`max_rows` is 1 to " + grouped(kMostRows) + "; this is " + grouped(field.max_rows);
  }
  return std::nullopt;
}

constexpr Setting kSettings[] = {Setting::Fields, Setting::MaxRows};

}  // namespace

const FieldType& table_field() {
  static const FieldType type{
      .name = "table",
      .summary =
          "Line items: rows of the given `fields`, 200 at most unless `max_rows` says otherwise.",
      .value = feel::Value::Kind::List,
      .column = Column::Rows,
      .widget = Widget::Lines,
      .settings = kSettings,
      .may_be_in_table = false,
      .may_be_unique = false,
      .may_have_default = false,
      .may_be_computed = false,
      .sortable = false,
      .filterable = false,
      .read = nullptr,
      .read_json = nullptr,
      .input = nullptr,
      .show = show,
      .write_json = write_json,
      .settle = settle,
  };
  return type;
}

}  // namespace formwork::fields
