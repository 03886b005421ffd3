// What the event parser refuses, in the author's terms.
#pragma once

#include <optional>
#include <string_view>

#include "dsl/diagnostics/diagnostic.h"

namespace formwork::yaml {

struct ParserProblem {
  std::string_view text;       // as the event parser words it
  std::size_t at;              // offset in the source
  std::size_t document_begin;  // offsets of the document that it was reading
  std::size_t document_end;
  std::size_t last_end;         // behind the last scalar or collection that was read
  std::optional<Span> bracket;  // of the flow collection that is open innermost
};

void report(const SourcePtr& source, const ParserProblem& problem, Diagnostics& diagnostics);

}  // namespace formwork::yaml
