// Boxes of tasks. Each account's part is a range of an index that is in order already, so the parts
// are read one by one and merged.
#include <algorithm>
#include <limits>

#include "engine/store/sqlite/process_rows.h"
#include "engine/store/sqlite/system_statements.h"

namespace formwork::store {
namespace {

using Box = TaskQuery::Box;

constexpr std::string_view kOfRecord =
    " AND process IN (SELECT id FROM fw_process WHERE entity = ? AND record = ?)";

bool asks_anybody(const TaskQuery& query) {
  return query.box == Box::Waiting && query.assignees.empty();
}

bool is_newest_first(Box box) { return box == Box::Done || box == Box::Copies; }

// What a box asks for, in the words of the index that it is read from.
std::string_view box_sql(const TaskQuery& query) {
  switch (query.box) {
    case Box::ToDo:
    case Box::Waiting:
      return "state = 1 AND kind < 2 AND assignee = ?";
    case Box::Done:
      return "state = 2 AND kind < 2 AND decided_by = ?";
    case Box::Copies:
      return query.unread ? "kind = 2 AND read_at IS NULL AND state < 3 AND assignee = ?"
                          : "kind = 2 AND state < 3 AND assignee = ?";
  }
  return "0";
}

std::string_view after_sql(Box box) {
  switch (box) {
    case Box::ToDo:
    case Box::Waiting:
      return " AND id > ?";
    case Box::Done:
      return " AND (closed_at, id) < (SELECT closed_at, id FROM fw_task WHERE id = ?)";
    case Box::Copies:
      return " AND id < ?";
  }
  return "";
}

std::string_view order_sql(Box box) {
  if (box == Box::Done) return " ORDER BY closed_at DESC, id DESC";
  return is_newest_first(box) ? " ORDER BY id DESC" : " ORDER BY id";
}

// Whatever is open of anybody: about one record through its processes, else through the index of
// open tasks, which is in another order.
std::string anybody_sql(const TaskQuery& query) {
  if (!query.entity.empty()) return "state = 1 AND kind < 2" + std::string(kOfRecord);
  return "state = 1 AND kind < 2";
}

std::string shape_of(const TaskQuery& query, bool of_anybody, char purpose) {
  std::string shape = "t";
  shape += purpose;
  shape += static_cast<char>('0' + static_cast<int>(query.box));
  shape += of_anybody ? 'a' : '1';
  shape += query.entity.empty() ? '.' : 'r';
  shape += query.unread ? 'u' : '.';
  shape += query.after == 0 ? '.' : '+';
  return shape;
}

std::string condition_sql(const TaskQuery& query, bool of_anybody) {
  std::string sql = " FROM fw_task";
  if (of_anybody) {
    if (query.entity.empty()) sql += " INDEXED BY fw_task_open";
    sql += " WHERE " + anybody_sql(query);
  } else {
    sql.append(" WHERE ").append(box_sql(query));
    if (!query.entity.empty()) sql += kOfRecord;
  }
  if (query.after != 0) sql += after_sql(query.box);
  return sql;
}

// Returns the last parameter.
int bind_condition(Statement& statement, const TaskQuery& query, std::optional<AccountId> account) {
  int parameter = 0;
  if (account) statement.bind(++parameter, *account);
  if (!query.entity.empty()) {
    statement.bind(++parameter, std::string_view(query.entity));
    statement.bind(++parameter, query.record);
  }
  if (query.after != 0) statement.bind(++parameter, query.after);
  return parameter;
}

void add_part(Session& session, const TaskQuery& query, std::optional<AccountId> account,
              std::vector<Task>& tasks) {
  const Running select =
      session.use_shape(shape_of(query, !account, 'l'), [&] { return tasks_sql(query); });
  const int last = bind_condition(*select, query, account);
  select->bind(last + 1, static_cast<std::int64_t>(query.limit));
  while (select->step()) tasks.push_back(read_task(*select));
}

std::int64_t count_part(Session& session, const TaskQuery& query, std::optional<AccountId> account,
                        std::int64_t at_most) {
  const Running count = session.use_shape(shape_of(query, !account, 'c'), [&] {
    return "SELECT count(*) FROM (SELECT 1" + condition_sql(query, !account) + " LIMIT ?)";
  });
  count->bind(bind_condition(*count, query, account) + 1, at_most);
  return count->step() ? count->number(0) : 0;
}

void put_in_order(std::vector<Task>& tasks, Box box) {
  std::sort(tasks.begin(), tasks.end(), [box](const Task& a, const Task& b) {
    if (box == Box::Done && a.closed_at != b.closed_at) return a.closed_at > b.closed_at;
    return is_newest_first(box) ? a.id > b.id : a.id < b.id;
  });
}

}  // namespace

std::string tasks_sql(const TaskQuery& query) {
  std::string sql = "SELECT ";
  sql.append(task_columns()).append(condition_sql(query, asks_anybody(query)));
  return sql.append(order_sql(query.box)).append(" LIMIT ?");
}

std::vector<Task> load_tasks(Session& session, const TaskQuery& query) {
  std::vector<Task> tasks;
  if (asks_anybody(query)) {
    add_part(session, query, std::nullopt, tasks);
    return tasks;
  }
  for (const AccountId account : query.assignees) add_part(session, query, account, tasks);
  if (query.assignees.size() > 1) put_in_order(tasks, query.box);
  if (tasks.size() > query.limit) tasks.resize(query.limit);
  return tasks;
}

std::int64_t count_tasks(Session& session, const TaskQuery& query, std::int64_t at_most) {
  if (asks_anybody(query)) return count_part(session, query, std::nullopt, at_most);
  std::int64_t count = 0;
  for (const AccountId account : query.assignees) {
    if (count < at_most) count += count_part(session, query, account, at_most - count);
  }
  return count;
}

bool has_task_about(Session& session, std::span<const AccountId> accounts, std::string_view entity,
                    RecordId record) {
  return std::any_of(accounts.begin(), accounts.end(), [&](AccountId account) {
    const Running select = session.use(System::IsInvolved);
    select->bind(1, entity);
    select->bind(2, record);
    select->bind(3, account);
    return select->step();
  });
}

}  // namespace formwork::store
