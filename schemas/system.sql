-- The tables that every store has, beside those made from the model. Embedded into the program at build.
--
-- Instants are microseconds since 1970-01-01T00:00:00Z. A released version of this file is not edited: what
-- comes later is added by a numbered step, and store.version in fw_setting says how far a file has come.

-- store.version, store.app, store.model; what else the engine keeps by name.
CREATE TABLE fw_setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What each column of the model's tables holds, so that a model that reads it as something else is noticed:
-- SQLite's own types cannot tell hundredths from thousandths.
CREATE TABLE fw_column (
  table_name  TEXT NOT NULL,
  column_name TEXT NOT NULL,
  kind        TEXT NOT NULL,
  PRIMARY KEY (table_name, column_name)
) STRICT, WITHOUT ROWID;

CREATE TABLE fw_account (
  id        INTEGER PRIMARY KEY,
  name      TEXT NOT NULL UNIQUE,
  full_name TEXT NOT NULL,
  password  TEXT NOT NULL,  -- Argon2id in its encoded form; empty: no sign-in by password
  roles     TEXT NOT NULL,  -- ',sales,manager,'
  locale    TEXT NOT NULL,
  active    INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE fw_credential (
  hash       BLOB PRIMARY KEY,  -- SHA-256 of the secret; the secret itself is nowhere
  kind       INTEGER NOT NULL,  -- 0 session, 1 token
  account    INTEGER NOT NULL REFERENCES fw_account (id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  label      TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX fw_credential_account ON fw_credential (account);
CREATE INDEX fw_credential_expires ON fw_credential (expires_at);

-- The content comes last: a row's other columns are then read without it.
CREATE TABLE fw_file (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  sha256     BLOB NOT NULL,
  created_by INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  entity     TEXT NOT NULL DEFAULT '',  -- of the record that shows it; empty: none yet
  record     INTEGER NOT NULL DEFAULT 0,
  content    BLOB NOT NULL
) STRICT;
CREATE INDEX fw_file_orphan ON fw_file (created_at) WHERE entity = '';

-- Answers to requests that came with an Idempotency-Key.
CREATE TABLE fw_remembered (
  account      INTEGER NOT NULL,
  key          TEXT NOT NULL,
  request_hash BLOB NOT NULL,
  answer       BLOB NOT NULL,
  at           INTEGER NOT NULL,
  PRIMARY KEY (account, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX fw_remembered_at ON fw_remembered (at);

CREATE TABLE fw_sequence (
  name   TEXT NOT NULL,
  period TEXT NOT NULL,
  value  INTEGER NOT NULL,
  PRIMARY KEY (name, period)
) STRICT, WITHOUT ROWID;

CREATE TABLE fw_history (
  sequence      INTEGER PRIMARY KEY,
  at            INTEGER NOT NULL,
  actor         INTEGER NOT NULL,
  actor_name    TEXT NOT NULL,
  entity        TEXT NOT NULL,
  record        INTEGER NOT NULL,
  version       INTEGER NOT NULL,
  action        TEXT NOT NULL,
  cause         TEXT NOT NULL,
  model         TEXT NOT NULL,
  changes       TEXT NOT NULL,
  previous_hash BLOB NOT NULL,
  hash          BLOB NOT NULL
) STRICT;
CREATE INDEX fw_history_record ON fw_history (entity, record);

-- What happened is not edited. A REPLACE deletes, too, because recursive triggers are on.
CREATE TRIGGER fw_history_no_update BEFORE UPDATE ON fw_history
BEGIN
  SELECT RAISE(ABORT, 'history is append-only');
END;
CREATE TRIGGER fw_history_no_delete BEFORE DELETE ON fw_history
BEGIN
  SELECT RAISE(ABORT, 'history is append-only');
END;
