-- Store version 2: stages, approvals, timers and the organization. What is said in system.sql holds here, too.
--
-- Numbers of states and kinds are those of the enumerations in engine/command/process.h, which only grow.

ALTER TABLE fw_account ADD COLUMN manager INTEGER NOT NULL DEFAULT 0;   -- an account; 0: none
ALTER TABLE fw_account ADD COLUMN teams   TEXT NOT NULL DEFAULT ',';    -- ',east,sales,'
ALTER TABLE fw_account ADD COLUMN heads   TEXT NOT NULL DEFAULT ',';

-- Older entries have neither, which is how their hashes were made.
ALTER TABLE fw_history ADD COLUMN detail    TEXT NOT NULL DEFAULT '';
ALTER TABLE fw_history ADD COLUMN caused_by INTEGER NOT NULL DEFAULT 0;

-- One row for each time that a record was submitted. Its steps are read and written together, so they are one
-- value: see engine/store/sqlite/process_steps.h.
CREATE TABLE fw_process (
  id            INTEGER PRIMARY KEY,
  entity        TEXT NOT NULL,
  record        INTEGER NOT NULL,
  chain         TEXT NOT NULL,
  model         TEXT NOT NULL,
  state         INTEGER NOT NULL,  -- below 2: under way
  held          INTEGER NOT NULL,  -- 1: a step waits for somebody to name an approver
  submitter     INTEGER NOT NULL,
  submitted_at  INTEGER NOT NULL,
  ended_at      INTEGER,
  stage         TEXT NOT NULL,
  origin        TEXT NOT NULL,
  round         INTEGER NOT NULL,
  resume_at     INTEGER,
  last_decision INTEGER,
  steps         BLOB NOT NULL
) STRICT;
CREATE INDEX fw_process_record ON fw_process (entity, record);
CREATE INDEX fw_process_submitter ON fw_process (submitter);
CREATE INDEX fw_process_under_way ON fw_process (submitter) WHERE state < 2;
CREATE INDEX fw_process_held ON fw_process (held) WHERE held = 1;

-- The indexes hold what somebody looks through: open tasks leave theirs when they are closed.
CREATE TABLE fw_task (
  id         INTEGER PRIMARY KEY,
  process    INTEGER NOT NULL REFERENCES fw_process (id),
  step       INTEGER NOT NULL,
  seat       INTEGER NOT NULL,
  place      INTEGER NOT NULL,
  kind       INTEGER NOT NULL,  -- 0 decide, 1 resubmit, 2 copy
  state      INTEGER NOT NULL,  -- 0 waiting, 1 open, 2 done, 3 void
  outcome    INTEGER NOT NULL,
  assignee   INTEGER NOT NULL,
  reason     TEXT NOT NULL,
  added_by   INTEGER NOT NULL,
  decided_by INTEGER NOT NULL,
  comment    TEXT NOT NULL,
  opened_at  INTEGER,
  due_at     INTEGER,
  closed_at  INTEGER,
  read_at    INTEGER,
  urged_at   INTEGER,
  urged      INTEGER NOT NULL
) STRICT;
CREATE INDEX fw_task_process ON fw_task (process);
CREATE INDEX fw_task_open ON fw_task (assignee) WHERE state = 1 AND kind < 2;
CREATE INDEX fw_task_done ON fw_task (decided_by, closed_at) WHERE state = 2 AND kind < 2;
CREATE INDEX fw_task_copy ON fw_task (assignee) WHERE kind = 2;
CREATE INDEX fw_task_unread ON fw_task (assignee) WHERE kind = 2 AND read_at IS NULL;

-- The stays of one record lie side by side and in their order.
CREATE TABLE fw_stay (
  entity     TEXT NOT NULL,
  record     INTEGER NOT NULL,
  number     INTEGER NOT NULL,  -- from 1
  stage      TEXT NOT NULL,
  entered_at INTEGER NOT NULL,
  left_at    INTEGER,
  entered_by INTEGER NOT NULL,
  PRIMARY KEY (entity, record, number)
) STRICT, WITHOUT ROWID;

-- An id is never given twice, so that whoever has read a timer cannot take another one for it.
CREATE TABLE fw_timer (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  due_at INTEGER NOT NULL,
  kind   INTEGER NOT NULL,  -- 0 dwell warning, 1 dwell limit, 2 deadline of a task
  entity TEXT NOT NULL,
  record INTEGER NOT NULL,
  task   INTEGER NOT NULL,
  number INTEGER NOT NULL
) STRICT;
CREATE INDEX fw_timer_due ON fw_timer (due_at);
CREATE INDEX fw_timer_record ON fw_timer (entity, record);
CREATE INDEX fw_timer_task ON fw_timer (task) WHERE task > 0;

CREATE TABLE fw_delegation (
  id         INTEGER PRIMARY KEY,
  principal  INTEGER NOT NULL REFERENCES fw_account (id),
  delegate   INTEGER NOT NULL REFERENCES fw_account (id),
  starts_at  INTEGER NOT NULL,
  ends_at    INTEGER NOT NULL,
  created_by INTEGER NOT NULL,
  ended_at   INTEGER  -- when somebody ended it, or it was found to be over
) STRICT;
CREATE INDEX fw_delegation_running ON fw_delegation (id) WHERE ended_at IS NULL;
