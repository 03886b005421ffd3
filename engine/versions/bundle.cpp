#include "engine/versions/bundle.h"

#include "dsl/base/json.h"
#include "engine/command/sha256.h"

namespace formwork::versions {

std::string write_bundle(const std::vector<SourcePtr>& sources) {
  std::string bundle;
  json::Writer writer(bundle);
  writer.begin_array();
  for (const SourcePtr& source : sources) {
    writer.begin_object();
    writer.key("name").string(source->name());
    writer.key("text").string(source->text());
    writer.end_object();
  }
  writer.end_array();
  return bundle;
}

std::optional<std::vector<SourcePtr>> read_bundle(std::string_view bundle) {
  const auto parsed = json::parse(bundle);
  if (!parsed || !parsed->is_array()) return std::nullopt;
  std::vector<SourcePtr> sources;
  for (const json::Value& element : parsed->elements) {
    const json::Value* name = element.find("name");
    const json::Value* text = element.find("text");
    if (name == nullptr || text == nullptr) return std::nullopt;
    sources.push_back(std::make_shared<const Source>(name->text, text->text));
  }
  return sources;
}

std::string fingerprint(const std::vector<SourcePtr>& sources) {
  engine::PartsHash hash;
  for (const SourcePtr& source : sources) hash.add(source->name()).add(source->text());
  return engine::to_hex(hash.finish());
}

}  // namespace formwork::versions
