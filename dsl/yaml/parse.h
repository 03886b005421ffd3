// Reads a stream of YAML documents. Never fails and never throws: it gives the trees that could be made, and what
// is wrong goes to the diagnostics.
#pragma once

#include <cstddef>
#include <vector>

#include "dsl/diagnostics/diagnostic.h"
#include "dsl/yaml/node.h"

namespace formwork::yaml {

struct Limits {
  std::size_t bytes = 2 * 1024 * 1024;
  std::size_t depth = 64;
  std::size_t nodes = 200'000;
  std::size_t key_bytes = 1'024;
};

// One tree per document of the stream, in order; empty documents are left out.
std::vector<Node> parse(const SourcePtr& source, Diagnostics& diagnostics,
                        const Limits& limits = {});

}  // namespace formwork::yaml
