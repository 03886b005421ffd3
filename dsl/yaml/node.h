// The tree of a YAML document, every node of which knows its place.
//
// Trees are plain values without meaning: scalars keep their text (`0.10`, `010` and `yes` are
// texts), so what a value means is decided where its field is known.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/diagnostics/source.h"

namespace formwork::yaml {

enum class Style : unsigned char { Plain, SingleQuoted, DoubleQuoted, Literal, Folded };

struct Entry;

struct Node {
  enum class Kind : unsigned char { Null, Scalar, Sequence, Mapping };

  Kind kind = Kind::Null;
  Style style = Style::Plain;  // of a scalar
  bool quoted =
      false;  // a scalar that says of itself that it is text: any style but plain, or `!!str`
  std::string text;  // of a scalar, decoded; of a null, the word that was written, if any

  // The node as it is written: quotes and brackets belong to it. Of a block scalar, its lines
  // without the
  // `|` and the first indentation. A null that nobody wrote has the place of its key, or of its
  // `-`.
  Span span;

  std::vector<Node> items;     // of a sequence
  std::vector<Entry> entries;  // of a mapping, in the order of the text, each key once

  bool is_null() const { return kind == Kind::Null; }

  bool is_scalar() const { return kind == Kind::Scalar; }

  bool is_sequence() const { return kind == Kind::Sequence; }

  bool is_mapping() const { return kind == Kind::Mapping; }

  // The entry of a mapping with that key, or null.
  const Entry* find(std::string_view key) const;

  // Where bytes [begin, end) of `text` stand in the source, looking through quotes, escapes, folded
  // lines and indentation; the whole node if that cannot be told. Never empty in a source that is
  // not empty: a point covers the character at it, at the end of the text the one behind it.
  Span span_of(std::size_t begin, std::size_t end) const;
};

struct Entry {
  std::string key;
  Span key_span;  // as `Node::span`
  Node value;
};

struct Document {
  Node root;
  Span span;  // from `---`, or from the start of the text, to the end of the document
};

}  // namespace formwork::yaml
