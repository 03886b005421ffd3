// What each command leaves behind: its entry in history, the answer under its key, or nothing.
#include <doctest/doctest.h>

#include "engine/audit/chain.h"
#include "engine/command/sha256.h"
#include "tests/engine/store/sqlite_fixture.h"
#include "tests/support/app.h"
#include "tests/support/desk_app.h"

namespace formwork::engine {
namespace {

using formwork::testing::App;
using formwork::testing::code_of;
using formwork::testing::kDesk;
using store::ScratchFolder;

std::vector<HistoryEntry> history_of(App& app, RecordId id) {
  return app.engine.reader(app.actor("boss")).history(app.entity("ticket"), id, 0, 100).value();
}

TEST_CASE("history keeps old and new values, who, by which door and under which model") {
  App app(kDesk);
  Actor clerk = app.actor("clerk");
  const Actor boss = app.actor("boss");
  REQUIRE(app.create(clerk, "ticket", R"({"subject":"a","items":[{"what":"ink"}]})"));
  clerk.cause = Cause::Page;
  app.clock.advance({.seconds = 1});
  REQUIRE(app.update(clerk, "ticket", 1, 1, R"({"subject":"b","amount":"2","owner":"boss"})"));
  REQUIRE(app.remove(boss, "ticket", 1, 2));
  REQUIRE(app.restore(boss, "ticket", 1, 3));

  const std::vector<HistoryEntry> entries = history_of(app, 1);
  REQUIRE(entries.size() == 4);
  const HistoryEntry& created = entries[3];
  CHECK(created.action == "created");
  CHECK(created.cause == "api");
  CHECK(created.actor_name == "clerk");
  CHECK(created.at == formwork::testing::kMonday);
  CHECK(created.version == 1);
  CHECK(created.changes ==
        R"({"subject":{"from":null,"to":"a"},"urgent":{"from":null,"to":false},)"
        R"("hours":{"from":null,"to":"8"},"items":{"from":null,"to":[{"what":"ink","qty":"1",)"
        R"("gift":null,"customer":null}]},"number":{"from":null,"to":"T-2026-0001"}})");
  const HistoryEntry& updated = entries[2];
  CHECK(updated.action == "updated");
  CHECK(updated.cause == "page");
  CHECK(updated.version == 2);
  CHECK(updated.changes == R"({"subject":{"from":"a","to":"b"},"amount":{"from":null,"to":"2.00"},)"
                           R"("owner":{"from":null,"to":"boss"}})");
  CHECK(entries[1].action == "deleted");
  CHECK(entries[0].action == "restored");
  CHECK(entries[0].changes == "{}");
  for (const HistoryEntry& entry : entries) {
    CHECK(entry.model == app.engine.model().fingerprint);
    CHECK(entry.model.size() == 64);
    CHECK(entry.entity == "ticket");
  }
  CHECK_FALSE(audit::verify(*app.engine.store().read()).broken_at);
}

Command keyed(App& app, const std::string& key, const std::string& body) {
  return {
      .actor = app.actor("clerk"),
      .intent = CreateRecord{&app.entity("ticket"), app.read("ticket", body).changes},
      .once = Once{.key = key, .request_hash = sha256(body), .answer = [](const Outcome& outcome) {
                     return "made " + std::to_string(outcome.record.id);
                   }}};
}

TEST_CASE("an equal request under a key gets the first answer and changes nothing") {
  App app(kDesk);
  const auto first = app.run(keyed(app, "k", R"({"subject":"a"})"));
  REQUIRE(first);
  CHECK(first->answer == "made 1");
  CHECK_FALSE(first->repeated);
  const auto second = app.run(keyed(app, "k", R"({"subject":"a"})"));
  REQUIRE(second);
  CHECK(second->repeated);
  CHECK(second->answer == "made 1");
  CHECK(history_of(app, 1).size() == 1);
  CHECK(app.run(keyed(app, "other", R"({"subject":"a"})"))->answer == "made 2");
}

TEST_CASE("a key belongs to its request and to its account") {
  App app(kDesk);
  REQUIRE(app.run(keyed(app, "k", R"({"subject":"a"})")));
  CHECK(code_of(app.run(keyed(app, "k", R"({"subject":"b"})"))) == "request.key-reused");
  Command others = keyed(app, "k", R"({"subject":"b"})");
  others.actor = app.actor("boss");
  CHECK(app.run(std::move(others))->answer == "made 2");
}

TEST_CASE("a refused request leaves its key free") {
  App app(kDesk);
  CHECK(code_of(app.run(keyed(app, "k", R"({"amount":"1"})"))) == "record.invalid");
  CHECK(app.run(keyed(app, "k", R"({"subject":"a"})"))->answer == "made 1");
}

TEST_CASE("a key is forgotten after a day, swept or not") {
  for (const bool swept : {false, true}) {
    CAPTURE(swept);
    App app(kDesk);
    REQUIRE(app.run(keyed(app, "k", R"({"subject":"a"})")));
    app.clock.advance({.seconds = kSecondsPerDay});
    CHECK(app.run(keyed(app, "k", R"({"subject":"a"})"))->repeated);
    app.clock.advance(DaysDuration::from_microseconds(1));
    if (swept) app.engine.sweep();
    const auto later = app.run(keyed(app, "k", R"({"subject":"b"})"));
    REQUIRE(later);
    CHECK_FALSE(later->repeated);
    CHECK(app.run(keyed(app, "k", R"({"subject":"b"})"))->answer == "made 2");
  }
}

TEST_CASE("a refused command leaves the store as it was, to the byte") {
  const ScratchFolder folder;
  const std::string path = folder.file("a.db");
  App app(kDesk, path);
  const Actor boss = app.actor("boss");
  const Actor guest = app.actor("guest");
  REQUIRE(app.create(boss, "customer", R"({"name":"Acme"})"));
  REQUIRE(app.create(boss, "customer", R"({"name":"Best"})"));
  REQUIRE(app.create(boss, "ticket", R"({"subject":"a","items":[{"what":"x"}]})"));
  app.actor("clerk");
  const std::vector<std::string> before = store::dump(path);
  REQUIRE(before.size() > 10);
  const formwork::testing::Outcome refused[] = {
      app.create(boss, "ticket", R"({"items":[{"qty":1}]})"),
      app.create(boss, "ticket", R"({"subject":"b","customer":9})"),
      app.create(boss, "customer", R"({"name":"Acme"})"),
      app.update(boss, "customer", 2, 1, R"({"name":"Acme"})"),
      app.update(boss, "ticket", 1, 7, R"({"subject":"b"})"),
      app.update(boss, "ticket", 9, 1, R"({"subject":"b"})"),
      app.update(guest, "ticket", 1, 1, R"({"subject":"b"})"),
      app.remove(guest, "ticket", 1, 1),
      app.restore(boss, "ticket", 1, 1),
      app.run(keyed(app, "k", R"({"amount":"1"})")),
  };
  for (std::size_t i = 0; i < std::size(refused); ++i) {
    CAPTURE(i);
    CHECK_FALSE(refused[i]);
  }
  CHECK(store::dump(path) == before);
}

TEST_CASE("a serial number that was given to a refused record is given again") {
  App app(kDesk);
  const Actor boss = app.actor("boss");
  REQUIRE(app.create(boss, "ticket", R"({"subject":"a","region":"north","code":"1"})"));
  REQUIRE_FALSE(app.create(boss, "ticket", R"({"subject":"b","region":"north","code":"1"})"));
  REQUIRE(app.create(boss, "ticket", R"({"subject":"c"})"));
  CHECK(app.json_of(boss, "ticket", 2).find("T-2026-0002") != std::string::npos);
}

TEST_CASE("checking says what saving would, and saves nothing") {
  App app(kDesk);
  const Actor boss = app.actor("boss");
  const auto check = [&](const char* body) {
    return app.engine.check(
        boss, CreateRecord{&app.entity("customer"), app.read("customer", body).changes});
  };
  CHECK_FALSE(check(R"({"name":"Acme"})"));
  CHECK_FALSE(check(R"({"name":"Acme"})"));
  REQUIRE(app.create(boss, "customer", R"({"name":"Acme"})"));
  REQUIRE(check(R"({"name":"Acme"})"));
  CHECK(check("{}")->fields.size() == 1);
}

TEST_CASE("a restart gives the same records, history and numbers") {
  const ScratchFolder folder;
  const std::string path = folder.file("a.db");
  std::string record;
  std::string head;
  {
    App app(kDesk, path);
    const Actor boss = app.actor("boss");
    REQUIRE(app.create(boss, "ticket",
                       R"({"subject":"报价","amount":"0.10","due":"2026-03-02","urgent":true,)"
                       R"("tags":["red","blue"],"owner":"boss","items":[{"what":"墨","qty":2},)"
                       R"({"what":"b","gift":true}]})"));
    record = app.json_of(boss, "ticket", 1);
    head = audit::verify(*app.engine.store().read()).head;
  }
  App app(kDesk, path);
  const Actor boss = app.actor("boss");
  CHECK(app.json_of(boss, "ticket", 1) == record);
  CHECK(audit::verify(*app.engine.store().read()).head == head);
  REQUIRE(app.create(boss, "ticket", R"({"subject":"b"})"));
  CHECK(app.json_of(boss, "ticket", 2).find("T-2026-0002") != std::string::npos);
  CHECK_FALSE(audit::verify(*app.engine.store().read()).broken_at);
}

TEST_CASE("the file knows the documents that it was last served with") {
  const ScratchFolder folder;
  { const App app(kDesk, folder.file("a.db")); }
  const auto bundle = store::peek_setting(folder.file("a.db"), versions::kBundleSetting);
  REQUIRE(bundle);
  const auto sources = versions::read_bundle(*bundle);
  REQUIRE(sources);
  CHECK(sources->front()->text() == kDesk);
  CHECK_FALSE(versions::read_bundle("{"));
  CHECK_FALSE(versions::read_bundle(R"([{"name":"x"}])"));
}

}  // namespace
}  // namespace formwork::engine
