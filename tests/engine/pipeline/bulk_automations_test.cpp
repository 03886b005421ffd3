// Changes of many records with automations that listen: each record triggers like a single one. And
// disks that are full meanwhile.
#include <doctest/doctest.h>

#include "engine/audit/chain.h"
#include "engine/pipeline/bulk.h"
#include "tests/engine/store/sqlite_fixture.h"
#include "tests/support/bulk.h"
#include "tests/support/crm_app.h"
#include "tests/support/file_size_limit.h"

namespace formwork::engine {
namespace {

using formwork::testing::Crm;
using formwork::testing::crm_model;
using formwork::testing::ended;
using formwork::testing::FileSizeLimit;
using formwork::testing::forced;
using formwork::testing::wait_until;

constexpr std::string_view kThree = R"(
webhook: erp
send: { url: "https://erp.example.com/hook", secret: erp }
---
automation: a_grade
on: { updated: region }
of: lead
do:
  - set: { count: 'if count = null then 1 else count + 1' }
  - set: { budget: 'budget - 10' }
---
automation: b_tell
on: { updated: region }
of: lead
when: region != old.region
do: { webhook: { to: erp, event: lead.moved, data: { from: old.region, to: region } } }
---
automation: c_follow
on: { updated: count }
of: lead
do: { set: { note: 'string(count) + " " + region' } }
)";

class Bulk : public Crm {
 public:
  explicit Bulk(std::shared_ptr<const model::Model> model, const std::string& path = ":memory:")
      : Crm(std::move(model), path), jobs(engine) {}

  BulkJobs jobs;

  BulkProgress start(const std::string& filter, std::string_view set) {
    const Actor actor = li();
    auto scope =
        std::make_shared<const permissions::VisibleScope>(engine.gate(), actor, entity("lead"));
    auto compiled = permissions::compile_filter(filter, scope, actor, entity("lead"));
    auto job = jobs.start({.actor = actor,
                           .entity = &entity("lead"),
                           .filter = filter,
                           .compiled = compiled.filter,
                           .values = read("lead", set).changes});
    return job.value();
  }

  BulkProgress change(const std::string& filter, std::string_view set) {
    return ended(jobs, start(filter, set));
  }

