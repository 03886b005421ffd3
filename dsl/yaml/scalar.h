// Reads a scalar a second time, in step with its source: the event parser gives its text and where
// it begins, but neither where it ends nor which byte came from where.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/yaml/node.h"

namespace formwork::yaml {

// Bytes of the decoded text and the bytes of the source that they came from. Of equal length when
// they were taken as they are; an escape or a folded line end otherwise.
struct Piece {
  std::size_t text_begin;
  std::size_t text_end;
  std::size_t source_begin;
  std::size_t source_end;
};

struct Trace {
  std::string text;
  std::vector<Piece> pieces;
  std::size_t end = 0;  // behind the last byte of the scalar, with its closing quote
  bool closed = true;   // false when the closing quote is missing
};

// The style of the scalar whose first character is at `begin`.
Style style_at(std::string_view source, std::size_t begin);

// `begin` is at the first character, at the opening quote, or at the first visible character of a
// block. `text` is the scalar's text; when the trace's own text differs, only its end means
// something.
Trace trace_scalar(Style style, std::string_view source, std::size_t begin, std::string_view text);

// Where the visible text of a block scalar starts, its `|` or `>` being at `header`.
std::size_t block_content(std::string_view source, std::size_t header);

}  // namespace formwork::yaml
