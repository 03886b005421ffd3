// Rules of an assignment that are edited while records wait: clocks and recycling follow the new
// ones.
#include <doctest/doctest.h>

#include "engine/pipeline/forecast.h"
#include "tests/engine/assignment/leads_app.h"
#include "tests/engine/store/sqlite_fixture.h"
#include "tests/support/failing_store.h"

namespace formwork::engine {
namespace {

using formwork::testing::compile_app;
using formwork::testing::FailingStore;
using formwork::testing::kLeads;
using formwork::testing::kMonday;
using formwork::testing::Leads;

constexpr std::int64_t kDay = 24 * 60;  // in minutes
constexpr std::int64_t kWeek = 7 * kDay;

// The app with these recycle rules.
std::shared_ptr<const model::Model> recycling(const std::string& rules) {
  const std::string text(kLeads);
  return compile_app(text.substr(0, text.find("recycle:")) +
                     (rules.empty() ? "" : "recycle:\n" + rules));
}

const std::string kIdle = "  - { id: idle, after: P7D, to: key }\n";
const std::string kOld = "  - { id: old, after: P300D, to: public }\n";

// The app with these lines in place of one.
std::shared_ptr<const model::Model> instead(const std::string& line, const std::string& lines) {
  std::string text(kLeads);
  return compile_app(text.replace(text.find(line), line.size(), lines));
}

// A file with a lead of ann's, which she got so many minutes before the Monday of all tests.
class Edited {
 public:
  // One that was answered: only recycling is left.
  RecordId answered(std::shared_ptr<const model::Model> model, std::int64_t minutes) {
    return own(std::move(model), minutes, R"(,"touched_at":"2026-01-02T09:00:00+08:00")");
  }

  RecordId own(std::shared_ptr<const model::Model> model, std::int64_t minutes,
               const std::string& more = "") {
    Leads app(std::move(model), path);
    app.stand_still(-minutes);
    const RecordId id = app.make("east", more);
    REQUIRE(app.give(id, "ann"));
    return id;
  }

 private:
  store::ScratchFolder folder_;

