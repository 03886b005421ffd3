// What leaves the system, for those who run it.
#include <doctest/doctest.h>

#include "engine/audit/chain.h"
#include "tests/engine/delivery/outbox_app.h"

namespace formwork::engine {
namespace {

using testing::OutboxApp;
using testing::Words;

template <class T>
std::string code_of(const Expected<T, Refusal>& answer) {
  return answer ? "" : std::string(answer.error().message.text->code);
}

TEST_CASE("only those who run the app see what leaves it, send it again, or hold a destination") {
  OutboxApp app;
  app.queue("erp");
  const Actor clerk = app.actor("clerk");
  CHECK(code_of(app.engine.messages(clerk, {})) == "admin.required");
  CHECK(code_of(app.engine.message(clerk, 1)) == "admin.required");
  CHECK(code_of(app.engine.destinations(clerk)) == "admin.required");
  CHECK(app.resend(1, clerk) == "admin.required");
  CHECK(app.give_up(1, clerk) == "admin.required");
  CHECK(app.enable("erp", false, clerk) == "admin.required");
  const Actor rule{.account = kSystemAccount, .cause = Cause::Automation};
  CHECK(code_of(app.engine.messages(rule, {})) == "admin.required");
  const Actor boss = app.actor("boss");
  CHECK(app.engine.messages(boss, {})->lines.size() == 1);
  CHECK(app.engine.message(boss, 1)->message.destination == "erp");
  CHECK(app.resend(1, boss) == "");
  CHECK(app.enable("erp", false, boss) == "");
  CHECK(app.destination("erp").disabled);
}

TEST_CASE("messages are listed by destination and state, page by page") {
  OutboxApp app;
  for (int i = 0; i < 5; ++i) app.queue(i % 2 == 0 ? "erp" : "ads");
  const auto ids = [&](const store::MessageQuery& query) {
    Words words;
    const auto found = app.engine.messages({}, query);
    for (const OutboxMessage& message : found->lines) words.push_back(std::to_string(message.id));
    words.push_back("next " + std::to_string(found->next));
    return words;
  };
  CHECK(ids({}) == Words{"5", "4", "3", "2", "1", "next 0"});
  CHECK(ids({.limit = 2}) == Words{"5", "4", "next 4"});
  CHECK(ids({.before = 4, .limit = 3}) == Words{"3", "2", "1", "next 0"});
  CHECK(ids({.destination = "ads"}) == Words{"4", "2", "next 0"});
  CHECK(ids({.destination = "erp", .state = MessageState::Dead}) == Words{"next 0"});
}

TEST_CASE("an attempt and what follows of it are written together") {
  OutboxApp app;
  app.queue("erp");
  const AttemptMade failed{.attempt = {.message = 1,
                                       .at = testing::kMonday,
                                       .status = 500,
                                       .problem = "answered 500",
                                       .milliseconds = 12},
                           .state = MessageState::Waiting,
                           .due_at = {testing::kMonday.microseconds + 5'000'000},
                           .disables = {}};
  const AttemptMade unknown{.attempt = {.message = 99}, .disables = {}};
  CHECK(app.engine.note_attempts({failed, unknown}));
  CHECK(app.message(1).attempts == 1);
  CHECK(app.message(1).due_at == failed.due_at);
  CHECK(app.message(1).problem == "answered 500");
  AttemptMade arrived = failed;
  arrived.state = MessageState::Delivered;
  arrived.attempt.problem.clear();
  CHECK(app.engine.note_attempts({arrived}));
  CHECK(app.message(1).state == MessageState::Delivered);
  CHECK(app.message(1).problem.empty());
  CHECK(app.engine.message({}, 1)->attempts.size() == 2);
}

TEST_CASE("sending again and holding a destination stand in history, whose chain stays whole") {
  OutboxApp app;
  app.queue("erp");
  const Actor boss = app.actor("boss");
  app.resend(1, boss);
  app.enable("erp", false, boss);
  app.enable("erp", false, boss);  // changes nothing
  app.enable("erp", true, boss);
  app.give_up(1, boss);
  app.give_up(1, boss);  // is refused
  Words words;
  app.engine.store().read()->walk_history([&](const HistoryEntry& entry) {
    if (entry.entity != kOutboxEntity) return true;
    words.push_back(entry.action + " " + std::to_string(entry.record) + " " + entry.actor_name +
                    " " + entry.detail);
    return true;
  });
  CHECK(words == Words{R"(resent 1 boss {"destination":"erp"})",
                       R"(disabled 0 boss {"destination":"erp"})",
                       R"(enabled 0 boss {"destination":"erp"})",
                       R"(given_up 1 boss {"destination":"erp"})"});
  CHECK_FALSE(audit::verify(*app.engine.store().read()).broken_at);
}

TEST_CASE(
    "all destinations of the app are listed, and one that it no longer has as long as it matters") {
  OutboxApp app(testing::kSends);
  app.queue("gone");
  Words names;
  const auto found = app.engine.destinations({});
  for (const Destination& one : *found) names.push_back(one.name);
  CHECK(names == Words{"ads", "erp", "gone", "mail", "unsigned"});
  CHECK(app.destination("gone").waiting == 1);
  CHECK(app.enable("gone", false) == "");
  CHECK(app.enable("nowhere", false) == "outbox.no-destination");
  CHECK(app.resend(9) == "outbox.unknown");
  CHECK(app.give_up(9) == "outbox.unknown");
}

}  // namespace
}  // namespace formwork::engine
