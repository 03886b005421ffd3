// Reads decision models in DMN XML, versions 1.1 to 1.5, and compiles them.
//
// The files may come from anybody: no document type, no entities but XML's own, bounded size and
// depth. pugixml stays in this folder.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>

#include "dsl/decision/definitions.h"
#include "dsl/decision/model.h"
#include "dsl/diagnostics/diagnostic.h"

namespace formwork::dmn {

inline constexpr std::size_t kMaxBytes = 8'000'000;
inline constexpr std::size_t kMaxDepth = 100;
inline constexpr std::size_t kMaxNodes = 500'000;

// Nothing when the text is no DMN model at all; else all that could be read.
std::optional<decision::Definitions> read(const SourcePtr& source, Diagnostics& diagnostics);

// The first source is the model to evaluate, the others are there for its imports. Null when the
// first one cannot be read; mistakes in single decisions leave the others usable.
std::shared_ptr<const decision::Model> load(std::span<const SourcePtr> sources,
                                            Diagnostics& diagnostics);

// Findings of the decision layer, with their places in the XML found back through its escapes.
void add(Diagnostics& diagnostics, const decision::Findings& findings);

}  // namespace formwork::dmn
