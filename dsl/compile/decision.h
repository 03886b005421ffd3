// Decision tables: read once from their document, compiled in the scope of each entity with a field
// that asks for one.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "dsl/decision/table_text.h"
#include "dsl/feel/expression.h"
#include "dsl/fields/field.h"
#include "dsl/model/model.h"
#include "dsl/yaml/node.h"

namespace formwork::compile {

struct Context;
struct Document;

struct DecisionText {
  model::Decision decision;
  decision::TableText table;
  // By place: leads from a text of the table back to its node, and so to the words inside of it.
  std::map<std::pair<std::size_t, std::size_t>, const yaml::Node*> nodes = {};
  const yaml::Node* of = nullptr;  // the entity that it is for, if it says so
  bool is_whole = true;            // else what is wrong with it was said already
  bool is_used = false;
};

// Reports what is wrong with it whatever it is used for.
void read_decision(const Document& document, Context& context);

// Whether the text behind the first `skip` bytes is `decide NAME`.
bool asks_for_decision(const yaml::Node& node, std::size_t skip);

// Where a decision is asked for.
struct Asker {
  const model::Entity& entity;
  std::span<const fields::Field> columns;  // of the line, when a column asks
  std::string field;                       // `lead.score`
  const feel::Scope& scope;
  feel::Type expected;
};

// The table as an expression of that scope; nothing when something is wrong, which is then
// reported: of a cell where it stands, once for all who ask.
std::optional<feel::Expression> read_decide(const yaml::Node& node, std::size_t skip,
                                            const Asker& asker, Context& context);

// A table whose outputs the asker reads by itself.
struct AskedTable {
  std::shared_ptr<const decision::Table> table;
  const DecisionText* text;  // as it was written
};

// The table of that name in the asker's scope; nothing when something is wrong, which is then
// reported.
std::optional<AskedTable> ask_table(const std::string& name, const Span& asked_at,
                                    const Asker& asker, Context& context);

// When all formulas are read: checks decisions that nobody has asked for, and hands them all to the
// model.
void finish_decisions(Context& context);

}  // namespace formwork::compile
