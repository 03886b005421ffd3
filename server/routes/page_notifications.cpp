#include "server/routes/page_notifications.h"

#include <algorithm>

#include "engine/store/newest_first.h"
#include "server/routes/page_errors.h"
#include "server/routes/page_form.h"
#include "server/routes/request_texts.h"
#include "server/routes/targets.h"

namespace formwork::routes {
namespace {

using engine::Preferences;
using engine::Refusal;
using Wanted = Expected<engine::Intent, Refusal>;

constexpr std::size_t kLinesOnPage = 30;

Refusal refused(const MessageText& text) {
  return {engine::RefusalKind::Invalid, {&text, {}}, {}, {}, 0};
}

// The record that a notification leads to, if it can be opened.
const model::Entity* subject_of(const engine::Notification& told, PageView& view,
                                const Exchange& exchange) {
  const model::Entity* entity = exchange.engine().model().find_entity(told.entity);
  if (entity == nullptr) return nullptr;
  return view.reader().record(*entity, told.record) ? entity : nullptr;
}

http::Response notifications_page(const Exchange& exchange) {
  PageView view(exchange);
  const std::string* unread = exchange.parameter("unread");
  const std::string* after = exchange.parameter("after");
  pages::NotificationsPage page;
  page.unread = unread != nullptr && *unread == "true";
  auto found =
      view.reader().notifications({.unread = page.unread,
                                   .before = after == nullptr ? 0 : parse_id(*after).value_or(0),
                                   .limit = kLinesOnPage});
  for (engine::Notification& told : found.lines) {
    const model::Entity* entity = subject_of(told, view, exchange);
    page.lines.push_back({std::move(told), entity});
  }
  page.next = found.next;
  return page_response(200, exchange.services.pages.notifications(view.counted_frame(), page),
                       exchange);
}

http::Response preferences_page(int status, const pages::RefusedForm* refused,
                                const Exchange& exchange) {
  PageView view(exchange);
  pages::PreferencesPage page{.preferences = view.reader().preferences(),
                              .absences = view.reader().absences(),
                              .refused = {}};
  if (refused != nullptr) page.refused = *refused;
  return page_response(status, exchange.services.pages.preferences(view.counted_frame(), page),
                       exchange);
}

// A form of the page of preferences.
void change(Exchange exchange, pages::Done done,
            Wanted (*read)(const Submission&, const Exchange&)) {
  auto submission = accept(exchange);
  if (!submission) return;
  Wanted wanted = read(*submission, exchange);
  carry_out(
      {.exchange = std::move(exchange),
       .submission = std::move(*submission),
       .show_again = [](int status, const pages::RefusedForm& again,
                        const Exchange& asked) { return preferences_page(status, &again, asked); }},
      std::move(wanted), "/preferences", done);
}

Preferences::Digest digest_of(std::string_view name) {
  if (name == "hourly") return Preferences::Digest::Hourly;
  return name == "daily" ? Preferences::Digest::Daily : Preferences::Digest::None;
}

Wanted read_preferences(const Submission& form, const Exchange&) {
  Preferences preferences;
  preferences.mail = form.value("mail") == "true";
  preferences.digest = digest_of(form.value("digest"));
  bool is_readable = true;
  const auto time = [&](std::string_view name) {
    const std::optional<TimeOfDay> read = parse_time(form.value(name));
    if (!read && !form.value(name).empty()) is_readable = false;
    return read;
  };
  preferences.quiet_from = time("quiet_from");
  preferences.quiet_to = time("quiet_to");
  preferences.digest_at = time("digest_at").value_or(preferences.digest_at);
  if (!is_readable) return Unexpected(refused(texts::kNotATime));
  return engine::Intent(engine::ChangePreferences{preferences});
}

// The whole days from one to the other, both included, in the app's time zone.
Wanted read_absence(const Submission& form, const Exchange& exchange) {
  const auto starts = parse_date(form.value("starts"));
  const auto ends = parse_date(form.value("ends"));
  if (!starts || !ends) return Unexpected(refused(texts::kNoDays));
  const TimeZone& zone = *exchange.engine().model().app.time_zone;
  const Instant begin = zone.to_instant({*starts, {}});
  const Instant end = zone.to_instant({from_days(to_days(*ends) + 1), {}});
  return engine::Intent(
      engine::AddAbsence{.starts_at = std::max(begin, exchange.engine().clock().now()),
                         .ends_at = end,
                         .reason = std::string(form.value("reason"))});
}

http::Response error_of(const pages::RefusedForm& refused, const Exchange& exchange) {
  return refusal_page(*refused.refusal, nullptr, exchange);
}

// A button: what it wants, and where it leads.
void press(Exchange exchange, engine::Intent intent, const std::string& location, pages::Done done,
           Submission submission) {
  carry_out({.exchange = std::move(exchange),
             .submission = std::move(submission),
             .show_again = [](int, const pages::RefusedForm& again,
                              const Exchange& asked) { return error_of(again, asked); }},
            std::move(intent), location, done);
}

}  // namespace

std::vector<pages::ToDoItem> todo_items(PageView& view, const Exchange& exchange,
                                        store::ToDoQuery query) {
  std::vector<pages::ToDoItem> items;
  for (engine::ToDo& todo : view.reader().todos(query)) {
    pages::ToDoItem item{.todo = std::move(todo)};
    item.entity = exchange.engine().model().find_entity(item.todo.entity);
    item.may_finish = item.todo.assignee == exchange.actor().account;
    if (item.entity != nullptr) {
      const auto record = view.reader().record(*item.entity, item.todo.record);
      if (!record) continue;
      item.title = permissions::title_of(*item.entity, *record, view.showing());
      item.may_finish =
          item.may_finish || view.reader().may(model::Action::Assign, *item.entity, *record);
    }
    items.push_back(std::move(item));
  }
  return items;
}

void page_notifications(Exchange exchange) { exchange.answer(notifications_page(exchange)); }

void post_read_notification(Exchange exchange) {
  auto submission = accept(exchange);
  if (!submission) return;
  const std::int64_t id = parse_id(exchange.captures[0]).value_or(0);
  std::string location = "/notifications";
  {
    PageView view(exchange);
    const auto found =
        view.reader().notifications({.before = store::beginning_with(id), .limit = 1});
    if (!found.lines.empty() && found.lines.front().id == id) {
      const engine::Notification& told = found.lines.front();
      const model::Entity* entity = subject_of(told, view, exchange);
      if (entity != nullptr) location = page_path(*entity, told.record);
    }
  }
  press(std::move(exchange), engine::ReadNotifications{id}, location, pages::Done::Nothing,
        std::move(*submission));
}

void post_read_notifications(Exchange exchange) {
  auto submission = accept(exchange);
  if (!submission) return;
  press(std::move(exchange), engine::ReadNotifications{}, "/notifications", pages::Done::Read,
        std::move(*submission));
}

void post_finish_todo(Exchange exchange) {
  auto submission = accept(exchange);
  if (!submission) return;
  const std::int64_t id = parse_id(exchange.captures[0]).value_or(0);
  const std::string_view next = submission->value("next");
  const std::string location = next.empty() ? "/" : session::local_path(next);
  press(std::move(exchange), engine::FinishToDo{id}, location, pages::Done::ToDoDone,
        std::move(*submission));
}

void page_preferences(Exchange exchange) {
  exchange.answer(preferences_page(200, nullptr, exchange));
}

void post_preferences(Exchange exchange) {
  change(std::move(exchange), pages::Done::PreferencesSaved, read_preferences);
}

void post_absence(Exchange exchange) {
  change(std::move(exchange), pages::Done::AbsenceAdded, read_absence);
}

void post_end_absence(Exchange exchange) {
  change(std::move(exchange), pages::Done::AbsenceEnded,
         [](const Submission&, const Exchange& asked) -> Wanted {
           return engine::Intent(engine::EndAbsence{parse_id(asked.captures[0]).value_or(0)});
         });
}

}  // namespace formwork::routes
