#include "engine/store/sqlite/timer_rows.h"

#include <limits>

namespace formwork::store {
namespace {

// Files hold the numbers, and a statement asks for what is below TaskDeadline: those of the dwell.
static_assert(static_cast<int>(Timer::Kind::DwellWarning) == 0 &&
              static_cast<int>(Timer::Kind::DwellLimit) == 1 &&
              static_cast<int>(Timer::Kind::TaskDeadline) == 2 &&
              static_cast<int>(Timer::Kind::Response) == 3 &&
              static_cast<int>(Timer::Kind::Digest) == 9);

std::vector<Timer> read_timers(Statement& rows) {
  std::vector<Timer> timers;
  while (rows.step()) {
    timers.push_back({.id = rows.number(0),
                      .due_at = Instant{rows.number(1)},
                      .kind = static_cast<Timer::Kind>(rows.number(2)),
                      .entity = std::string(rows.text(3)),
                      .record = rows.number(4),
                      .task = rows.number(5),
                      .number = rows.number(6),
                      .rule = std::string(rows.text(7)),
                      .payload = std::string(rows.text(8))});
  }
  return timers;
}

}  // namespace

std::vector<Stay> load_stays(Session& session, std::string_view entity, RecordId record) {
  std::vector<Stay> stays;
  const Running select = session.use(System::Stays);
  select->bind(1, entity);
  select->bind(2, record);
  while (select->step()) {
    Stay stay{.stage = std::string(select->text(0)),
              .entered_at = Instant{select->number(1)},
              .left_at = {},
              .entered_by = select->number(3)};
    if (!select->is_null(2)) stay.left_at = Instant{select->number(2)};
    stays.push_back(std::move(stay));
  }
  return stays;
}

void write_stay(Session& session, std::string_view entity, RecordId record, const Stay& stay) {
  {
    const Running end = session.use(System::EndStay);
    end->bind(1, stay.entered_at.microseconds);
    end->bind(2, entity);
    end->bind(3, record);
    end->step();
  }
  const Running begin = session.use(System::BeginStay);
  begin->bind(1, entity);
  begin->bind(2, record);
  begin->bind(3, std::string_view(stay.stage));
  begin->bind(4, stay.entered_at.microseconds);
  if (stay.left_at) {
    begin->bind(5, stay.left_at->microseconds);
  } else {
    begin->bind_null(5);
  }
  begin->bind(6, stay.entered_by);
  begin->step();
}

std::vector<Timer> load_timers_due(Session& session, Instant until, const Timer* after,
                                   std::size_t limit) {
  const Running select = session.use(System::TimersDue);
  select->bind(1, until.microseconds);
  select->bind(
      2, after == nullptr ? std::numeric_limits<std::int64_t>::min() : after->due_at.microseconds);
  select->bind(3, after == nullptr ? 0 : after->id);
  select->bind(4, static_cast<std::int64_t>(limit));
  return read_timers(*select);
}

std::optional<Instant> load_next_timer(Session& session) {
  const Running select = session.use(System::NextTimer);
  if (!select->step()) return std::nullopt;
  return Instant{select->number(0)};
}

std::vector<Timer> load_timers_of(Session& session, std::string_view entity, RecordId record) {
  const Running select = session.use(System::TimersOfRecord);
  select->bind(1, entity);
  select->bind(2, record);
  return read_timers(*select);
}

std::vector<Timer> load_timers_of_rule(Session& session, std::string_view rule, std::size_t limit) {
  const Running select = session.use(System::TimersOfRule);
  select->bind(1, rule);
  select->bind(2, static_cast<std::int64_t>(limit));
  return read_timers(*select);
}

TimerId write_timer(Session& session, const Timer& timer) {
  const Running insert = session.use(System::InsertTimer);
  insert->bind(1, timer.due_at.microseconds);
  insert->bind(2, static_cast<std::int64_t>(timer.kind));
  insert->bind(3, std::string_view(timer.entity));
  insert->bind(4, timer.record);
  insert->bind(5, timer.task);
  insert->bind(6, timer.number);
  insert->bind(7, std::string_view(timer.rule));
  insert->bind(8, std::string_view(timer.payload));
  insert->step();
  return session.database().last_row_id();
}

bool erase_timer(Session& session, TimerId id) {
  const Running erase = session.use(System::DeleteTimer);
  erase->bind(1, id);
  erase->step();
  return session.database().changed_rows() > 0;
}

void erase_timers_of_task(Session& session, TaskId task) {
  const Running erase = session.use(System::DeleteTimersOfTask);
  erase->bind(1, task);
  erase->step();
}

void erase_timers_of_record(Session& session, std::string_view entity, RecordId record, bool all) {
  const Running erase =
      session.use(all ? System::DeleteTimersOfRecord : System::DeleteDwellTimersOfRecord);
  erase->bind(1, entity);
  erase->bind(2, record);
  erase->step();
}

void erase_timers_of_record(Session& session, std::string_view entity, RecordId record,
                            Timer::Kind kind, std::string_view rule) {
  const Running erase = session.use(System::DeleteTimersOfRecordAndRule);
  erase->bind(1, entity);
  erase->bind(2, record);
  erase->bind(3, static_cast<std::int64_t>(kind));
  erase->bind(4, rule);
  erase->step();
}

}  // namespace formwork::store
