// All reads of one caller: the gate's reading side. Pages, API, checks and exports get a Reader and
// nothing else, so there is no query beside it.
//
// A Reader holds one snapshot of the store; what it answers is consistent within its life, which is
// one request.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/base/expected.h"
#include "engine/permissions/filter.h"
#include "engine/permissions/gate.h"
#include "engine/store/store.h"

namespace formwork::permissions {

struct Page {
  std::vector<engine::Record> records;
  bool more = false;  // there are records behind the last one
};

// Some of a list whose lines have numbers; `next` is where to go on, 0 where there are no more.
template <class T>
struct Some {
  std::vector<T> lines;
  std::int64_t next = 0;
};

// What answers depend on besides the store.
struct Surroundings {
  std::shared_ptr<const fields::People> people;
  std::shared_ptr<const engine::Organization> organization;
  Instant now;
  const TimeZone* zone = &TimeZone::utc();
};

class Reader {
 public:
  Reader(const Gate& gate, std::unique_ptr<store::View> view, Actor actor,
         Surroundings surroundings);

  const Actor& actor() const { return actor_; }

  const Gate& gate() const { return gate_; }

  // The snapshot, for those who decide over records that were asked for here.
  store::View& view() { return *view_; }

  bool may(model::Action action, const model::Entity& entity) const {
    return gate_.may(actor_, action, entity);
  }

  // With this record, as it is given.
  bool may(model::Action action, const model::Entity& entity, const engine::Record& record) {
    return gate_.may(actor_, action, entity, record, moment());
  }

  // A record that the caller may see: by the rules of its roles, or because it has or had a task
  // about it. Deleted ones are found by those who may delete them, since they may restore.
  Expected<engine::Record, engine::Refusal> record(const model::Entity& entity,
                                                   engine::RecordId id);

  // At most `query.limit` records, in order, of those that the rules of the caller's roles show.
  // The deleted ones are for those who may delete them. A filter comes as a search alone, compiled
  // for the caller's roles.
  Expected<Page, engine::Refusal> list(const store::Query& query, const Search* search = nullptr);

  // How many the query finds, counting no further than `at_most`.
  Expected<std::int64_t, engine::Refusal> count(const store::Query& query, std::int64_t at_most,
                                                const Search* search = nullptr);

  // Newest first; the record must be visible. Changes of fields that the caller may not see are
  // left out.
  Expected<std::vector<engine::HistoryEntry>, engine::Refusal> history(const model::Entity& entity,
                                                                       engine::RecordId id,
                                                                       std::int64_t before,
                                                                       std::size_t limit);

  // What names a record: its title fields as people read them. Nothing when the caller may not see
  // it. Kept for the life of the Reader, because lists ask for the same few again and again.
  std::optional<std::string> title(const model::Entity& entity, engine::RecordId id,
                                   const fields::Showing& showing);

  // A file of a visible record, or one that the caller uploaded.
  std::optional<engine::File> file(std::int64_t id);
  std::optional<std::string> file_content(std::int64_t id);

  // The caller's tasks, to do also those of whoever it acts for now; `assignees` of the query is
  // set here. What waits for anybody is told of a record that the caller may see. A task whose
  // record is gone is left out.
  Some<engine::Task> tasks(store::TaskQuery query);
  std::int64_t count_tasks(store::TaskQuery query, std::int64_t at_most);

  // A task of the caller or of one for whom it acts now, or of a record that it may see.
  Expected<engine::Task, engine::Refusal> task(engine::TaskId id);

  // An approval of a record that the caller may see.
  std::optional<engine::Process> process(engine::ProcessId id);
  // Those of records that the caller may see; held ones, if it may assign the record.
  Some<engine::Process> processes(const store::ProcessQuery& query);

  // The stages that a visible record has been in, oldest first.
  Expected<std::vector<engine::Stay>, engine::Refusal> stays(const model::Entity& entity,
                                                             engine::RecordId id);

  // What the caller was told, newest first; about records that it may see, deleted ones as well.
  Some<engine::Notification> notifications(store::NotificationQuery query);
  // In the inbox, of whatever it is about.
  std::int64_t count_unread(std::int64_t at_most);

  // Things to do: the caller's, or with a record in the query anybody's about that. Those about
  // records that the caller may not see are left out.
  std::vector<engine::ToDo> todos(store::ToDoQuery query);

  engine::Preferences preferences();

  // From the caller, and to the caller; those that have not ended.
  std::vector<engine::Delegation> delegations();

  // Of records that the caller may see, in the order in which they fire; behind `after` when it is
  // not null. Looks at a bounded number of them; `more` then leads on.
  struct Timers {
    std::vector<engine::Timer> timers;
    std::optional<engine::Timer>
        more;  // the last one looked at, when there may be others behind it
  };

  Timers timers(Instant until, const engine::Timer* after, std::size_t limit);

 private:
  Moment moment() const {
    return {.view = *view_,
            .people = *surroundings_.people,
            .organization = *surroundings_.organization,
            .now = surroundings_.now,
            .zone = surroundings_.zone};
  }

  std::optional<engine::Refusal> refuse_list(const store::Query& query) const;
  bool is_visible(std::string_view entity, engine::RecordId id);
  bool is_shown(const engine::Task& task);
  bool is_shown(const engine::Notification& notification);
  std::vector<engine::AccountId> assignees(store::TaskQuery::Box box) const;

  // The answer to the query with the filter of the search, if there is one.
  template <class Answer>
  auto answer_within(const store::Query& query, const Search* search, Answer answer)
      -> Expected<decltype(answer(query)), engine::Refusal>;

  const Gate& gate_;
  std::unique_ptr<store::View> view_;
  Actor actor_;
  Surroundings surroundings_;
  std::map<std::pair<std::size_t, engine::RecordId>, std::optional<std::string>> titles_;
  std::map<std::pair<std::string, engine::RecordId>, bool> visible_;  // for tasks and timers
};

// The title of a record at hand, as people read it; its id when all title fields are empty.
std::string title_of(const model::Entity& entity, const engine::Record& record,
                     const fields::Showing& showing);

}  // namespace formwork::permissions
