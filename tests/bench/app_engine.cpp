#include "tests/bench/app_engine.h"

#include <stdexcept>
#include <string>
#include <utility>

#include "dsl/compile/compile.h"
#include "engine/store/sqlite/sqlite_store.h"
#include "engine/versions/bundle.h"
#include "tests/bench/measure/process.h"

namespace formwork::bench {
namespace {

namespace fs = std::filesystem;

std::shared_ptr<const model::Model> compile_documents(const std::vector<fs::path>& documents,
                                                      const std::string& more) {
  std::vector<SourcePtr> sources;
  for (const fs::path& document : documents) {
    sources.push_back(
        std::make_shared<const Source>(document.filename().string(), read_file(document)));
  }
  if (!more.empty()) sources.push_back(std::make_shared<const Source>("more.yaml", more));
  const std::string fingerprint = versions::fingerprint(sources);
  Diagnostics diagnostics;
  auto model =
      compile::compile({.sources = std::move(sources), .fingerprint = fingerprint}, diagnostics);
  std::string found;
  for (const Diagnostic& diagnostic : diagnostics.all()) found += diagnostic.message + "\n";
  if (!model) throw std::runtime_error("the app of the bench does not compile: " + found);
  return model;
}

std::shared_ptr<store::Store> open_store(const std::shared_ptr<const model::Model>& model,
                                         const fs::path& folder) {
  store::SqliteOptions options;
  options.path = (folder / "crm.db").string();
  auto opened = store::open_sqlite(model, options);
  if (!opened) throw std::runtime_error(opened.error().message);
  return std::move(*opened);
}

}  // namespace

std::unique_ptr<engine::Engine> open_engine(const std::vector<fs::path>& documents,
                                            const fs::path& store, const std::string& more) {
  const auto model = compile_documents(documents, more);
  return std::make_unique<engine::Engine>(
      engine::Engine::Parts{.model = model,
                            .store = open_store(model, store),
                            .clock = &engine::system_clock(),
                            .random = &engine::system_random()});
}

std::string token_of(engine::Engine& engine, const std::string& name, const std::string& role,
                     const std::string& manager) {
  if (!engine.directory()->find_account(name)) {
    const auto added = engine.add_account({.name = name,
                                           .full_name = {},
                                           .password = {},
                                           .roles = {role},
                                           .locale = "en",
                                           .manager = manager,
                                           .teams = {},
                                           .heads = {}});
    if (!added) throw std::runtime_error("no account for " + name);
  }
  const auto token = engine.create_token(name, "bench");
  if (!token) throw std::runtime_error("no token for " + name);
  return *token;
}

engine::Actor actor_of(engine::Engine& engine, const std::string& token) {
  return engine.identify(token, engine::Credential::Kind::Token, engine::Cause::Api).value();
}

}  // namespace formwork::bench
