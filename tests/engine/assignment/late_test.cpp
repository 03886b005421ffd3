// `overdue: response`: the owner has not answered in time.
#include <doctest/doctest.h>

#include "engine/pipeline/forecast.h"
#include "tests/engine/assignment/leads_app.h"
#include "tests/engine/store/sqlite_fixture.h"

namespace formwork::engine {
namespace {

using formwork::testing::compile_app;
using formwork::testing::kLeads;
using formwork::testing::kMonday;
using formwork::testing::Leads;

constexpr std::string_view kLate = R"(---
automation: late
of: lead
why: Nobody has answered
on: { overdue: response }
do: { comment: "{owner} is late" }
)";

std::shared_ptr<const model::Model> app_with_steps() {
  return compile_app(std::string(kLeads) + std::string(kLate));
}

std::shared_ptr<const model::Model> app_without_steps() {
  const std::string text(kLeads);
  const std::size_t steps = text.find("  steps:");
  return compile_app(text.substr(0, steps) + text.substr(text.find("recycle:")) +
                     std::string(kLate));
}

TEST_CASE("an owner is late once, when the time is over and at no step before it") {
  Leads app(app_with_steps());
  const RecordId id = app.make("east");
  REQUIRE(app.dispatch(id));
  app.pass(29);
  CHECK(app.history(id) == "created assigned reminded");
  // Whoever was late is told of before the record goes to somebody else.
  app.pass(1);
  CHECK(app.history(id) == "created assigned reminded commented reassigned");
  const auto entries = app.engine.store().read()->history("lead", id, 0, 2);
  CHECK(entries.back().detail.find("ann is late") != std::string::npos);
  // The next owner has the whole time again, while the steps go on.
  app.pass(29);
  CHECK(app.history(id) == "created assigned reminded commented reassigned");
  app.pass(1);
  CHECK(app.history(id) == "created assigned reminded commented reassigned commented escalated");
  app.pass(7 * 24 * 60);
  CHECK(app.history(id) ==
        "created assigned reminded commented reassigned commented escalated released");
}

TEST_CASE("it needs no steps") {
  Leads app(app_without_steps());
  const RecordId id = app.make("east");
  REQUIRE(app.dispatch(id));
  app.pass(30);
  CHECK(app.history(id) == "created assigned commented");
  app.pass(24 * 60);
  CHECK(app.history(id) == "created assigned commented");
}

TEST_CASE("pauses and nights do not count, and nobody is late twice") {
  Leads app(app_without_steps());
  const RecordId id = app.make("east");
  app.stand_still(9 * 60 - 10);  // ten minutes before the office closes
  REQUIRE(app.dispatch(id));
  app.pass(8);
  REQUIRE(app.set(id, R"({"waiting":true})"));
  app.pass(60);
  REQUIRE(app.set(id, R"({"waiting":false})"));
  app.pass(14 * 60 + 2 + 21);  // 09:21 on Tuesday, 21 minutes of which count
  CHECK(app.history(id) == "created assigned updated updated");
  app.pass(1);
  CHECK(app.history(id) == "created assigned updated updated commented");
  REQUIRE(app.set(id, R"({"waiting":true})"));
  app.pass(10);
  REQUIRE(app.set(id, R"({"waiting":false})"));
  app.pass(60);
  CHECK(app.history(id) == "created assigned updated updated commented updated updated");
}

TEST_CASE("whoever has answered, or gave it away, is not late") {
  Leads app(app_without_steps());
  const RecordId id = app.make("east");
  REQUIRE(app.dispatch(id));
  app.pass(10);
  REQUIRE(app.give(id, "bob"));
  app.pass(29);
  CHECK(app.history(id) == "created assigned assigned");
  REQUIRE(app.set(id, R"({"touched_at":"2026-03-02T09:39:00+08:00"})"));
  app.pass(24 * 60);
  CHECK(app.history(id) == "created assigned assigned updated");
}

TEST_CASE("the forecast tells of it where somebody waits for it, also after an edit") {
  const store::ScratchFolder folder;
  const std::string path = folder.file("late");
  {
    Leads app(compile_app(kLeads), path);
    const RecordId id = app.make("east");
    REQUIRE(app.dispatch(id));
    CHECK(app.engine.store().read()->timers_of("lead", id).size() == 5);
  }
  Leads app(app_with_steps(), path);
  std::string text;
  for (const Coming& coming :
       forecast(app.engine, {.until = {kMonday.microseconds + 3600 * kMicrosPerSecond}}).lines) {
    text += render(coming.what, Language::English) + " (" + place_of(coming.rule) + ")\n";
  }
  CHECK(text ==
        "reminds ann of the first response (app.yaml:58)\n"
        "sets off Late (app.yaml:68)\n"
        "takes it from ann for somebody else (app.yaml:59)\n"
        "escalates that ann has not responded (app.yaml:60)\n");
}

}  // namespace
}  // namespace formwork::engine
