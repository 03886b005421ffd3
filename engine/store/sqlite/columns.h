// Values in and out of columns: fields::Column says the kind, docs/adr/0003-columns.md why it is
// so.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dsl/feel/value.h"
#include "dsl/fields/field.h"
#include "engine/store/sqlite/database.h"

namespace formwork::store {

// What the column of a field holds, in a word that is kept in the file: `scaled:2`,
// `record:account`. Two fields with the same word can read each other's values.
std::string column_kind(const fields::Field& field, std::string_view target_entity);

// The type and the cheap checks: `INTEGER CHECK (…)`.
std::string column_declaration(const fields::Field& field);

// The value must be null or of the field's kind and fit its column, which throws otherwise. For a
// table field the column holds the number of rows; the rows are in their own table.
void bind_value(Statement& statement, int parameter, const fields::Field& field,
                const feel::Value& value);

// Null for a table field, whose rows are read apart.
feel::Value read_value(const Statement& statement, int column, const fields::Field& field);

// ",a,b,": each part stands between commas, so that `,a,` finds exactly that one.
std::string join_parts(const std::vector<std::string>& parts);
std::vector<std::string> split_parts(std::string_view text);

}  // namespace formwork::store
