// An app's documents as one text, kept in the store: so that a file knows the app it belongs to.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/diagnostics/source.h"

namespace formwork::versions {

// The store's setting that holds the bundle of the model in force.
inline constexpr std::string_view kBundleSetting = "model.documents";

// JSON: [{"name":"lead.yaml","text":"…"},…].
std::string write_bundle(const std::vector<SourcePtr>& sources);
std::optional<std::vector<SourcePtr>> read_bundle(std::string_view bundle);

// 64 hexadecimal digits over names and texts, in their order.
std::string fingerprint(const std::vector<SourcePtr>& sources);

}  // namespace formwork::versions
