// What every store must do with processes, tasks, stays, timers and the organization; see
// store_contract.h.
#pragma once

#include <map>
#include <random>

#include <doctest/doctest.h>

#include "engine/store/store.h"
#include "tests/engine/store/store_fixture.h"

namespace formwork::store {

using engine::ProcessState;
using engine::ProcessStep;
using engine::StepState;
using engine::TaskKind;
using engine::TaskOutcome;
using engine::TaskState;

inline Task task_for(AccountId assignee, TaskState state = TaskState::Open,
                     TaskKind kind = TaskKind::Decide) {
  Task task;
  task.assignee = assignee;
  task.state = state;
  task.kind = kind;
  task.reason = "manager of owner";
  task.opened_at = Instant{100};
  return task;
}

// With every member set to something of its own.
inline Process process_about(RecordId record, std::vector<Task> tasks) {
  Process process;
  process.entity = "quote";
  process.record = record;
  process.chain = "quote_discount";
  process.model = "made-by-hand";
  process.submitter = 1;
  process.submitted_at = Instant{-5};
  process.stage = "评审";
  process.origin = "draft";
  process.round = 3;
  process.resume_at = 1;
  process.last_decision = 2;
  process.steps = {{.id = "manager",
                    .state = StepState::Approved,
                    .reason = "discount > 0.2: discount = 0.25",
                    .opened_at = Instant{std::numeric_limits<std::int64_t>::min()},
                    .closed_at = Instant{std::numeric_limits<std::int64_t>::max()},
                    .fingerprint = std::string("\0\xff", 2) + std::string(30, 'f'),
                    .first_seat = 300},
                   {.id = "法务", .state = StepState::Open, .opened_at = Instant{0}},
                   {.id = "finance"}};
  process.tasks = std::move(tasks);
  return process;
}

inline void work(Store& store, const std::function<void(Transaction&)>& piece) {
  REQUIRE(store.submit_and_wait([&](Transaction& transaction) {
    piece(transaction);
    return true;
  }) == Commit::Committed);
}

inline void add(Store& store, Process& process) {
  work(store, [&](Transaction& transaction) { transaction.insert_process(process); });
}

inline void check_same(const Process& a, const Process& b) {
  CHECK(a.id == b.id);
  CHECK(a.entity == b.entity);
  CHECK(a.record == b.record);
  CHECK(a.chain == b.chain);
  CHECK(a.model == b.model);
  CHECK(a.state == b.state);
  CHECK(a.submitter == b.submitter);
  CHECK(a.submitted_at == b.submitted_at);
  CHECK(a.ended_at == b.ended_at);
  CHECK(a.stage == b.stage);
  CHECK(a.origin == b.origin);
  CHECK(a.round == b.round);
  CHECK(a.resume_at == b.resume_at);
  CHECK(a.last_decision == b.last_decision);
  CHECK(a.steps == b.steps);
  CHECK(a.tasks == b.tasks);
}

inline std::vector<std::int64_t> ids(const std::vector<Task>& tasks) {
  std::vector<std::int64_t> list;
  for (const Task& task : tasks) list.push_back(task.id);
  return list;
}

inline std::vector<std::int64_t> ids(const std::vector<Process>& processes) {
  std::vector<std::int64_t> list;
  for (const Process& process : processes) list.push_back(process.id);
  return list;
}

inline std::vector<std::int64_t> ids(const std::vector<Timer>& timers) {
  std::vector<std::int64_t> list;
  for (const Timer& timer : timers) list.push_back(timer.id);
  return list;
}

TEST_CASE_TEMPLATE_DEFINE("a process comes back as it was written, and as it was changed", Backend,
                          contract_process) {
  const auto store = Backend::open(testing::shared(lead_model()));
  Task full = task_for(2, TaskState::Done);
  full.step = 1;
  full.seat = 2;
  full.place = 3;
  full.outcome = TaskOutcome::HandedOver;
  full.added_by = 4;
  full.decided_by = 5;
  full.comment = "好的";
  full.due_at = Instant{200};
  full.closed_at = Instant{201};
  full.read_at = Instant{150};
  full.urged_at = Instant{160};
  full.urged = 2;
  Process process = process_about(7, {full, task_for(3), task_for(4, TaskState::Waiting)});
  add(*store, process);
  CHECK(process.id == 1);
  CHECK(ids(process.tasks) == std::vector<std::int64_t>{1, 2, 3});
  CHECK(process.tasks[2].process == 1);
  const auto found = store->read()->find_process(1);
  REQUIRE(found);
  check_same(*found, process);
  CHECK(store->read()->find_task(1) == process.tasks[0]);
  CHECK_FALSE(store->read()->find_process(2));
  CHECK_FALSE(store->read()->find_task(4));

  const Process before = process;
  process.state = ProcessState::Returned;
  process.resume_at.reset();
  process.last_decision.reset();
  process.steps[1].state = StepState::Rejected;
  process.steps[1].closed_at = Instant{300};
  process.tasks[1].state = TaskState::Done;
  process.tasks[1].outcome = TaskOutcome::Returned;
  process.tasks[1].decided_by = 3;
  process.tasks[1].closed_at = Instant{300};
  process.tasks.push_back(task_for(1, TaskState::Open, TaskKind::Resubmit));
  work(*store, [&](Transaction& transaction) {
    transaction.update_process(process, before);
    check_same(*transaction.find_process(1), process);
  });
  CHECK(process.tasks[3].id == 4);
  check_same(*store->read()->find_process(1), process);

  Task urged = process.tasks[2];
  urged.urged = 1;
  urged.urged_at = Instant{400};
  work(*store, [&](Transaction& transaction) { transaction.update_task(urged); });
  CHECK(store->read()->find_task(3) == urged);
}

TEST_CASE_TEMPLATE_DEFINE("processes are found by record, by submitter and when they are held",
                          Backend, contract_processes) {
  const auto store = Backend::open(testing::shared(lead_model()));
  const auto make = [&](RecordId record, AccountId submitter, ProcessState state, bool held) {
    Process process = process_about(record, {task_for(9)});
    process.submitter = submitter;
    process.state = state;
    if (held) process.steps[2].state = StepState::Held;
    add(*store, process);
  };
  make(7, 1, ProcessState::Approved, false);  // 1
  make(8, 1, ProcessState::Running, true);    // 2
  make(7, 2, ProcessState::Returned, false);  // 3
  make(7, 1, ProcessState::Running, false);   // 4
  make(7, 2, ProcessState::Cancelled, true);  // 5
  const auto ask = [&](const ProcessQuery& query) { return ids(store->read()->processes(query)); };
  using Ids = std::vector<std::int64_t>;
  CHECK(ask({.entity = "quote", .record = 7}) == Ids{5, 4, 3, 1});
  CHECK(ask({.entity = "quote", .record = 7, .under_way = true}) == Ids{4, 3});
  CHECK(ask({.entity = "quote", .record = 7, .before = 4, .limit = 1}) == Ids{3});
  CHECK(ask({.entity = "lead", .record = 7}).empty());
  CHECK(ask({.submitter = 1}) == Ids{4, 2, 1});
  CHECK(ask({.submitter = 1, .under_way = true, .before = 4}) == Ids{2});
  CHECK(ask({.held = true}) == Ids{5, 2});
  CHECK(ask({.held = true, .under_way = true}) == Ids{2});
  const std::vector<Process> found = store->read()->processes({.submitter = 2});
  REQUIRE(found.size() == 2);
  CHECK(found[0].tasks.size() == 1);

  Process named = *store->read()->find_process(2);
  const Process before = named;
  named.steps[2].state = StepState::Open;
  work(*store, [&](Transaction& transaction) { transaction.update_process(named, before); });
  CHECK(ask({.held = true, .under_way = true}).empty());
}

TEST_CASE_TEMPLATE_DEFINE("each box has its tasks, in its order and page by page", Backend,
                          contract_tasks) {
  const auto store = Backend::open(testing::shared(lead_model()));
  const auto done_at = [](std::int64_t at, AccountId assignee, AccountId by) {
    Task task = task_for(assignee, TaskState::Done);
    task.outcome = TaskOutcome::Approved;
    task.decided_by = by;
    task.closed_at = Instant{at};
    return task;
  };
  Task read_copy = task_for(2, TaskState::Done, TaskKind::Copy);
  read_copy.outcome = TaskOutcome::Read;
  read_copy.read_at = Instant{9};
  Process first = process_about(7, {task_for(2), task_for(3), done_at(50, 2, 2), done_at(50, 4, 2),
                                    task_for(2, TaskState::Open, TaskKind::Copy), read_copy});
  Process second = process_about(
      8, {task_for(2, TaskState::Open, TaskKind::Resubmit), task_for(2, TaskState::Waiting),
          done_at(40, 2, 2), done_at(60, 3, 3), done_at(70, 2, 0), task_for(2, TaskState::Void),
          task_for(2, TaskState::Open, TaskKind::Copy)});
  add(*store, first);   // tasks 1 to 6
  add(*store, second);  // tasks 7 to 13

  struct Row {
    TaskQuery query;
    std::vector<std::int64_t> expected;
  };

  using Box = TaskQuery::Box;
  const std::vector<Row> rows{
      {{.box = Box::ToDo, .assignees = {2}}, {1, 7}},
      {{.box = Box::ToDo, .assignees = {3, 2}}, {1, 2, 7}},
      {{.box = Box::ToDo, .assignees = {}}, {}},
      {{.box = Box::ToDo, .assignees = {2}, .entity = "quote", .record = 8}, {7}},
      {{.box = Box::Done, .assignees = {2}}, {4, 3, 9}},
      {{.box = Box::Done, .assignees = {2, 3}}, {10, 4, 3, 9}},
      {{.box = Box::Done, .assignees = {2}, .entity = "quote", .record = 7}, {4, 3}},
      {{.box = Box::Copies, .assignees = {2}}, {13, 6, 5}},
      {{.box = Box::Copies, .assignees = {2}, .unread = true}, {13, 5}},
      {{.box = Box::Waiting, .entity = "quote", .record = 7}, {1, 2}},
      {{.box = Box::Waiting, .assignees = {3}, .entity = "quote", .record = 7}, {2}},
      {{.box = Box::Waiting}, {1, 2, 7}},
  };
  for (const Row& row : rows) {
    CAPTURE(&row - rows.data());
    const auto view = store->read();
    const std::int64_t size = std::ssize(row.expected);
    CHECK(ids(view->tasks(row.query)) == row.expected);
    CHECK(view->count_tasks(row.query, 100) == size);
    CHECK(view->count_tasks(row.query, 1) == std::min<std::int64_t>(1, size));
    TaskQuery page = row.query;
    page.limit = 1;
    std::vector<std::int64_t> walked;
    for (std::vector<Task> one = view->tasks(page); !one.empty(); one = view->tasks(page)) {
      walked.push_back(one.front().id);
      page.after = one.front().id;
    }
    CHECK(walked == row.expected);
  }

  const auto view = store->read();
  const auto involved = [&](std::vector<AccountId> accounts, RecordId record) {
    return view->is_involved(accounts, "quote", record);
  };
  CHECK(involved({4}, 7));
  CHECK_FALSE(involved({4}, 8));
  CHECK(involved({9, 2}, 8));
  CHECK_FALSE(involved({9}, 8));
  CHECK_FALSE(view->is_involved(std::vector<AccountId>{2}, "lead", 7));
}

TEST_CASE_TEMPLATE_DEFINE("a stay ends when the next one begins", Backend, contract_stays) {
  const auto store = Backend::open(testing::shared(lead_model()));
  work(*store, [](Transaction& transaction) {
    transaction.begin_stay("lead", 1, {.stage = "new", .entered_at = Instant{10}, .entered_by = 3});
    transaction.begin_stay("lead", 2, {.stage = "new", .entered_at = Instant{11}});
    transaction.begin_stay("lead", 1, {.stage = "报价", .entered_at = Instant{20}});
    transaction.begin_stay("lead", 1, {.stage = "new", .entered_at = Instant{20}});
  });
  const std::vector<Stay> stays = store->read()->stays("lead", 1);
  REQUIRE(stays.size() == 3);
  CHECK(stays[0].stage == "new");
  CHECK(stays[0].entered_by == 3);
  CHECK(stays[0].left_at == Instant{20});
  CHECK(stays[1].stage == "报价");
  CHECK(stays[1].left_at == Instant{20});
  CHECK(stays[2].entered_at == Instant{20});
  CHECK_FALSE(stays[2].left_at);
  CHECK_FALSE(store->read()->stays("lead", 2)[0].left_at);
  CHECK(store->read()->stays("quote", 1).empty());
}

TEST_CASE_TEMPLATE_DEFINE("timers fire by time and then by id, and go with what they belong to",
                          Backend, contract_timers) {
  const auto store = Backend::open(testing::shared(lead_model()));
  CHECK_FALSE(store->read()->next_timer());
  using Kind = Timer::Kind;
  std::vector<Timer> timers{
      {.due_at = Instant{30}, .kind = Kind::DwellLimit, .entity = "lead", .record = 1},
      {.due_at = Instant{10}, .kind = Kind::DwellWarning, .entity = "lead", .record = 1},
      {.due_at = Instant{30},
       .kind = Kind::TaskDeadline,
       .entity = "lead",
       .record = 1,
       .task = 5,
       .number = 2},
      {.due_at = Instant{-3}, .kind = Kind::DwellLimit, .entity = "lead", .record = 2},
      {.due_at = Instant{30}, .kind = Kind::TaskDeadline, .entity = "lead", .record = 2, .task = 6},
  };
  work(*store, [&](Transaction& transaction) {
    for (Timer& timer : timers) timer.id = transaction.insert_timer(timer);
  });
  using Ids = std::vector<std::int64_t>;
  {
    const auto view = store->read();
    CHECK(view->next_timer() == Instant{-3});
    CHECK(ids(view->timers_due(Instant{29}, nullptr, 10)) == Ids{4, 2});
    CHECK(ids(view->timers_due(Instant{30}, nullptr, 10)) == Ids{4, 2, 1, 3, 5});
    CHECK(ids(view->timers_due(Instant{30}, nullptr, 2)) == Ids{4, 2});
    CHECK(ids(view->timers_due(Instant{30}, timers.data(), 10)) == Ids{3, 5});
    const std::vector<Timer> found = view->timers_of("lead", 1);
    CHECK(ids(found) == Ids{2, 1, 3});
    CHECK(found[2].kind == Kind::TaskDeadline);
    CHECK(found[2].due_at == Instant{30});
    CHECK(found[2].entity == "lead");
    CHECK(found[2].record == 1);
    CHECK(found[2].task == 5);
    CHECK(found[2].number == 2);
  }
  work(*store, [](Transaction& transaction) {
    CHECK(transaction.delete_timer(4));
    CHECK_FALSE(transaction.delete_timer(4));
    transaction.delete_timers_of_record("lead", 1, false);
    CHECK(ids(transaction.timers_of("lead", 1)) == Ids{3});
    transaction.delete_timers_of_task(6);
    transaction.delete_timers_of_task(0);
    CHECK(ids(transaction.timers_due(Instant{99}, nullptr, 9)) == Ids{3});
    transaction.delete_timers_of_record("lead", 1, true);
    CHECK_FALSE(transaction.next_timer());
  });
  // So that nobody who read timer 5 takes this one for it.
  work(*store, [&](Transaction& transaction) { CHECK(transaction.insert_timer(timers[0]) == 6); });
}

TEST_CASE_TEMPLATE_DEFINE("timers fire in the same order as a sorted list has", Backend,
                          contract_timer_order) {
  const auto store = Backend::open(testing::shared(lead_model()));
  std::mt19937 random(11);
  std::map<std::pair<std::int64_t, TimerId>, bool> expected;
  work(*store, [&](Transaction& transaction) {
    for (int i = 0; i < 2'000; ++i) {
      const Timer timer{.due_at = Instant{static_cast<std::int64_t>(random() % 300)},
                        .entity = "lead",
                        .record = i};
      expected[{timer.due_at.microseconds, transaction.insert_timer(timer)}] = true;
    }
  });
  auto next = expected.begin();
  std::optional<Timer> last;
  const auto view = store->read();
  while (true) {
    const std::vector<Timer> due = view->timers_due(Instant{300}, last ? &*last : nullptr, 70);
    for (const Timer& timer : due) {
      REQUIRE(next != expected.end());
      CHECK(next->first == std::pair{timer.due_at.microseconds, timer.id});
      ++next;
    }
    if (due.empty()) break;
    last = due.back();
  }
  CHECK(next == expected.end());
}

TEST_CASE_TEMPLATE_DEFINE("whoever reads accounts by their version notices every change of people",
                          Backend, contract_organization) {
  const auto store = Backend::open(testing::shared(lead_model()));
  std::uint64_t version = store->access_version();
  const auto changes = [&](const std::function<void(Transaction&)>& piece) {
    work(*store, piece);
    const bool is_new = store->access_version() != version;
    version = store->access_version();
    return is_new;
  };
  Account boss{.name = "han.mei", .full_name = "韩梅"};
  Account account{
      .name = "li.lei", .full_name = "李雷", .teams = {"east", "销售"}, .heads = {"east"}};
  CHECK(changes([&](Transaction& transaction) {
    boss.id = transaction.insert_account(boss);
    account.manager = boss.id;
    account.id = transaction.insert_account(account);
  }));
  for (const std::optional<Account>& found :
       {store->read()->find_account("li.lei"), store->read()->find_account(account.id),
        std::optional(store->read()->accounts()[1])}) {
    REQUIRE(found);
    CHECK(found->manager == boss.id);
    CHECK(found->teams == account.teams);
    CHECK(found->heads == account.heads);
  }
  CHECK(store->read()->find_account(boss.id)->manager == 0);
  CHECK(store->read()->find_account(boss.id)->teams.empty());
  account.manager = 0;
  account.teams = {};
  account.heads = {"west", "east"};
  CHECK(changes([&](Transaction& transaction) { transaction.update_account(account); }));
  CHECK(store->read()->find_account(account.id)->manager == 0);
  CHECK(store->read()->find_account(account.id)->teams.empty());
  CHECK(store->read()->find_account(account.id)->heads == account.heads);

  Delegation delegation{.from = account.id,
                        .to = boss.id,
                        .starts_at = Instant{10},
                        .ends_at = Instant{20},
                        .created_by = 9};
  CHECK(changes([&](Transaction& transaction) {
    delegation.id = transaction.insert_delegation(delegation);
    transaction.insert_delegation(delegation);
  }));
  const std::vector<Delegation> found = store->read()->delegations();
  REQUIRE(found.size() == 2);
  CHECK(found[0].id == delegation.id);
  CHECK(found[0].from == account.id);
  CHECK(found[0].to == boss.id);
  CHECK(found[0].starts_at == Instant{10});
  CHECK(found[0].ends_at == Instant{20});
  CHECK(found[0].created_by == 9);
  CHECK(changes(
      [&](Transaction& transaction) { transaction.end_delegation(delegation.id, Instant{15}); }));
  CHECK(store->read()->delegations().size() == 1);
  work(*store, [](Transaction& transaction) { transaction.delete_expired(Instant{19}); });
  CHECK(store->read()->delegations().size() == 1);
  work(*store, [](Transaction& transaction) { transaction.delete_expired(Instant{20}); });
  CHECK(store->read()->delegations().empty());
}

TEST_CASE_TEMPLATE_DEFINE("history says details and causes", Backend, contract_history_detail) {
  const auto store = Backend::open(testing::shared(lead_model()));
  HistoryEntry entry;
  entry.entity = "quote";
  entry.record = 7;
  entry.action = "approved";
  entry.detail = R"({"step":"法务"})";
  entry.caused_by = 41;
  work(*store, [&](Transaction& transaction) {
    transaction.append_history(entry);
    CHECK(transaction.last_history()->detail == entry.detail);
  });
  const HistoryEntry found = store->read()->history("quote", 7, 0, 5).at(0);
  CHECK(found.detail == entry.detail);
  CHECK(found.caused_by == 41);
}

#define FW_PROCESS_CONTRACT(Backend)                         \
  TEST_CASE_TEMPLATE_INVOKE(contract_process, Backend);      \
  TEST_CASE_TEMPLATE_INVOKE(contract_processes, Backend);    \
  TEST_CASE_TEMPLATE_INVOKE(contract_tasks, Backend);        \
  TEST_CASE_TEMPLATE_INVOKE(contract_stays, Backend);        \
  TEST_CASE_TEMPLATE_INVOKE(contract_timers, Backend);       \
  TEST_CASE_TEMPLATE_INVOKE(contract_timer_order, Backend);  \
  TEST_CASE_TEMPLATE_INVOKE(contract_organization, Backend); \
  TEST_CASE_TEMPLATE_INVOKE(contract_history_detail, Backend)

}  // namespace formwork::store
