// Tasks, approvals, stays, timers and what people are told, as far as a caller may know of them.
#include <algorithm>

#include "engine/command/refusal_texts.h"
#include "engine/permissions/reader.h"

namespace formwork::permissions {

using engine::AccountId;
using engine::Process;
using engine::RecordId;
using engine::Refusal;
using engine::Task;
using engine::Timer;
using Box = store::TaskQuery::Box;

namespace {

// How many lines are looked at for one answer, however few of them the caller may see.
constexpr std::size_t kMostLooked = 5'000;

// How many are read at once: one page and one more, as a rule.
std::size_t batch_for(std::size_t limit) { return std::clamp<std::size_t>(limit + 1, 20, 200); }

Refusal no_such_task(engine::TaskId id) {
  return refusal_of(engine::RefusalKind::NotFound, engine::texts::kNoSuchTask,
                    {{"id", std::to_string(id)}});
}

// Collects what `is_shown` of what `next(behind)` gives, batch by batch, until there are `limit`.
template <class T, class Next, class Shown>
Some<T> collect(std::int64_t behind, std::size_t limit, const Next& next, const Shown& is_shown) {
  Some<T> some;
  const std::size_t size = batch_for(limit);
  for (std::size_t looked = 0; looked < kMostLooked; looked += size) {
    std::vector<T> batch = next(behind, size);
    for (T& line : batch) {
      // One that is known to follow, so that the end is said to be the end.
      if (some.lines.size() == limit && is_shown(line)) {
        some.next = behind;
        return some;
      }
      behind = line.id;
      if (some.lines.size() < limit && is_shown(line)) some.lines.push_back(std::move(line));
    }
    if (batch.size() < size) return some;
  }
  some.next = behind;
  return some;
}

}  // namespace

bool Reader::is_visible(std::string_view name, RecordId id) {
  const auto [known, is_new] = visible_.try_emplace({std::string(name), id}, false);
  if (!is_new) return known->second;
  const model::Entity* entity = gate_.model().find_entity(name);
  if (entity == nullptr) return false;
  const Expected<engine::Record, Refusal> found = record(*entity, id);
  known->second = found.has_value() && !found->deleted_at;
  return known->second;
}

std::vector<AccountId> Reader::assignees(Box box) const {
  std::vector<AccountId> accounts;
  if (box == Box::ToDo) {
    accounts = surroundings_.organization->principals_of(actor_.account, surroundings_.now);
  }
  if (box != Box::Waiting) accounts.push_back(actor_.account);
  return accounts;
}

bool Reader::is_shown(const Task& task) {
  const std::optional<Process> process = view_->find_process(task.process);
  return process && is_visible(process->entity, process->record);
}

Some<Task> Reader::tasks(store::TaskQuery query) {
  if (query.box == Box::Waiting && !is_visible(query.entity, query.record)) return {};
  query.assignees = assignees(query.box);
  return collect<Task>(
      query.after, query.limit,
      [&](std::int64_t behind, std::size_t size) {
        query.after = behind;
        query.limit = size;
        return view_->tasks(query);
      },
      [&](const Task& task) { return is_shown(task); });
}

// What is to do is about records that are there, since deleting one ends its process.
std::int64_t Reader::count_tasks(store::TaskQuery query, std::int64_t at_most) {
  if (query.box == Box::ToDo) {
    query.assignees = assignees(query.box);
    return view_->count_tasks(query, at_most);
  }
  query.limit = static_cast<std::size_t>(at_most);
  return static_cast<std::int64_t>(tasks(query).lines.size());
}

Expected<Task, Refusal> Reader::task(engine::TaskId id) {
  std::optional<Task> found = view_->find_task(id);
  if (!found || !is_shown(*found)) return Unexpected(no_such_task(id));
  return std::move(*found);
}

std::optional<Process> Reader::process(engine::ProcessId id) {
  std::optional<Process> found = view_->find_process(id);
  if (!found || !is_visible(found->entity, found->record)) return std::nullopt;
  return found;
}

Some<Process> Reader::processes(const store::ProcessQuery& query) {
  if (query.submitter != 0 && query.submitter != actor_.account) return {};
  store::ProcessQuery asked = query;
  const auto is_shown = [&](const Process& process) {
    if (!is_visible(process.entity, process.record)) return false;
    if (!query.held) return true;
    const model::Entity& entity = *gate_.model().find_entity(process.entity);
    const Expected<engine::Record, Refusal> found = record(entity, process.record);
    return found.has_value() && may(model::Action::Assign, entity, *found);
  };
  return collect<Process>(
      query.before, query.limit,
      [&](std::int64_t behind, std::size_t size) {
        asked.before = behind;
        asked.limit = size;
        return view_->processes(asked);
      },
      is_shown);
}

Expected<std::vector<engine::Stay>, Refusal> Reader::stays(const model::Entity& entity,
                                                           RecordId id) {
  Expected<engine::Record, Refusal> visible = record(entity, id);
  if (!visible) return Unexpected(std::move(visible.error()));
  return view_->stays(entity.name, id);
}

// Whoever was told that a record is deleted may read so.
bool Reader::is_shown(const engine::Notification& notification) {
  if (notification.entity.empty()) return true;
  const model::Entity* entity = gate_.model().find_entity(notification.entity);
  if (entity == nullptr) return false;
  const std::optional<engine::Record> record = view_->find_record(*entity, notification.record);
  return record && may(model::Action::View, *entity, *record);
}

Some<engine::Notification> Reader::notifications(store::NotificationQuery query) {
  query.account = actor_.account;
  return collect<engine::Notification>(
      query.before, query.limit,
      [&](std::int64_t behind, std::size_t size) {
        query.before = behind;
        query.limit = size;
        return view_->notifications(query);
      },
      [&](const engine::Notification& one) { return one.in_inbox && is_shown(one); });
}

std::int64_t Reader::count_unread(std::int64_t at_most) {
  return view_->count_unread(actor_.account, at_most);
}

std::vector<engine::ToDo> Reader::todos(store::ToDoQuery query) {
  if (query.entity.empty()) {
    query.assignee = actor_.account;
  } else if (!is_visible(query.entity, query.record)) {
    return {};
  }
  std::vector<engine::ToDo> found = view_->todos(query);
  const auto is_hidden = [&](const engine::ToDo& todo) {
    return !todo.entity.empty() && !is_visible(todo.entity, todo.record);
  };
  found.erase(std::remove_if(found.begin(), found.end(), is_hidden), found.end());
  return found;
}

std::vector<engine::Absence> Reader::absences() {
  std::vector<engine::Absence> own = view_->absences();
  own.erase(std::remove_if(own.begin(), own.end(),
                           [&](const engine::Absence& one) {
                             return one.account != actor_.account ||
                                    one.ends_at <= surroundings_.now;
                           }),
            own.end());
  return own;
}

engine::Preferences Reader::preferences() { return view_->preferences(actor_.account); }

std::vector<engine::Delegation> Reader::delegations() {
  std::vector<engine::Delegation> own = view_->delegations();
  own.erase(std::remove_if(own.begin(), own.end(),
                           [&](const engine::Delegation& one) {
                             return (one.from != actor_.account && one.to != actor_.account) ||
                                    one.ends_at <= surroundings_.now;
                           }),
            own.end());
  return own;
}

Reader::Timers Reader::timers(Instant until, const Timer* after, std::size_t limit) {
  Timers found;
  std::optional<Timer> last;
  if (after != nullptr) last = *after;
  const std::size_t size = batch_for(limit);
  for (std::size_t looked = 0; looked < kMostLooked; looked += size) {
    const std::vector<Timer> batch = view_->timers_due(until, last ? &*last : nullptr, size);
    for (const Timer& timer : batch) {
      // What is about no record is the business of those who run the app.
      const bool is_shown =
          timer.entity.empty() ? gate_.is_admin(actor_) : is_visible(timer.entity, timer.record);
      if (!is_shown) {
        last = timer;
        continue;
      }
      if (found.timers.size() == limit) {
        found.more = last;
        return found;
      }
      found.timers.push_back(timer);
      last = timer;
    }
    if (batch.size() < size) return found;
  }
  found.more = last;
  return found;
}

}  // namespace formwork::permissions
