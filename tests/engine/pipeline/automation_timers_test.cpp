// Automations that wait, and those that a time sets off.
#include <doctest/doctest.h>

#include "engine/audit/chain.h"
#include "engine/pipeline/forecast.h"
#include "tests/engine/store/sqlite_fixture.h"
#include "tests/support/crm_app.h"
#include "tests/support/failing_store.h"

namespace formwork::engine {
namespace {

using formwork::testing::Crm;
using formwork::testing::crm_model;
using formwork::testing::kDay;
using formwork::testing::kHour;

TEST_CASE("what runs later asks its condition then, and is void when its stage is left") {
  constexpr std::string_view kRemind = R"(
automation: remind
on: { stage: fresh }
of: lead
after: PT30M
when: owner = null
do: { set: { note: '"nobody"' } }
)";
  SUBCASE("it still applies") {
    Crm app(kRemind);
    app.lead();
    CHECK(app.runs("remind") == "waiting");
    app.pass(29);
    CHECK(app.value(1, "note") == "null");
    app.pass(1);
    CHECK(app.value(1, "note") == "\"nobody\"");
    CHECK(app.runs("remind") == "waiting done");
  }
  SUBCASE("it does not apply any more") {
    Crm app(kRemind);
    app.lead();
    REQUIRE(app.set(1, R"({"owner":"li"})"));
    app.pass(40);
    CHECK(app.runs("remind") == "waiting declined");
  }
  SUBCASE("the stage was left, and come back to") {
    Crm app(kRemind);
    app.lead();
    app.pass(10);
    REQUIRE(app.move(1, "working"));
    CHECK(app.timers(1, Timer::Kind::Delayed) == 0);
    REQUIRE(app.move(1, "fresh"));
    app.pass(25);
    CHECK(app.value(1, "note") == "null");
    app.pass(5);
    CHECK(app.value(1, "note") == "\"nobody\"");
  }
  SUBCASE("the record was deleted") {
    Crm app(kRemind);
    app.lead();
    REQUIRE(app.remove(app.li(), "lead", 1, 1));
    CHECK(app.timers(1, Timer::Kind::Delayed) == 0);
    app.pass(40);
    CHECK(app.runs("remind") == "waiting");
  }
}

TEST_CASE("what waits in a stage is left out when one before it has moved the record on") {
  constexpr std::string_view kStart = R"(
automation: start
on: created
of: lead
order: 1
do: { move: working }
---
)";
  const auto after_start = [&](const std::string& when) {
    return std::string(kStart) + "automation: nobody\non: { stage: fresh }\nof: lead\norder: 2\n" +
           when + "do: { set: { note: '\"nobody started this\"' } }\n";
  };
  SUBCASE("for a time") {
    Crm app(after_start("after: PT5M\n"));
    app.lead();
    CHECK(app.runs("nobody") == "skipped");
    CHECK(app.last_run("nobody").reason == "the record has left the stage fresh");
    CHECK(app.timers(1, Timer::Kind::Delayed) == 0);
    app.pass(10);
    CHECK(app.value(1, "note") == "null");
  }
  SUBCASE("for its window") {
    Crm app(after_start(R"(window: { days: MON-FRI, hours: "09:00-18:00", outside: wait })"
                        "\n"));
    app.sleep(10 * kHour);
    app.lead();
    CHECK(app.runs("nobody") == "skipped");
    CHECK(app.timers(1, Timer::Kind::Delayed) == 0);
  }
  SUBCASE("what runs at once runs: the record was in that stage") {
    Crm app(after_start(""));
    app.lead();
    CHECK(app.runs("nobody") == "done");
  }
  SUBCASE("also what was set before the stage was left without notice") {
    Crm app(R"(
automation: nobody
on: { stage: fresh }
of: lead
after: PT5M
do: { set: { note: '"nobody started this"' } }
)");
    app.lead();
    REQUIRE(app.move(1, "working"));
    app.engine.store().submit_and_wait([&](store::Transaction& transaction) {
      transaction.insert_timer({.due_at = app.clock.now(),
                                .kind = Timer::Kind::Delayed,
                                .entity = "lead",
                                .record = 1,
                                .rule = "nobody",
                                .payload = R"({"trigger":"stage: fresh","stage":"fresh"})"});
      return true;
    });
    app.pass(1);
    CHECK(app.runs("nobody") == "waiting skipped");
  }
}

