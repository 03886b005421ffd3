-- Store version 3: automations, assignment, and what is on its way out. What is said in system.sql holds here, too.
--
-- Numbers of outcomes, states and kinds are those of the enumerations in engine/command/effects.h and process.h,
-- which only grow. What is done leaves the indexes that somebody looks for work in.

ALTER TABLE fw_account ADD COLUMN email TEXT NOT NULL DEFAULT '';  -- empty: gets no mail

-- Kinds: 3 response, 4 recycle, 5 delayed, 6 date, 7 cron, 8 to-do, 9 digest.
ALTER TABLE fw_timer ADD COLUMN rule    TEXT NOT NULL DEFAULT '';  -- an automation or assignment
ALTER TABLE fw_timer ADD COLUMN payload TEXT NOT NULL DEFAULT '';
CREATE INDEX fw_timer_rule ON fw_timer (rule, due_at) WHERE rule > '';

-- One row for each time that an automation was triggered; kept for some weeks.
CREATE TABLE fw_run (
  id           INTEGER PRIMARY KEY,
  at           INTEGER NOT NULL,
  automation   TEXT NOT NULL,
  entity       TEXT NOT NULL,  -- empty: about no record
  record       INTEGER NOT NULL,
  cause_text   TEXT NOT NULL,  -- what set it off, in the terms of the text
  outcome      INTEGER NOT NULL,  -- 0 done, 1 declined, 2 skipped, 3 waiting, 4 failed, 5 stopped
  reason       TEXT NOT NULL,
  actions      TEXT NOT NULL,
  cause        INTEGER NOT NULL,  -- a sequence of fw_history; 0: a time
  depth        INTEGER NOT NULL,
  actor        INTEGER NOT NULL,
  microseconds INTEGER NOT NULL
) STRICT;
CREATE INDEX fw_run_automation ON fw_run (automation, outcome);
CREATE INDEX fw_run_outcome ON fw_run (outcome);
CREATE INDEX fw_run_record ON fw_run (entity, record) WHERE entity > '';

