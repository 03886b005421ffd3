// Tasks, approvals, timers and delegations: each caller knows of its own, and of what it may see.
#include <doctest/doctest.h>

#include "tests/support/app.h"

namespace formwork::permissions {
namespace {

using engine::Process;
using engine::RecordId;
using engine::Task;
using engine::TaskId;
using engine::TaskState;
using engine::Timer;
using testing::App;
using testing::code_of;
using Box = store::TaskQuery::Box;
using TaskIds = std::vector<TaskId>;

constexpr std::string_view kOffice = R"(
app: office
locales: [en]
currency: CNY
---
entity: paper
title: [name]
fields:
  name: { type: text, required: true }
  owner: { type: user }
lifecycle:
  stages:
    draft: { to: [review] }
    review: { approval: signing, approved: done, rejected: draft }
    done: { final: won }
---
entity: note
title: [text]
fields:
  text: { type: text }
  paper: { type: reference, to: paper }
---
approval: signing
of: paper
steps:
  - { id: legal, approvers: role legal }
---
role: boss
on:
  paper: { view: true, create: true, edit: true, delete: true, approve: true, assign: true }
  note: { view: true, create: true, edit: true }
---
role: clerk
on:
  paper: { view: owner = user, create: true, edit: owner = user, assign: owner = user }
  note: { view: true, create: true, edit: true }
---
role: legal
on:
  paper: { approve: true }
)";

struct Office {
  App app{kOffice};
  engine::Actor boss = app.actor("boss");
  engine::Actor li = app.actor("li", {"clerk"});
  engine::Actor han = app.actor("han", {"clerk"});
  engine::Actor zhou = app.actor("zhou", {"legal"});

  const model::Entity& paper() const { return app.entity("paper"); }

  Reader reader(const engine::Actor& actor) { return app.engine.reader(actor); }

  RecordId add_paper(std::string_view owner) {
    const auto made =
        app.create(boss, "paper", R"({"name":"a","owner":")" + std::string(owner) + R"("})");
    REQUIRE(made);
    return made->record.id;
  }

  void write(const std::function<void(store::Transaction&)>& work) {
    REQUIRE(app.engine.store().submit_and_wait([&](store::Transaction& transaction) {
      work(transaction);
      return true;
    }) == store::Commit::Committed);
  }

  static Task task_of(const engine::Actor& assignee, TaskState state) {
    Task task;
    task.assignee = assignee.account;
    task.state = state;
    task.opened_at = testing::kMonday;
    if (state != TaskState::Done) return task;
    task.outcome = engine::TaskOutcome::Approved;
    task.decided_by = assignee.account;
    task.closed_at = testing::kMonday;
    return task;
  }

  // A process about the paper with these tasks, which get ids from 1 on.
  Process add_process(RecordId paper, const engine::Actor& submitter, std::vector<Task> tasks,
                      engine::StepState state = engine::StepState::Open) {
    Process process;
    process.entity = "paper";
    process.record = paper;
    process.chain = "signing";
    process.submitter = submitter.account;
    process.submitted_at = testing::kMonday;
    process.stage = "review";
    process.origin = "draft";
    process.steps.push_back({.id = "legal", .state = state});
    process.tasks = std::move(tasks);
    write([&](store::Transaction& transaction) { transaction.insert_process(process); });
    return process;
  }

  TaskIds tasks(const engine::Actor& actor, Box box, RecordId paper = 0) {
    store::TaskQuery query;
    query.box = box;
    if (paper != 0) query.entity = "paper";
    query.record = paper;
    TaskIds ids;
    for (const Task& task : reader(actor).tasks(query).lines) ids.push_back(task.id);
    CHECK(reader(actor).count_tasks(query, 100) == static_cast<std::int64_t>(ids.size()));
    return ids;
  }

  std::string seen(const engine::Actor& actor, RecordId id) {
    const auto found = reader(actor).record(paper(), id);
    return found ? "seen" : std::string(found.error().message.text->code);
  }