TEST_CASE("debounce waits until nothing has happened for so long") {
  Crm app(R"(
automation: sync
on: updated
of: lead
debounce: PT10M
do: { comment: "synced {note}" }
)");
  app.lead();
  REQUIRE(app.set(1, R"({"note":"a"})"));
  app.pass(8);
  REQUIRE(app.set(1, R"({"note":"b"})"));
  app.pass(8);
  REQUIRE(app.set(1, R"({"note":"c"})"));
  CHECK(app.timers(1, Timer::Kind::Delayed) == 1);
  app.pass(9);
  CHECK(app.runs("sync") == "waiting waiting waiting");
  app.pass(1);
  CHECK(app.runs("sync") == "waiting waiting waiting done");
  CHECK(app.last_run("sync").actions.find("synced c") != std::string::npos);
}

TEST_CASE("outside of its window it waits for the opening, or is left out") {
  const auto automation = [](const std::string& outside) {
    return "automation: call\non: created\nof: lead\n"
           "window: { days: MON-FRI, hours: \"09:00-18:00\", outside: " +
           outside + " }\ndo: { set: { note: '\"called\"' } }\n";
  };
  SUBCASE("waits over the weekend") {
    Crm app(automation("wait"));
    app.sleep(4 * kDay + 10 * kHour);  // Friday, 19:00
    app.lead();
    CHECK(app.runs("call") == "waiting");
    app.pass(2 * kDay + 13 * kHour);
    CHECK(app.value(1, "note") == "null");
    app.pass(kHour);
    CHECK(app.value(1, "note") == "\"called\"");
    CHECK(app.last_run("call").at == Instant{testing::kMonday.microseconds + 7 * kMicrosPerDay});
  }
  SUBCASE("is left out") {
    Crm app(automation("skip"));
    app.lead();
    app.sleep(10 * kHour);
    app.lead();
    CHECK(app.runs("call") == "done skipped");
  }
}

TEST_CASE("a date sets off at its time, follows its changes, and stands in the forecast") {
  Crm app(R"(
automation: before
on: { date: due_on, before: P3D, at: "09:00" }
of: lead
do: { set: { note: '"three days"' } }
---
automation: after
on: { date: call_at, after: PT2H }
of: lead
do: { set: { region: '"late"' } }
)");
  app.lead(R"({"due_on":"2026-03-10"})");
  REQUIRE(app.timers(1, Timer::Kind::Date) == 1);
  const Instant until{app.clock.now().microseconds + 30 * kMicrosPerDay};
  auto lines = forecast(app.engine, {.until = until}).lines;
  const auto is_date = [](const Coming& coming) { return coming.automation != nullptr; };
  REQUIRE(std::count_if(lines.begin(), lines.end(), is_date) == 1);
  const auto line = std::find_if(lines.begin(), lines.end(), is_date);
  CHECK(render(line->what, Language::English) == "sets off Before");
  CHECK(place_of(line->rule).starts_with("app.yaml:"));
  CHECK(to_rfc3339(line->timer.due_at) == "2026-03-07T01:00:00Z");
  // Later, earlier, away and back.
  REQUIRE(app.set(1, R"({"due_on":"2026-04-10"})"));
  app.pass(10 * kDay);
  CHECK(app.runs("before") == "");
  REQUIRE(app.set(1, R"({"due_on":null})"));
  CHECK(app.timers(1, Timer::Kind::Date) == 0);
  // The moment is over, the date is not: at once.
  REQUIRE(app.set(1, R"({"due_on":"2026-03-13"})"));
  app.pass(1);
  CHECK(app.value(1, "note") == "\"three days\"");
  // Both are over: a reminder before it has no point, what comes behind it has.
  REQUIRE(app.set(1, R"({"due_on":"2026-03-01","call_at":"2026-03-01T09:00:00Z"})"));
  app.pass(1);
  CHECK(app.runs("before") == "done");
  CHECK(app.runs("after") == "done");
  REQUIRE(app.set(1, R"({"region":"again"})"));
  app.pass(kDay);
  CHECK(app.runs("after") == "done");
}

