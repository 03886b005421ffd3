// Processes and tasks in and out of their tables.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/store/sqlite/session.h"
#include "engine/store/store.h"

namespace formwork::store {

std::optional<Process> load_process(Session& session, ProcessId id);
std::vector<Process> load_processes(Session& session, const ProcessQuery& query);

// Both write ids into what they are given.
void write_new_process(Session& session, Process& process);
void write_process(Session& session, Process& process, const Process& before);

std::optional<Task> load_task(Session& session, TaskId id);
void write_task(Session& session, const Task& task);

// The statement behind load_tasks(), for one account or, where that is what is asked, for anybody.
std::string tasks_sql(const TaskQuery& query);
std::vector<Task> load_tasks(Session& session, const TaskQuery& query);
std::int64_t count_tasks(Session& session, const TaskQuery& query, std::int64_t at_most);
bool has_task_about(Session& session, std::span<const AccountId> accounts, std::string_view entity,
                    RecordId record);

// A row of task_columns().
Task read_task(const Statement& row);

}  // namespace formwork::store
