// A YAML text as a tree of plain values in which everything knows its place.
//
// Scalars stay text (`yes`, `010`, `1.10`): what they mean is decided by whoever reads them, who knows what is
// wanted there. Mappings keep their order.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dsl/diagnostics/source.h"

namespace formwork::yaml {

struct Entry;

struct Node {
  enum class Kind : unsigned char { Null, Scalar, Sequence, Mapping };

  Kind kind = Kind::Null;
  Span where;           // of a scalar its very text with quotes; of a null its key
  std::string text;     // of a scalar, decoded
  bool quoted = false;  // a quoted scalar is always text, never a number, a boolean or null
  std::vector<Node> items;     // of a sequence
  std::vector<Entry> entries;  // of a mapping

  bool is_null() const { return kind == Kind::Null; }

  bool is_scalar() const { return kind == Kind::Scalar; }

  bool is_sequence() const { return kind == Kind::Sequence; }

  bool is_mapping() const { return kind == Kind::Mapping; }

  // The value of that key, or null.
  const Node* find(std::string_view key) const;

  // The place in the source of bytes [begin, end) of a scalar's decoded text; exact where the scalar's form
  // allows, the whole scalar otherwise.
  Span span_of(std::size_t begin, std::size_t end) const;
};

struct Entry {
  std::string key;
  Span key_where;
  Node value;
};

}  // namespace formwork::yaml
