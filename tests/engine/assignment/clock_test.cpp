// The response clock against a slow one that counts minute by minute.
#include <optional>
#include <random>

#include <doctest/doctest.h>

#include "tests/engine/assignment/leads_app.h"
#include "tests/support/rounds.h"

namespace formwork::engine {
namespace {

using formwork::testing::Leads;
using formwork::testing::rounds;

constexpr std::int64_t kWithin = 30;
constexpr std::int64_t kSteps[] = {15, 30, 60, 240};
constexpr std::int64_t kMinute = 60 * kMicrosPerSecond;

// Hours begin and end at full minutes, so a minute counts as a whole or not at all.
class SlowClock {
 public:
  explicit SlowClock(Leads& app) : calendar_(app.engine.model().calendar()), app_(app) {}

  void begin() {
    used_ = 0;
    runs_ = true;
  }

  void pass(std::int64_t minutes) {
    for (std::int64_t i = 0; i < minutes; ++i) {
      if (runs_ && calendar_.is_working(app_.later(i))) ++used_;
    }
  }

  void pause(bool paused) { runs_ = !paused; }

  std::int64_t used() const { return used_; }

  // The minute, from the beginning of the test, in which so much is used up; nothing while it
  // pauses.
  std::optional<std::int64_t> reaches(std::int64_t minutes) const {
    if (!runs_) return std::nullopt;
    std::int64_t used = used_;
    std::int64_t i = 0;
    while (used < minutes) {
      if (calendar_.is_working(app_.later(i))) ++used;
      ++i;
    }
    return Leads::minute_of(app_.clock.now()) + i;
  }

