// Text to trees. Understands the part of YAML that a form needs: mappings, lists and scalars in all
// styles, several documents in a file. Aliases, merge keys and foreign tags are refused, because
// what stands in a document should be all that it means, and because they let small files grow
// without end.
#pragma once

#include <cstddef>
#include <vector>

#include "dsl/diagnostics/diagnostic.h"
#include "dsl/yaml/node.h"

namespace formwork::yaml {

struct Limits {
  std::size_t bytes = 2'000'000;  // of a file
  std::size_t depth = 64;         // of collections in each other
  std::size_t nodes = 200'000;    // of a file: keys, scalars, nulls, collections
  std::size_t documents = 10'000;
  std::size_t problems = 1'000;   // found in a file until reading stops
  std::size_t key_bytes = 1'024;  // of one key
};

// Always returns trees that can be used, and reports everything that is wrong with the text. A
// document with a syntax error ends at the error; the documents behind it are read all the same. A
// document is where the stream has `---` or content, so that a file of comments has none.
std::vector<Document> parse(const SourcePtr& source, Diagnostics& diagnostics,
                            const Limits& limits = {});

}  // namespace formwork::yaml
