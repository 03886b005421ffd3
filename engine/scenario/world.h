// A world of its own for one scenario: a new store, a clock that stands still until time passes,
// the people of the model, and the records by the names that the scenario gives them.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/command/environment.h"
#include "engine/pipeline/engine.h"
#include "engine/scenario/dice.h"

namespace formwork::scenario {

struct Named {
  std::string name;  // in the scenario; empty: it has none
  const model::Entity* entity = nullptr;
  engine::RecordId id = 0;
};

// What a world needs that is not gone in a moment: secrets that nobody foresees.
struct Lasting {
  std::string password;              // of all its people; empty: nobody signs in
  engine::Random* random = nullptr;  // null: chance that repeats
};

class World {
 public:
  // Throws std::runtime_error when one of the model's people cannot have an account.
  World(const std::shared_ptr<const model::Model>& model, std::shared_ptr<store::Store> store,
        Instant begin, const Lasting& lasting = {});

  engine::Engine& engine() { return engine_; }

  const model::Model& model() const { return *model_; }

  Instant now() const { return clock_.now(); }

  // Whoever has that account, with the rights of this moment; nothing when it is none or closed.
  std::optional<engine::Actor> actor(std::string_view account);

  // Records that the scenario made, oldest first.
  const std::vector<Named>& records() const { return records_; }

  // The last one of that name, or null.
  const Named* find(std::string_view name) const;

  void remember(Named record) { records_.push_back(std::move(record)); }

  // `q`, or `quote 3` for one without a name.
  std::string name_of(const Named& record) const;
  std::string name_of(const model::Entity& entity, engine::RecordId id) const;

  // Moves the clock to that moment, from one timer to the next, each fired when it is due. False
  // when timers set each other without an end.
  bool pass_until(Instant end);

  // Called before each timer fires.
  std::function<void(const engine::Timer&)> on_timer;

  // What is so, whoever may see it: for what a scenario expects of its own store, and for nothing
  // else.
  std::unique_ptr<store::View> look() { return engine_.store().read(); }

  engine::Record record(const Named& named);
  // Newest first.
  std::vector<engine::Process> processes(const Named& named);
  // The one that is under way, else the newest.
  std::optional<engine::Process> process(const Named& named);

 private:
  // Secrets of a world that is gone in a moment need not be secret, but have to differ.
  class Chance final : public engine::Random {
   public:
    void fill(std::span<std::byte> bytes) override {
      for (std::byte& byte : bytes) byte = static_cast<std::byte>(dice_.next() & 0xffU);
    }

   private:
    Dice dice_{1};
  };

  void add_people(const std::string& password);
  std::size_t fire_due();

  std::shared_ptr<const model::Model> model_;
  engine::ManualClock clock_;
  Chance chance_;
  engine::Engine engine_;
  std::vector<Named> records_;
};

}  // namespace formwork::scenario
