// How SQLite walks to runs, messages, notifications, to-dos, open records and matches.
#include <doctest/doctest.h>

#include "engine/store/sqlite/assignment_rows.h"
#include "engine/store/sqlite/list_query.h"
#include "engine/store/sqlite/message_rows.h"
#include "engine/store/sqlite/notification_rows.h"
#include "engine/store/sqlite/run_rows.h"
#include "tests/engine/store/effects_contract.h"
#include "tests/engine/store/sqlite_plans.h"

namespace formwork::store {
namespace {

TEST_CASE("what is to be done is looked up in indexes, in the order that is asked") {
  Opened opened;

  struct Row {
    System statement;
    std::string search;
  };

  const std::vector<Row> rows{
      {System::TimersOfRule, "fw_timer_rule (rule=?)"},
      {System::DeleteTimersOfRecordAndRule, "fw_timer_record (entity=? AND record=?)"},
      {System::FindRun, "fw_run USING INTEGER PRIMARY KEY"},
      {System::HasRunOnce, "fw_run_once USING PRIMARY KEY"},
      {System::FindMessage, "fw_message USING INTEGER PRIMARY KEY"},
      {System::NextWaitingDestination, "fw_message_waiting (destination>?)"},
      {System::FirstWaitingMessage, "fw_message_waiting (destination=?)"},
      {System::MailDue, "fw_message_mail (due_at<?)"},
      {System::Attempts, "fw_attempt USING PRIMARY KEY (message=?)"},
      {System::InsertAttempt, "fw_attempt USING PRIMARY KEY (message=?)"},
      {System::NextDestination, "fw_message_destination (destination>?)"},
      {System::CountMessages, "fw_message_destination (destination=? AND state=?)"},
      {System::ReadNotification, "fw_notification USING INTEGER PRIMARY KEY"},
      {System::ReadNotifications, "fw_notification_unread (account=?)"},
      {System::ClearMailPending, "fw_notification_mail (account=?)"},
      {System::FindToDo, "fw_todo USING INTEGER PRIMARY KEY"},
      {System::ForgetPreviousSecrets, "fw_secret_until"},
      {System::Shares, "fw_share USING PRIMARY KEY (assignment=? AND rule=?)"},
  };
  CHECK(opened.plan_of(text_of(System::NextMail)).find("fw_message_mail") != std::string::npos);
  CHECK(opened.plan_of(text_of(System::Absences)).find("fw_absence_running") != std::string::npos);
  CHECK(opened.plan_of(text_of(System::CountUnread)).find("fw_notification_unread (account=?)") !=
        std::string::npos);
  for (const Row& row : rows) opened.check_sought(text_of(row.statement), row.search);
}

TEST_CASE("lists of runs, messages, notifications and to-dos are ranges of an index, in order") {
  Opened opened;
  opened.check_sought(runs_sql({.automation = "a", .outcome = RunOutcome::Failed}),
                      "fw_run_automation (automation=? AND outcome=? AND rowid<?)");
  opened.check_sought(runs_sql({.outcome = RunOutcome::Failed}),
                      "fw_run_outcome (outcome=? AND rowid<?)");
  opened.check_sought(runs_sql({.entity = "lead", .record = 1}),
                      "fw_run_record (entity=? AND record=? AND rowid<?)");
  opened.check_sought(
      runs_sql({.automation = "a", .entity = "lead", .record = 1, .outcome = RunOutcome::Failed}),
      "fw_run_record (entity=? AND record=? AND rowid<?)");
  opened.check_sought(runs_sql({}), "fw_run USING INTEGER PRIMARY KEY (rowid<?)");
  opened.check_sought(messages_sql({.destination = "erp", .state = MessageState::Dead}),
                      "fw_message_destination (destination=? AND state=? AND rowid<?)");
  opened.check_sought(messages_sql({.state = MessageState::Dead}),
                      "fw_message_state (state=? AND rowid<?)");
  opened.check_sought(messages_sql({}), "fw_message USING INTEGER PRIMARY KEY (rowid<?)");
  opened.check_sought(notifications_sql({.account = 1}),
                      "fw_notification_inbox (account=? AND rowid<?)");
  opened.check_sought(notifications_sql({.account = 1, .unread = true}),
                      "fw_notification_unread (account=? AND rowid<?)");
  opened.check_sought(notifications_sql({.account = 1, .mail_pending = true}),
                      "fw_notification_mail (account=? AND rowid>?)");
  opened.check_sought(todos_sql({.assignee = 1}), "fw_todo_open (assignee=?)");
  opened.check_sought(todos_sql({.assignee = 1, .open = false}),
                      "fw_todo_done (assignee=? AND done_at>?)");
  // Of a record there are few to sort.
  CHECK(opened.plan_of(todos_sql({.entity = "lead", .record = 1}))
            .find("fw_todo_open_of_record (entity=? AND record=?)") != std::string::npos);
  opened.check_sought(todos_sql({.entity = "lead", .record = 1, .open = false}),
                      "fw_todo_done_of_record (entity=? AND record=? AND done_at>?)");
}

TEST_CASE("open records of an owner and matches are looked up in indexes of their own") {
  Opened opened(assigned_model());
  const model::Entity& lead = opened.model->entities[0];
  CHECK(opened.plan_of(open_sql(lead)).find("r_lead:open (owner=?)") != std::string::npos);
  const auto matching = [](const model::Entity& entity, std::vector<std::string> names) {
    std::vector<Condition> conditions;
    for (const std::string& name : names) {
      conditions.push_back({testing::column_of(entity, name), Comparison::Equal,
                            name == "budget" ? number("1.00") : text("x")});
    }
    return match_sql(entity, terms_of(entity, conditions));
  };
  opened.check_sought(matching(lead, {"email"}), "r_lead:email (email=?)");
  opened.check_sought(matching(lead, {"company", "budget"}),
                      "r_lead:company+budget (company=? AND budget=?)");
  opened.check_sought(matching(opened.model->entities[1], {"place"}), "r_visit:place (place=?)");
  opened.check_sought(matching(opened.model->entities[2], {"text"}), "r_note:text (text=?)");
}

TEST_CASE("what is done leaves the indexes of what is to be done") {
  Opened opened;
  const AccountId li = add_account(*opened.store, "li.lei");
  work(*opened.store, [&](Transaction& transaction) {
    for (int i = 0; i < 100; ++i) {
      OutboxMessage message{.destination = i % 2 == 0 ? "mail" : "erp"};
      message.id = transaction.insert_message(message);
      message.state = MessageState::Delivered;
      if (i > 3) transaction.update_message(message);
      ToDo todo{.assignee = li};
      todo.id = transaction.insert_todo(todo);
      todo.done_at = Instant{1};
      if (i > 3) transaction.update_todo(todo);
      transaction.insert_notification({.account = li});
    }
    transaction.read_notification(li, std::nullopt, Instant{1});
  });
  const auto entries = [&](const std::string& index, const std::string& condition) {
    const std::string table = index.substr(0, index.rfind('_'));
    return column(opened.file,
                  "SELECT count(*) FROM " + table + " INDEXED BY " + index + " WHERE " + condition);
  };
  CHECK(entries("fw_message_waiting", "state = 0") == std::vector<std::string>{"4"});
  CHECK(entries("fw_message_mail", "state = 0 AND destination = 'mail'") ==
        std::vector<std::string>{"2"});
  CHECK(entries("fw_notification_unread", "in_inbox = 1 AND read_at IS NULL") ==
        std::vector<std::string>{"0"});
  CHECK(entries("fw_todo_open", "done_at IS NULL") == std::vector<std::string>{"4"});
}

}  // namespace
}  // namespace formwork::store