  void delegate(const engine::Actor& from, const engine::Actor& to) {
    const Instant now = app.clock.now();
    REQUIRE(
        app.run({.actor = from,
                 .intent = engine::Delegate{to.account, now, {now.microseconds + kMicrosPerDay}},
                 .once = {}}));
  }
};

TEST_CASE("whoever has or had a task about a record may read it, but not find it in lists") {
  Office office;
  const RecordId first = office.add_paper("li");
  const RecordId second = office.add_paper("li");
  CHECK(office.seen(office.zhou, first) == "record.forbidden");
  CHECK(office.seen(office.han, first) == "record.not-found");
  office.add_process(first, office.li,
                     {Office::task_of(office.zhou, TaskState::Done),
                      Office::task_of(office.han, TaskState::Open)});
  CHECK(office.seen(office.zhou, first) == "seen");
  CHECK(office.seen(office.zhou, second) == "record.forbidden");
  CHECK(office.seen(office.han, first) == "seen");
  CHECK(office.seen(office.han, second) == "record.not-found");

  store::Query query;
  query.entity = &office.paper();
  query.sort.column = model::ColumnRef::of(model::SystemColumn::Id);
  CHECK(office.reader(office.han).list(query)->records.empty());
  CHECK(office.reader(office.han).count(query, 9).value() == 0);
  CHECK_FALSE(office.reader(office.zhou).list(query));

  CHECK(office.reader(office.han).history(office.paper(), first, 0, 10));
  CHECK(office.app.json_of(office.zhou, "paper", first).find(R"("name":"a")") != std::string::npos);
  // To see is not to change.
  CHECK(code_of(office.app.update(office.han, "paper", first, 1, R"({"name":"b"})")) ==
        "record.forbidden-this");
  CHECK(code_of(office.app.update(office.zhou, "paper", first, 1, R"({"name":"b"})")) ==
        "record.forbidden");
  // What one sees one may point to.
  CHECK(office.app.create(office.han, "note", R"({"paper":1})"));
  CHECK_FALSE(office.app.create(office.han, "note", R"({"paper":2})"));

  REQUIRE(office.app.remove(office.boss, "paper", first, 1));
  CHECK(office.seen(office.han, first) == "record.not-found");
  CHECK(office.seen(office.zhou, first) == "record.forbidden");
}

TEST_CASE("delegates see what they may decide, as long as they stand in") {
  Office office;
  const RecordId paper = office.add_paper("li");
  office.add_process(paper, office.li, {Office::task_of(office.zhou, TaskState::Open)});
  CHECK(office.tasks(office.han, Box::ToDo).empty());
  office.delegate(office.zhou, office.han);
  CHECK(office.tasks(office.han, Box::ToDo) == TaskIds{1});
  CHECK(office.seen(office.han, paper) == "seen");
  CHECK(office.reader(office.han).task(1));
  CHECK(office.reader(office.han).delegations().size() == 1);
  CHECK(office.reader(office.zhou).delegations().size() == 1);
  CHECK(office.reader(office.li).delegations().empty());
  office.app.clock.advance({.seconds = kSecondsPerDay});
  CHECK(office.tasks(office.han, Box::ToDo).empty());
  CHECK(office.seen(office.han, paper) == "record.not-found");
  CHECK_FALSE(office.reader(office.han).task(1));
  CHECK(office.reader(office.han).delegations().empty());
}

TEST_CASE("each box has the caller's own, and nothing of records that are deleted") {
  Office office;
  const RecordId first = office.add_paper("li");
  const RecordId second = office.add_paper("han");
  Task copy = Office::task_of(office.han, TaskState::Open);
  copy.kind = engine::TaskKind::Copy;
  office.add_process(
      first, office.li,
      {Office::task_of(office.zhou, TaskState::Open), Office::task_of(office.boss, TaskState::Done),
       Office::task_of(office.han, TaskState::Waiting), copy});
  office.add_process(second, office.han, {Office::task_of(office.zhou, TaskState::Done)});
  CHECK(office.tasks(office.zhou, Box::ToDo) == TaskIds{1});
  CHECK(office.tasks(office.zhou, Box::Done) == TaskIds{5});
  CHECK(office.tasks(office.boss, Box::ToDo).empty());
  CHECK(office.tasks(office.boss, Box::Done) == TaskIds{2});
  CHECK(office.tasks(office.han, Box::Copies) == TaskIds{4});
  CHECK(office.tasks(office.li, Box::Copies).empty());
  CHECK(office.tasks(office.li, Box::Waiting, first) == TaskIds{1});
  CHECK(office.tasks(office.li, Box::Waiting, second).empty());
  // Of visible records every task may be looked at.
  CHECK(office.reader(office.li).task(1));
  const auto hidden = office.reader(office.li).task(5);
  const auto missing = office.reader(office.li).task(99);
  CHECK(render(hidden.error().message, Language::English) ==
        "there is no task 5, or it is not open to you");
  CHECK(render(missing.error().message, Language::English) ==
        "there is no task 99, or it is not open to you");
  REQUIRE(office.app.remove(office.boss, "paper", second, 1));
  CHECK(office.tasks(office.zhou, Box::Done).empty());
  CHECK_FALSE(office.reader(office.zhou).task(5));
}

TEST_CASE("pages of tasks go on behind the last one, and end when there are no more") {
  Office office;
  for (int i = 0; i < 25; ++i) {
    const RecordId paper = office.add_paper("li");
    office.add_process(paper, office.li, {Office::task_of(office.zhou, TaskState::Done)});
    if (i % 3 == 0) REQUIRE(office.app.remove(office.boss, "paper", paper, 1));
  }
  TaskIds ids;
  store::TaskQuery query;
  query.box = Box::Done;
  query.limit = 4;
  int pages = 0;
  do {
    const Some<Task> some = office.reader(office.zhou).tasks(query);
    for (const Task& task : some.lines) ids.push_back(task.id);
    query.after = some.next;
    ++pages;
  } while (query.after != 0);
  CHECK(ids == TaskIds{24, 23, 21, 20, 18, 17, 15, 14, 12, 11, 9, 8, 6, 5, 3, 2});
  CHECK(pages == 4);
}

TEST_CASE("approvals are told with their records, and held ones to those who may assign them") {
  Office office;
  const RecordId first = office.add_paper("li");
  const RecordId second = office.add_paper("han");
  office.add_process(first, office.li, {}, engine::StepState::Held);
  office.add_process(second, office.li, {Office::task_of(office.zhou, TaskState::Open)},
                     engine::StepState::Held);
  const auto ids = [&](const engine::Actor& actor, const store::ProcessQuery& query) {
    std::vector<engine::ProcessId> found;
    for (const Process& process : office.reader(actor).processes(query).lines) {
      found.push_back(process.id);
    }
    return found;
  };
  using Ids = std::vector<engine::ProcessId>;
  store::ProcessQuery of_first;
  of_first.entity = "paper";
  of_first.record = first;
  CHECK(ids(office.li, of_first) == Ids{1});
  CHECK(ids(office.han, of_first).empty());
  CHECK(office.reader(office.li).process(1));
  CHECK_FALSE(office.reader(office.han).process(1));
  CHECK_FALSE(office.reader(office.li).process(99));

  // What one submitted about a record that one sees no more is not told.
  store::ProcessQuery own;
  own.submitter = office.li.account;
  CHECK(ids(office.li, own) == Ids{1});
  CHECK(ids(office.boss, own).empty());

  store::ProcessQuery held;
  held.held = true;
  CHECK(ids(office.boss, held) == Ids{2, 1});
  CHECK(ids(office.li, held) == Ids{1});
  CHECK(ids(office.zhou, held).empty());  // sees the second, and may not assign it
}

TEST_CASE("timers to come are those of visible records, page by page") {
  Office office;
  const RecordId of_li = office.add_paper("li");
  const RecordId of_han = office.add_paper("han");
  office.write([&](store::Transaction& transaction) {
    for (int i = 0; i < 30; ++i) {
      Timer timer;
      timer.due_at = {testing::kMonday.microseconds + i};
      timer.entity = "paper";
      timer.record = i % 3 == 0 ? of_li : of_han;
      transaction.insert_timer(timer);
    }
  });
  const Instant until{testing::kMonday.microseconds + 20};
  std::vector<std::int64_t> found;
  std::optional<Timer> after;
  do {
    const Reader::Timers some =
        office.reader(office.li).timers(until, after ? &*after : nullptr, 2);
    for (const Timer& timer : some.timers) {
      found.push_back(timer.due_at.microseconds - testing::kMonday.microseconds);
    }
    after = some.more;
  } while (after);
  CHECK(found == std::vector<std::int64_t>{0, 3, 6, 9, 12, 15, 18});
  CHECK(office.reader(office.boss).timers(until, nullptr, 100).timers.size() == 21);
  CHECK(office.reader(office.zhou).timers(until, nullptr, 100).timers.empty());
}

TEST_CASE("stays are told of visible records") {
  Office office;
  const RecordId paper = office.add_paper("li");
  CHECK(office.reader(office.li).stays(office.paper(), paper)->size() == 1);
  CHECK_FALSE(office.reader(office.han).stays(office.paper(), paper));
}

}  // namespace
}  // namespace formwork::permissions
