// The demo data of the CRM goes through the engine, whenever it is loaded, and shows something to
// everybody who has to do with approvals.
#include "server/program/demo.h"

#include <map>
#include <set>

#include <doctest/doctest.h>

#include "tests/support/app_folders.h"
#include "tests/support/scratch_store.h"

namespace formwork::program {
namespace {

struct Loaded {
  std::shared_ptr<const model::Model> model;
  std::shared_ptr<store::Store> store;
  std::string said;
};

Loaded load(const char* now) {
  Loaded loaded;
  loaded.model = testing::compile_sources(testing::sources_of_app("templates/crm"));
  REQUIRE(loaded.model != nullptr);
  loaded.store = testing::scratch_stores()(loaded.model);
  const auto said =
      fill_with_demo("templates/crm", {loaded.model, loaded.store, parse_instant(now).value()});
  REQUIRE_MESSAGE(said.has_value(), (said ? std::string() : said.error()));
  loaded.said = *said;
  return loaded;
}

// Loading takes its time, so those who only look share it.
const Loaded& on_friday() {
  static const Loaded loaded = load("2026-11-27T14:30:00+08:00");
  return loaded;
}

std::vector<engine::Record> records(const Loaded& loaded, std::string_view entity) {
  store::Query query;
  query.entity = loaded.model->find_entity(entity);
  query.sort = query.entity->list.sort;
  query.limit = 1'000;
  return loaded.store->read()->list(query);
}

std::map<std::string, int> stages(const Loaded& loaded, std::string_view entity) {
  std::map<std::string, int> count;
  const model::Entity& of = *loaded.model->find_entity(entity);
  for (const engine::Record& record : records(loaded, entity)) {
    ++count[model::stage_of(of, record.values)->name];
  }
  return count;
}

std::int64_t open_tasks(const Loaded& loaded, std::string_view person) {
  const auto view = loaded.store->read();
  const auto account = view->find_account(person);
  REQUIRE(account.has_value());
  return view->count_tasks({.assignees = {account->id}}, 100);
}

void check_that_there_is_something_to_see(const Loaded& loaded) {
  for (const char* person : {"lin.yifan", "xu.dan", "chen.siyuan", "ma.li", "zhou.min", "gu.wei",
                             "sun.hao", "wu.tong", "he.jing"}) {
    CAPTURE(person);
    CHECK(open_tasks(loaded, person) > 0);
  }
  CHECK(records(loaded, "lead").size() >= 80);
  CHECK(records(loaded, "opportunity").size() >= 25);
  CHECK(records(loaded, "quote").size() >= 20);
  for (const char* entity : {"opportunity", "quote"}) {
    const auto count = stages(loaded, entity);
    for (const model::Stage& stage : loaded.model->find_entity(entity)->lifecycles[0].stages) {
      CAPTURE(stage.name);
      CHECK(count.contains(stage.name));
    }
  }
}

TEST_CASE("the demo can be loaded on a working day, on a Sunday and in the holidays") {
  check_that_there_is_something_to_see(on_friday());
  for (const char* now : {"2026-11-29T02:10:00+08:00", "2026-10-05T10:00:00+08:00"}) {
    CAPTURE(now);
    check_that_there_is_something_to_see(load(now));
  }
}

TEST_CASE("the demo has approvals in every state, and nothing happens after the present") {
  const Loaded& loaded = on_friday();
  std::set<engine::ProcessState> states;
  for (const engine::Record& quote : records(loaded, "quote")) {
    for (const engine::Process& process :
         loaded.store->read()->processes({.entity = "quote", .record = quote.id})) {
      states.insert(process.state);
    }
  }
  CHECK(states.contains(engine::ProcessState::Running));
  CHECK(states.contains(engine::ProcessState::Returned));
  CHECK(states.contains(engine::ProcessState::Approved));
  CHECK(states.contains(engine::ProcessState::Rejected));
  std::set<std::string> actions;
  Instant last;
  loaded.store->read()->walk_history([&](const engine::HistoryEntry& entry) {
    CHECK(last <= entry.at);
    last = entry.at;
    actions.insert(entry.action);
    return true;
  });
  CHECK(last <= parse_instant("2026-11-27T14:30:00+08:00").value());
  for (const char* action : {"reminded", "escalated", "urged", "dwell_warned", "dwell_expired"}) {
    CHECK_MESSAGE(actions.contains(action), action);
  }
}

TEST_CASE("the sign-ins are those of the people document, and work") {
  const Loaded& loaded = on_friday();
  CHECK(loaded.said.find("  zhou.min / formwork-demo / sales_manager\n") != std::string::npos);
  std::set<std::string> roles;
  for (const model::Person& person : loaded.model->people) {
    CHECK(loaded.said.find("  " + person.name + " / ") != std::string::npos);
    roles.insert(person.roles.begin(), person.roles.end());
  }
  CHECK(roles.size() == loaded.model->roles.size());
  engine::Engine engine({.model = loaded.model,
                         .store = loaded.store,
                         .clock = &engine::system_clock(),
                         .random = &engine::system_random()});
  CHECK(engine.sign_in({.name = "zhou.min", .password = "formwork-demo", .address = {}}));
}

TEST_CASE("a store that holds data already is left as it is") {
  const Loaded& loaded = on_friday();
  const std::size_t before = records(loaded, "quote").size();
  const auto again = fill_with_demo("templates/crm", {loaded.model, loaded.store, Instant{}});
  REQUIRE(again);
  CHECK(*again == "the store holds data already; demo data was not added\n");
  CHECK(records(loaded, "quote").size() == before);
}

}  // namespace
}  // namespace formwork::program
