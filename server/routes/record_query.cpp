#include "server/routes/record_query.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "dsl/base/json.h"
#include "dsl/base/utf8.h"
#include "dsl/diagnostics/did_you_mean.h"
#include "engine/command/sha256.h"
#include "server/routes/request_texts.h"

namespace formwork::routes {
namespace {

using fields::Column;
using fields::Field;
using model::ColumnRef;
using model::SystemColumn;
using store::Comparison;

// A field that reads and writes a system column's values as a field of that kind would.
const Field& as_field(SystemColumn column) {
  const auto make = [](std::string_view type, int scale) {
    Field field;
    field.type = fields::find_field_type(type);
    field.scale = scale;
    return field;
  };
  static const Field kNumber = make("number", 0);
  static const Field kInstant = make("date_time", 0);
  static const Field kAccount = make("user", 0);
  switch (column) {
    case SystemColumn::Id:
    case SystemColumn::Version:
      return kNumber;
    case SystemColumn::CreatedAt:
    case SystemColumn::UpdatedAt:
      return kInstant;
    case SystemColumn::CreatedBy:
    case SystemColumn::UpdatedBy:
      return kAccount;
  }
  return kNumber;
}

const Field& field_of(const model::Entity& entity, const ColumnRef& column) {
  return column.is_system ? as_field(column.system) : entity.fields[column.field];
}

std::optional<feel::Value> as_person(const json::Value& id) {
  std::int64_t account = 0;
  const char* end = id.text.data() + id.text.size();
  const auto read = std::from_chars(id.text.data(), end, account);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return feel::Value(feel::RecordRef{account});
}

// What cursor_behind() wrote of the sort column.
std::optional<feel::Value> read_back(const Field& field, const json::Value& value,
                                     const fields::Reading& reading) {
  if (value.is_null()) return feel::Value();
  if (field.type->column == Column::User) return as_person(value);
  auto read = field.type->read_json(value, field, reading);
  if (!read) return std::nullopt;
  return std::move(*read);
}

// What stands behind `=` as the JSON that the field reads: text, but for true and false, and for
// one of several codes.
json::Value as_json(std::string_view text, const Field& field) {
  using Kind = json::Value::Kind;
  json::Value value;
  value.kind = Kind::String;
  value.text = text;
  const Column column = field.type->column;
  if (column == Column::Boolean && text == "true") value.kind = Kind::True;
  if (column == Column::Boolean && text == "false") value.kind = Kind::False;
  if (column != Column::Codes) return value;
  json::Value list;
  list.kind = Kind::Array;
  list.elements.push_back(std::move(value));
  return list;
}

std::optional<std::string> from_hex(std::string_view hex) {
  if (hex.size() % 2 != 0 || hex.size() > 4096) return std::nullopt;
  std::string bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    unsigned value = 0;
    const char* end = hex.data() + i + 2;
    const auto result = std::from_chars(hex.data() + i, end, value, 16);
    if (result.ec != std::errc() || result.ptr != end) return std::nullopt;
    bytes += static_cast<char>(value);
  }
  return bytes;
}

// `budget.from` taken apart: the column's name and what is asked of it.
struct FilterName {
  std::string_view column;
  std::string_view ask;  // "", "from", "to" or "empty"
};

FilterName split_name(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot != std::string_view::npos) {
    const std::string_view ask = name.substr(dot + 1);
    if (ask == "from" || ask == "to" || ask == "empty") return {name.substr(0, dot), ask};
  }
  return {name, ""};
}

class QueryReader {
 public:
  QueryReader(const model::Entity& entity, const Exchange& exchange, Door door,
              const fields::Reading& reading)
      : entity_(entity),
        exchange_(exchange),
        door_(door),
        gate_(exchange.engine().gate()),
        actor_(exchange.actor()),
        reading_(reading) {
    result.query.entity = &entity;
    result.query.sort = entity.list.sort;
    result.query.limit = kDefaultPage;
  }

