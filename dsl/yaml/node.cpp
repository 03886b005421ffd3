#include "dsl/yaml/node.h"

#include <algorithm>

#include "dsl/yaml/scalar.h"
#include "dsl/yaml/scan.h"

namespace formwork::yaml {
namespace {

bool is_verbatim(const Piece& piece) {
  return piece.text_end - piece.text_begin == piece.source_end - piece.source_begin;
}

// The piece that holds a byte of the text. Empty pieces (a line end that is escaped) hold none.
const Piece* piece_at(const std::vector<Piece>& pieces, std::size_t position) {
  const auto found =
      std::partition_point(pieces.begin(), pieces.end(),
                           [position](const Piece& piece) { return piece.text_end <= position; });
  return found == pieces.end() ? nullptr : &*found;
}

std::size_t source_begin_of(const Trace& trace, std::size_t position) {
  const Piece* piece = piece_at(trace.pieces, position);
  if (piece == nullptr) return trace.pieces.empty() ? trace.end : trace.pieces.back().source_end;
  return is_verbatim(*piece) ? piece->source_begin + (position - piece->text_begin)
                             : piece->source_begin;
}

std::size_t source_end_of(const Trace& trace, std::size_t position) {
  const Piece* piece = piece_at(trace.pieces, position);
  if (piece == nullptr) return trace.end;
  return is_verbatim(*piece) ? piece->source_begin + (position - piece->text_begin) + 1
                             : piece->source_end;
}

}  // namespace

const Entry* Node::find(std::string_view key) const {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [key](const Entry& entry) { return entry.key == key; });
  return found == entries.end() ? nullptr : &*found;
}

Span Node::span_of(std::size_t begin, std::size_t end) const {
  if (kind != Kind::Scalar || !span) return span;
  const std::string_view source = span.source->text().substr(0, span.end);
  const Trace trace = trace_scalar(style, source, span.begin, text);
  if (trace.text != text) return span;
  begin = std::min(begin, text.size());
  end = std::min(end, text.size());
  // The first byte of an empty quoted text is its closing quote.
  const bool nothing = text.empty() && style != Style::Plain;
  std::size_t from = nothing ? span.end - 1 : source_begin_of(trace, begin);
  const std::size_t to =
      begin < end ? source_end_of(trace, end - 1) : character_end(span.source->text(), from);
  if (from == to && from > 0) --from;
  return {span.source, from, std::max(from, to)};
}

}  // namespace formwork::yaml
