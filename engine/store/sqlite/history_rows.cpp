#include <limits>

#include "engine/store/sqlite/system_rows.h"

namespace formwork::store {
namespace {

HistoryEntry read_entry(const Statement& row) {
  int column = 0;
  HistoryEntry entry;
  entry.sequence = row.number(column++);
  entry.at = Instant{row.number(column++)};
  entry.actor = row.number(column++);
  entry.actor_name = row.text(column++);
  entry.entity = row.text(column++);
  entry.record = row.number(column++);
  entry.version = row.number(column++);
  entry.action = row.text(column++);
  entry.cause = row.text(column++);
  entry.model = row.text(column++);
  entry.changes = row.text(column++);
  entry.detail = row.text(column++);
  entry.caused_by = row.number(column++);
  entry.previous_hash = row.blob(column++);
  entry.hash = row.blob(column++);
  return entry;
}

std::vector<HistoryEntry> read_entries(Statement& rows) {
  std::vector<HistoryEntry> entries;
  while (rows.step()) entries.push_back(read_entry(rows));
  return entries;
}

}  // namespace

std::vector<HistoryEntry> load_history(Session& session, std::string_view entity, RecordId record,
                                       std::int64_t before, std::size_t limit) {
  const Running select = session.use(System::History);
  select->bind(1, entity);
  select->bind(2, record);
  select->bind(3, before == 0 ? std::numeric_limits<std::int64_t>::max() : before);
  select->bind(4, static_cast<std::int64_t>(limit));
  return read_entries(*select);
}

std::vector<HistoryEntry> load_history_from(Session& session, std::int64_t sequence,
                                            std::size_t limit) {
  const Running select = session.use(System::HistoryFrom);
  select->bind(1, sequence);
  select->bind(2, static_cast<std::int64_t>(limit));
  return read_entries(*select);
}

std::optional<HistoryEntry> load_last_history(Session& session) {
  const Running select = session.use(System::LastHistory);
  if (!select->step()) return std::nullopt;
  return read_entry(*select);
}

void write_history(Session& session, const HistoryEntry& entry) {
  const Running insert = session.use(System::AppendHistory);
  int parameter = 0;
  insert->bind(++parameter, entry.sequence);
  insert->bind(++parameter, entry.at.microseconds);
  insert->bind(++parameter, entry.actor);
  insert->bind(++parameter, std::string_view(entry.actor_name));
  insert->bind(++parameter, std::string_view(entry.entity));
  insert->bind(++parameter, entry.record);
  insert->bind(++parameter, entry.version);
  insert->bind(++parameter, std::string_view(entry.action));
  insert->bind(++parameter, std::string_view(entry.cause));
  insert->bind(++parameter, std::string_view(entry.model));
  insert->bind(++parameter, std::string_view(entry.changes));
  insert->bind(++parameter, std::string_view(entry.detail));
  insert->bind(++parameter, entry.caused_by);
  insert->bind_blob(++parameter, entry.previous_hash);
  insert->bind_blob(++parameter, entry.hash);
  insert->step();
}

}  // namespace formwork::store