  void read(const std::vector<http::Parameter>& parameters) {
    const std::string* cursor = nullptr;
    for (const http::Parameter& parameter : parameters) {
      if (parameter.name == "sort") {
        read_sort(parameter);
      } else if (parameter.name == "limit") {
        read_limit(parameter);
      } else if (parameter.name == "fields") {
        read_fields(parameter);
      } else if (parameter.name == "deleted") {
        read_deleted(parameter);
      } else if (parameter.name == "filter") {
        read_condition(parameter);
      } else if (parameter.name == "cursor") {
        cursor = &parameter.value;
      } else if (!is_for_pages(parameter.name)) {
        read_filter(parameter);
      }
    }
    limit_conditions();
    // Last, because it has to fit the sort.
    if (cursor != nullptr && !cursor->empty()) read_cursor(*cursor);
  }

  RecordQuery result;

 private:
  bool is_for_pages(std::string_view name) const {
    return door_ == Door::Page && (name == "lang" || name == "saved");
  }

  void problem(std::string name, Message message) {
    engine::FieldProblem found;
    found.name = std::move(name);
    found.message = std::move(message);
    result.problems.push_back(std::move(found));
  }

  void limit_conditions() {
    std::vector<store::Condition>& where = result.query.where;
    if (where.size() <= kMostConditions) return;
    problem(result.filters.back().name,
            {&texts::kTooManyConditions, {{"most", std::to_string(kMostConditions)}}});
    where.erase(where.begin() + kMostConditions, where.end());
  }

  // A column that the caller may know of; others do not exist.
  std::optional<ColumnRef> find(std::string_view name) const {
    const std::optional<ColumnRef> column = model::find_column(entity_, name);
    const bool hidden =
        column && !column->is_system && !gate_.may_see_field(actor_, entity_, column->field);
    return hidden ? std::nullopt : column;
  }

  Message unknown(const MessageText& text, std::string_view name) const {
    std::vector<std::string_view> names;
    for (std::size_t i = 0; i < entity_.fields.size(); ++i) {
      if (gate_.may_see_field(actor_, entity_, i)) names.push_back(entity_.fields[i].name);
    }
    return {&text, suggestion_arguments(name, names)};
  }

  void read_sort(const http::Parameter& parameter) {
    if (parameter.value.empty()) return;
    const bool descending = parameter.value[0] == '-';
    const std::string name = parameter.value.substr(descending ? 1 : 0);
    const std::optional<ColumnRef> column = find(name);
    if (!column) {
      problem(parameter.value, unknown(texts::kUnknownField, name));
    } else if (!column->is_system && !entity_.fields[column->field].type->sortable) {
      problem(name, {&texts::kNotSortable, {}});
    } else {
      result.query.sort = {*column, descending};
    }
  }

  void read_limit(const http::Parameter& parameter) {
    std::size_t limit = 0;
    const char* end = parameter.value.data() + parameter.value.size();
    const auto read = std::from_chars(parameter.value.data(), end, limit);
    if (read.ec == std::errc() && read.ptr == end && limit >= 1 && limit <= kLargestPage) {
      result.query.limit = limit;
    } else {
      problem("limit", {&texts::kLimit, {{"most", std::to_string(kLargestPage)}}});
    }
  }

  void read_deleted(const http::Parameter& parameter) {
    result.query.deleted = parameter.value == "true";
    const bool is_clear = parameter.value.empty() || parameter.value == "false";
    if (!result.query.deleted && !is_clear) problem("deleted", {&texts::kTrueOrFalse, {}});
  }

  void read_fields(const http::Parameter& parameter) {
    std::string_view rest = parameter.value;
    while (!rest.empty()) {
      const std::size_t comma = rest.find(',');
      const std::string_view name = rest.substr(0, comma);
      rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
      if (name.empty()) continue;
      const std::optional<ColumnRef> column = find(name);
      if (!column) {
        problem(std::string(name), unknown(texts::kUnknownField, name));
      } else if (is_table(*column)) {
        problem(std::string(name), {&texts::kNotInLists, {}});
      } else {
        result.only.push_back(*column);
      }
    }
  }

  bool is_table(const ColumnRef& column) const {
    return !column.is_system && entity_.fields[column.field].type->column == Column::Rows;
  }