 private:
  const calendar::Calendar& calendar_;
  Leads& app_;
  std::int64_t used_ = 0;
  bool runs_ = false;
};

std::string minute_text(std::optional<std::int64_t> minute) {
  return minute ? std::to_string(*minute) : std::string();
}

// The steps still to come, as the timers of the record have them.
std::string timers(Leads& app, RecordId id) {
  std::string text;
  for (const Timer& timer : app.engine.store().read()->timers_of("lead", id)) {
    if (timer.kind != Timer::Kind::Response) continue;
    text +=
        std::to_string(timer.number) + "@" + std::to_string(Leads::minute_of(timer.due_at)) + " ";
  }
  return text;
}

std::string timers(const SlowClock& slow) {
  std::string text;
  for (std::size_t i = 0; i < std::size(kSteps); ++i) {
    const auto due = slow.reaches(kSteps[i]);
    if (due && slow.used() < kSteps[i]) {
      text += std::to_string(i) + "@" + std::to_string(*due) + " ";
    }
  }
  return text;
}

void compare(Leads& app, RecordId id, const SlowClock& slow) {
  const ResponseClock clock = app.response_clock(id).value();
  const auto used = records::used_by(clock, true, app.clock.now(), app.engine.model());
  CHECK(used.seconds == slow.used() * 60);
  CHECK(app.value(id, "respond_by") == minute_text(slow.reaches(kWithin)));
  CHECK(timers(app, id) == timers(slow));
}

TEST_CASE("pauses, nights, weekends and holidays do not count, as a minute-by-minute clock shows") {
  for (int seed = 1; seed <= rounds(40, 1000); ++seed) {
    CAPTURE(seed);
    Leads app;
    std::mt19937 dice(static_cast<unsigned>(seed));
    app.stand_still(static_cast<std::int64_t>(dice() % 20'000));
    const RecordId id = app.make("east");
    SlowClock slow(app);
    REQUIRE(app.give(id, "ann"));
    slow.begin();
    compare(app, id, slow);
    bool paused = false;
    for (int change = 0; change < 8; ++change) {
      const std::int64_t minutes = dice() % 4 == 0 ? static_cast<std::int64_t>(dice() % 4'000)
                                                   : static_cast<std::int64_t>(dice() % 25);
      slow.pass(minutes);
      app.stand_still(minutes);
      paused = !paused;
      // A promise that is broken already is not made again.
      const bool is_late = slow.used() >= kWithin;
      REQUIRE(app.set(id, paused ? R"({"waiting":true})" : R"({"waiting":false})"));
      slow.pause(paused);
      compare(app, id, slow);
      if (is_late && !paused) {
        CHECK(app.value(id, "respond_by") == std::to_string(Leads::minute_of(app.clock.now())));
      }
    }
  }
}

TEST_CASE("whoever gets a record next has the whole time again, by whichever door") {
  Leads app;
  const RecordId id = app.make("east");
  CHECK(app.value(id, "respond_by") == "");
  CHECK(app.value(id, "days_left") == "none");
  REQUIRE(app.set(id, R"({"owner":"ann"})"));
  CHECK(app.value(id, "assigned_at") == "0");
  CHECK(app.value(id, "respond_by") == "30");
  CHECK(app.value(id, "days_left") == "some");
  app.stand_still(10);
  REQUIRE(app.give(id, "bob"));
  CHECK(app.value(id, "assigned_at") == "10");
  CHECK(app.value(id, "respond_by") == "40");
  CHECK(timers(app, id) == "0@25 1@40 2@70 3@340 ");
  REQUIRE(app.set(id, R"({"owner":null})"));
  CHECK(app.value(id, "assigned_at") == "");
  CHECK(app.value(id, "respond_by") == "");
  CHECK(timers(app, id).empty());
  CHECK(app.response_clock(id)->stopped);
  const auto born = app.create(app.who("ann"), "lead", R"({"name":"n","owner":"ann"})");
  REQUIRE(born);
  CHECK(app.value(born->record.id, "respond_by") == "40");
}

TEST_CASE("an answer stops the clock once, and what was answered is not asked of the next owner") {
  Leads app;
  const RecordId id = app.make("east");
  REQUIRE(app.give(id, "ann"));
  app.stand_still(20);
  REQUIRE(app.set(id, R"({"touched_at":"2026-03-02T09:20:00+08:00"})"));
  CHECK(app.value(id, "responded_at") == "20");
  CHECK(app.value(id, "respond_by") == "30");
  CHECK(timers(app, id).empty());
  app.stand_still(20);
  REQUIRE(app.set(id, R"({"score":3})"));
  CHECK(app.value(id, "responded_at") == "20");
  REQUIRE(app.give(id, "bob"));
  CHECK(app.value(id, "responded_at") == "20");
  CHECK(timers(app, id).empty());
}

TEST_CASE("a final stage halts the clock, and it goes on where the record is open again") {
  Leads app;
  const RecordId id = app.make("east");
  REQUIRE(app.give(id, "ann"));
  app.stand_still(10);
  REQUIRE(app.move(id, "lost"));
  CHECK(app.value(id, "respond_by") == "");
  CHECK_FALSE(app.engine.next_timer());
  app.stand_still(50);
  REQUIRE(app.move(id, "open"));
  CHECK(app.value(id, "respond_by") == "80");
  CHECK(timers(app, id) == "0@65 1@80 2@110 3@380 ");
}

TEST_CASE("a deleted record keeps what its clock has used up until it is restored") {
  Leads app;
  const RecordId id = app.make("east");
  REQUIRE(app.give(id, "ann"));
  app.stand_still(10);
  REQUIRE(app.remove(app.who("meg"), "lead", id, app.record(id).version));
  CHECK_FALSE(app.engine.next_timer());
  app.stand_still(60);
  REQUIRE(app.restore(app.who("meg"), "lead", id, app.record(id).version));
  CHECK(app.value(id, "respond_by") == "90");
  CHECK(timers(app, id) == "0@75 1@90 2@120 3@390 ");
  CHECK(app.engine.store().read()->timers_of("lead", id).size() == 5);
}

TEST_CASE("nothing of the clock changes where nothing of the record does") {
  Leads app;
  const RecordId id = app.make("east");
  REQUIRE(app.give(id, "ann"));
  app.stand_still(20);
  CHECK_FALSE(app.set(id, R"({"region":"east"})")->changed);
  CHECK_FALSE(app.give(id, "ann")->changed);
  CHECK(app.value(id, "respond_by") == "30");
}

TEST_CASE("a record that is older than its clock has none until somebody gets it") {
  Leads app;
  const RecordId id = app.make("east");
  CHECK_FALSE(app.response_clock(id));
  REQUIRE(app.set(id, R"({"touched_at":"2026-03-02T09:00:00+08:00"})"));
  CHECK(app.value(id, "responded_at") == "");
}

}  // namespace
}  // namespace formwork::engine
