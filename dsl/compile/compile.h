// From documents to the model. All mistakes of a run are reported, not only the first; a model
// comes out only when there is no error.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "dsl/diagnostics/diagnostic.h"
#include "dsl/model/model.h"

namespace formwork::compile {

struct Input {
  std::vector<SourcePtr> sources;  // every YAML file of the app
  std::string fingerprint;         // of their bytes; becomes Model::fingerprint
};

std::shared_ptr<const model::Model> compile(Input input, Diagnostics& diagnostics);

// The kinds of documents, for schemas and the reference.
std::vector<std::string_view> document_kinds();

}  // namespace formwork::compile
