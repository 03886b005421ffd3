// The tables and indexes that a model asks for, as text: computed without a file, compared with one
// by migrate.h.
#pragma once

#include <string>
#include <vector>

#include "dsl/model/model.h"

namespace formwork::store {

struct ColumnShape {
  std::string name;
  std::string kind;         // column_kind(): what fw_column remembers
  std::string declaration;  // quoted name, type, checks, reference
};

struct TableShape {
  std::string name;
  std::string label;  // for messages: `lead`, `quote.items`
  std::string head;   // columns that every such table has
  std::vector<ColumnShape> columns;
  std::string tail;  // what follows the columns

  std::string create_sql() const;
};

struct IndexShape {
  std::string name;
  std::string sql;
  std::string label;  // for messages about a UNIQUE one that the data breaks: `email of lead`
};

struct Schema {
  std::vector<TableShape> tables;
  std::vector<IndexShape> indexes;
};

Schema schema_of(const model::Model& model);

// Names that SQLite cannot tell apart (it ignores the case of ASCII letters) or that are ours.
// Empty: none.
std::vector<std::string> name_clashes(const model::Model& model);

}  // namespace formwork::store