  void read_filter(const http::Parameter& parameter) {
    const FilterName name = split_name(parameter.name);
    const std::optional<ColumnRef> column = find(name.column);
    if (!column) {
      problem(parameter.name, unknown(texts::kUnknownParameter, name.column));
      return;
    }
    const Field& field = field_of(entity_, *column);
    if (!field.type->filterable) {
      problem(parameter.name, {&texts::kNotFilterable, {}});
      return;
    }
    if (trimmed(parameter.value).empty()) {
      // A form sends its controls also when nothing was chosen.
      if (door_ == Door::Api) {
        problem(parameter.name, {&texts::kBlankFilter, {{"name", std::string(name.column)}}});
      }
      return;
    }
    result.filters.push_back(parameter);
    if (name.ask == "empty") {
      add_emptiness(*column, parameter);
    } else {
      add_comparison(*column, field, name.ask, parameter);
    }
  }

  // A condition in FEEL. What the caller may not see does not exist in it, so messages cannot tell.
  void read_condition(const http::Parameter& parameter) {
    if (trimmed(parameter.value).empty()) {
      if (door_ == Door::Api) problem("filter", {&texts::kBlankCondition, {}});
      return;
    }
    if (result.search || std::any_of(result.filters.begin(), result.filters.end(),
                                     [](const auto& one) { return one.name == "filter"; })) {
      return problem("filter", {&texts::kSecondCondition, {}});
    }
    result.filters.push_back(parameter);
    ReadCondition read = routes::read_condition(parameter.value, entity_, exchange_);
    std::move(read.problems.begin(), read.problems.end(), std::back_inserter(result.problems));
    if (read.filter == nullptr) return;
    result.search = permissions::Search{.filter = std::move(read.filter),
                                        .now = exchange_.engine().clock().now(),
                                        .zone = reading_.zone,
                                        .people = reading_.people};
  }

  void add_emptiness(const ColumnRef& column, const http::Parameter& parameter) {
    if (parameter.value != "true" && parameter.value != "false") {
      problem(parameter.name, {&texts::kTrueOrFalse, {}});
      return;
    }
    const bool empty = parameter.value == "true";
    result.query.where.push_back(
        {column, empty ? Comparison::Equal : Comparison::NotEqual, feel::Value()});
  }

  void add_comparison(const ColumnRef& column, const Field& field, std::string_view ask,
                      const http::Parameter& parameter) {
    Comparison comparison = Comparison::Equal;
    if (field.type->column == Column::Codes || field.type->column == Column::Files) {
      comparison = Comparison::Contains;
    }
    if (ask == "from") comparison = Comparison::AtLeast;
    if (ask == "to") comparison = Comparison::AtMost;
    fields::Read<feel::Value> value = read_value(field, ask, parameter.value);
    if (!value) {
      problem(parameter.name, std::move(value.error()));
      return;
    }
    if (comparison == Comparison::Contains && value->kind() == feel::Value::Kind::List) {
      for (const feel::Value& one : value->list())
        result.query.where.push_back({column, comparison, one});
    } else if (!value->is_null()) {
      result.query.where.push_back({column, comparison, std::move(*value)});
    }
  }

  fields::Read<feel::Value> read_value(const Field& field, std::string_view ask,
                                       std::string_view text) const {
    if (field.type->column == Column::Instant && ask != "") {
      if (const std::optional<Date> day = parse_date(text)) return bound_of_day(*day, ask == "to");
    }
    if (door_ == Door::Page) return field.type->read(text, field, reading_);
    return field.type->read_json(as_json(text, field), field, reading_);
  }

  // People give days where instants are kept: from a day's first moment to a day's last.
  feel::Value bound_of_day(const Date& day, bool end) const {
    const Date first = end ? from_days(to_days(day) + 1) : day;
    const Instant start = reading_.zone->to_instant({first, {}});
    return feel::Value(Instant{start.microseconds - (end ? 1 : 0)});
  }

  void read_cursor(const std::string& text) {
    const auto position = parse_cursor(text);
    if (position) {
      result.query.after = *position;
    } else {
      problem("cursor", {&texts::kCursor, {}});
    }
  }

  std::optional<store::Position> parse_cursor(const std::string& text) const {
    const std::optional<std::string> bytes = from_hex(text);
    if (!bytes) return std::nullopt;
    const auto parsed = json::parse(*bytes);
    if (!parsed || !parsed->is_array() || parsed->elements.size() != 3) return std::nullopt;
    const model::Sort& sort = result.query.sort;
    if (parsed->elements[0].text != sort_text(entity_, sort)) return std::nullopt;
    auto value = read_back(field_of(entity_, sort.column), parsed->elements[1], reading_);
    const std::string& digits = parsed->elements[2].text;
    engine::RecordId id = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), id);
    if (!value || read.ec != std::errc() || id <= 0) return std::nullopt;
    return store::Position{std::move(*value), id};
  }

 public:
  static std::string sort_text(const model::Entity& entity, const model::Sort& sort) {
    return (sort.descending ? "-" : "") + std::string(model::column_name(entity, sort.column));
  }

 private:
  const model::Entity& entity_;
  const Exchange& exchange_;
  Door door_;
  const permissions::Gate& gate_;
  const engine::Actor& actor_;
  const fields::Reading& reading_;
};

