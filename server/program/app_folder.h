// An app in a folder: its YAML files read, compiled, and its findings shown.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "dsl/base/expected.h"
#include "dsl/diagnostics/diagnostic.h"
#include "dsl/model/model.h"

namespace formwork::program {

// Every .yaml and .yml file below the folder, by name; hidden folders are left out. The error says
// why the folder cannot be read.
Expected<std::vector<SourcePtr>, std::string> read_folder(const std::string& folder);

struct Compiled {
  std::shared_ptr<const model::Model> model;  // null when there are errors
  Diagnostics diagnostics;
};

Compiled compile_app(std::vector<SourcePtr> sources);

// On standard error: text as a compiler prints it, or one JSON array on standard output.
void print_text(const Diagnostics& diagnostics);
void print_json(const Diagnostics& diagnostics);

}  // namespace formwork::program