-- Automations that run once for each record.
CREATE TABLE fw_run_once (
  automation TEXT NOT NULL,
  entity     TEXT NOT NULL,
  record     INTEGER NOT NULL,
  PRIMARY KEY (automation, entity, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE fw_message (
  id          INTEGER PRIMARY KEY,
  key         TEXT NOT NULL,
  destination TEXT NOT NULL,  -- an outbound webhook, or 'mail'
  receiver    TEXT NOT NULL,
  subject     TEXT NOT NULL,
  created_at  INTEGER NOT NULL,
  due_at      INTEGER NOT NULL,
  state       INTEGER NOT NULL,  -- 0 waiting, 1 delivered, 2 dead
  attempts    INTEGER NOT NULL,
  ended_at    INTEGER,
  problem     TEXT NOT NULL,
  entity      TEXT NOT NULL,
  record      INTEGER NOT NULL,
  cause       INTEGER NOT NULL,
  body        TEXT NOT NULL  -- last: a row's other columns are then read without it
) STRICT;
-- The first that waits for each destination, and mail by when it is due.
CREATE INDEX fw_message_waiting ON fw_message (destination) WHERE state = 0;
CREATE INDEX fw_message_mail ON fw_message (due_at) WHERE state = 0 AND destination = 'mail';
-- For those who look through them.
CREATE INDEX fw_message_destination ON fw_message (destination, state);
CREATE INDEX fw_message_state ON fw_message (state);

CREATE TABLE fw_attempt (
  message      INTEGER NOT NULL REFERENCES fw_message (id),
  number       INTEGER NOT NULL,  -- from 1
  at           INTEGER NOT NULL,
  status       INTEGER NOT NULL,
  problem      TEXT NOT NULL,
  milliseconds INTEGER NOT NULL,
  PRIMARY KEY (message, number)
) STRICT, WITHOUT ROWID;

-- Of those destinations that were disabled once.
CREATE TABLE fw_destination (
  name     TEXT PRIMARY KEY,
  disabled INTEGER NOT NULL CHECK (disabled IN (0, 1)),
  why      TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE fw_notification (
  id           INTEGER PRIMARY KEY,
  account      INTEGER NOT NULL REFERENCES fw_account (id),
  at           INTEGER NOT NULL,
  title        TEXT NOT NULL,
  text         TEXT NOT NULL,
  entity       TEXT NOT NULL,
  record       INTEGER NOT NULL,
  rule         TEXT NOT NULL,
  urgent       INTEGER NOT NULL,
  read_at      INTEGER,
  in_inbox     INTEGER NOT NULL,
  mail_pending INTEGER NOT NULL
) STRICT;
CREATE INDEX fw_notification_inbox ON fw_notification (account) WHERE in_inbox = 1;
CREATE INDEX fw_notification_unread ON fw_notification (account) WHERE in_inbox = 1 AND read_at IS NULL;
CREATE INDEX fw_notification_mail ON fw_notification (account) WHERE mail_pending = 1;

-- Without a time comes last, which is the largest integer.
CREATE TABLE fw_todo (
  id         INTEGER PRIMARY KEY,
  assignee   INTEGER NOT NULL REFERENCES fw_account (id),
  title      TEXT NOT NULL,
  entity     TEXT NOT NULL,
  record     INTEGER NOT NULL,
  rule       TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  due_at     INTEGER,
  done_at    INTEGER,
  done_by    INTEGER NOT NULL
) STRICT;
CREATE INDEX fw_todo_open ON fw_todo (assignee, ifnull(due_at, 9223372036854775807)) WHERE done_at IS NULL;
CREATE INDEX fw_todo_open_of_record ON fw_todo (entity, record) WHERE done_at IS NULL;
CREATE INDEX fw_todo_done ON fw_todo (assignee, done_at) WHERE done_at IS NOT NULL;
CREATE INDEX fw_todo_done_of_record ON fw_todo (entity, record, done_at) WHERE done_at IS NOT NULL;

-- Of those who want another way than the usual one. Times of the day are microseconds.
CREATE TABLE fw_preferences (
  account    INTEGER PRIMARY KEY REFERENCES fw_account (id),
  mail       INTEGER NOT NULL,
  quiet_from INTEGER,
  quiet_to   INTEGER,
  digest     INTEGER NOT NULL,  -- 0 none, 1 hourly, 2 daily
  digest_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE fw_absence (
  id        INTEGER PRIMARY KEY,
  account   INTEGER NOT NULL REFERENCES fw_account (id),
  starts_at INTEGER NOT NULL,
  ends_at   INTEGER NOT NULL,
  reason    TEXT NOT NULL,
  ended_at  INTEGER  -- when somebody ended it, or it was found to be over
) STRICT;
CREATE INDEX fw_absence_running ON fw_absence (id) WHERE ended_at IS NULL;

-- Shared with the outside, so they are here as they are and not as hashes.
CREATE TABLE fw_secret (
  name           TEXT PRIMARY KEY,
  current        BLOB NOT NULL,
  previous       BLOB NOT NULL,  -- empty: none
  previous_until INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX fw_secret_until ON fw_secret (previous_until) WHERE previous_until IS NOT NULL;

CREATE TABLE fw_response (
  entity        TEXT NOT NULL,
  record        INTEGER NOT NULL,
  started_at    INTEGER NOT NULL,
  running_since INTEGER,
  used          INTEGER NOT NULL,  -- microseconds
  passed_on     INTEGER NOT NULL,  -- the same
  owner         INTEGER NOT NULL,
  stopped       INTEGER NOT NULL,
  PRIMARY KEY (entity, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE fw_share (
  assignment TEXT NOT NULL,
  rule       TEXT NOT NULL,
  account    INTEGER NOT NULL REFERENCES fw_account (id),
  share      INTEGER NOT NULL,
  PRIMARY KEY (assignment, rule, account)
) STRICT, WITHOUT ROWID;