 public:
  const std::string path = folder_.file("edited");
};

// "idle@7 old@300": which recycle rules will be asked on which days.
std::string forecast_of(Leads& app) {
  const Instant until{kMonday.microseconds + 400 * kMicrosPerDay};
  std::string text;
  for (const Coming& coming : forecast(app.engine, {.until = until}).lines) {
    if (coming.timer.kind != Timer::Kind::Recycle) continue;
    const std::string words = render(coming.what, Language::English);
    text += (text.empty() ? "" : " ") + words.substr(words.rfind(' ') + 1) + "@" +
            std::to_string(Leads::minute_of(coming.timer.due_at) / kDay);
  }
  return text;
}

TEST_CASE("a record is never recycled by another rule than the one whose time has come") {
  Edited file;
  const RecordId id = file.answered(recycling(kIdle + kOld), 0);
  Leads app(recycling(kOld), file.path);
  CHECK(forecast_of(app) == "old@300");
  app.pass(8 * kDay);
  CHECK(app.owner(id) == "ann");
  app.pass(291 * kDay);
  CHECK(app.owner(id) == "ann");
  app.pass(kDay);
  CHECK(app.value(id, "pool") == "public");
  CHECK(app.last_explanation(id).recycle == "old");
}

TEST_CASE("a rule that is put before another one reaches records that have an owner already") {
  SUBCASE("at its time") {
    Edited file;
    const RecordId id = file.answered(recycling(kOld), 2 * kDay);
    Leads app(recycling(kIdle + kOld), file.path);
    CHECK(forecast_of(app) == "idle@5 old@298");
    app.pass(5 * kDay);
    CHECK(app.last_explanation(id).recycle == "idle");
  }
  SUBCASE("at once, when its time is past") {
    Edited file;
    const RecordId id = file.answered(recycling(""), 10 * kDay);
    Leads app(recycling(kIdle), file.path);
    app.fire();
    CHECK(app.last_explanation(id).recycle == "idle");
  }
  SUBCASE("not those that are closed or that nobody has") {
    Edited file;
    file.answered(recycling(""), 10 * kDay);
    {
      Leads app(recycling(""), file.path);
      REQUIRE(app.move(1, "won"));
      app.make("east");
    }
    Leads app(recycling(kIdle), file.path);
    CHECK_FALSE(app.engine.next_timer());
  }
}

TEST_CASE("another time of a rule is the time from then on") {
  Edited file;
  file.answered(recycling(kIdle), 2 * kDay);
  Leads app(recycling("  - { id: idle, after: P20D, to: key }\n"), file.path);
  CHECK(forecast_of(app) == "idle@18");
}

TEST_CASE("a rule that stays is asked when it would have been without the edit") {
  Edited file;
  // On day 7 it was asked, and so it is on day 8.
  const std::string when = "  - { id: idle, after: P7D, when: score = 1, to: key }\n";
  file.answered(recycling(when), 7 * kDay + 60);
  {
    Leads app(recycling(when), file.path);
    app.stand_still(-60);
    app.fire();
    CHECK(forecast_of(app) == "idle@0");
    CHECK(app.engine.next_timer() == Instant{kMonday.microseconds + (kDay - 60) * 60'000'000});
  }
  Leads app(recycling(kOld + when), file.path);
  CHECK(app.engine.next_timer() == Instant{kMonday.microseconds + (kDay - 60) * 60'000'000});
}

TEST_CASE("steps stay what they are when others are put before them, and new ones count") {
  Edited file;
  const RecordId id = file.own(compile_app(kLeads), 0);
  Leads app(instead("    PT15M: remind\n", "    PT10M: remind\n    PT15M: remind\n"), file.path);
  app.pass(15);
  CHECK(app.history(id) == "created assigned reminded reminded");
  app.pass(15);
  CHECK(app.owner(id) == "bob");
  app.pass(30);
  CHECK(app.history(id) == "created assigned reminded reminded reassigned escalated");
}

TEST_CASE("a step that was deleted does nothing, and the others what they did") {
  Edited file;
  const RecordId id = file.own(compile_app(kLeads), 0);
  Leads app(instead("    PT15M: remind\n", ""), file.path);
  app.pass(29);
  CHECK(app.history(id) == "created assigned");
  app.pass(1);
  CHECK(app.history(id) == "created assigned reassigned");
}

TEST_CASE("what came due while nothing ran is done also after an edit, what is new and past not") {
  Edited file;
  const RecordId id = file.own(compile_app(kLeads), kWeek);
  Leads app(instead("    PT15M: remind\n", "    PT10M: remind\n    PT15M: remind\n"), file.path);
  app.fire();
  CHECK(app.history(id) == "created assigned reminded reassigned escalated released");
}

TEST_CASE("nothing is set anew while the clock stands, and all when it goes on") {
  Edited file;
  const RecordId id = file.own(compile_app(kLeads), 0);
  {
    Leads app(compile_app(kLeads), file.path);
    app.stand_still(5);
    REQUIRE(app.set(id, R"({"waiting":true})"));
  }
  Leads app(instead("    PT15M: remind\n", "    PT20M: remind\n"), file.path);
  app.stand_still(10);
  CHECK(app.history(id) == "created assigned updated");
  REQUIRE(app.set(id, R"({"waiting":false})"));
  app.pass(15);
  CHECK(app.history(id) == "created assigned updated updated reminded");
}

TEST_CASE(
    "an assignment with another name takes over, and one that comes back follows the records") {
  Edited file;
  const RecordId id = file.own(recycling(kIdle), 2 * kDay);
  {
    Leads app(instead("assignment: territory\n", "assignment: other\n"), file.path);
    CHECK(forecast_of(app) == "idle@5");
    CHECK(app.engine.store().read()->timers_of_rule("territory", 10).empty());
    REQUIRE(app.give(id, "bob"));
    CHECK(app.engine.store().read()->timers_of_rule("other", 10).size() == 5);
  }
  Leads app(recycling(kIdle), file.path);
  CHECK(forecast_of(app) == "idle@7");
  CHECK(app.engine.store().read()->timers_of("lead", id).size() == 5);
}

TEST_CASE("a start that cannot set the timers ends, and the next one sets them") {
  Edited file;
  file.answered(recycling(kOld), 2 * kDay);
  const auto model = recycling(kIdle);
  ManualClock clock(kMonday);
  testing::SeededRandom random(1);
  for (const int bad : {2, 2}) {
    int left = bad;
    const auto start = [&] {
      const Engine engine({.model = model,
                           .store = std::make_unique<FailingStore>(
                               testing::open_store(model, file.path), [&] { return --left == 0; }),
                           .clock = &clock,
                           .random = &random});
    };
    CHECK_THROWS_WITH(start(),
                      "expected to write the timers of assignment territory at the start, but the "
                      "store could not write");
  }
  Leads app(model, file.path);
  CHECK(forecast_of(app) == "idle@5");
}

TEST_CASE("a timer of a rule whose time was another one does nothing") {
  Edited file;
  const RecordId id = file.answered(recycling(kIdle), 0);
  Leads app(recycling(kIdle), file.path);
  app.engine.store().submit_and_wait([&](store::Transaction& transaction) {
    transaction.insert_timer({.due_at = app.clock.now(),
                              .kind = Timer::Kind::Recycle,
                              .entity = "lead",
                              .record = id,
                              .rule = "territory",
                              .payload = "idle P6D"});
    return true;
  });
  app.fire();
  CHECK(app.owner(id) == "ann");
}

}  // namespace
}  // namespace formwork::engine