TEST_CASE("a date and time of day is one of the app's clocks, also where they change") {
  std::string yaml(testing::kCrm);
  const std::string zone = "Asia/Shanghai";
  yaml.replace(yaml.find(zone), zone.size(), "Europe/Berlin");
  yaml += R"(---
automation: morning
on: { date: due_on, at: "02:30" }
of: lead
do: { comment: morning }
)";
  Crm app(testing::compile_app(yaml));
  app.lead(R"({"due_on":"2026-03-29"})");
  const auto timers = app.engine.store().read()->timers_of("lead", 1);
  const auto date = std::find_if(timers.begin(), timers.end(), [](const Timer& timer) {
    return timer.kind == Timer::Kind::Date;
  });
  REQUIRE(date != timers.end());
  // 02:30 does not come that night: it is half past three.
  CHECK(to_rfc3339(date->due_at) == "2026-03-29T01:30:00Z");
}

TEST_CASE("schedules come at their times, once for what was missed, over the records they name") {
  Crm app(R"(
automation: daily
on: { cron: "0 9 * * MON-FRI" }
of: lead
each: stage = "fresh" and owner = null
do: { set: { count: 'if count = null then 1 else count + 1' } }
---
automation: beat
on: { cron: "*/30 * * * *" }
do:
  - create: account
    with: { name: '"beat"' }
)");
  app.lead();
  app.lead(R"({"owner":"li"})");
  app.lead();
  app.pass(kDay);
  CHECK(app.value(1, "count") == "1");
  CHECK(app.value(2, "count") == "null");
  CHECK(app.value(3, "count") == "1");
  CHECK(app.runs("beat").size() == 48 * 5 - 1);
  // Nothing runs for three days: each comes once, in order, and then at its next time.
  const std::size_t before = app.all_runs("beat").size();
  app.sleep(3 * kDay);
  while (app.engine.fire_timers() > 0) {
  }
  CHECK(app.value(1, "count") == "2");
  CHECK(app.all_runs("beat").size() == before + 1);
  const auto timers = app.engine.store().read()->timers_of_rule("beat", 10);
  REQUIRE(timers.size() == 1);
  CHECK(timers.front().due_at > app.clock.now());
  CHECK_FALSE(audit::verify(*app.engine.store().read()).broken_at);
}