feel::Value system_value(const engine::Record& record, SystemColumn column) {
  switch (column) {
    case SystemColumn::Id:
      return feel::Value(feel::Number(record.id));
    case SystemColumn::Version:
      return feel::Value(feel::Number(record.version));
    case SystemColumn::CreatedAt:
      return feel::Value(record.created_at);
    case SystemColumn::UpdatedAt:
      return feel::Value(record.updated_at);
    case SystemColumn::CreatedBy:
      return feel::Value(feel::RecordRef{record.created_by});
    case SystemColumn::UpdatedBy:
      return feel::Value(feel::RecordRef{record.updated_by});
  }
  return {};
}

// Characters are counted from 1, as editors do; `end` is behind the last one.
engine::FieldProblem condition_problem(std::string_view text, const feel::Problem& wrong) {
  engine::FieldProblem found;
  found.name = "filter";
  found.code = wrong.code;
  found.place =
      engine::FieldProblem::Place{.begin = count_characters(text.substr(0, wrong.begin)) + 1,
                                  .end = count_characters(text.substr(0, wrong.end)) + 1};
  found.remedy = wrong.remedy;
  found.message = {&texts::kCondition,
                   {{"at", std::to_string(found.place->begin)},
                    {"problem", wrong.message},
                    {"remedy", wrong.remedy.empty() ? "" : "; " + wrong.remedy}}};
  return found;
}

}  // namespace

ReadCondition read_condition(std::string_view text, const model::Entity& entity,
                             const Exchange& exchange) {
  ReadCondition read;
  if (text.size() > permissions::kMostFilterBytes) {
    engine::FieldProblem found;
    found.name = "filter";
    found.message = {&texts::kLongCondition,
                     {{"most", std::to_string(permissions::kMostFilterBytes)}}};
    read.problems.push_back(std::move(found));
    return read;
  }
  const auto compiled =
      exchange.services.filters.find(text, exchange.engine().gate(), exchange.actor(), entity);
  for (const feel::Problem& wrong : compiled->problems) {
    read.problems.push_back(condition_problem(text, wrong));
  }
  read.filter = compiled->filter;
  return read;
}

RecordQuery read_query(const model::Entity& entity, const Exchange& exchange, Door door,
                       const fields::Reading& reading) {
  QueryReader reader(entity, exchange, door, reading);
  reader.read(exchange.query);
  return std::move(reader.result);
}

std::vector<ColumnRef> columns_of_lists(const model::Entity& entity) {
  std::vector<ColumnRef> columns;
  for (const SystemColumn column :
       {SystemColumn::Id, SystemColumn::Version, SystemColumn::CreatedAt, SystemColumn::CreatedBy,
        SystemColumn::UpdatedAt, SystemColumn::UpdatedBy}) {
    columns.push_back(ColumnRef::of(column));
  }
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    if (entity.fields[i].type->column != Column::Rows) columns.push_back(ColumnRef::of_field(i));
  }
  return columns;
}

std::string cursor_behind(const engine::Record& record, const store::Query& query,
                          const fields::People& people) {
  const ColumnRef& column = query.sort.column;
  const Field& field = field_of(*query.entity, column);
  const feel::Value value =
      column.is_system ? system_value(record, column.system) : record.values[column.field];
  std::string text;
  json::Writer writer(text);
  writer.begin_array().string(QueryReader::sort_text(*query.entity, query.sort));
  if (value.is_null()) {
    writer.null();
  } else if (value.kind() == feel::Value::Kind::Record) {
    writer.number(value.record().id);  // a person's name may change or be nobody's
  } else {
    field.type->write_json(writer, value, field, people);
  }
  writer.number(record.id).end_array();
  return engine::to_hex(text);
}

}  // namespace formwork::routes
