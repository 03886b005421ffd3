#include "engine/store/sqlite/assignment_rows.h"

#include <fmt/format.h>

#include "engine/store/sqlite/indexes.h"
#include "engine/store/sqlite/row_columns.h"
#include "engine/store/sqlite/sql_text.h"

namespace formwork::store {

std::optional<ResponseClock> load_response_clock(Session& session, std::string_view entity,
                                                 RecordId record) {
  const Running select = session.use(System::FindResponseClock);
  select->bind(1, entity);
  select->bind(2, record);
  if (!select->step()) return std::nullopt;
  return ResponseClock{.started_at = Instant{select->number(0)},
                       .running_since = row_columns::read_moment(*select, 1),
                       .used = DaysDuration::from_microseconds(select->number(2)),
                       .passed_on = DaysDuration::from_microseconds(select->number(3)),
                       .owner = select->number(4),
                       .stopped = select->number(5) != 0};
}

void write_response_clock(Session& session, std::string_view entity, RecordId record,
                          const ResponseClock& clock) {
  const Running insert = session.use(System::PutResponseClock);
  insert->bind(1, entity);
  insert->bind(2, record);
  insert->bind(3, clock.started_at.microseconds);
  row_columns::bind_member(*insert, 4, clock.running_since);
  insert->bind(5, clock.used.to_microseconds());
  insert->bind(6, clock.passed_on.to_microseconds());
  insert->bind(7, clock.owner);
  insert->bind(8, std::int64_t{clock.stopped});
  insert->step();
}

std::vector<std::pair<AccountId, std::int64_t>> load_shares(Session& session,
                                                            std::string_view assignment,
                                                            std::string_view rule) {
  std::vector<std::pair<AccountId, std::int64_t>> shares;
  const Running select = session.use(System::Shares);
  select->bind(1, assignment);
  select->bind(2, rule);
  while (select->step()) shares.emplace_back(select->number(0), select->number(1));
  return shares;
}

void write_share(Session& session, std::string_view assignment, std::string_view rule,
                 AccountId account, std::int64_t share) {
  const Running insert = session.use(System::PutShare);
  insert->bind(1, assignment);
  insert->bind(2, rule);
  insert->bind(3, account);
  insert->bind(4, share);
  insert->step();
}

std::string open_sql(const model::Entity& entity) {
  std::string from = quoted(table_name(entity));
  if (const auto index = open_index(entity)) from += " INDEXED BY " + quoted(index->name);
  return fmt::format("SELECT count(*) FROM (SELECT 1 FROM {} WHERE {} AND {} = ? LIMIT ?)", from,
                     open_condition(entity), quoted(entity.fields[*entity.owner].name));
}

std::int64_t count_open(Session& session, const model::Entity& entity, AccountId owner,
                        std::int64_t at_most) {
  if (!entity.owner) return 0;
  const Running count =
      session.use_shape("open" + std::to_string(entity.index), [&] { return open_sql(entity); });
  count->bind(1, owner);
  count->bind(2, at_most);
  return count->step() ? count->number(0) : 0;
}

}  // namespace formwork::store
