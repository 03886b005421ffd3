#include "engine/store/sqlite/system_statements.h"

namespace formwork::store {

#define FW_HISTORY_COLUMNS                                                                   \
  "sequence, at, actor, actor_name, entity, record, version, action, cause, model, changes," \
  " detail, caused_by, previous_hash, hash"
#define FW_ACCOUNT_COLUMNS "id, name, full_name, roles, locale, active, manager, teams, heads"
#define FW_PROCESS_COLUMNS                                                                      \
  "id, entity, record, chain, model, state, submitter, submitted_at, ended_at, stage, origin, " \
  "round, resume_at, last_decision, steps"
#define FW_TASK_COLUMNS                                                                           \
  "id, process, step, seat, place, kind, state, outcome, assignee, reason, added_by, decided_by," \
  " comment, opened_at, due_at, closed_at, read_at, urged_at, urged"
#define FW_TIMER_COLUMNS "id, due_at, kind, entity, record, task, number"

std::string_view task_columns() { return FW_TASK_COLUMNS; }

const std::array<std::string_view, kSystemStatements>& system_statements() {
  static constexpr std::array<std::string_view, kSystemStatements> kStatements{
      "BEGIN",
      "BEGIN IMMEDIATE",
      "COMMIT",
      "ROLLBACK",
      "SAVEPOINT piece",
      "RELEASE piece",
      "ROLLBACK TO piece",
      "SELECT " FW_HISTORY_COLUMNS
      " FROM fw_history WHERE entity = ? AND record = ? AND sequence < ?"
      " ORDER BY sequence DESC LIMIT ?",
      "SELECT " FW_HISTORY_COLUMNS " FROM fw_history WHERE sequence > ? ORDER BY sequence LIMIT ?",
      "SELECT " FW_HISTORY_COLUMNS " FROM fw_history ORDER BY sequence DESC LIMIT 1",
      "INSERT INTO fw_history (" FW_HISTORY_COLUMNS ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
      "SELECT " FW_ACCOUNT_COLUMNS ", password FROM fw_account WHERE name = ?",
      "SELECT " FW_ACCOUNT_COLUMNS ", password FROM fw_account WHERE id = ?",
      "SELECT " FW_ACCOUNT_COLUMNS ", '' FROM fw_account ORDER BY name",
      "INSERT INTO fw_account (name, full_name, password, roles, locale, active, manager, teams,"
      " heads) VALUES (?,?,?,?,?,?,?,?,?)",
      "UPDATE fw_account SET name = ?, full_name = ?, password = ?, roles = ?, locale = ?,"
      " active = ?, manager = ?, teams = ?, heads = ? WHERE id = ?",
      "SELECT hash, kind, account, created_at, expires_at, label FROM fw_credential WHERE hash = ?",
      "INSERT INTO fw_credential (hash, kind, account, created_at, expires_at, label)"
      " VALUES (?,?,?,?,?,?)",
      "DELETE FROM fw_credential WHERE hash = ?",
      "DELETE FROM fw_credential WHERE account = ?",
      "DELETE FROM fw_credential WHERE expires_at <= ?",
      "DELETE FROM fw_remembered WHERE at <= ?",
      "DELETE FROM fw_file WHERE entity = '' AND created_at <= ?",
      "SELECT id, name, media_type, size_bytes, sha256, created_by, created_at, entity, record"
      " FROM fw_file WHERE id = ?",
      "SELECT content FROM fw_file WHERE id = ?",
      "INSERT INTO fw_file (name, media_type, size_bytes, sha256, created_by, created_at, entity,"
      " record, content) VALUES (?,?,?,?,?,?,?,?,?)",
      "UPDATE fw_file SET entity = ?, record = ? WHERE id = ?",
      "SELECT request_hash, answer, at FROM fw_remembered WHERE account = ? AND key = ?",
      "INSERT INTO fw_remembered (account, key, request_hash, answer, at) VALUES (?,?,?,?,?)"
      " ON CONFLICT (account, key) DO UPDATE SET request_hash = excluded.request_hash,"
      " answer = excluded.answer, at = excluded.at",
      "SELECT value FROM fw_setting WHERE name = ?",
      "INSERT INTO fw_setting (name, value) VALUES (?,?)"
      " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      "INSERT INTO fw_sequence (name, period, value) VALUES (?,?,1)"
      " ON CONFLICT (name, period) DO UPDATE SET value = value + 1 RETURNING value",
      "SELECT " FW_PROCESS_COLUMNS " FROM fw_process WHERE id = ?",
      "SELECT " FW_PROCESS_COLUMNS
      " FROM fw_process WHERE entity = ?1 AND record = ?2 AND id < ?3 AND (state < 2 OR NOT ?4)"
      " ORDER BY id DESC LIMIT ?5",
      "SELECT " FW_PROCESS_COLUMNS
      " FROM fw_process WHERE submitter = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3",
      "SELECT " FW_PROCESS_COLUMNS
      " FROM fw_process INDEXED BY fw_process_under_way"
      " WHERE submitter = ?1 AND state < 2 AND id < ?2 ORDER BY id DESC LIMIT ?3",
      "SELECT " FW_PROCESS_COLUMNS
      " FROM fw_process INDEXED BY fw_process_held"
      " WHERE held = 1 AND id < ?1 AND (state < 2 OR NOT ?2) ORDER BY id DESC LIMIT ?3",
      "SELECT " FW_TASK_COLUMNS " FROM fw_task WHERE process = ? ORDER BY id",
      "SELECT " FW_TASK_COLUMNS " FROM fw_task WHERE id = ?",
      "SELECT 1 FROM fw_process p CROSS JOIN fw_task t ON t.process = p.id"
      " WHERE p.entity = ? AND p.record = ? AND (t.assignee = ?3 OR t.decided_by = ?3) LIMIT 1",
      "SELECT stage, entered_at, left_at, entered_by FROM fw_stay"
      " WHERE entity = ? AND record = ? ORDER BY number",
      "UPDATE fw_stay SET left_at = ? WHERE entity = ? AND record = ? AND left_at IS NULL",
      "INSERT INTO fw_stay (entity, record, number, stage, entered_at, left_at, entered_by)"
      " SELECT ?1, ?2, 1 + ifnull(max(number), 0), ?3, ?4, ?5, ?6 FROM fw_stay"
      " WHERE entity = ?1 AND record = ?2",
      "SELECT " FW_TIMER_COLUMNS
      " FROM fw_timer WHERE due_at <= ?1 AND (due_at, id) > (?2, ?3) ORDER BY due_at, id LIMIT ?4",
      "SELECT due_at FROM fw_timer ORDER BY due_at LIMIT 1",
      "SELECT " FW_TIMER_COLUMNS
      " FROM fw_timer WHERE entity = ? AND record = ? ORDER BY due_at, id",
      "INSERT INTO fw_timer (due_at, kind, entity, record, task, number) VALUES (?,?,?,?,?,?)",
      "DELETE FROM fw_timer WHERE id = ?",
      "DELETE FROM fw_timer WHERE task = ? AND task > 0",
      "DELETE FROM fw_timer WHERE entity = ? AND record = ?",
      "DELETE FROM fw_timer WHERE entity = ? AND record = ? AND kind < 2",
      "SELECT id, principal, delegate, starts_at, ends_at, created_by FROM fw_delegation"
      " WHERE ended_at IS NULL ORDER BY id",
      "INSERT INTO fw_delegation (principal, delegate, starts_at, ends_at, created_by)"
      " VALUES (?,?,?,?,?)",
      "UPDATE fw_delegation SET ended_at = ? WHERE id = ? AND ended_at IS NULL",
      "UPDATE fw_delegation SET ended_at = ends_at WHERE ended_at IS NULL AND ends_at <= ?",
  };
  return kStatements;
}

#undef FW_HISTORY_COLUMNS
#undef FW_ACCOUNT_COLUMNS
#undef FW_PROCESS_COLUMNS
#undef FW_TASK_COLUMNS
#undef FW_TIMER_COLUMNS

}  // namespace formwork::store
