// A whole engine for tests: an app written as YAML in the test, a store, a clock that stands still
// and randomness that repeats.
#pragma once

#include <future>
#include <memory>
#include <ostream>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/base/json.h"
#include "dsl/compile/compile.h"
#include "engine/pipeline/engine.h"
#include "engine/records/input.h"
#include "engine/records/output.h"
#include "engine/store/sqlite/sqlite_store.h"
#include "engine/versions/bundle.h"

namespace formwork::testing {

class SeededRandom final : public engine::Random {
 public:
  explicit SeededRandom(unsigned seed) : generator_(seed) {}

  void fill(std::span<std::byte> bytes) override {
    for (std::byte& byte : bytes) byte = static_cast<std::byte>(generator_() & 0xff);
  }

 private:
  std::mt19937 generator_;
};

// Throws with all its diagnostics when the text is no app.
inline std::shared_ptr<const model::Model> compile_app(std::string_view yaml) {
  std::vector<SourcePtr> sources{std::make_shared<const Source>("app.yaml", std::string(yaml))};
  const std::string fingerprint = versions::fingerprint(sources);
  Diagnostics diagnostics;
  auto model =
      compile::compile({.sources = std::move(sources), .fingerprint = fingerprint}, diagnostics);
  std::string found;
  for (const Diagnostic& diagnostic : diagnostics.all()) found += diagnostic.message + "\n";
  if (!model) throw std::invalid_argument(found);
  return model;
}

inline std::unique_ptr<store::Store> open_store(std::shared_ptr<const model::Model> model,
                                                const std::string& path) {
  store::SqliteOptions options;
  options.path = path;
  auto opened = store::open_sqlite(std::move(model), options);
  if (!opened) throw std::runtime_error(opened.error().message);
  return std::move(opened.value());
}

// Monday, 2 March 2026, 09:00 in Shanghai.
inline constexpr Instant kMonday{1'772'413'200'000'000};

using Outcome = Expected<engine::Outcome, engine::Refusal>;

class App {
 public:
  explicit App(std::string_view yaml, const std::string& path = ":memory:")
      : App(compile_app(yaml), path) {}

  explicit App(std::shared_ptr<const model::Model> model, const std::string& path = ":memory:")
      : clock(kMonday),
        random(42),
        engine({.model = model,
                .store = open_store(model, path),
                .clock = &clock,
                .random = &random}) {}

  engine::ManualClock clock;
  SeededRandom random;
  engine::Engine engine;

  const model::Entity& entity(std::string_view name) const {
    const model::Entity* found = engine.model().find_entity(name);
    if (found == nullptr) throw std::invalid_argument("no entity " + std::string(name));
    return *found;
  }

  // An account called like its role, made when it is first asked for.
  engine::Actor actor(std::string_view role) {
    return actor(std::string(role), {std::string(role)});
  }

  engine::Actor actor(const std::string& name, std::vector<std::string> roles) {
    auto known = engine.directory()->find_account(name);
    if (!known) known = add_account(name, std::move(roles), "").id;
    const auto account = engine.store().read()->find_account(*known);
    return {.account = account->id,
            .name = account->name,
            .full_name = account->name,
            .roles = permissions::roles_of(*account, engine.model()),
            .locale = "en",
            .cause = engine::Cause::Api};
  }

  engine::Account add_account(const std::string& name, std::vector<std::string> roles,
                              const std::string& password) {
    auto added = engine.add_account({.name = name,
                                     .full_name = {},
                                     .password = password,
                                     .roles = std::move(roles),
                                     .locale = "en"});
    if (!added) throw std::invalid_argument("no account " + name);
    return std::move(*added);
  }

  records::Input read(std::string_view entity_name, std::string_view json) const {
    const auto body = json::parse(json);
    if (!body) throw std::invalid_argument(body.error().message);
    const auto people = engine.directory();
    return records::read_json(entity(entity_name), *body, engine.reading(*people));
  }

  Outcome create(const engine::Actor& actor, std::string_view name, std::string_view json) {
    return run({.actor = actor,
                .intent = engine::CreateRecord{&entity(name), readable(name, json)},
                .once = {}});
  }

  Outcome update(const engine::Actor& actor, std::string_view name, engine::RecordId id,
                 std::int64_t version, std::string_view json) {
    return run({.actor = actor,
                .intent = engine::UpdateRecord{&entity(name), id, version, readable(name, json)},
                .once = {}});
  }

  Outcome remove(const engine::Actor& actor, std::string_view name, engine::RecordId id,
                 std::int64_t version) {
    return run(
        {.actor = actor, .intent = engine::DeleteRecord{&entity(name), id, version}, .once = {}});
  }

  Outcome restore(const engine::Actor& actor, std::string_view name, engine::RecordId id,
                  std::int64_t version) {
    return run(
        {.actor = actor, .intent = engine::RestoreRecord{&entity(name), id, version}, .once = {}});
  }

  Outcome run(engine::Command command) { return engine.execute_and_wait(std::move(command)); }

  // The record's fields as the API gives them.
  std::string json_of(const engine::Actor& actor, std::string_view name, engine::RecordId id) {
    const auto record = engine.reader(actor).record(entity(name), id);
    if (!record) return "! " + render(record.error().message, Language::English);
    std::string body;
    json::Writer writer(body);
    records::write_record(writer, entity(name), *record, engine.gate(), actor, *engine.directory());
    return body;
  }

  engine::File upload(const engine::Actor& actor, const std::string& name,
                      const std::string& media_type, const std::string& content) {
    std::promise<Expected<engine::File, engine::Refusal>> promise;
    engine.upload(actor, {.name = name, .media_type = media_type, .content = content},
                  [&](auto file) { promise.set_value(std::move(file)); });
    return promise.get_future().get().value();
  }

 private:
  engine::Changes readable(std::string_view name, std::string_view json) const {
    records::Input input = read(name, json);
    if (!input.problems.empty()) throw std::invalid_argument("unreadable: " + std::string(json));
    return std::move(input.changes);
  }
};

struct Words : std::vector<std::string> {
  using std::vector<std::string>::vector;

  // So that a failing test shows them.
  friend std::ostream& operator<<(std::ostream& out, const Words& words) {
    for (const std::string& word : words) out << "\n    " << word;
    return out;
  }
};

// "/items/0/qty Items, line 1, Qty: enter a value" for each wrong value.
inline Words words_of(const std::vector<engine::FieldProblem>& problems,
                      const model::Entity& entity) {
  Words words;
  for (const engine::FieldProblem& problem : problems) {
    words.push_back(engine::pointer_to(problem, entity) + " " +
                    engine::describe(problem, entity, Language::English, 0));
  }
  return words;
}

inline std::string code_of(const Outcome& outcome) {
  return outcome ? std::string() : std::string(outcome.error().message.text->code);
}

inline Words words_of(const Outcome& outcome, const model::Entity& entity) {
  if (outcome) return {};
  return words_of(outcome.error().fields, entity);
}

}  // namespace formwork::testing
