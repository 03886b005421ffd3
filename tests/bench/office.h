// An office for the benches of approvals, moves and timers: the app of tests/bench/office with an
// engine of its own on a file, its people, and quotes that lie in their first stage.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/pipeline/engine.h"
#include "tests/bench/lab.h"

namespace formwork::bench {

struct Person {
  engine::Actor actor;
  std::string token;  // of the API
};

class Office {
 public:
  static constexpr std::size_t kSellers = 8;

  // Opens the store in this folder, or makes one with the people alone. `more` are documents beside
  // those of the app. Throws std::runtime_error when the app does not compile or the store does not
  // open.
  Office(const std::filesystem::path& app, const std::filesystem::path& store,
         const std::string& more = {});

  engine::Engine& engine() { return *engine_; }

  const model::Entity& quotes() const { return *quotes_; }

  std::size_t field(std::string_view name) const;

  // Adds so many quotes of the sellers in turn, each ready to be submitted.
  void add_quotes(std::uint64_t count);

  // Quotes have the numbers 1, 2, 3 …; whose that one is.
  const Person& seller_of(engine::RecordId quote) const;

  const Person& person(engine::AccountId account) const;

  const std::vector<Person>& people() const { return people_; }

 private:
  void hire(const std::string& name, const std::string& role, const std::string& manager);
  engine::Command create(std::uint64_t number) const;

  std::unique_ptr<engine::Engine> engine_;
  const model::Entity* quotes_ = nullptr;
  std::vector<Person> people_;
};

// The folder of the app, and a copy of a store with so many quotes, filled once in a run.
std::filesystem::path office_app(const Lab& lab);
std::filesystem::path office_with(Lab& lab, std::uint64_t quotes);

// The stage of a quote, by name.
std::string stage_of(const engine::Record& record, const model::Entity& entity);

}  // namespace formwork::bench
