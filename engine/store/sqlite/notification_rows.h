// What people are told and given to do, and how they want to be told, in and out of their tables.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/store/sqlite/session.h"
#include "engine/store/store.h"

namespace formwork::store {

// The statements behind the two lists. `before` is where the page before ended: what waits for mail
// comes oldest first, and so goes on above it.
std::string notifications_sql(const NotificationQuery& query);
std::string todos_sql(const ToDoQuery& query);

engine::NotificationId write_notification(Session& session, const Notification& notification);
std::vector<Notification> load_notifications(Session& session, const NotificationQuery& query);
std::int64_t count_unread(Session& session, AccountId account, std::int64_t at_most);
void mark_read(Session& session, AccountId account, std::optional<engine::NotificationId> id,
               Instant at);
void forget_mail(Session& session, AccountId account);
// Some thousands of the oldest, of those that are older; whether there may be more.
bool erase_notifications(Session& session, Instant before);

engine::ToDoId write_new_todo(Session& session, const ToDo& todo);
void write_todo(Session& session, const ToDo& todo);
std::optional<ToDo> load_todo(Session& session, engine::ToDoId id);
std::vector<ToDo> load_todos(Session& session, const ToDoQuery& query);

Preferences load_preferences(Session& session, AccountId account);
void write_preferences(Session& session, AccountId account, const Preferences& preferences);

}  // namespace formwork::store