  std::size_t count(const std::string& automation, RunOutcome outcome) {
    settle();
    std::size_t found = 0;
    for (const Run& run : all_runs(automation)) found += run.outcome == outcome ? 1 : 0;
    return found;
  }
};

TEST_CASE(
    "each record of a change of many sets off what a single change does, with its own values") {
  Bulk app(crm_model(kThree));
  for (int i = 0; i < 230; ++i) {
    // A tenth of them cannot give what the first automation takes.
    app.lead(i % 10 == 0 ? R"({"region":"west","budget":"5"})"
                         : R"({"region":"north","budget":"50"})");
  }
  const BulkProgress job = app.change("true", R"({"region":"east"})");
  CHECK(job.state == BulkState::Done);
  CHECK(job.changed == 230);
  CHECK(job.refused == 0);
  CHECK(app.count("a_grade", RunOutcome::Done) == 207);
  CHECK(app.count("a_grade", RunOutcome::Failed) == 23);
  CHECK(app.count("b_tell", RunOutcome::Done) == 230);
  CHECK(app.count("c_follow", RunOutcome::Done) == 207);
  const auto messages = app.engine.store().read()->messages({.limit = 1'000});
  REQUIRE(messages.size() == 230);
  for (const OutboxMessage& message : messages) {
    const bool is_poor = (message.record - 1) % 10 == 0;
    CHECK(message.body.find(is_poor ? R"("from":"west","to":"east")"
                                    : R"("from":"north","to":"east")") != std::string::npos);
    CHECK(app.value(message.record, "count") == (is_poor ? "null" : "1"));
    CHECK(app.value(message.record, "note") == (is_poor ? "null" : "\"1 east\""));
    CHECK(app.history(message.record) ==
          (is_poor ? "created updated" : "created updated updated updated updated"));
  }
  // Once more there is nothing to change, and nothing that anybody hears.
  CHECK(app.change("true", R"({"region":"east"})").unchanged == 230);
  CHECK(app.engine.store().read()->messages({.limit = 1'000}).size() == 230);
  CHECK_FALSE(audit::verify(*app.engine.store().read()).broken_at);
}

TEST_CASE("records whose automations go on without end are refused each by itself, and told why") {
  Bulk app(forced(*crm_model(R"(
automation: ping
on: { updated: count }
of: lead
enabled: false
when: region = "east"
do: { set: { budget: count + 1 } }
---
automation: pong
on: { updated: budget }
of: lead
enabled: false
do: { set: { count: budget + 1 } }
)")));
  for (int i = 0; i < 120; ++i) app.lead(i % 40 == 7 ? R"({"region":"east"})" : "{}");
  const BulkProgress job = app.change("true", R"({"count":1})");
  CHECK(job.state == BulkState::Done);
  CHECK(job.changed == 117);
  CHECK(job.refused == 3);
  REQUIRE(job.problems.size() == 3);
  for (const BulkProblem& problem : job.problems) {
    CHECK(problem.record % 40 == 8);
    CHECK(problem.refusal.message.text->code == "automation.runaway");
    CHECK(app.record(problem.record).version == 1);
    CHECK(app.history(problem.record) == "created");
  }
  std::size_t stopped = 0;
  for (const Run& run : app.all_runs()) stopped += run.outcome == RunOutcome::Stopped ? 1 : 0;
  CHECK(stopped == 3);
}

TEST_CASE("a disk that fills up ends the job in words, with whole changes and none in between") {
  const store::ScratchFolder folder;
  constexpr RecordId kLeads = 600;
  Bulk app(crm_model(kThree), folder.file("bulk"));
  for (RecordId i = 0; i < kLeads; ++i) app.lead(R"({"region":"west","budget":"50"})");
  BulkProgress job = app.start("true", R"({"region":"east"})");
  wait_until([&] { return app.jobs.find(job.id, job.account)->changed > 0; });
  {
    const FileSizeLimit limit(300'000);
    job = ended(app.jobs, job);
  }
  CHECK(job.state == BulkState::Failed);
  REQUIRE(job.failure);
  CHECK(job.failure->kind == RefusalKind::StoreFull);
  CHECK(render(job.failure->message, Language::English).find("make room") != std::string::npos);
  CHECK(job.changed > 0);
  CHECK(job.refused > 0);
  CHECK(job.total == kLeads);
  CHECK(job.changed + job.refused < job.total);
  // What it says of itself is what there is.
  std::size_t changed = 0;
  for (RecordId id = 1; id <= kLeads; ++id) {
    CAPTURE(id);
    const bool is_east = app.value(id, "region") == "\"east\"";
    changed += is_east ? 1 : 0;
    CHECK(app.value(id, "count") == (is_east ? "1" : "null"));
    CHECK(app.value(id, "note") == (is_east ? "\"1 east\"" : "null"));
  }
  CHECK(changed == job.changed);
  CHECK(app.engine.store().read()->messages({.limit = 10'000}).size() == changed);
  CHECK(app.count("b_tell", RunOutcome::Done) == changed);
  CHECK_FALSE(audit::verify(*app.engine.store().read()).broken_at);
  // With room again the same change goes on with the others.
  const BulkProgress rest = app.change("true", R"({"region":"east"})");
  CHECK(rest.state == BulkState::Done);
  CHECK(rest.changed == kLeads - job.changed);
  CHECK(rest.unchanged == job.changed);
  CHECK(app.engine.store().read()->messages({.limit = 10'000}).size() == kLeads);
  CHECK_FALSE(audit::verify(*app.engine.store().read()).broken_at);
}

TEST_CASE("times that come while the disk is full are carried out once there is room, each once") {
  const store::ScratchFolder folder;
  constexpr RecordId kLeads = 200;
  Crm app(crm_model(R"(
automation: mark
on: created
of: lead
after: PT10M
do: { set: { count: 'if count = null then 1 else count + 1' } }
)"),
          folder.file("times"));
  for (RecordId i = 0; i < kLeads; ++i) app.lead();
  app.sleep(10);
  {
    const FileSizeLimit limit(40'000);
    CHECK(app.engine.fire_timers() < kLeads);
    CHECK(app.engine.next_timer() <= app.clock.now());
  }
  while (app.engine.fire_timers() > 0) {
  }
  CHECK(app.engine.store().read()->timers_due(app.clock.now(), nullptr, 1).empty());
  for (RecordId id = 1; id <= kLeads; ++id) CHECK(app.value(id, "count") == "1");
  for (const Run& run : app.all_runs()) CHECK(run.outcome != RunOutcome::Failed);
  CHECK_FALSE(audit::verify(*app.engine.store().read()).broken_at);
}

}  // namespace
}  // namespace formwork::engine