TEST_CASE("a schedule over many records goes through them by portions, others between them") {
  constexpr std::size_t kLeads = 2'100;
  Crm app(R"(
automation: nightly
on: { cron: "0 0 * * *" }
of: lead
each: company != "none"
do: { set: { count: 'if count = null then 1 else count + 1' } }
---
automation: call
on: { date: call_at }
of: lead
do: { set: { note: '"called"' } }
)");
  for (std::size_t i = 1; i < kLeads; ++i) app.lead();
  app.lead(R"({"call_at":"2026-03-03T00:01:00+08:00"})");
  const auto waiting = [&] {
    return app.engine.store().read()->timers_of_rule("nightly", 2 * kLeads).size();
  };
  app.sleep(15 * kHour);
  CHECK(app.engine.fire_timers(1) == 1);
  CHECK(waiting() <= 1'001);
  // What comes due while the first portion is under way waits for that one alone.
  app.sleep(2);
  std::size_t fired = 0;
  while (app.runs("call") == "" && fired < kLeads) fired += app.engine.fire_timers(10);
  CHECK(fired <= 1'010);
  CHECK(waiting() > 0);
  while (app.engine.fire_timers(100) > 0) {
  }
  CHECK(app.value(1, "count") == "1");
  CHECK(app.value(kLeads, "count") == "1");
  CHECK(app.value(kLeads, "note") == "\"called\"");
  CHECK(app.all_runs("nightly").size() == kLeads);
  const auto timers = app.engine.store().read()->timers_of_rule("nightly", 10);
  REQUIRE(timers.size() == 1);
  CHECK(to_rfc3339(timers.front().due_at) == "2026-03-03T16:00:00Z");
  app.pass(kDay);
  CHECK(app.value(1, "count") == "2");
  CHECK(app.value(kLeads, "count") == "2");
}

TEST_CASE("a schedule that comes again while its records are gone through leaves that time out") {
  constexpr std::size_t kLeads = 1'010;
  Crm app(R"(
automation: beat
on: { cron: "* * * * *" }
of: lead
do: { set: { count: 'if count = null then 1 else count + 1' } }
)");
  for (std::size_t i = 0; i < kLeads; ++i) app.lead();
  app.sleep(1);
  CHECK(app.engine.fire_timers(1) == 1);
  app.sleep(3);
  while (app.engine.fire_timers(100) > 0) {
  }
  CHECK(app.all_runs("beat").size() == kLeads);
  CHECK(app.engine.next_timer() == Instant{app.clock.now().microseconds + 60 * kMicrosPerSecond});
}

TEST_CASE("what is to be done stays due when its record is deleted and comes back") {
  constexpr std::string_view kAsk = R"(
automation: ask
on: assigned
of: lead
do:
  - task: { to: owner, title: "Ask {company}", within: P2D }
---
automation: late
on: { overdue: todo }
of: lead
do: { set: { note: 'if note = null then "late" else "late again"' } }
)";
  Crm app(kAsk);
  app.lead(R"({"owner":"li"})");
  REQUIRE(app.timers(1, Timer::Kind::ToDo) == 1);
  SUBCASE("before it is due") {
    app.pass(kDay);
    REQUIRE(app.remove(app.li(), "lead", 1, app.record(1).version));
    CHECK(app.timers(1, Timer::Kind::ToDo) == 0);
    REQUIRE(app.restore(app.li(), "lead", 1, app.record(1).version));
    CHECK(app.timers(1, Timer::Kind::ToDo) == 1);
    app.pass(kDay - 1);
    CHECK(app.runs("late") == "");
    app.pass(1);
    CHECK(app.runs("late") == "done");
  }
  SUBCASE("when it has come due meanwhile") {
    REQUIRE(app.remove(app.li(), "lead", 1, app.record(1).version));
    app.pass(3 * kDay);
    CHECK(app.runs("late") == "");
    REQUIRE(app.restore(app.li(), "lead", 1, app.record(1).version));
    app.pass(1);
    CHECK(app.runs("late") == "done");
  }
  SUBCASE("not once more, when it was due already") {
    app.pass(3 * kDay);
    REQUIRE(app.runs("late") == "done");
    REQUIRE(app.remove(app.li(), "lead", 1, app.record(1).version));
    REQUIRE(app.restore(app.li(), "lead", 1, app.record(1).version));
    app.pass(kDay);
    CHECK(app.runs("late") == "done");
  }
  SUBCASE("not when it is done") {
    const auto todos = app.engine.store().read()->todos({.entity = "lead", .record = 1});
    REQUIRE(todos.size() == 1);
    REQUIRE(app.run({.actor = app.li(), .intent = FinishToDo{.id = todos.front().id}, .once = {}}));
    REQUIRE(app.remove(app.li(), "lead", 1, app.record(1).version));
    REQUIRE(app.restore(app.li(), "lead", 1, app.record(1).version));
    CHECK(app.timers(1, Timer::Kind::ToDo) == 0);
  }
}

TEST_CASE("a record without stages keeps what is to be done for it, too") {
  Crm app(R"(
automation: welcome
on: assigned
of: account
do:
  - task: { to: owner, title: "Call {name}", within: P2D }
---
role: keeper
on: { account: { view: true, create: true, edit: true, delete: true } }
)");
  const auto made = app.create(app.li(), "account", R"({"name":"Acme","owner":"li"})");
  REQUIRE(made);
  const auto timers = [&] { return app.engine.store().read()->timers_of("account", 1).size(); };
  REQUIRE(timers() == 1);
  const Actor keeper = app.actor("keeper");
  REQUIRE(app.remove(keeper, "account", 1, 1));
  CHECK(timers() == 0);
  REQUIRE(app.restore(keeper, "account", 1, 2));
  CHECK(timers() == 1);
}

TEST_CASE("records that were there before the automation get their dates, without past ones") {
  const store::ScratchFolder folder;
  const std::string path = folder.file("dates");
  {
    Crm app(crm_model(""), path);
    app.lead(R"({"due_on":"2026-03-05"})");
    app.lead(R"({"due_on":"2026-02-05"})");
    app.lead();
  }
  constexpr std::string_view kDue = R"(
automation: due
on: { date: due_on }
of: lead
do: { comment: due }
)";
  {
    Crm app(crm_model(kDue), path);
    CHECK(app.timers(1, Timer::Kind::Date) == 1);
    CHECK(app.timers(2, Timer::Kind::Date) == 0);
    app.pass(4 * kDay);
    CHECK(app.runs("due") == "done");
  }
  {
    // The same model sets nothing anew.
    Crm app(crm_model(kDue), path);
    CHECK(app.engine.store().read()->timers_of_rule("due", 10).empty());
    REQUIRE(app.set(3, R"({"due_on":"2026-03-20"})"));
  }
  {
    // Without it nothing waits; when it comes back, it follows what the records are then.
    Crm app(crm_model(""), path);
    CHECK(app.timers(3, Timer::Kind::Date) == 0);
    REQUIRE(app.set(3, R"({"due_on":"2026-03-22"})"));
  }
  {
    Crm app(crm_model(kDue), path);
    REQUIRE(app.timers(3, Timer::Kind::Date) == 1);
    app.pass(20 * kDay);
    CHECK(app.last_run("due").at == parse_instant("2026-03-21T16:00:00Z"));
  }
}

