#include "engine/store/sqlite/system_statements.h"

namespace formwork::store {

#define FW_HISTORY_COLUMNS                                                                   \
  "sequence, at, actor, actor_name, entity, record, version, action, cause, model, changes," \
  " previous_hash, hash"
#define FW_ACCOUNT_COLUMNS "id, name, full_name, roles, locale, active"

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
      "INSERT INTO fw_history (" FW_HISTORY_COLUMNS ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
      "SELECT " FW_ACCOUNT_COLUMNS ", password FROM fw_account WHERE name = ?",
      "SELECT " FW_ACCOUNT_COLUMNS ", password FROM fw_account WHERE id = ?",
      "SELECT " FW_ACCOUNT_COLUMNS ", '' FROM fw_account ORDER BY name",
      "INSERT INTO fw_account (name, full_name, password, roles, locale, active)"
      " VALUES (?,?,?,?,?,?)",
      "UPDATE fw_account SET name = ?, full_name = ?, password = ?, roles = ?, locale = ?,"
      " active = ? WHERE id = ?",
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
  };
  return kStatements;
}

#undef FW_HISTORY_COLUMNS
#undef FW_ACCOUNT_COLUMNS

}  // namespace formwork::store
