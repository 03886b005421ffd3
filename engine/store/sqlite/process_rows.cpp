#include "engine/store/sqlite/process_rows.h"

#include <algorithm>
#include <array>

#include "engine/store/sqlite/process_steps.h"
#include "engine/store/sqlite/row_columns.h"

namespace formwork::store {
namespace {

using engine::ProcessState;
using engine::ProcessStep;
using engine::StepState;
using engine::TaskKind;
using engine::TaskOutcome;
using engine::TaskState;

// Files hold the numbers of these, and indexes and statements ask for some of them.
static_assert(static_cast<int>(ProcessState::Returned) == 1 &&
              static_cast<int>(ProcessState::Cancelled) == 5);
static_assert(static_cast<int>(StepState::Cancelled) == 7);
static_assert(static_cast<int>(TaskKind::Resubmit) == 1 && static_cast<int>(TaskKind::Copy) == 2);
static_assert(static_cast<int>(TaskState::Open) == 1 && static_cast<int>(TaskState::Done) == 2 &&
              static_cast<int>(TaskState::Void) == 3);
static_assert(static_cast<int>(TaskOutcome::HandedOver) == 13);

constexpr std::string_view kProcesses = "fw_process";
constexpr std::string_view kTasks = "fw_task";

bool is_held(const Process& process) {
  return std::any_of(process.steps.begin(), process.steps.end(),
                     [](const ProcessStep& step) { return step.state == StepState::Held; });
}

constexpr std::array kProcessColumns{
    row_column<&Process::entity>("entity"),
    row_column<&Process::record>("record"),
    row_column<&Process::chain>("chain"),
    row_column<&Process::model>("model"),
    row_column<&Process::state>("state"),
    RowColumn<Process>{"held",
                       [](const Process& a, const Process& b) { return is_held(a) != is_held(b); },
                       [](Statement& statement, int parameter, const Process& process) {
                         statement.bind(parameter, std::int64_t{is_held(process)});
                       }},
    row_column<&Process::submitter>("submitter"),
    row_column<&Process::submitted_at>("submitted_at"),
    row_column<&Process::ended_at>("ended_at"),
    row_column<&Process::stage>("stage"),
    row_column<&Process::origin>("origin"),
    row_column<&Process::round>("round"),
    row_column<&Process::resume_at>("resume_at"),
    row_column<&Process::last_decision>("last_decision"),
    RowColumn<Process>{"steps",
                       [](const Process& a, const Process& b) { return a.steps != b.steps; },
                       [](Statement& statement, int parameter, const Process& process) {
                         statement.bind_blob_copy(parameter, pack_steps(process.steps));
                       }}};

constexpr std::array kTaskColumns{row_column<&Task::process>("process"),
                                  row_column<&Task::step>("step"),
                                  row_column<&Task::seat>("seat"),
                                  row_column<&Task::place>("place"),
                                  row_column<&Task::kind>("kind"),
                                  row_column<&Task::state>("state"),
                                  row_column<&Task::outcome>("outcome"),
                                  row_column<&Task::assignee>("assignee"),
                                  row_column<&Task::reason>("reason"),
                                  row_column<&Task::added_by>("added_by"),
                                  row_column<&Task::decided_by>("decided_by"),
                                  row_column<&Task::comment>("comment"),
                                  row_column<&Task::opened_at>("opened_at"),
                                  row_column<&Task::due_at>("due_at"),
                                  row_column<&Task::closed_at>("closed_at"),
                                  row_column<&Task::read_at>("read_at"),
                                  row_column<&Task::urged_at>("urged_at"),
                                  row_column<&Task::urged>("urged")};

std::size_t index(const Statement& row, int column) {
  return static_cast<std::size_t>(row.number(column));
}

// In the order of FW_PROCESS_COLUMNS; without tasks.
Process read_process(const Statement& row) {
  int column = 0;
  Process process;
  process.id = row.number(column++);
  process.entity = row.text(column++);
  process.record = row.number(column++);
  process.chain = row.text(column++);
  process.model = row.text(column++);
  process.state = static_cast<ProcessState>(row.number(column++));
  process.submitter = row.number(column++);
  process.submitted_at = Instant{row.number(column++)};
  process.ended_at = row_columns::read_moment(row, column++);
  process.stage = row.text(column++);
  process.origin = row.text(column++);
  process.round = row.number(column++);
  if (!row.is_null(column)) process.resume_at = index(row, column);
  ++column;
  if (!row.is_null(column)) process.last_decision = index(row, column);
  process.steps = unpack_steps(row.blob(++column));
  return process;
}

void add_tasks(Session& session, Process& process) {
  const Running select = session.use(System::TasksOfProcess);
  select->bind(1, process.id);
  while (select->step()) process.tasks.push_back(read_task(*select));
}

System statement_of(const ProcessQuery& query) {
  if (!query.entity.empty()) return System::ProcessesOfRecord;
  if (query.held) return System::ProcessesHeld;
  return query.under_way ? System::ProcessesUnderWayOfSubmitter : System::ProcessesOfSubmitter;
}

void bind_query(Statement& select, const ProcessQuery& query) {
  int parameter = 0;
  if (!query.entity.empty()) {
    select.bind(++parameter, std::string_view(query.entity));
    select.bind(++parameter, query.record);
  } else if (!query.held) {
    select.bind(++parameter, query.submitter);
  }
  select.bind(++parameter, row_columns::below(query.before));
  if (!query.entity.empty() || query.held) {
    select.bind(++parameter, std::int64_t{query.under_way});
  }
  select.bind(++parameter, static_cast<std::int64_t>(query.limit));
}

void write_new_task(Session& session, Task& task, ProcessId process) {
  task.process = process;
  task.id = insert_row<Task>(session, kTasks, kTaskColumns, task);
}

}  // namespace

Task read_task(const Statement& row) {
  int column = 0;
  Task task;
  task.id = row.number(column++);
  task.process = row.number(column++);
  task.step = index(row, column++);
  task.seat = index(row, column++);
  task.place = index(row, column++);
  task.kind = static_cast<TaskKind>(row.number(column++));
  task.state = static_cast<TaskState>(row.number(column++));
  task.outcome = static_cast<TaskOutcome>(row.number(column++));
  task.assignee = row.number(column++);
  task.reason = row.text(column++);
  task.added_by = row.number(column++);
  task.decided_by = row.number(column++);
  task.comment = row.text(column++);
  task.opened_at = row_columns::read_moment(row, column++);
  task.due_at = row_columns::read_moment(row, column++);
  task.closed_at = row_columns::read_moment(row, column++);
  task.read_at = row_columns::read_moment(row, column++);
  task.urged_at = row_columns::read_moment(row, column++);
  task.urged = row.number(column++);
  return task;
}

std::optional<Process> load_process(Session& session, ProcessId id) {
  std::optional<Process> process;
  {
    const Running select = session.use(System::FindProcess);
    select->bind(1, id);
    if (!select->step()) return std::nullopt;
    process = read_process(*select);
  }
  add_tasks(session, *process);
  return process;
}

std::vector<Process> load_processes(Session& session, const ProcessQuery& query) {
  std::vector<Process> processes;
  {
    const Running select = session.use(statement_of(query));
    bind_query(*select, query);
    while (select->step()) processes.push_back(read_process(*select));
  }
  for (Process& process : processes) add_tasks(session, process);
  return processes;
}

void write_new_process(Session& session, Process& process) {
  process.id = insert_row<Process>(session, kProcesses, kProcessColumns, process);
  for (Task& task : process.tasks) write_new_task(session, task, process.id);
}

void write_process(Session& session, Process& process, const Process& before) {
  update_row<Process>(session, kProcesses, kProcessColumns, process, before);
  for (std::size_t i = 0; i < process.tasks.size(); ++i) {
    Task& task = process.tasks[i];
    if (task.id == 0) {
      write_new_task(session, task, process.id);
    } else if (i < before.tasks.size() && before.tasks[i].id == task.id) {
      update_row<Task>(session, kTasks, kTaskColumns, task, before.tasks[i]);
    } else {
      write_task(session, task);
    }
  }
}

std::optional<Task> load_task(Session& session, TaskId id) {
  const Running select = session.use(System::FindTask);
  select->bind(1, id);
  if (!select->step()) return std::nullopt;
  return read_task(*select);
}

void write_task(Session& session, const Task& task) {
  const std::optional<Task> before = load_task(session, task.id);
  if (before) update_row<Task>(session, kTasks, kTaskColumns, task, *before);
}

}  // namespace formwork::store
