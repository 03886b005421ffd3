// What a file must be before it is read as YAML: UTF-8 without control characters.
#pragma once

#include "dsl/diagnostics/diagnostic.h"

namespace formwork::yaml {

// Reports the first byte that is no text; false when there is one. The event parser must not see
// such a file: it guesses at UTF-16, and takes U+0004 for the end.
bool check_encoding(const SourcePtr& source, Diagnostics& diagnostics);

// The length of the byte order mark at the start, or 0.
std::size_t byte_order_mark(std::string_view text);

}  // namespace formwork::yaml
