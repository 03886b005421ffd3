// How SQLite walks to processes, tasks and timers, and how the steps of a process are packed.
#include <doctest/doctest.h>

#include "engine/store/sqlite/process_rows.h"
#include "engine/store/sqlite/process_steps.h"
#include "tests/engine/store/process_contract.h"
#include "tests/engine/store/sqlite_plans.h"

namespace formwork::store {
namespace {

TEST_CASE("processes, stays and timers are looked up in indexes, in the order that is asked") {
  Opened opened;

  struct Row {
    System statement;
    std::string search;
  };

  const std::vector<Row> rows{
      {System::FindProcess, "fw_process USING INTEGER PRIMARY KEY"},
      {System::ProcessesOfRecord, "fw_process_record (entity=? AND record=? AND rowid<?)"},
      {System::ProcessesOfSubmitter, "fw_process_submitter (submitter=? AND rowid<?)"},
      {System::ProcessesUnderWayOfSubmitter, "fw_process_under_way (submitter=? AND rowid<?)"},
      {System::ProcessesHeld, "fw_process_held (held=? AND rowid<?)"},
      {System::TasksOfProcess, "fw_task_process (process=?)"},
      {System::FindTask, "fw_task USING INTEGER PRIMARY KEY"},
      {System::IsInvolved, "fw_process_record (entity=? AND record=?)"},
      {System::IsInvolved, "fw_task_process (process=?)"},
      {System::Stays, "fw_stay USING PRIMARY KEY (entity=? AND record=?)"},
      {System::EndStay, "fw_stay USING PRIMARY KEY (entity=? AND record=?)"},
      {System::BeginStay, "fw_stay USING PRIMARY KEY (entity=? AND record=?)"},
      {System::TimersDue, "fw_timer_due (due_at>? AND due_at<?)"},
      {System::DeleteTimer, "fw_timer USING INTEGER PRIMARY KEY"},
      {System::DeleteTimersOfTask, "fw_timer_task (task=?)"},
      {System::DeleteTimersOfRecord, "fw_timer_record (entity=? AND record=?)"},
      {System::DeleteDwellTimersOfRecord, "fw_timer_record (entity=? AND record=?)"},
  };
  for (const Row& row : rows) opened.check_sought(text_of(row.statement), row.search);
  // The first entry of the index; of a record there are few timers to sort.
  CHECK(opened.plan_of(text_of(System::NextTimer)) ==
        "SCAN fw_timer USING COVERING INDEX fw_timer_due\n");
  CHECK(opened.plan_of(text_of(System::TimersOfRecord)).find("fw_timer_record (entity=?") !=
        std::string::npos);
}

TEST_CASE("boxes of tasks are ranges of an index, in order") {
  Opened opened;
  using Box = TaskQuery::Box;

  struct Row {
    TaskQuery query;
    std::string search;
  };

  const std::vector<Row> rows{
      {{.box = Box::ToDo}, "fw_task_open (assignee=?)"},
      {{.box = Box::ToDo, .after = 5}, "fw_task_open (assignee=? AND rowid>?)"},
      {{.box = Box::Done}, "fw_task_done (decided_by=?)"},
      {{.box = Box::Done, .after = 5}, "fw_task_done (decided_by=? AND closed_at<?)"},
      {{.box = Box::Copies}, "fw_task_copy (assignee=?)"},
      {{.box = Box::Copies, .unread = true}, "fw_task_unread (assignee=?)"},
      {{.box = Box::Copies, .unread = true, .after = 5}, "fw_task_unread (assignee=? AND rowid<?)"},
  };
  for (const Row& row : rows) opened.check_sought(tasks_sql(row.query), row.search);
  const std::string waiting =
      opened.plan_of(tasks_sql({.box = Box::Waiting, .entity = "quote", .record = 7}));
  CHECK(waiting.find("fw_task_process (process=?)") != std::string::npos);
  CHECK(waiting.find("fw_process_record (entity=? AND record=?)") != std::string::npos);
}

TEST_CASE("an update writes the rows that differ, and none when nothing does") {
  Opened opened;
  Process process = process_about(7, {task_for(2), task_for(3), task_for(4)});
  add(*opened.store, process);
  const std::string changes = "SELECT total_changes()";
  Plans plans(*opened.model);
  opened.store.reset();
  Session session(plans, std::make_unique<Database>(opened.folder.file("crm.db"),
                                                    Database::Options{.access = Access::Write}));
  const auto written = [&](const std::function<void(Process&)>& change) {
    const Process before = process;
    change(process);
    const std::int64_t start = session.database().number(changes);
    write_process(session, process, before);
    return session.database().number(changes) - start;
  };
  CHECK(written([](Process&) {}) == 0);
  CHECK(written([](Process& changed) { changed.tasks[1].urged = 1; }) == 1);
  CHECK(written([](Process& changed) { changed.round = 4; }) == 1);
  CHECK(written([](Process& changed) {
          changed.tasks[0].state = TaskState::Done;
          changed.steps[0].state = StepState::Rejected;
        }) == 2);
  CHECK(written([](Process& changed) { changed.tasks.push_back(task_for(5)); }) == 1);
  check_same(*load_process(session, process.id), process);
}

TEST_CASE("packed steps come back, and damaged ones are noticed") {
  using Limits = std::numeric_limits<std::int64_t>;
  std::vector<ProcessStep> steps = process_about(1, {}).steps;
  steps.push_back({.id = std::string(300, 'x'),
                   .state = StepState::Cancelled,
                   .reason = std::string("\0", 1),
                   .opened_at = Instant{-1},
                   .closed_at = Instant{1'772'413'200'000'000}});
  steps.push_back({.opened_at = Instant{Limits::max()}, .closed_at = Instant{Limits::min()}});
  const std::string packed = pack_steps(steps);
  CHECK(unpack_steps(packed) == steps);
  CHECK(unpack_steps(pack_steps({})).empty());
  for (std::size_t size = 0; size < packed.size(); ++size) {
    CHECK_THROWS(unpack_steps(std::string_view(packed).substr(0, size)));
  }
  CHECK_THROWS(unpack_steps(packed + '\0'));
  std::string newer = packed;
  newer[0] = 2;
  CHECK_THROWS(unpack_steps(newer));
  CHECK_THROWS(unpack_steps(std::string(12, '\xff')));
}

}  // namespace
}  // namespace formwork::store
