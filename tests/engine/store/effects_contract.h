// What every store must do with runs, messages, notifications, to-dos, clocks, shares, secrets and
// absences, with open records and records that are found again, and with parts of a piece; see
// store_contract.h.
#pragma once

#include <doctest/doctest.h>

#include "engine/store/store.h"
#include "tests/engine/store/process_contract.h"
#include "tests/engine/store/store_fixture.h"

namespace formwork::store {

using engine::MessageState;
using engine::RunOutcome;

template <class Row>
std::vector<std::int64_t> row_ids(const std::vector<Row>& rows) {
  std::vector<std::int64_t> list;
  for (const Row& row : rows) list.push_back(row.id);
  return list;
}

using RowIds = std::vector<std::int64_t>;

// Leads that are assigned: owner, pool and stage, and a table field, which no index has.
inline model::Model assigned_model() {
  using namespace testing;
  model::Model model = model_of(
      "crm", {entity_of("lead", {field_of("text", "company"), scaled_field("money", "budget", 2),
                                 field_of("user", "owner"), field_of("choice", "stage"),
                                 field_of("date_time", "stage_since"), field_of("choice", "final"),
                                 field_of("date_time", "closed_at"),
                                 field_of("date_time", "assigned_at"), field_of("text", "email")}),
              entity_of("visit", {field_of("text", "place"), field_of("user", "owner")}),
              entity_of("note", {field_of("text", "text")})});
  model::Entity& lead = model.entities[0];
  lead.owner = index_of(lead, "owner");
  lead.stage_fields = model::StageFields{.stage = index_of(lead, "stage"),
                                         .since = index_of(lead, "stage_since"),
                                         .final = index_of(lead, "final"),
                                         .closed_at = index_of(lead, "closed_at"),
                                         .checklist = std::nullopt,
                                         .lifecycle = std::nullopt};
  lead.assignment_fields = model::AssignmentFields{.assigned_at = index_of(lead, "assigned_at"),
                                                   .pool = std::nullopt,
                                                   .respond_by = std::nullopt,
                                                   .responded_at = std::nullopt};
  model.entities[1].owner = index_of(model.entities[1], "owner");
  model::Intake intake;
  intake.match = {{index_of(lead, "email")}, {index_of(lead, "company"), index_of(lead, "budget")}};
  model::PublicForm form;
  form.intake = intake;
  model.forms.push_back(form);
  model::InboundWebhook inbound;
  inbound.intake.entity = 1;
  inbound.intake.match = {{0}};
  model::Webhook webhook;
  webhook.way = inbound;
  model.webhooks.push_back(webhook);
  model::CreateAction create;
  create.entity = 2;
  create.match = {0};
  model::Automation automation;
  automation.actions.push_back({.when = std::nullopt, .what = create, .where = {}});
  model.automations.push_back(automation);
  return model;
}

inline AccountId add_account(Store& store, const std::string& name) {
  AccountId id = 0;
  work(store, [&](Transaction& transaction) {
    Account account;
    account.name = name;
    id = transaction.insert_account(account);
  });
  return id;
}

TEST_CASE_TEMPLATE_DEFINE("a run comes back as it was written, and runs are found by what they are",
                          Backend, contract_runs) {
  const auto store = Backend::open(testing::shared(lead_model()));
  const Run full{.at = Instant{-7},
                 .automation = "assign_lead",
                 .entity = "lead",
                 .record = 4,
                 .trigger = "stage: 报价",
                 .outcome = RunOutcome::Failed,
                 .reason = "owner: nobody is free",
                 .actions = R"([{"action":"set"}])",
                 .cause = 12,
                 .depth = 3,
                 .actor = 9,
                 .microseconds = 1234};
  work(*store, [&](Transaction& transaction) {
    CHECK(transaction.insert_run(full) == 1);
    transaction.insert_run({.automation = "tag", .entity = "lead", .record = 4});
    transaction.insert_run(
        {.automation = "assign_lead", .entity = "lead", .record = 5, .outcome = RunOutcome::Done});
    transaction.insert_run({.automation = "nightly", .outcome = RunOutcome::Stopped});
    transaction.insert_run({.automation = "assign_lead",
                            .entity = "quote",
                            .record = 4,
                            .outcome = RunOutcome::Waiting});
    transaction.insert_run(
        {.automation = "assign_lead", .entity = "lead", .record = 4, .outcome = RunOutcome::Done});
  });
  const auto view = store->read();
  const auto found = view->find_run(1);
  REQUIRE(found);
  CHECK(found->at == full.at);
  CHECK(found->automation == full.automation);
  CHECK(found->entity == full.entity);
  CHECK(found->record == full.record);
  CHECK(found->trigger == full.trigger);
  CHECK(found->outcome == full.outcome);
  CHECK(found->reason == full.reason);
  CHECK(found->actions == full.actions);
  CHECK(found->cause == full.cause);
  CHECK(found->depth == full.depth);
  CHECK(found->actor == full.actor);
  CHECK(found->microseconds == full.microseconds);
  CHECK_FALSE(view->find_run(7));

  CHECK(row_ids(view->runs({})) == RowIds{6, 5, 4, 3, 2, 1});
  CHECK(row_ids(view->runs({.before = 4, .limit = 2})) == RowIds{3, 2});
  CHECK(row_ids(view->runs({.automation = "assign_lead"})) == RowIds{6, 5, 3, 1});
  CHECK(row_ids(view->runs({.automation = "assign_lead", .before = 6, .limit = 2})) ==
        RowIds{5, 3});
  CHECK(row_ids(view->runs({.automation = "assign_lead", .outcome = RunOutcome::Done})) ==
        RowIds{6, 3});
  CHECK(row_ids(view->runs({.entity = "lead", .record = 4})) == RowIds{6, 2, 1});
  CHECK(row_ids(view->runs({.automation = "tag", .entity = "lead", .record = 4})) == RowIds{2});
  CHECK(row_ids(view->runs({.outcome = RunOutcome::Stopped})) == RowIds{4});
  CHECK(view->runs({.automation = "none"}).empty());
}

TEST_CASE_TEMPLATE_DEFINE("old runs are deleted by portions, and what ran once stays known",
                          Backend, contract_old_runs) {
  const auto store = Backend::open(testing::shared(lead_model()));
  work(*store, [&](Transaction& transaction) {
    for (int i = 0; i < 5'000; ++i) transaction.insert_run({.at = Instant{i}, .automation = "a"});
    transaction.note_run_once("a", "lead", 1);
    transaction.note_run_once("a", "lead", 1);
    CHECK(transaction.has_run_once("a", "lead", 1));
  });
  int portions = 1;
  work(*store, [&](Transaction& transaction) {
    while (transaction.delete_runs(Instant{4'500})) ++portions;
  });
  CHECK(portions == 3);
  CHECK(store->read()->runs({.limit = 5'000}).size() == 500);
  CHECK(store->read()->has_run_once("a", "lead", 1));
  CHECK_FALSE(store->read()->has_run_once("a", "lead", 2));
  CHECK_FALSE(store->read()->has_run_once("a", "quote", 1));
  CHECK_FALSE(store->read()->has_run_once("b", "lead", 1));
}

TEST_CASE_TEMPLATE_DEFINE("a message comes back with its attempts, and keeps what does not change",
                          Backend, contract_message) {
  const auto store = Backend::open(testing::shared(lead_model()));
  OutboxMessage message{.key = "msg_1",
                        .destination = "erp",
                        .to = "li@example.com",
                        .subject = "lead.qualified",
                        .body = R"({"type":"lead.qualified"})",
                        .created_at = Instant{5},
                        .due_at = Instant{6},
                        .entity = "lead",
                        .record = 3,
                        .cause = 8};
  work(*store, [&](Transaction& transaction) {
    message.id = transaction.insert_message(message);
    transaction.insert_attempt({.message = message.id,
                                .at = Instant{7},
                                .status = 503,
                                .problem = "busy",
                                .milliseconds = 40});
    transaction.insert_attempt({.message = message.id, .at = Instant{6}, .status = 204});
  });
  OutboxMessage changed = message;
  changed.key = "another";
  changed.due_at = Instant{70};
  changed.state = MessageState::Dead;
  changed.attempts = 2;
  changed.ended_at = Instant{71};
  changed.problem = "HTTP 410";
  work(*store, [&](Transaction& transaction) { transaction.update_message(changed); });
  const auto found = store->read()->find_message(message.id);
  REQUIRE(found);
  CHECK(found->key == "msg_1");
  CHECK(found->destination == "erp");
  CHECK(found->to == message.to);
  CHECK(found->subject == message.subject);
  CHECK(found->body == message.body);
  CHECK(found->created_at == Instant{5});
  CHECK(found->due_at == Instant{70});
  CHECK(found->state == MessageState::Dead);
  CHECK(found->attempts == 2);
  CHECK(found->ended_at == Instant{71});
  CHECK(found->problem == "HTTP 410");
  CHECK(found->entity == "lead");
  CHECK(found->record == 3);
  CHECK(found->cause == 8);
  const std::vector<Attempt> attempts = store->read()->attempts(message.id);
  REQUIRE(attempts.size() == 2);
  CHECK(attempts[0].message == message.id);
  CHECK(attempts[0].at == Instant{7});
  CHECK(attempts[0].status == 503);
  CHECK(attempts[0].problem == "busy");
  CHECK(attempts[0].milliseconds == 40);
  CHECK(attempts[1].status == 204);
  CHECK(store->read()->attempts(99).empty());
  CHECK_FALSE(store->read()->find_message(99));
}

inline MessageId queue(Transaction& transaction, const std::string& destination, std::int64_t due) {
  return transaction.insert_message({.destination = destination, .due_at = Instant{due}});
}

inline void set_state(Transaction& transaction, MessageId id, MessageState state,
                      std::int64_t due = 0) {
  OutboxMessage message = *transaction.find_message(id);
  message.state = state;
  message.due_at = Instant{due};
  transaction.update_message(message);
}

TEST_CASE_TEMPLATE_DEFINE("old messages and notifications go by portions, the newest stays",
                          Backend, contract_old_messages) {
  const auto store = Backend::open(testing::shared(lead_model()));
  const AccountId account = add_account(*store, "li.lei");
  work(*store, [&](Transaction& transaction) {
    for (int i = 1; i <= 2'500; ++i) {
      const MessageId id = queue(transaction, "erp", i);
      OutboxMessage message = *transaction.find_message(id);
      message.state = i % 5 == 0 ? MessageState::Dead : MessageState::Delivered;
      message.ended_at = Instant{i};
      transaction.update_message(message);
      transaction.insert_attempt({.message = id, .at = Instant{i}, .status = 204});
      transaction.insert_notification({.account = account, .at = Instant{i}, .in_inbox = true});
    }
    queue(transaction, "erp", 1);  // waits, however long
  });
  int portions = 1;
  work(*store, [&](Transaction& transaction) {
    while (transaction.delete_messages(MessageState::Delivered, Instant{2'400})) ++portions;
    CHECK_FALSE(transaction.delete_messages(MessageState::Dead, Instant{11}));
    while (transaction.delete_notifications(Instant{9'000})) ++portions;
  });
  CHECK(portions == 2);
  const auto view = store->read();
  CHECK(view->messages({.state = MessageState::Delivered, .limit = 9'000}).size() == 80);
  CHECK(view->messages({.state = MessageState::Dead, .limit = 9'000}).size() == 498);
  CHECK(view->messages({.state = MessageState::Waiting, .limit = 9'000}).size() == 1);
  CHECK(view->attempts(2'399).empty());
  CHECK(view->attempts(2'401).size() == 1);
  CHECK(view->attempts(15).size() == 1);
  CHECK(row_ids(view->notifications({.account = account, .limit = 9'000})) == RowIds{2'500});
}

TEST_CASE_TEMPLATE_DEFINE("mail that nobody has sent for long is dead, with the reason", Backend,
                          contract_stale_mail) {
  const auto store = Backend::open(testing::shared(lead_model()));
  work(*store, [&](Transaction& transaction) {
    queue(transaction, "mail", 10);
    queue(transaction, "mail", 20);
    queue(transaction, "erp", 10);
    transaction.end_stale_mail(Instant{20}, Instant{99}, "nobody sent it");
  });
  const auto mail = store->read()->find_message(1);
  CHECK(mail->state == MessageState::Dead);
  CHECK(mail->ended_at == Instant{99});
  CHECK(mail->problem == "nobody sent it");
  CHECK(store->read()->find_message(2)->state == MessageState::Waiting);
  CHECK(store->read()->find_message(3)->state == MessageState::Waiting);
}

TEST_CASE_TEMPLATE_DEFINE("the first that waits for each webhook is due, and all mail that is",
                          Backend, contract_messages_due) {
  const auto store = Backend::open(testing::shared(lead_model()));
  CHECK_FALSE(store->read()->next_message());
  CHECK(store->read()->destinations().empty());
  work(*store, [](Transaction& transaction) {
    CHECK(queue(transaction, "erp", 50) == 1);  // stands in the way of 2
    queue(transaction, "erp", 10);
    queue(transaction, "mail", 30);
    queue(transaction, "mail", 20);
    queue(transaction, "mail", 90);
    queue(transaction, "ads", 40);
    queue(transaction, "ads", 5);
    queue(transaction, "zoo", 1);
    transaction.set_destination("zoo", true, "HTTP 410");
  });
  const auto due = [&](std::int64_t now, std::size_t limit = 50) {
    return row_ids(store->read()->messages_due(Instant{now}, limit));
  };
  CHECK(due(19) == RowIds{});
  CHECK(store->read()->next_message() == Instant{20});
  CHECK(due(30) == RowIds{4, 3});
  CHECK(due(50) == RowIds{6, 1, 4, 3});
  CHECK(due(50, 3) == RowIds{6, 1, 4});
  CHECK(due(50, 1) == RowIds{6});
  work(*store, [](Transaction& transaction) {
    set_state(transaction, 1, MessageState::Delivered);
    set_state(transaction, 6, MessageState::Dead);
    set_state(transaction, 4, MessageState::Delivered);
    transaction.set_destination("zoo", false, "");
    transaction.set_destination("mail", true, "by li.lei");
  });
  CHECK(due(50) == RowIds{7, 2, 8});
  CHECK(store->read()->next_message() == Instant{1});
  // Sent again by hand, it comes before those that came later.
  work(*store,
       [](Transaction& transaction) { set_state(transaction, 6, MessageState::Waiting, 44); });
  CHECK(due(50) == RowIds{6, 2, 8});

  const std::vector<Destination> found = store->read()->destinations();
  REQUIRE(found.size() == 4);
  CHECK(found[0].name == "ads");
  CHECK(found[0].waiting == 2);
  CHECK(found[0].dead == 0);
  CHECK_FALSE(found[0].disabled);
  CHECK(found[1].name == "erp");
  CHECK(found[1].waiting == 1);
  CHECK(found[2].name == "mail");
  CHECK(found[2].disabled);
  CHECK(found[2].why == "by li.lei");
  CHECK(found[2].waiting == 2);
  CHECK(found[3].name == "zoo");
}

TEST_CASE_TEMPLATE_DEFINE("messages are listed by destination and state, newest first", Backend,
                          contract_messages) {
  const auto store = Backend::open(testing::shared(lead_model()));
  work(*store, [](Transaction& transaction) {
    for (int i = 0; i < 4; ++i) {
      queue(transaction, "erp", 0);
      queue(transaction, "mail", 0);
    }
    set_state(transaction, 1, MessageState::Dead);
    set_state(transaction, 4, MessageState::Dead);
    set_state(transaction, 7, MessageState::Delivered);
  });
  const auto view = store->read();
  CHECK(row_ids(view->messages({})) == RowIds{8, 7, 6, 5, 4, 3, 2, 1});
  CHECK(row_ids(view->messages({.before = 3})) == RowIds{2, 1});
  CHECK(row_ids(view->messages({.destination = "erp"})) == RowIds{7, 5, 3, 1});
  CHECK(row_ids(view->messages({.destination = "erp", .before = 7, .limit = 2})) == RowIds{5, 3});
  CHECK(row_ids(view->messages({.destination = "erp", .state = MessageState::Waiting})) ==
        RowIds{5, 3});
  CHECK(row_ids(view->messages({.state = MessageState::Dead})) == RowIds{4, 1});
}

TEST_CASE_TEMPLATE_DEFINE("notifications wait in the inbox until they are read, and for the digest",
                          Backend, contract_notifications) {
  const auto store = Backend::open(testing::shared(lead_model()));
  const AccountId li = add_account(*store, "li.lei");
  const AccountId han = add_account(*store, "han.mei");
  const Notification full{.account = li,
                          .at = Instant{5},
                          .title = "请跟进",
                          .text = "ACME waits",
                          .entity = "lead",
                          .record = 3,
                          .rule = "automation remind",
                          .urgent = true,
                          .mail_pending = true};
  work(*store, [&](Transaction& transaction) {
    CHECK(transaction.insert_notification(full) == 1);
    transaction.insert_notification({.account = han});
    transaction.insert_notification({.account = li, .in_inbox = false, .mail_pending = true});
    transaction.insert_notification({.account = li});
    transaction.insert_notification({.account = li});
  });
  {
    const auto view = store->read();
    const std::vector<Notification> found = view->notifications({.account = li});
    CHECK(row_ids(found) == RowIds{5, 4, 1});
    CHECK(found[2].at == full.at);
    CHECK(found[2].title == full.title);
    CHECK(found[2].text == full.text);
    CHECK(found[2].entity == full.entity);
    CHECK(found[2].record == full.record);
    CHECK(found[2].rule == full.rule);
    CHECK(found[2].urgent);
    CHECK_FALSE(found[2].read_at);
    CHECK(found[2].in_inbox);
    CHECK(found[2].mail_pending);
    CHECK(row_ids(view->notifications({.account = li, .before = 5, .limit = 1})) == RowIds{4});
    CHECK(row_ids(view->notifications({.account = li, .mail_pending = true})) == RowIds{1, 3});
    CHECK(view->count_unread(li, 100) == 3);
    CHECK(view->count_unread(li, 2) == 2);
    CHECK(view->count_unread(99, 100) == 0);
  }
  work(*store, [&](Transaction& transaction) {
    transaction.read_notification(li, 4, Instant{20});
    transaction.read_notification(li, 4, Instant{30});
    transaction.read_notification(li, 2, Instant{20});  // of another
  });
  CHECK(row_ids(store->read()->notifications({.account = li, .unread = true})) == RowIds{5, 1});
  CHECK(store->read()->notifications({.account = li})[1].read_at == Instant{20});
  CHECK(store->read()->count_unread(han, 9) == 1);
  work(*store, [&](Transaction& transaction) {
    transaction.read_notification(li, std::nullopt, Instant{40});
    transaction.clear_mail_pending(li);
  });
  CHECK(store->read()->count_unread(li, 9) == 0);
  CHECK(store->read()->notifications({.account = li})[1].read_at == Instant{20});
  CHECK(store->read()->notifications({.account = li, .mail_pending = true}).empty());
}

TEST_CASE_TEMPLATE_DEFINE("to-dos are open by when they are due, and done newest first", Backend,
                          contract_todos) {
  const auto store = Backend::open(testing::shared(lead_model()));
  const AccountId li = add_account(*store, "li.lei");
  const AccountId han = add_account(*store, "han.mei");
  const auto todo = [&](AccountId who, RecordId record, std::optional<Instant> due) {
    return ToDo{.assignee = who,
                .title = "打电话",
                .entity = "lead",
                .record = record,
                .rule = "automation call",
                .created_at = Instant{1},
                .due_at = due};
  };
  work(*store, [&](Transaction& transaction) {
    CHECK(transaction.insert_todo(todo(li, 1, std::nullopt)) == 1);
    transaction.insert_todo(todo(li, 2, Instant{50}));
    transaction.insert_todo(todo(han, 1, Instant{40}));
    transaction.insert_todo(todo(li, 1, Instant{30}));
    transaction.insert_todo(todo(li, 1, Instant{50}));
  });
  {
    const auto view = store->read();
    CHECK(row_ids(view->todos({.assignee = li})) == RowIds{4, 2, 5, 1});
    CHECK(row_ids(view->todos({.assignee = li, .limit = 2})) == RowIds{4, 2});
    CHECK(row_ids(view->todos({.entity = "lead", .record = 1})) == RowIds{4, 3, 5, 1});
    CHECK(row_ids(view->todos({.assignee = han, .entity = "lead", .record = 1})) == RowIds{3});
    CHECK(view->todos({.assignee = li, .open = false}).empty());
    const auto found = view->find_todo(3);
    REQUIRE(found);
    CHECK(found->assignee == han);
    CHECK(found->title == "打电话");
    CHECK(found->entity == "lead");
    CHECK(found->record == 1);
    CHECK(found->rule == "automation call");
    CHECK(found->created_at == Instant{1});
    CHECK(found->due_at == Instant{40});
    CHECK_FALSE(found->done_at);
    CHECK_FALSE(view->find_todo(9));
  }
  work(*store, [&](Transaction& transaction) {
    for (const std::int64_t id : {4, 2}) {
      ToDo done = *transaction.find_todo(id);
      done.title = "no";
      done.done_at = Instant{100 - id};
      done.done_by = han;
      transaction.update_todo(done);
    }
  });
  const auto view = store->read();
  CHECK(row_ids(view->todos({.assignee = li})) == RowIds{5, 1});
  const std::vector<ToDo> done = view->todos({.assignee = li, .open = false});
  CHECK(row_ids(done) == RowIds{2, 4});
  CHECK(done[0].title == "打电话");
  CHECK(done[0].done_at == Instant{98});
  CHECK(done[0].done_by == han);
  CHECK(row_ids(view->todos({.entity = "lead", .record = 1, .open = false})) == RowIds{4});
}

TEST_CASE_TEMPLATE_DEFINE("preferences, secrets, clocks and shares are kept by name", Backend,
                          contract_kept) {
  const auto store = Backend::open(testing::shared(lead_model()));
  const AccountId li = add_account(*store, "li.lei");
  const AccountId han = add_account(*store, "han.mei");
  CHECK(store->read()->preferences(li) == Preferences{});
  const Preferences wanted{.mail = false,
                           .quiet_from = TimeOfDay::from_microseconds(79'200'000'000),
                           .quiet_to = TimeOfDay{},
                           .digest = Preferences::Digest::Daily,
                           .digest_at = TimeOfDay::from_microseconds(1)};
  const ResponseClock clock{.started_at = Instant{10},
                            .running_since = Instant{20},
                            .used = DaysDuration::from_microseconds(-3),
                            .passed_on = DaysDuration::from_microseconds(9),
                            .owner = li,
                            .stopped = true};
  work(*store, [&](Transaction& transaction) {
    transaction.put_preferences(li, {});
    transaction.put_preferences(li, wanted);
    transaction.put_secret({.name = "erp", .current = "first"});
    transaction.put_secret({.name = "erp",
                            .current = std::string("\0x", 2),
                            .previous = "first",
                            .previous_until = Instant{50}});
    transaction.put_secret({.name = "ads", .current = "y"});
    transaction.put_response_clock("lead", 1, {});
    transaction.put_response_clock("lead", 1, clock);
    transaction.put_response_clock("lead", 2, {.started_at = Instant{1}});
    transaction.put_share("territory", "east", han, 5);
    transaction.put_share("territory", "east", li, -5);
    transaction.put_share("territory", "east", han, 7);
    transaction.put_share("territory", "rule 2", han, 1);
  });
  const auto view = store->read();
  CHECK(view->preferences(li) == wanted);
  CHECK(view->preferences(han) == Preferences{});
  CHECK(view->secret_names() == std::vector<std::string>{"ads", "erp"});
  const auto secret = view->find_secret("erp");
  REQUIRE(secret);
  CHECK(secret->name == "erp");
  CHECK(secret->current == std::string("\0x", 2));
  CHECK(secret->previous == "first");
  CHECK(secret->previous_until == Instant{50});
  CHECK_FALSE(view->find_secret("ads")->previous_until);
  CHECK_FALSE(view->find_secret("none"));
  const auto found = view->find_response_clock("lead", 1);
  REQUIRE(found);
  CHECK(found->started_at == clock.started_at);
  CHECK(found->running_since == clock.running_since);
  CHECK(found->used == clock.used);
  CHECK(found->passed_on == clock.passed_on);
  CHECK(found->owner == li);
  CHECK(found->stopped);
  CHECK_FALSE(view->find_response_clock("lead", 2)->running_since);
  CHECK_FALSE(view->find_response_clock("lead", 3));
  using Shares = std::vector<std::pair<AccountId, std::int64_t>>;
  CHECK(view->shares("territory", "east") == Shares{{li, -5}, {han, 7}});
  CHECK(view->shares("territory", "none").empty());

  work(*store, [](Transaction& transaction) { transaction.delete_expired(Instant{49}); });
  CHECK(store->read()->find_secret("erp")->previous == "first");
  work(*store, [](Transaction& transaction) { transaction.delete_expired(Instant{50}); });
  CHECK(store->read()->find_secret("erp")->previous.empty());
  CHECK_FALSE(store->read()->find_secret("erp")->previous_until);
}

TEST_CASE_TEMPLATE_DEFINE("whoever reads accounts by their version notices every absence", Backend,
                          contract_absences) {
  const auto store = Backend::open(testing::shared(lead_model()));
  Account account{.name = "li.lei", .email = "li@example.com"};
  work(*store, [&](Transaction& transaction) { account.id = transaction.insert_account(account); });
  CHECK(store->read()->find_account(account.id)->email == "li@example.com");
  account.email.clear();
  work(*store, [&](Transaction& transaction) { transaction.update_account(account); });
  CHECK(store->read()->find_account("li.lei")->email.empty());

  std::uint64_t version = store->access_version();
  Absence absence{
      .account = account.id, .starts_at = Instant{10}, .ends_at = Instant{20}, .reason = "年假"};
  work(*store, [&](Transaction& transaction) {
    absence.id = transaction.insert_absence(absence);
    transaction.insert_absence(absence);
    absence.ends_at = Instant{30};
    transaction.insert_absence(absence);
  });
  CHECK(store->access_version() != version);
  version = store->access_version();
  const std::vector<Absence> found = store->read()->absences();
  REQUIRE(found.size() == 3);
  CHECK(found[0].id == absence.id);
  CHECK(found[0].account == account.id);
  CHECK(found[0].starts_at == Instant{10});
  CHECK(found[0].ends_at == Instant{20});
  CHECK(found[0].reason == "年假");
  work(*store, [&](Transaction& transaction) { transaction.end_absence(absence.id, Instant{12}); });
  CHECK(store->access_version() != version);
  CHECK(row_ids(store->read()->absences()) == RowIds{2, 3});
  work(*store, [](Transaction& transaction) { transaction.delete_expired(Instant{20}); });
  CHECK(row_ids(store->read()->absences()) == RowIds{3});
}

TEST_CASE_TEMPLATE_DEFINE("timers of automations and assignments go by kind and rule", Backend,
                          contract_rule_timers) {
  const auto store = Backend::open(testing::shared(lead_model()));
  using Kind = Timer::Kind;
  const auto timer = [](Kind kind, const std::string& rule, std::int64_t due) {
    return Timer{.due_at = Instant{due}, .kind = kind, .entity = "lead", .record = 1, .rule = rule};
  };
  work(*store, [&](Transaction& transaction) {
    Timer delayed = timer(Kind::Delayed, "remind", 30);
    delayed.payload = R"({"stage":"报价"})";
    transaction.insert_timer(delayed);
    transaction.insert_timer(timer(Kind::Date, "remind", 20));
    transaction.insert_timer(timer(Kind::Recycle, "territory", 10));
    transaction.insert_timer(timer(Kind::DwellLimit, "", 5));
    transaction.insert_timer({.kind = Kind::Cron, .rule = "remind"});
    transaction.insert_timer({.kind = Kind::Digest, .number = 3});
  });
  {
    const auto view = store->read();
    const std::vector<Timer> found = view->timers_of_rule("remind", 9);
    CHECK(ids(found) == RowIds{5, 2, 1});
    CHECK(found[2].kind == Kind::Delayed);
    CHECK(found[2].rule == "remind");
    CHECK(found[2].payload == R"({"stage":"报价"})");
    CHECK(found[0].entity.empty());
    CHECK(ids(view->timers_of_rule("remind", 1)) == RowIds{5});
    CHECK(view->timers_of_rule("", 9).empty());
  }
  work(*store, [&](Transaction& transaction) {
    // Leaving a stage drops its dwell and nothing else.
    transaction.delete_timers_of_record("lead", 1, false);
    CHECK(ids(transaction.timers_of("lead", 1)) == RowIds{3, 2, 1});
    transaction.delete_timers_of_record("lead", 1, Kind::Delayed, "others");
    transaction.delete_timers_of_record("lead", 2, Kind::Delayed, "remind");
    transaction.delete_timers_of_record("lead", 1, Kind::Delayed, "remind");
    CHECK(ids(transaction.timers_of("lead", 1)) == RowIds{3, 2});
    transaction.delete_timers_of_record("lead", 1, true);
    CHECK(ids(transaction.timers_due(Instant{99}, nullptr, 9)) == RowIds{5, 6});
  });
}

TEST_CASE_TEMPLATE_DEFINE("an account's open records are counted, up to a limit", Backend,
                          contract_count_open) {
  const auto model = testing::shared(assigned_model());
  const auto store = Backend::open(model);
  const AccountId li = add_account(*store, "li.lei");
  const model::Entity& lead = model->entities[0];
  const model::Entity& visit = model->entities[1];
  const feel::Value owner(feel::RecordRef{li});
  std::vector<Record> leads(4, blank(lead));
  for (std::size_t i = 0; i < 3; ++i) set(lead, leads[i], "owner", owner);
  set(lead, leads[1], "final", text("won"));
  Record place = blank(visit);
  set(visit, place, "owner", owner);
  for (Record& record : leads) record.id = insert(*store, lead, record);
  insert(*store, visit, place);
  CHECK(store->read()->count_open(lead, li, 100) == 2);
  CHECK(store->read()->count_open(lead, li, 1) == 1);
  CHECK(store->read()->count_open(lead, 99, 100) == 0);
  CHECK(store->read()->count_open(visit, li, 100) == 1);
  CHECK(store->read()->count_open(model->entities[2], li, 100) == 0);
  work(*store, [&](Transaction& transaction) {
    Record deleted = *transaction.find_record(lead, leads[0].id);
    const std::int64_t version = deleted.version++;
    deleted.deleted_at = Instant{9};
    CHECK(transaction.update_record(lead, deleted, version));
    CHECK(transaction.count_open(lead, li, 100) == 1);
  });
}

TEST_CASE_TEMPLATE_DEFINE("the oldest record with these values is found again", Backend,
                          contract_find_match) {
  const auto model = testing::shared(assigned_model());
  const auto store = Backend::open(model);
  const model::Entity& lead = model->entities[0];
  const auto add_lead = [&](std::string_view company, std::string_view budget) {
    Record record = blank(lead);
    set(lead, record, "company", text(company));
    set(lead, record, "email", text("a@b"));
    if (!budget.empty()) set(lead, record, "budget", number(budget));
    return insert(*store, lead, record);
  };
  add_lead("ACME", "10.00");
  add_lead("ACME", "");
  const RecordId other = add_lead("ACME", "20.00");
  add_lead("ACME", "20.00");
  const std::vector<std::size_t> email{testing::index_of(lead, "email")};
  const std::vector<std::size_t> both{testing::index_of(lead, "company"),
                                      testing::index_of(lead, "budget")};
  const auto find = [&](const std::vector<std::size_t>& fields, std::vector<feel::Value> values) {
    return store->read()->find_match(lead, fields, values);
  };
  CHECK(find(email, {text("a@b")}) == 1);
  CHECK_FALSE(find(email, {text("A@b")}));
  CHECK_FALSE(find(email, {feel::Value()}));
  CHECK(find(both, {text("ACME"), number("20")}) == other);
  CHECK_FALSE(find(both, {text("ACME"), number("20.001")}));
  CHECK_FALSE(find(both, {text("ACME"), feel::Value()}));
  work(*store, [&](Transaction& transaction) {
    Record deleted = *transaction.find_record(lead, 1);
    const std::int64_t version = deleted.version++;
    deleted.deleted_at = Instant{9};
    CHECK(transaction.update_record(lead, deleted, version));
  });
  CHECK(find(email, {text("a@b")}) == 2);
}

// Appends an entry about that record; its sequence.
inline std::int64_t append(Transaction& transaction, RecordId record) {
  HistoryEntry entry;
  entry.entity = "lead";
  entry.record = record;
  transaction.append_history(entry);
  return transaction.last_history()->sequence;
}

TEST_CASE_TEMPLATE_DEFINE("a part that is undone leaves nothing, and what is around it stays",
                          Backend, contract_parts) {
  const auto model = testing::shared(lead_model());
  const auto store = Backend::open(model);
  const model::Entity& lead = model->entities[0];
  const auto put = [&](Transaction& transaction, std::string_view company) {
    Record record = blank(lead);
    set(lead, record, "company", text(company));
    record.id = transaction.insert_record(lead, record);
    append(transaction, record.id);
    transaction.insert_timer({.due_at = Instant{1}, .entity = "lead", .record = record.id});
  };
  work(*store, [&](Transaction& transaction) {
    put(transaction, "before");
    {
      const Part undone(transaction);
      put(transaction, "undone");
      {
        Part kept(transaction);
        put(transaction, "kept inside what is undone");
        kept.keep();
      }
      CHECK(transaction.next_number("lead", "") == 1);
      CHECK(transaction.last_history()->sequence == 3);
    }
    CHECK(transaction.last_history()->sequence == 1);
    CHECK(transaction.next_number("lead", "") == 1);
    {
      Part kept(transaction);
      put(transaction, "kept");
      {
        const Part undone(transaction);
        put(transaction, "undone inside what is kept");
      }
      CHECK(transaction.last_history()->sequence == 2);
      put(transaction, "kept as well");
      kept.keep();
    }
    const Part undone(transaction);
  });
  const auto view = store->read();
  std::vector<std::string> companies;
  for (const Record& record : view->list(all_of(lead))) {
    companies.push_back(value_of(lead, record, "company").string());
  }
  std::sort(companies.begin(), companies.end());
  CHECK(companies == std::vector<std::string>{"before", "kept", "kept as well"});
  CHECK(view->last_history()->sequence == 3);
  CHECK(view->timers_due(Instant{1}, nullptr, 9).size() == 3);
}

TEST_CASE_TEMPLATE_DEFINE("history goes on behind what was there before an undone part", Backend,
                          contract_part_history) {
  const auto store = Backend::open(testing::shared(lead_model()));
  work(*store, [](Transaction& transaction) {
    const Part undone(transaction);
    append(transaction, 1);
    const Part inner(transaction);
    append(transaction, 2);
  });
  CHECK_FALSE(store->read()->last_history());
  // Undone by its piece together with a part that was kept in it.
  CHECK(store->submit_and_wait([](Transaction& transaction) {
    Part kept(transaction);
    append(transaction, 1);
    kept.keep();
    CHECK(append(transaction, 2) == 2);
    return false;
  }) == Commit::RolledBack);
  work(*store, [](Transaction& transaction) {
    {
      Part outer(transaction);
      Part inner(transaction);
      CHECK(append(transaction, 3) == 1);
      inner.keep();
      outer.keep();
    }
    CHECK(append(transaction, 4) == 2);
  });
  const std::vector<HistoryEntry> entries = store->read()->history("lead", 4, 0, 9);
  REQUIRE(entries.size() == 1);
  CHECK(entries[0].sequence == 2);
}

TEST_CASE_TEMPLATE_DEFINE(
    "a piece goes on behind a part that a refusal has undone, not behind one "
    "in which a write threw",
    Backend, contract_part_broken) {
  const auto model = testing::shared(lead_model());
  const auto store = Backend::open(model);
  const model::Entity& lead = model->entities[0];
  CHECK(store->submit_and_wait([&](Transaction& transaction) {
    try {
      const Part undone(transaction);
      transaction.insert_record(lead, blank(lead));
      throw std::invalid_argument("no write");
    } catch (const std::invalid_argument&) {
      transaction.insert_record(lead, blank(lead));
    }
    return true;
  }) == Commit::Committed);
  CHECK(store->read()->count(all_of(lead), 9) == 1);
  CHECK(store->submit_and_wait([&](Transaction& transaction) {
    try {
      const Part undone(transaction);
      transaction.insert_record(lead, Record{});
    } catch (const std::invalid_argument&) {
      transaction.insert_record(lead, blank(lead));
    }
    return true;
  }) == Commit::Failed);
  CHECK(store->read()->count(all_of(lead), 9) == 1);
}

#define FW_EFFECTS_CONTRACT(Backend)                          \
  TEST_CASE_TEMPLATE_INVOKE(contract_runs, Backend);          \
  TEST_CASE_TEMPLATE_INVOKE(contract_old_runs, Backend);      \
  TEST_CASE_TEMPLATE_INVOKE(contract_old_messages, Backend);  \
  TEST_CASE_TEMPLATE_INVOKE(contract_stale_mail, Backend);    \
  TEST_CASE_TEMPLATE_INVOKE(contract_message, Backend);       \
  TEST_CASE_TEMPLATE_INVOKE(contract_messages_due, Backend);  \
  TEST_CASE_TEMPLATE_INVOKE(contract_messages, Backend);      \
  TEST_CASE_TEMPLATE_INVOKE(contract_notifications, Backend); \
  TEST_CASE_TEMPLATE_INVOKE(contract_todos, Backend);         \
  TEST_CASE_TEMPLATE_INVOKE(contract_kept, Backend);          \
  TEST_CASE_TEMPLATE_INVOKE(contract_absences, Backend);      \
  TEST_CASE_TEMPLATE_INVOKE(contract_rule_timers, Backend);   \
  TEST_CASE_TEMPLATE_INVOKE(contract_count_open, Backend);    \
  TEST_CASE_TEMPLATE_INVOKE(contract_find_match, Backend);    \
  TEST_CASE_TEMPLATE_INVOKE(contract_parts, Backend);         \
  TEST_CASE_TEMPLATE_INVOKE(contract_part_history, Backend);  \
  TEST_CASE_TEMPLATE_INVOKE(contract_part_broken, Backend)

}  // namespace formwork::store
