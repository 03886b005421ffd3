#include "engine/store/sqlite/system_statements.h"

namespace formwork::store {

#define FW_HISTORY_COLUMNS                                                                   \
  "sequence, at, actor, actor_name, entity, record, version, action, cause, model, changes," \
  " detail, caused_by, previous_hash, hash"
#define FW_ACCOUNT_COLUMNS \
  "id, name, full_name, roles, locale, active, manager, teams, heads, email"
#define FW_PROCESS_COLUMNS                                                                      \
  "id, entity, record, chain, model, state, submitter, submitted_at, ended_at, stage, origin, " \
  "round, resume_at, last_decision, steps"
#define FW_TASK_COLUMNS                                                                           \
  "id, process, step, seat, place, kind, state, outcome, assignee, reason, added_by, decided_by," \
  " comment, opened_at, due_at, closed_at, read_at, urged_at, urged"
#define FW_TIMER_COLUMNS "id, due_at, kind, entity, record, task, number, rule, payload"
#define FW_RUN_COLUMNS                                                                      \
  "id, at, automation, entity, record, cause_text, outcome, reason, actions, cause, depth," \
  " actor, microseconds"
#define FW_MESSAGE_COLUMNS                                                                  \
  "id, key, destination, receiver, subject, created_at, due_at, state, attempts, ended_at," \
  " problem, entity, record, cause, body"
#define FW_OLD_MESSAGES                                                             \
  "SELECT id FROM (SELECT id, ended_at FROM fw_message INDEXED BY fw_message_state" \
  " WHERE state = ?1 ORDER BY id LIMIT ?2)"                                         \
  " WHERE ended_at < ?3 AND id < (SELECT max(id) FROM fw_message)"
#define FW_NOTIFICATION_COLUMNS \
  "id, account, at, title, text, entity, record, rule, urgent, read_at, in_inbox, mail_pending"
#define FW_TODO_COLUMNS \
  "id, assignee, title, entity, record, rule, created_at, due_at, done_at, done_by"

std::string_view task_columns() { return FW_TASK_COLUMNS; }

std::string_view run_columns() { return FW_RUN_COLUMNS; }

std::string_view message_columns() { return FW_MESSAGE_COLUMNS; }

std::string_view notification_columns() { return FW_NOTIFICATION_COLUMNS; }

std::string_view todo_columns() { return FW_TODO_COLUMNS; }

const std::array<std::string_view, kSystemStatements>& system_statements() {
  static constexpr std::array<std::string_view, kSystemStatements> kStatements{
      "BEGIN",
      "BEGIN IMMEDIATE",
      "COMMIT",
      "ROLLBACK",
      "SAVEPOINT piece",
      "RELEASE piece",
      "ROLLBACK TO piece",
      "SAVEPOINT part",
      "RELEASE part",
      "ROLLBACK TO part",
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
      " heads, email) VALUES (?,?,?,?,?,?,?,?,?,?)",
      "UPDATE fw_account SET name = ?, full_name = ?, password = ?, roles = ?, locale = ?,"
      " active = ?, manager = ?, teams = ?, heads = ?, email = ? WHERE id = ?",
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
      "SELECT value FROM fw_sequence WHERE name = ? AND period = ?",
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
      "SELECT " FW_TIMER_COLUMNS
      " FROM fw_timer WHERE rule = ? AND rule > '' ORDER BY due_at, id LIMIT ?",
      "INSERT INTO fw_timer (due_at, kind, entity, record, task, number, rule, payload)"
      " VALUES (?,?,?,?,?,?,?,?)",
      "DELETE FROM fw_timer WHERE id = ?",
      "DELETE FROM fw_timer WHERE task = ? AND task > 0",
      "DELETE FROM fw_timer WHERE entity = ? AND record = ?",
      "DELETE FROM fw_timer WHERE entity = ? AND record = ? AND kind < 2",
      "DELETE FROM fw_timer WHERE entity = ? AND record = ? AND kind = ? AND rule = ?",
      "SELECT id, principal, delegate, starts_at, ends_at, created_by FROM fw_delegation"
      " WHERE ended_at IS NULL ORDER BY id",
      "INSERT INTO fw_delegation (principal, delegate, starts_at, ends_at, created_by)"
      " VALUES (?,?,?,?,?)",
      "UPDATE fw_delegation SET ended_at = ? WHERE id = ? AND ended_at IS NULL",
      "UPDATE fw_delegation SET ended_at = ends_at WHERE ended_at IS NULL AND ends_at <= ?",
      "SELECT id, account, starts_at, ends_at, reason FROM fw_absence"
      " WHERE ended_at IS NULL ORDER BY id",
      "INSERT INTO fw_absence (account, starts_at, ends_at, reason) VALUES (?,?,?,?)",
      "UPDATE fw_absence SET ended_at = ? WHERE id = ? AND ended_at IS NULL",
      "UPDATE fw_absence SET ended_at = ends_at WHERE ended_at IS NULL AND ends_at <= ?",
      "SELECT " FW_RUN_COLUMNS " FROM fw_run WHERE id = ?",
      "DELETE FROM fw_run WHERE id IN (SELECT id FROM fw_run ORDER BY id LIMIT ?) AND at < ?"
      " AND id < (SELECT max(id) FROM fw_run)",
      "SELECT 1 FROM fw_run_once WHERE automation = ? AND entity = ? AND record = ?",
      "INSERT INTO fw_run_once (automation, entity, record) VALUES (?,?,?)"
      " ON CONFLICT (automation, entity, record) DO NOTHING",
      "SELECT " FW_MESSAGE_COLUMNS " FROM fw_message WHERE id = ?",
      "SELECT destination FROM fw_message INDEXED BY fw_message_waiting"
      " WHERE state = 0 AND destination > ? ORDER BY destination LIMIT 1",
      "SELECT id, due_at FROM fw_message INDEXED BY fw_message_waiting"
      " WHERE state = 0 AND destination = ? ORDER BY id LIMIT 1",
      "SELECT " FW_MESSAGE_COLUMNS
      " FROM fw_message INDEXED BY fw_message_mail"
      " WHERE state = 0 AND destination = 'mail' AND due_at <= ? ORDER BY due_at, id LIMIT ?",
      "SELECT due_at FROM fw_message INDEXED BY fw_message_mail"
      " WHERE state = 0 AND destination = 'mail' ORDER BY due_at LIMIT 1",
      "UPDATE fw_message INDEXED BY fw_message_mail SET state = 2, ended_at = ?1, problem = ?2"
      " WHERE state = 0 AND destination = 'mail' AND due_at < ?3",
      "DELETE FROM fw_attempt WHERE message IN (" FW_OLD_MESSAGES ")",
      "DELETE FROM fw_message WHERE id IN (" FW_OLD_MESSAGES ")",
      "SELECT at, status, problem, milliseconds FROM fw_attempt WHERE message = ? ORDER BY number",
      "INSERT INTO fw_attempt (message, number, at, status, problem, milliseconds)"
      " SELECT ?1, 1 + ifnull(max(number), 0), ?2, ?3, ?4, ?5 FROM fw_attempt WHERE message = ?1",
      "SELECT destination FROM fw_message INDEXED BY fw_message_destination"
      " WHERE destination > ? ORDER BY destination LIMIT 1",
      "SELECT count(*) FROM fw_message INDEXED BY fw_message_destination"
      " WHERE destination = ? AND state = ?",
      "SELECT name, why FROM fw_destination WHERE disabled = 1",
      "INSERT INTO fw_destination (name, disabled, why) VALUES (?,?,?)"
      " ON CONFLICT (name) DO UPDATE SET disabled = excluded.disabled, why = excluded.why",
      "SELECT count(*) FROM (SELECT 1 FROM fw_notification INDEXED BY fw_notification_unread"
      " WHERE account = ? AND in_inbox = 1 AND read_at IS NULL LIMIT ?)",
      "UPDATE fw_notification SET read_at = ? WHERE account = ? AND id = ? AND read_at IS NULL",
      "UPDATE fw_notification INDEXED BY fw_notification_unread SET read_at = ?"
      " WHERE account = ? AND in_inbox = 1 AND read_at IS NULL",
      "UPDATE fw_notification INDEXED BY fw_notification_mail SET mail_pending = 0"
      " WHERE account = ? AND mail_pending = 1",
      "DELETE FROM fw_notification"
      " WHERE id IN (SELECT id FROM fw_notification ORDER BY id LIMIT ?) AND at < ?"
      " AND id < (SELECT max(id) FROM fw_notification)",
      "SELECT " FW_TODO_COLUMNS " FROM fw_todo WHERE id = ?",
      "SELECT mail, quiet_from, quiet_to, digest, digest_at FROM fw_preferences WHERE account = ?",
      "INSERT INTO fw_preferences (account, mail, quiet_from, quiet_to, digest, digest_at)"
      " VALUES (?,?,?,?,?,?) ON CONFLICT (account) DO UPDATE SET mail = excluded.mail,"
      " quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,"
      " digest = excluded.digest, digest_at = excluded.digest_at",
      "SELECT current, previous, previous_until FROM fw_secret WHERE name = ?",
      "SELECT name FROM fw_secret ORDER BY name",
      "INSERT INTO fw_secret (name, current, previous, previous_until) VALUES (?,?,?,?)"
      " ON CONFLICT (name) DO UPDATE SET current = excluded.current,"
      " previous = excluded.previous, previous_until = excluded.previous_until",
      "UPDATE fw_secret SET previous = x'', previous_until = NULL"
      " WHERE previous_until IS NOT NULL AND previous_until <= ?",
      "SELECT started_at, running_since, used, passed_on, owner, stopped FROM fw_response"
      " WHERE entity = ? AND record = ?",
      "INSERT INTO fw_response (entity, record, started_at, running_since, used, passed_on, owner,"
      " stopped) VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (entity, record) DO UPDATE SET"
      " started_at = excluded.started_at, running_since = excluded.running_since,"
      " used = excluded.used, passed_on = excluded.passed_on, owner = excluded.owner, stopped = "
      "excluded.stopped",
      "SELECT account, share FROM fw_share WHERE assignment = ? AND rule = ? ORDER BY account",
      "INSERT INTO fw_share (assignment, rule, account, share) VALUES (?,?,?,?)"
      " ON CONFLICT (assignment, rule, account) DO UPDATE SET share = excluded.share",
  };
  return kStatements;
}

#undef FW_HISTORY_COLUMNS
#undef FW_ACCOUNT_COLUMNS
#undef FW_PROCESS_COLUMNS
#undef FW_TASK_COLUMNS
#undef FW_TIMER_COLUMNS
#undef FW_RUN_COLUMNS
#undef FW_OLD_MESSAGES
#undef FW_MESSAGE_COLUMNS
#undef FW_NOTIFICATION_COLUMNS
#undef FW_TODO_COLUMNS

}  // namespace formwork::store
