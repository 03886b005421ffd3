// Definitions: a model of decisions as its author wrote it, after DMN 1.5: names are texts still.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "dsl/decision/table_text.h"
#include "dsl/decision/text.h"

namespace formwork::decision {

// A name with the type that was written beside it; empty: none.
struct Variable {
  std::string name;
  std::string type;
  Span where;
};

// A boxed expression. What `children` are depends on the kind, `variables` name them.
struct Boxed {
  enum class Kind : unsigned char {
    Nothing,      // no logic
    Literal,      // text
    Context,      // one for each variable; an entry without a name is the result
    Table,        // table
    Invocation,   // what is called, then one for each variable: arguments by name
    Function,     // the body; variables are the parameters
    List,         // elements
    Relation,     // rows, each a List; variables are the columns
    Conditional,  // if, then, else
    Filter,       // list, condition over `item`
    For,          // list, result; the variable is the iterator
    Some,         // list, condition
    Every,        // list, condition
    Foreign,      // a function in Java or PMML
  };

  Kind kind = Kind::Nothing;
  std::string type;  // as written; empty: not stated
  Text text;
  std::vector<Variable> variables;
  std::vector<Boxed> children;
  std::shared_ptr<const TableText> table;
  Span where;
};

struct ItemDefinition {
  std::string name;
  std::string type;  // of what it is an alias, or of the elements of a collection
  bool is_collection = false;
  Text allowed_values;   // of the value, or of each element
  Text type_constraint;  // of the value as a whole
  std::vector<ItemDefinition> components;
  bool is_function = false;
  std::vector<Variable> parameters;  // of a function; `type` is its result
  Span where;
};

// A reference as written: `#id`, `namespace#id`.
struct Reference {
  std::string href;
  Span where;
};

struct Element {
  enum class Kind : unsigned char { Input, Decision, Knowledge, Service };

  Kind kind = Kind::Input;
  std::string id;
  std::string name;
  Variable variable;
  Boxed logic;                       // of a decision; of a knowledge model a Function
  std::vector<Reference> requires_;  // of decisions and knowledge models
  std::vector<Reference> outputs;    // of services, as the next three
  std::vector<Reference> encapsulated;
  std::vector<Reference> input_decisions;
  std::vector<Reference> input_data;
  Span where;
};

struct Import {
  std::string name;  // what stands before names of the other model; may be empty
  std::string name_space;
  Span where;
};

struct Definitions {
  std::string name;
  std::string name_space;
  std::vector<Import> imports;
  std::vector<ItemDefinition> types;
  std::vector<Element> elements;
};

}  // namespace formwork::decision
