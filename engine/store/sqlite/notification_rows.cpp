#include "engine/store/sqlite/notification_rows.h"

#include <array>

#include "engine/store/sqlite/row_columns.h"

namespace formwork::store {
namespace {

// Files hold the numbers.
static_assert(static_cast<int>(Preferences::Digest::Hourly) == 1 &&
              static_cast<int>(Preferences::Digest::Daily) == 2);

constexpr std::array kNotificationColumns{row_column<&Notification::account>("account"),
                                          row_column<&Notification::at>("at"),
                                          row_column<&Notification::title>("title"),
                                          row_column<&Notification::text>("text"),
                                          row_column<&Notification::entity>("entity"),
                                          row_column<&Notification::record>("record"),
                                          row_column<&Notification::rule>("rule"),
                                          row_column<&Notification::urgent>("urgent"),
                                          row_column<&Notification::read_at>("read_at"),
                                          row_column<&Notification::in_inbox>("in_inbox"),
                                          row_column<&Notification::mail_pending>("mail_pending")};

constexpr std::array kToDoColumns{
    row_column<&ToDo::assignee>("assignee"), row_column<&ToDo::title>("title"),
    row_column<&ToDo::entity>("entity"),     row_column<&ToDo::record>("record"),
    row_column<&ToDo::rule>("rule"),         row_column<&ToDo::created_at>("created_at"),
    row_column<&ToDo::due_at>("due_at"),     row_column<&ToDo::done_at>("done_at"),
    row_column<&ToDo::done_by>("done_by")};

Notification read_notification(const Statement& row) {
  int column = 0;
  Notification notification;
  notification.id = row.number(column++);
  notification.account = row.number(column++);
  notification.at = Instant{row.number(column++)};
  notification.title = row.text(column++);
  notification.text = row.text(column++);
  notification.entity = row.text(column++);
  notification.record = row.number(column++);
  notification.rule = row.text(column++);
  notification.urgent = row.number(column++) != 0;
  notification.read_at = row_columns::read_moment(row, column++);
  notification.in_inbox = row.number(column++) != 0;
  notification.mail_pending = row.number(column++) != 0;
  return notification;
}

ToDo read_todo(const Statement& row) {
  int column = 0;
  ToDo todo;
  todo.id = row.number(column++);
  todo.assignee = row.number(column++);
  todo.title = row.text(column++);
  todo.entity = row.text(column++);
  todo.record = row.number(column++);
  todo.rule = row.text(column++);
  todo.created_at = Instant{row.number(column++)};
  todo.due_at = row_columns::read_moment(row, column++);
  todo.done_at = row_columns::read_moment(row, column++);
  todo.done_by = row.number(column++);
  return todo;
}

std::string shape_of(const NotificationQuery& query) {
  std::string shape = "notifications";
  shape += query.mail_pending ? 'm' : '.';
  shape += query.unread ? 'u' : '.';
  return shape;
}

std::string shape_of(const ToDoQuery& query) {
  std::string shape = "todos";
  shape += query.entity.empty() ? '.' : 'r';
  shape += query.assignee == 0 ? '.' : 'a';
  shape += query.open ? 'o' : 'd';
  return shape;
}

std::optional<TimeOfDay> read_time(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return TimeOfDay::from_microseconds(row.number(column));
}

void bind_time(Statement& statement, int parameter, const std::optional<TimeOfDay>& time) {
  if (!time) return statement.bind_null(parameter);
  statement.bind(parameter, time->to_microseconds());
}

}  // namespace

std::string notifications_sql(const NotificationQuery& query) {
  std::string sql = "SELECT ";
  sql.append(notification_columns()).append(" FROM fw_notification INDEXED BY ");
  if (query.mail_pending) {
    sql += "fw_notification_mail WHERE account = ? AND mail_pending = 1";
  } else if (query.unread) {
    sql += "fw_notification_unread WHERE account = ? AND in_inbox = 1";
  } else {
    sql += "fw_notification_inbox WHERE account = ? AND in_inbox = 1";
  }
  if (query.unread) sql += " AND read_at IS NULL";
  return sql + (query.mail_pending ? " AND id > ? ORDER BY id LIMIT ?"
                                   : " AND id < ? ORDER BY id DESC LIMIT ?");
}

engine::NotificationId write_notification(Session& session, const Notification& notification) {
  return insert_row<Notification>(session, "fw_notification", kNotificationColumns, notification);
}

std::vector<Notification> load_notifications(Session& session, const NotificationQuery& query) {
  std::vector<Notification> notifications;
  const Running select =
      session.use_shape(shape_of(query), [&] { return notifications_sql(query); });
  select->bind(1, query.account);
  // Where the page before ended: the oldest come first of what waits for mail.
  select->bind(2, query.mail_pending ? query.before : row_columns::below(query.before));
  select->bind(3, static_cast<std::int64_t>(query.limit));
  while (select->step()) notifications.push_back(read_notification(*select));
  return notifications;
}

std::int64_t count_unread(Session& session, AccountId account, std::int64_t at_most) {
  const Running count = session.use(System::CountUnread);
  count->bind(1, account);
  count->bind(2, at_most);
  return count->step() ? count->number(0) : 0;
}

void mark_read(Session& session, AccountId account, std::optional<engine::NotificationId> id,
               Instant at) {
  const Running update = session.use(id ? System::ReadNotification : System::ReadNotifications);
  update->bind(1, at.microseconds);
  update->bind(2, account);
  if (id) update->bind(3, *id);
  update->step();
}

void forget_mail(Session& session, AccountId account) {
  const Running update = session.use(System::ClearMailPending);
  update->bind(1, account);
  update->step();
}

bool erase_notifications(Session& session, Instant before) {
  return row_columns::erase_old(session, System::DeleteNotifications, before);
}

// Of a record there are few, in no order of an index.
std::string todos_sql(const ToDoQuery& query) {
  const bool of_record = !query.entity.empty();
  std::string sql = "SELECT ";
  sql.append(todo_columns()).append(" FROM fw_todo INDEXED BY ");
  sql += query.open ? "fw_todo_open" : "fw_todo_done";
  if (of_record) sql += "_of_record";
  sql += query.open ? " WHERE done_at IS NULL" : " WHERE done_at IS NOT NULL";
  if (of_record) sql += " AND entity = ? AND record = ?";
  if (query.assignee != 0 || !of_record) sql += " AND assignee = ?";
  sql += query.open ? " ORDER BY ifnull(due_at, 9223372036854775807), id"
                    : " ORDER BY done_at DESC, id DESC";
  return sql + " LIMIT ?";
}

engine::ToDoId write_new_todo(Session& session, const ToDo& todo) {
  return insert_row<ToDo>(session, "fw_todo", kToDoColumns, todo);
}

void write_todo(Session& session, const ToDo& todo) {
  const std::optional<ToDo> before = load_todo(session, todo.id);
  if (!before) return;
  ToDo after = *before;
  after.assignee = todo.assignee;
  after.done_at = todo.done_at;
  after.done_by = todo.done_by;
  update_row<ToDo>(session, "fw_todo", kToDoColumns, after, *before);
}

std::optional<ToDo> load_todo(Session& session, engine::ToDoId id) {
  const Running select = session.use(System::FindToDo);
  select->bind(1, id);
  if (!select->step()) return std::nullopt;
  return read_todo(*select);
}

std::vector<ToDo> load_todos(Session& session, const ToDoQuery& query) {
  std::vector<ToDo> todos;
  const Running select = session.use_shape(shape_of(query), [&] { return todos_sql(query); });
  int parameter = 0;
  if (!query.entity.empty()) {
    select->bind(++parameter, std::string_view(query.entity));
    select->bind(++parameter, query.record);
  }
  if (query.assignee != 0 || query.entity.empty()) select->bind(++parameter, query.assignee);
  select->bind(++parameter, static_cast<std::int64_t>(query.limit));
  while (select->step()) todos.push_back(read_todo(*select));
  return todos;
}

Preferences load_preferences(Session& session, AccountId account) {
  const Running select = session.use(System::FindPreferences);
  select->bind(1, account);
  if (!select->step()) return {};
  return {.mail = select->number(0) != 0,
          .quiet_from = read_time(*select, 1),
          .quiet_to = read_time(*select, 2),
          .digest = static_cast<Preferences::Digest>(select->number(3)),
          .digest_at = TimeOfDay::from_microseconds(select->number(4))};
}

void write_preferences(Session& session, AccountId account, const Preferences& preferences) {
  const Running insert = session.use(System::PutPreferences);
  insert->bind(1, account);
  insert->bind(2, std::int64_t{preferences.mail});
  bind_time(*insert, 3, preferences.quiet_from);
  bind_time(*insert, 4, preferences.quiet_to);
  insert->bind(5, static_cast<std::int64_t>(preferences.digest));
  insert->bind(6, preferences.digest_at.to_microseconds());
  insert->step();
}

}  // namespace formwork::store
