#include "engine/records/output.h"

#include <algorithm>

namespace formwork::records {
namespace {

using engine::Record;
using model::SystemColumn;

constexpr SystemColumn kSystemColumns[] = {SystemColumn::Id,        SystemColumn::Version,
                                           SystemColumn::CreatedAt, SystemColumn::CreatedBy,
                                           SystemColumn::UpdatedAt, SystemColumn::UpdatedBy};

void write_account(json::Writer& writer, engine::AccountId account, const fields::People& people) {
  if (account == engine::kSystemAccount) {
    writer.null();
  } else {
    writer.string(people.account_name(account));
  }
}

void write_system(json::Writer& writer, SystemColumn column, const Record& record,
                  const fields::People& people) {
  writer.key(model::system_column_name(column));
  switch (column) {
    case SystemColumn::Id:
      writer.number(record.id);
      break;
    case SystemColumn::Version:
      writer.number(record.version);
      break;
    case SystemColumn::CreatedAt:
      writer.string(to_rfc3339(record.created_at));
      break;
    case SystemColumn::CreatedBy:
      write_account(writer, record.created_by, people);
      break;
    case SystemColumn::UpdatedAt:
      writer.string(to_rfc3339(record.updated_at));
      break;
    case SystemColumn::UpdatedBy:
      write_account(writer, record.updated_by, people);
      break;
  }
}

void write_row(json::Writer& writer, const fields::Field& table, const feel::List& cells,
               const fields::People& people) {
  writer.begin_object();
  for (std::size_t column = 0; column < table.fields.size(); ++column) {
    writer.key(table.fields[column].name);
    write_value(writer, table.fields[column], cells[column], people);
  }
  writer.end_object();
}

}  // namespace

void write_value(json::Writer& writer, const fields::Field& field, const feel::Value& value,
                 const fields::People& people) {
  if (value.is_null()) {
    writer.null();
  } else if (field.type->column == fields::Column::Rows) {
    writer.begin_array();
    for (const feel::Value& row : value.list()) write_row(writer, field, row.list(), people);
    writer.end_array();
  } else {
    field.type->write_json(writer, value, field, people);
  }
}

void write_record(json::Writer& writer, const model::Entity& entity, const Record& record,
                  const permissions::Gate& gate, const engine::Actor& actor,
                  const fields::People& people, std::span<const model::ColumnRef> only) {
  const auto wanted = [&](const model::ColumnRef& column) {
    return only.empty() || std::find(only.begin(), only.end(), column) != only.end();
  };
  writer.begin_object();
  for (const SystemColumn column : kSystemColumns) {
    // Without id and version nothing can be done with a record, so they always come.
    const bool always = column == SystemColumn::Id || column == SystemColumn::Version;
    if (always || wanted(model::ColumnRef::of(column)))
      write_system(writer, column, record, people);
  }
  // Without values when its reader may not see it.
  for (std::size_t i = 0; i < record.values.size(); ++i) {
    if (!wanted(model::ColumnRef::of_field(i)) || !gate.may_see_field(actor, entity, i)) continue;
    writer.key(entity.fields[i].name);
    write_value(writer, entity.fields[i], record.values[i], people);
  }
  writer.end_object();
}

std::string write_changes(const model::Entity& entity, std::span<const std::size_t> changed,
                          const Record* before, const Record& after, const fields::People& people) {
  std::string out;
  json::Writer writer(out);
  writer.begin_object();
  for (const std::size_t field : changed) {
    writer.key(entity.fields[field].name).begin_object().key("from");
    write_value(writer, entity.fields[field], before ? before->values[field] : feel::Value(),
                people);
    writer.key("to");
    write_value(writer, entity.fields[field], after.values[field], people);
    writer.end_object();
  }
  writer.end_object();
  return out;
}

}  // namespace formwork::records
