// The part of a Turn that is about what people are told and have to do.
#include <algorithm>
#include <limits>

#include "engine/pipeline/notification_texts.h"
#include "engine/pipeline/showing.h"
#include "engine/pipeline/turn.h"
#include "engine/records/rights.h"
#include "engine/store/newest_first.h"

namespace formwork::engine {
namespace {

// No record has more of them.
constexpr std::size_t kMostToDos = std::numeric_limits<std::int32_t>::max();

Refusal unknown(const MessageText& text, std::int64_t id) {
  return refusal_of(RefusalKind::NotFound, text, {{"id", std::to_string(id)}});
}

bool is_sound(const Preferences& preferences) {
  if (preferences.quiet_from.has_value() != preferences.quiet_to.has_value()) return false;
  return !preferences.quiet_from || *preferences.quiet_from != *preferences.quiet_to;
}

}  // namespace

ToDoId Turn::give(ToDo todo, Sequence cause) {
  todo.created_at = situation_.now;
  todo.id = transaction_.insert_todo(todo);
  if (todo.due_at) set_todo_timer(todo);
  if (todo.assignee != actor_.account) tell_of_todo(todo, texts::kToDoGiven, cause);
  return todo.id;
}

void Turn::set_todo_timer(const ToDo& todo) {
  transaction_.insert_timer({.due_at = *todo.due_at,
                             .kind = Timer::Kind::ToDo,
                             .entity = todo.entity,
                             .record = todo.record,
                             .number = todo.id,
                             .rule = todo.rule});
}

void Turn::follow_todos(const Decision& decision) {
  const std::string& entity = decision.entity->name;
  const RecordId record = decision.after.id;
  if (decision.action == "deleted") {
    for (const Timer& timer : transaction_.timers_of(entity, record)) {
      if (timer.kind == Timer::Kind::ToDo) transaction_.delete_timer(timer.id);
    }
  }
  if (decision.action != "restored") return;
  const std::optional<Instant> deleted_at = decision.before->deleted_at;
  for (const ToDo& todo : transaction_.todos(
           {.assignee = 0, .entity = entity, .record = record, .limit = kMostToDos})) {
    // One that was due already when it was deleted has been told of.
    if (todo.due_at && (!deleted_at || *todo.due_at > *deleted_at)) set_todo_timer(todo);
  }
}

void Turn::tell_of_todo(const ToDo& todo, const MessageText& title, Sequence cause) {
  const model::Entity* entity = model_.find_entity(todo.entity);
  std::optional<Record> record;
  if (entity != nullptr) record = transaction_.find_record(*entity, todo.record);
  const auto say = [&](const MessageText& text, std::size_t locale, std::string_view name,
                       std::string value) {
    const Language language = showing(model_, locale, directory_).language;
    return render({&text, {{name, std::move(value)}}}, language, locale);
  };
  Telling telling{
      .to = {todo.assignee},
      .title = [&](std::size_t locale) { return say(title, locale, "what", todo.title); },
      .rule = todo.rule,
      .cause = cause};
  if (record) {
    telling.entity = entity;
    telling.record = &*record;
    telling.text = [&](std::size_t locale) {
      const fields::Showing shown = showing(model_, locale, directory_);
      return say(texts::kAboutRecord, locale, "record",
                 permissions::title_of(*entity, *record, shown));
    };
  }
  tell(telling);
}

void Turn::on_todo(const Timer& timer) {
  const std::optional<ToDo> todo = transaction_.find_todo(timer.number);
  if (!todo || todo->done_at) return;
  tell_of_todo(*todo, texts::kToDoIsDue, 0);
  const model::Entity* entity = model_.find_entity(todo->entity);
  std::optional<Record> record;
  if (entity != nullptr) record = transaction_.find_record(*entity, todo->record);
  if (!record || record->deleted_at) return;
  raise_overdue(*entity, *record, model::OverdueEvent::ToDo, 0);
}

Expected<Outcome, Refusal> Turn::finish(const FinishToDo& finish) {
  std::optional<ToDo> todo = transaction_.find_todo(finish.id);
  if (!todo) return Unexpected(unknown(texts::kNoSuchToDo, finish.id));
  const model::Entity* entity = model_.find_entity(todo->entity);
  std::optional<Record> record;
  if (entity != nullptr) record = transaction_.find_record(*entity, todo->record);
  const bool is_visible = record && records::may(situation_, model::Action::View, *entity, *record);
  if (todo->assignee != actor_.account) {
    if (!is_visible) return Unexpected(unknown(texts::kNoSuchToDo, finish.id));
    if (auto refusal = records::refuse(situation_, model::Action::Assign, *entity, *record)) {
      return Unexpected(std::move(*refusal));
    }
  }
  Outcome outcome{.changed = !todo->done_at};
  if (is_visible) {
    outcome.entity = entity;
    outcome.record = std::move(*record);
  }
  if (todo->done_at) return outcome;
  todo->done_at = situation_.now;
  todo->done_by = actor_.account;
  transaction_.update_todo(*todo);
  if (!todo->due_at || todo->entity.empty()) return outcome;
  for (const Timer& timer : transaction_.timers_of(todo->entity, todo->record)) {
    const bool is_its = timer.kind == Timer::Kind::ToDo && timer.number == todo->id;
    if (is_its) transaction_.delete_timer(timer.id);
  }
  return outcome;
}

Expected<Outcome, Refusal> Turn::read(const ReadNotifications& read) {
  if (read.id) {
    const std::vector<Notification> found = transaction_.notifications(
        {.account = actor_.account, .before = store::beginning_with(*read.id), .limit = 1});
    if (found.empty() || found.front().id != *read.id) {
      return Unexpected(unknown(texts::kNoSuchNotification, *read.id));
    }
    if (found.front().read_at) return Outcome{.changed = false};
  }
  transaction_.read_notification(actor_.account, read.id, situation_.now);
  return Outcome{};
}

Expected<Outcome, Refusal> Turn::prefer(const ChangePreferences& change) {
  const Preferences& preferences = change.preferences;
  if (!is_sound(preferences)) {
    return Unexpected(refusal_of(RefusalKind::Invalid, texts::kQuietHours));
  }
  if (transaction_.preferences(actor_.account) == preferences) return Outcome{.changed = false};
  transaction_.put_preferences(actor_.account, preferences);
  teller_.follow_preferences(actor_.account, preferences);
  return Outcome{};
}

// They are told in one sentence, since there may be many.
void Turn::hand_over_todos(AccountId from, AccountId heir) {
  constexpr std::size_t kBatch = 100;
  std::size_t count = 0;
  while (true) {
    std::vector<ToDo> todos = transaction_.todos({.assignee = from, .record = 0, .limit = kBatch});
    for (ToDo& todo : todos) {
      todo.assignee = heir;
      transaction_.update_todo(todo);
    }
    count += todos.size();
    if (todos.size() < kBatch) break;
  }
  if (count == 0) return;
  tell({.to = {heir},
        .title =
            [&](std::size_t locale) {
              return render(
                  {&texts::kToDosInherited,
                   {{"count", std::to_string(count)}, {"who", directory_.full_name(from)}}},
                  showing(model_, locale, directory_).language, locale);
            },
        .rule = "account closed"});
}

}  // namespace formwork::engine