TEST_CASE("no date is lost when the store fails while the dates of the records are set") {
  constexpr int kLeads = 1'100;
  constexpr std::string_view kDue = R"(
automation: due
on: { date: due_on }
of: lead
do: { comment: due }
)";
  const store::ScratchFolder folder;
  const std::string path = folder.file("failing");
  {
    Crm app(crm_model(""), path);
    for (int i = 0; i < kLeads; ++i) app.lead(R"({"due_on":"2026-03-05"})");
  }
  const auto model = crm_model(kDue);
  ManualClock clock(testing::kMonday);
  testing::SeededRandom random(1);
  const auto start = [&](int bad) {
    int left = bad;
    const auto fails = [&] { return --left == 0; };
    const Engine engine(
        {.model = model,
         .store = std::make_unique<testing::FailingStore>(testing::open_store(model, path), fails),
         .clock = &clock,
         .random = &random});
  };
  // What a start has written the next one need not write: its documents, then whose timers are
  // kept; the old timers go, three batches of records come, and at last it is noted that all is so.
  CHECK_THROWS_WITH(start(2),
                    "expected to write the timers of automations at the start, but the store could "
                    "not write");
  for (const int bad : {2, 3, 4, 5}) {
    CAPTURE(bad);
    CHECK_THROWS_WITH(start(bad),
                      "expected to write the timers of automation due at the start, but the store "
                      "could not write");
  }
  start(0);
  Crm app(model, path);
  CHECK(app.engine.store().read()->timers_of_rule("due", 2 * kLeads).size() == kLeads);
}

}  // namespace
}  // namespace formwork::engine
