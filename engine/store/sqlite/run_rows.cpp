#include "engine/store/sqlite/run_rows.h"

#include <array>

#include "engine/store/sqlite/row_columns.h"

namespace formwork::store {
namespace {

using engine::RunOutcome;

// Files hold the numbers.
static_assert(static_cast<int>(RunOutcome::Done) == 0 &&
              static_cast<int>(RunOutcome::Stopped) == 5);
constexpr int kOutcomes = 6;

constexpr std::array kRunColumns{row_column<&Run::at>("at"),
                                 row_column<&Run::automation>("automation"),
                                 row_column<&Run::entity>("entity"),
                                 row_column<&Run::record>("record"),
                                 row_column<&Run::trigger>("cause_text"),
                                 row_column<&Run::outcome>("outcome"),
                                 row_column<&Run::reason>("reason"),
                                 row_column<&Run::actions>("actions"),
                                 row_column<&Run::cause>("cause"),
                                 row_column<&Run::depth>("depth"),
                                 row_column<&Run::actor>("actor"),
                                 row_column<&Run::microseconds>("microseconds")};

Run read_run(const Statement& row) {
  int column = 0;
  Run run;
  run.id = row.number(column++);
  run.at = Instant{row.number(column++)};
  run.automation = row.text(column++);
  run.entity = row.text(column++);
  run.record = row.number(column++);
  run.trigger = row.text(column++);
  run.outcome = static_cast<RunOutcome>(row.number(column++));
  run.reason = row.text(column++);
  run.actions = row.text(column++);
  run.cause = row.number(column++);
  run.depth = row.number(column++);
  run.actor = row.number(column++);
  run.microseconds = row.number(column++);
  return run;
}

std::string shape_of(const RunQuery& query) {
  std::string shape = "runs";
  shape += query.entity.empty() ? '.' : 'r';
  shape += query.automation.empty() ? '.' : 'a';
  shape += query.outcome ? 'o' : '.';
  return shape;
}

void add_runs(Session& session, const RunQuery& query, std::vector<Run>& runs) {
  const Running select = session.use_shape(shape_of(query), [&] { return runs_sql(query); });
  int parameter = 0;
  if (!query.entity.empty()) {
    select->bind(++parameter, std::string_view(query.entity));
    select->bind(++parameter, query.record);
  }
  if (!query.automation.empty()) select->bind(++parameter, std::string_view(query.automation));
  if (query.outcome) select->bind(++parameter, static_cast<std::int64_t>(*query.outcome));
  select->bind(++parameter, row_columns::below(query.before));
  select->bind(++parameter, static_cast<std::int64_t>(query.limit));
  while (select->step()) runs.push_back(read_run(*select));
}

}  // namespace

RunId write_run(Session& session, const Run& run) {
  return insert_row<Run>(session, "fw_run", kRunColumns, run);
}

std::optional<Run> load_run(Session& session, RunId id) {
  const Running select = session.use(System::FindRun);
  select->bind(1, id);
  if (!select->step()) return std::nullopt;
  return read_run(*select);
}

// Of a record there are few, whatever else is asked.
std::string runs_sql(const RunQuery& query) {
  const bool of_record = !query.entity.empty();
  std::string sql = "SELECT ";
  sql.append(run_columns()).append(" FROM fw_run");
  if (of_record) {
    sql += " INDEXED BY fw_run_record WHERE entity > '' AND entity = ? AND record = ?";
  } else if (!query.automation.empty()) {
    sql += " INDEXED BY fw_run_automation WHERE true";
  } else {
    sql += " WHERE true";
  }
  if (!query.automation.empty()) sql += " AND automation = ?";
  if (query.outcome) sql += " AND outcome = ?";
  return sql + " AND id < ? ORDER BY id DESC LIMIT ?";
}

std::vector<Run> load_runs(Session& session, const RunQuery& query) {
  std::vector<Run> runs;
  if (!query.entity.empty() || query.automation.empty() || query.outcome) {
    add_runs(session, query, runs);
    return runs;
  }
  // The index has those of each outcome in their order.
  RunQuery one = query;
  for (int outcome = 0; outcome < kOutcomes; ++outcome) {
    one.outcome = static_cast<RunOutcome>(outcome);
    add_runs(session, one, runs);
  }
  row_columns::keep_newest(runs, query.limit);
  return runs;
}

// Ids grow with time, so the oldest are the first and no index on time is needed.
bool erase_runs(Session& session, Instant before) {
  return row_columns::erase_old(session, System::DeleteRuns, before);
}

bool is_noted_once(Session& session, std::string_view automation, std::string_view entity,
                   RecordId record) {
  const Running select = session.use(System::HasRunOnce);
  select->bind(1, automation);
  select->bind(2, entity);
  select->bind(3, record);
  return select->step();
}

void write_once(Session& session, std::string_view automation, std::string_view entity,
                RecordId record) {
  const Running insert = session.use(System::NoteRunOnce);
  insert->bind(1, automation);
  insert->bind(2, entity);
  insert->bind(3, record);
  insert->step();
}

}  // namespace formwork::store
