// Accounts: passwords, guessing, sessions, tokens.
#include <set>

#include <doctest/doctest.h>

#include "engine/accounts/password.h"
#include "engine/accounts/secret.h"
#include "engine/accounts/throttle.h"
#include "tests/support/app.h"
#include "tests/support/desk_app.h"

namespace formwork::accounts {
namespace {

using engine::Credential;
using testing::App;

constexpr DaysDuration kSecond{.seconds = 1};
constexpr std::int64_t kHour = 3600 * kMicrosPerSecond;

std::string sign_in(App& app, const std::string& name, const std::string& password,
                    const std::string& address = "192.0.2.1") {
  const auto result = app.engine.sign_in({.name = name, .password = password, .address = address});
  return result ? "in" : render(result.error().message, Language::English);
}

const std::string kWrong = "the user name or the password is not right";

TEST_CASE("a password is kept as Argon2id with its parameters, never twice alike") {
  const std::string first = hash_password("correct horse");
  const std::string second = hash_password("correct horse");
  CHECK(first.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
  CHECK(first != second);
  CHECK(verify_password("correct horse", first));
  CHECK(verify_password("correct horse", second));
  CHECK_FALSE(verify_password("correct horsf", first));
  CHECK_FALSE(verify_password("", first));
  CHECK_FALSE(verify_password("correct horse", ""));
  CHECK_FALSE(verify_password("correct horse", "$argon2id$nonsense"));
}

TEST_CASE("a long password is never cut, and one that is too long never fits") {
  const std::string longest(kMaxPasswordBytes, 'x');
  const std::string hash = hash_password(longest);
  CHECK(verify_password(longest, hash));
  CHECK_FALSE(verify_password(longest.substr(1), hash));
  const std::string longer = longest + "x";
  CHECK_FALSE(verify_password(longer, hash_password(longer)));
}

TEST_CASE("names, passwords and roles of a new account are checked") {
  App app(testing::kDesk);

  struct Row {
    engine::NewAccount account;
    std::string_view problem;
  };

  const auto account = [](std::string name, std::string password, std::vector<std::string> roles) {
    return engine::NewAccount{.name = std::move(name),
                              .full_name = {},
                              .password = std::move(password),
                              .roles = std::move(roles),
                              .locale = {}};
  };
  for (const Row& row : {
           Row{account("li.lei", "correct horse", {"boss"}), ""},
           Row{account("li.lei", "correct horse", {}), "there already is a user li.lei"},
           Row{account("", "correct horse", {}),
               "a user name has 1 to 64 letters, digits, dots, dashes and underscores"},
           Row{account("li lei", "correct horse", {}),
               "a user name has 1 to 64 letters, digits, dots, dashes and underscores"},
           Row{account(std::string(65, 'a'), "correct horse", {}),
               "a user name has 1 to 64 letters, digits, dots, dashes and underscores"},
           Row{account(std::string(64, 'a'), "correct horse", {}), ""},
           Row{account("b", "九个汉字的密码不够", {}), "a password has at least 10 characters"},
           Row{account("b", "十个汉字的密码就足够", {}), ""},
           Row{account("c", std::string(1025, 'x'), {}), "a password has at least 10 characters"},
           Row{account("c", "correct horse", {"bos"}),
               "the app has no role bos; did you mean `boss`?"},
           Row{account("c", "", {"boss", "clerk"}), ""},
       }) {
    CAPTURE(row.account.name);
    const auto added = app.engine.add_account(row.account);
    CHECK((added ? "" : render(added.error().message, Language::English)) == row.problem);
  }
  CHECK(app.engine.directory()->find_account("c"));
  CHECK_FALSE(app.engine.directory()->find_account("d"));
}

TEST_CASE("unknown, wrong, disabled and without password are answered alike") {
  App app(testing::kDesk);
  app.add_account("li.lei", {"boss"}, "correct horse");
  app.add_account("robot", {"boss"}, "");
  app.add_account("gone", {"boss"}, "correct horse");
  REQUIRE(app.engine.store().submit_and_wait([](store::Transaction& transaction) {
    engine::Account account = transaction.find_account("gone").value();
    account.active = false;
    transaction.update_account(account);
    return true;
  }) == store::Commit::Committed);
  int address = 1;
  const auto from_anywhere = [&](const std::string& name, const std::string& password) {
    return sign_in(app, name, password, "192.0.2." + std::to_string(address++));
  };
  CHECK(from_anywhere("li.lei", "correct horse") == "in");
  CHECK(from_anywhere("li.lei", "wrong horse") == kWrong);
  CHECK(from_anywhere("li.lei", "") == kWrong);
  CHECK(from_anywhere("nobody", "correct horse") == kWrong);
  CHECK(from_anywhere("", "") == kWrong);
  CHECK(from_anywhere("robot", "") == kWrong);
  CHECK(from_anywhere("gone", "correct horse") == kWrong);
  CHECK(from_anywhere("LI.LEI", "correct horse") == kWrong);
}

TEST_CASE("guessing waits longer each time, known name or not, and a right password ends it") {
  for (const std::string name : {"li.lei", "nobody"}) {
    CAPTURE(name);
    App app(testing::kDesk);
    app.add_account("li.lei", {"boss"}, "correct horse");
    for (int i = 0; i < 5; ++i) CHECK(sign_in(app, name, "wrong") == kWrong);
    CHECK(sign_in(app, name, "wrong") == "too many tries; try again in 1 seconds");
    app.clock.advance(kSecond);
    CHECK(sign_in(app, name, "wrong") == kWrong);
    CHECK(sign_in(app, name, "wrong") == "too many tries; try again in 2 seconds");
    app.clock.advance(kSecond);
    CHECK(sign_in(app, name, "wrong") == "too many tries; try again in 1 seconds");
    // Others are not held up.
    CHECK(sign_in(app, "li.lei", "correct horse", "198.51.100.7") == "in");
    app.clock.advance(kSecond);
    CHECK(sign_in(app, "li.lei", "correct horse") == "in");
    for (int i = 0; i < 5; ++i) CHECK(sign_in(app, "li.lei", "wrong") == kWrong);
  }
}

TEST_CASE("a throttle doubles up to a quarter of an hour and forgets after an hour of peace") {
  Throttle throttle;
  Instant now = testing::kMonday;
  for (int i = 0; i < 30; ++i) {
    throttle.failed("a", now);
    const std::int64_t expected = i < 4 ? 0 : std::min<std::int64_t>(1LL << (i - 4), 900);
    CAPTURE(i);
    CHECK(throttle.wait_seconds("a", now) == expected);
    CHECK(throttle.wait_seconds("b", now) == 0);
  }
  now.microseconds += 900 * kMicrosPerSecond;
  CHECK(throttle.wait_seconds("a", now) == 0);
  now.microseconds += kHour;
  throttle.failed("a", now);
  CHECK(throttle.wait_seconds("a", now) == 0);
  throttle.succeeded("a");
  CHECK(throttle.wait_seconds("a", now) == 0);
}

TEST_CASE("a flood of addresses is forgotten rather than kept") {
  Throttle throttle;
  for (int i = 0; i < 100'000; ++i) throttle.failed(std::to_string(i), testing::kMonday);
  for (int i = 0; i < 5; ++i) throttle.failed("last", testing::kMonday);
  CHECK(throttle.wait_seconds("last", testing::kMonday) == 1);
  CHECK(throttle.wait_seconds("5", testing::kMonday) == 0);
}

TEST_CASE("a session ends after twelve hours, at signing out, and is no token") {
  App app(testing::kDesk);
  app.add_account("li.lei", {"boss"}, "correct horse");
  const auto signed_in =
      app.engine.sign_in({.name = "li.lei", .password = "correct horse", .address = "::1"});
  REQUIRE(signed_in);
  const auto is_known = [&](Credential::Kind kind) {
    return app.engine.identify(signed_in->secret, kind, engine::Cause::Page).has_value();
  };
  CHECK(signed_in->secret.size() == 43);
  CHECK(is_known(Credential::Kind::Session));
  CHECK_FALSE(is_known(Credential::Kind::Token));
  app.clock.advance(DaysDuration::from_microseconds(12 * kHour - 1));
  CHECK(is_known(Credential::Kind::Session));
  app.clock.advance(DaysDuration::from_microseconds(1));
  CHECK_FALSE(is_known(Credential::Kind::Session));

  const auto again =
      app.engine.sign_in({.name = "li.lei", .password = "correct horse", .address = "::1"});
  REQUIRE(again);
  CHECK(again->secret != signed_in->secret);
  app.engine.sign_out(again->secret);
  CHECK_FALSE(app.engine.identify(again->secret, Credential::Kind::Session, engine::Cause::Page));
  app.engine.sign_out("no such secret");
}

TEST_CASE("a token lasts a year, acts for its account and is no session") {
  App app(testing::kDesk);
  app.add_account("robot", {"clerk"}, "");
  CHECK_FALSE(app.engine.create_token("nobody", "x"));
  const std::string token = app.engine.create_token("robot", "import").value();
  const auto find = [&](Credential::Kind kind) {
    return app.engine.identify(token, kind, engine::Cause::Api);
  };
  CHECK_FALSE(find(Credential::Kind::Session));
  REQUIRE(find(Credential::Kind::Token));
  CHECK(find(Credential::Kind::Token)->name == "robot");
  CHECK_FALSE(app.engine.identify("", Credential::Kind::Token, engine::Cause::Api));
  app.clock.advance({.seconds = 365 * kSecondsPerDay});
  CHECK_FALSE(find(Credential::Kind::Token));
}

TEST_CASE("no secret and no password is in the store or in history") {
  App app(testing::kDesk);
  app.add_account("li.lei", {"boss"}, "correct horse");
  const auto signed_in =
      app.engine.sign_in({.name = "li.lei", .password = "correct horse", .address = "::1"});
  REQUIRE(signed_in);
  const auto view = app.engine.store().read();
  CHECK_FALSE(view->find_credential(signed_in->secret));
  CHECK(view->find_credential(hash_secret(signed_in->secret)));
  view->walk_history([&](const engine::HistoryEntry& entry) {
    CHECK(entry.changes == "{}");
    CHECK(entry.entity == engine::kAccountEntity);
    return true;
  });
}

TEST_CASE("history says who made an account and who signed in, by which door") {
  App app(testing::kDesk);
  app.add_account("li.lei", {"boss"}, "correct horse");
  REQUIRE(app.engine.sign_in({.name = "li.lei",
                              .password = "correct horse",
                              .address = "::1",
                              .cause = engine::Cause::Api}));
  std::vector<std::string> lines;
  app.engine.store().read()->walk_history([&](const engine::HistoryEntry& entry) {
    lines.push_back(std::to_string(entry.actor) + " " + entry.actor_name + " " + entry.action +
                    " " + std::to_string(entry.record) + " " + entry.cause);
    return true;
  });
  CHECK(lines == std::vector<std::string>{"0  created 1 program", "1 li.lei signed in 1 api"});
}

// Three teams and people of two roles.
constexpr std::string_view kStaff = R"(
app: staff
locales: [en]
currency: CNY
---
team: sales
department: true
---
team: east
part_of: sales
---
entity: note
title: [text]
fields: { text: { type: text } }
---
role: clerk
on: { note: { view: true } }
---
role: chief
on: { note: { view: true, edit: true } }
)";

std::string words(const Expected<engine::Account, engine::Refusal>& result) {
  return result ? "" : render(result.error().message, Language::English);
}

TEST_CASE("a new account has its place, and a place that is none is refused with the nearest one") {
  App app(kStaff);
  const auto add = [&](std::string name, std::string manager, std::vector<std::string> teams,
                       std::vector<std::string> heads) {
    return words(app.engine.add_account({.name = std::move(name),
                                         .full_name = {},
                                         .password = {},
                                         .roles = {},
                                         .locale = {},
                                         .manager = std::move(manager),
                                         .teams = std::move(teams),
                                         .heads = std::move(heads)}));
  };
  CHECK(add("han", "", {}, {"sales"}) == "");
  CHECK(add("li", "han", {"east"}, {}) == "");
  CHECK(add("x", "hann", {}, {}) == "there is no user hann");
  CHECK(add("x", "x", {}, {}) == "there is no user x");
  CHECK(add("x", "", {"eest"}, {}) == "the app has no team eest; did you mean `east`?");
  CHECK(add("x", "", {}, {"sale"}) == "the app has no team sale; did you mean `sales`?");
  const auto directory = app.engine.directory();
  const engine::AccountId li = directory->find_account("li").value();
  CHECK(directory->manager_of(li) == directory->find_account("han"));
  CHECK(directory->department_of(li) == "sales");
  CHECK(directory->heads_of("sales").size() == 1);
}

TEST_CASE("a change names what it changes, and the rest stays") {
  App app(kStaff);
  for (const char* name : {"han", "li", "xu"}) app.add_account(name, {"clerk"}, "");
  CHECK(words(app.engine.change_account("li", {.roles = std::vector<std::string>{"chief"},
                                               .manager = "han",
                                               .teams = std::vector<std::string>{"east"},
                                               .heads = {}})) == "");
  CHECK(words(app.engine.change_account("li", {.roles = {},
                                               .manager = {},
                                               .teams = {},
                                               .heads = std::vector<std::string>{"east"}})) == "");
  const engine::Account li = app.engine.store().read()->find_account("li").value();
  CHECK(li.roles == std::vector<std::string>{"chief"});
  CHECK(li.teams == std::vector<std::string>{"east"});
  CHECK(li.heads == std::vector<std::string>{"east"});
  CHECK(li.manager == app.engine.directory()->find_account("han"));

  const auto place = [&](const std::string& name, const std::string& manager) {
    return words(app.engine.change_account(
        name, {.roles = {}, .manager = manager, .teams = {}, .heads = {}}));
  };
  CHECK(place("xu", "li") == "");
  CHECK(place("han", "han") == "han cannot report to han, who is the same or reports to han");
  CHECK(place("han", "xu") == "han cannot report to xu, who is the same or reports to han");
  CHECK(place("nobody", "xu") == "there is no user nobody");
  CHECK(place("xu", "") == "");
  CHECK_FALSE(
      app.engine.directory()->manager_of(app.engine.directory()->find_account("xu").value()));
  CHECK(
      words(app.engine.change_account(
          "li",
          {.roles = std::vector<std::string>{"chef"}, .manager = {}, .teams = {}, .heads = {}})) ==
      "the app has no role chef; did you mean `chief`?");
}

TEST_CASE("history says what changed in an account") {
  App app(kStaff);
  for (const char* name : {"han", "li"}) app.add_account(name, {"clerk"}, "");
  const auto change = [&] {
    REQUIRE(app.engine.change_account("li", {.roles = std::vector<std::string>{"chief", "clerk"},
                                             .manager = "han",
                                             .teams = {},
                                             .heads = {}}));
  };
  change();
  change();  // the same again is no change
  std::vector<std::string> lines;
  app.engine.store().read()->walk_history([&](const engine::HistoryEntry& entry) {
    if (entry.action != "created") lines.push_back(entry.action + " " + entry.changes);
    return true;
  });
  CHECK(lines ==
        std::vector<std::string>{R"(updated {"roles":{"from":["clerk"],"to":["chief","clerk"]},)"
                                 R"("manager":{"from":"","to":"han"}})"});
}

TEST_CASE("a closed account is out at once, by every door, and stays known by name") {
  App app(kStaff);
  app.add_account("li", {"clerk"}, "correct horse");
  app.add_account("han", {"clerk"}, "");
  const auto signed_in =
      app.engine.sign_in({.name = "li", .password = "correct horse", .address = "::1"});
  REQUIRE(signed_in);
  const std::string token = app.engine.create_token("li", "import").value();
  const auto is_known = [&](const std::string& secret, Credential::Kind kind) {
    return app.engine.identify(secret, kind, engine::Cause::Api).has_value();
  };
  CHECK(is_known(signed_in->secret, Credential::Kind::Session));
  CHECK(is_known(token, Credential::Kind::Token));
  CHECK(words(app.engine.close_account("lee", "")) == "there is no user lee");
  CHECK(words(app.engine.close_account("li", "hann")) == "there is no user hann");
  CHECK(words(app.engine.close_account("li", "li")) ==
        "li cannot take over the tasks of li; name another active user");
  CHECK(is_known(token, Credential::Kind::Token));

  CHECK(words(app.engine.close_account("li", "han")) == "");
  CHECK_FALSE(is_known(signed_in->secret, Credential::Kind::Session));
  CHECK_FALSE(is_known(token, Credential::Kind::Token));
  CHECK(sign_in(app, "li", "correct horse") == kWrong);
  const auto directory = app.engine.directory();
  const engine::AccountId li = directory->find_account("li").value();
  CHECK_FALSE(directory->is_active(li));
  CHECK(directory->account_name(li) == "li");
  CHECK(words(app.engine.close_account("li", "")) == "the user li is closed");
  CHECK(words(app.engine.close_account("han", "li")) ==
        "li cannot take over the tasks of han; name another active user");
  CHECK(words(app.engine.change_account(
            "han", {.roles = {}, .manager = "li", .teams = {}, .heads = {}})) ==
        "the user li is closed");
  CHECK_FALSE(app.engine.create_token("li", "again"));
}

TEST_CASE("a file that no app was served from yet keeps accounts with any roles and teams") {
  App app(std::make_shared<const model::Model>());
  app.add_account("han", {"any role"}, "");
  app.add_account("li", {}, "");
  CHECK(words(app.engine.change_account("li", {.roles = {},
                                               .manager = "han",
                                               .teams = std::vector<std::string>{"any team"},
                                               .heads = {}})) == "");
  CHECK(words(app.engine.close_account("li", "han")) == "");
}

TEST_CASE("a form's proof belongs to one session and does not give it away") {
  testing::SeededRandom random(1);
  const std::string secret = new_secret(random);
  const std::string other = new_secret(random);
  const std::string proof = form_proof(secret);
  CHECK(is_form_proof(proof, secret));
  CHECK_FALSE(is_form_proof(proof, other));
  CHECK_FALSE(is_form_proof("", secret));
  CHECK_FALSE(is_form_proof(proof + "a", secret));
  CHECK(proof.find(secret) == std::string::npos);
  CHECK(hash_secret(secret) != hash_secret(proof));
}

TEST_CASE("secrets are 256 bits, written for addresses, and do not repeat") {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string secret = new_secret(engine::system_random());
    CHECK(secret.size() == 43);
    CHECK(secret.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                   "-_") == std::string::npos);
    seen.insert(secret);
  }
  CHECK(seen.size() == 1000);
}

}  // namespace
}  // namespace formwork::accounts
