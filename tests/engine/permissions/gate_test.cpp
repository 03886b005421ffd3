// Who may do what: every role, every action, deny by default.
#include <ostream>

#include <doctest/doctest.h>

#include "engine/permissions/visible_changes.h"
#include "tests/support/app.h"
#include "tests/support/desk_app.h"

namespace formwork::permissions {
namespace {

using testing::App;
using testing::code_of;

// What each attempt of a role at a ticket and at a memo comes to; empty: granted.
struct Attempts {
  std::string view, list, count, history, title, create, update, remove, restore;

  bool operator==(const Attempts&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Attempts& a) {
  return out << "view: " << a.view << " list: " << a.list << " count: " << a.count
             << " history: " << a.history << " title: " << a.title << " create: " << a.create
             << " update: " << a.update << " remove: " << a.remove << " restore: " << a.restore;
}

template <class T>
std::string code(const Expected<T, engine::Refusal>& result) {
  return result ? std::string() : std::string(result.error().message.text->code);
}

Attempts try_all(App& app, const engine::Actor& actor, std::string_view name) {
  const model::Entity& entity = app.entity(name);
  const auto boss = app.actor("boss");
  const std::string body = name == "ticket" ? R"({"subject":"title"})" : R"({"text":"title"})";
  REQUIRE(app.create(boss, name, body));
  const auto made = app.create(boss, name, body);
  const engine::RecordId id = made.value().record.id;
  const engine::RecordId deleted = id - 1;
  REQUIRE(app.remove(boss, name, deleted, 1));

  Reader reader = app.engine.reader(actor);
  store::Query query;
  query.entity = &entity;
  query.sort.column = model::ColumnRef::of(model::SystemColumn::Id);
  const auto people = app.engine.directory();
  Attempts attempts;
  attempts.view = code(reader.record(entity, id));
  attempts.list = code(reader.list(query));
  attempts.count = code(reader.count(query, 10));
  attempts.history = code(reader.history(entity, id, 0, 10));
  attempts.title = reader.title(entity, id, app.engine.showing(0, *people)).value_or("none");
  attempts.create = code_of(app.create(actor, name, body));
  attempts.update = code_of(
      app.update(actor, name, id, 1, name == "ticket" ? R"({"subject":"b"})" : R"({"text":"b"})"));
  attempts.remove = code_of(app.remove(actor, name, id, attempts.update.empty() ? 2 : 1));
  attempts.restore = code_of(app.restore(actor, name, deleted, 2));
  return attempts;
}

TEST_CASE("each role does what its document allows, and nothing else") {
  App app(testing::kDesk);
  const std::string no = "record.forbidden";
  const std::string gone = "record.not-found";
  const Attempts everything{"", "", "", "", "title", "", "", "", ""};
  const Attempts nothing{no, no, no, no, "none", no, no, no, no};

  struct Row {
    std::vector<std::string> roles;
    std::string_view entity;
    Attempts expected;
  };

  Attempts clerk = everything;
  clerk.remove = no;
  clerk.restore = gone;  // a deleted record is not there for those who may not delete
  Attempts guest = clerk;
  guest.create = guest.update = no;
  Attempts sender = nothing;
  sender.create = "";
  for (const Row& row : {
           Row{{"boss"}, "ticket", everything},
           Row{{"clerk"}, "ticket", clerk},
           Row{{"guest"}, "ticket", guest},
           Row{{"sender"}, "ticket", sender},
           Row{{"nobody"}, "ticket", nothing},
           Row{{}, "ticket", nothing},
           Row{{"clerk"}, "memo", nothing},
           Row{{"guest", "sender", "nobody"}, "memo", nothing},
       }) {
    std::string name = "who";
    for (const std::string& role : row.roles) name += "-" + role;
    CAPTURE(name);
    CAPTURE(row.entity);
    CHECK(try_all(app, app.actor(name, row.roles), row.entity) == row.expected);
  }
  // Rights add up.
  Attempts both = guest;
  both.create = "";
  CHECK(try_all(app, app.actor("both", {"guest", "sender"}), "ticket") == both);
}

TEST_CASE("a refusal names the roles that could, and leaves the record as it is") {
  App app(testing::kDesk);
  REQUIRE(app.create(app.actor("boss"), "ticket", R"({"subject":"a"})"));
  const auto refused = app.update(app.actor("guest"), "ticket", 1, 1, R"({"subject":"b"})");
  CHECK(render(refused.error().message, Language::English) ==
        "your roles do not let you edit Tickets; Boss, Clerk may");
  CHECK(app.json_of(app.actor("boss"), "ticket", 1).find(R"("subject":"a")") != std::string::npos);
}

TEST_CASE("a role that the model lacks grants nothing") {
  App app(testing::kDesk);
  engine::Account account = app.add_account("x", {"clerk"}, "");
  account.roles = {"king", "Clerk", ""};
  CHECK(roles_of(account, app.engine.model()).empty());
}

// Changes an account the way an administrator's command does.
void change_account(App& app, const std::string& name,
                    const std::function<void(engine::Account&)>& change) {
  REQUIRE(app.engine.store().submit_and_wait([&](store::Transaction& transaction) {
    engine::Account account = transaction.find_account(name).value();
    change(account);
    transaction.update_account(account);
    return true;
  }) == store::Commit::Committed);
}

TEST_CASE("a narrowed role and a disabled account work at the next request, for every secret") {
  App app(testing::kDesk);
  app.add_account("li.lei", {"boss"}, "correct horse");
  const auto signed_in =
      app.engine.sign_in({.name = "li.lei", .password = "correct horse", .address = "::1"});
  REQUIRE(signed_in);
  const std::string token = app.engine.create_token("li.lei", "import").value();
  const auto may_delete = [&] {
    std::string answer;
    using Kind = engine::Credential::Kind;
    for (const auto& [secret, kind] :
         {std::pair{signed_in->secret, Kind::Session}, std::pair{token, Kind::Token}}) {
      const auto actor = app.engine.identify(secret, kind, engine::Cause::Api);
      answer += !actor ? "unknown " : "";
      if (!actor) continue;
      answer += app.engine.gate().may(*actor, model::Action::Delete, app.entity("ticket")) ? "yes "
                                                                                           : "no ";
    }
    return answer;
  };
  CHECK(may_delete() == "yes yes ");
  change_account(app, "li.lei", [](engine::Account& account) { account.roles = {"guest"}; });
  CHECK(may_delete() == "no no ");
  change_account(app, "li.lei", [](engine::Account& account) { account.active = false; });
  CHECK(may_delete() == "unknown unknown ");
  CHECK_FALSE(
      app.engine.sign_in({.name = "li.lei", .password = "correct horse", .address = "::1"}));
}

TEST_CASE("deleted records are listed and counted for those who may delete") {
  App app(testing::kDesk);
  const auto boss = app.actor("boss");
  REQUIRE(app.create(boss, "ticket", R"({"subject":"a"})"));
  REQUIRE(app.remove(boss, "ticket", 1, 1));
  store::Query query;
  query.entity = &app.entity("ticket");
  query.sort.column = model::ColumnRef::of(model::SystemColumn::Id);
  query.deleted = true;
  CHECK(app.engine.reader(boss).list(query)->records.size() == 1);
  CHECK(app.engine.reader(boss).count(query, 9).value() == 1);
  for (const char* role : {"clerk", "guest", "nobody"}) {
    CAPTURE(role);
    CHECK(code(app.engine.reader(app.actor(role)).list(query)) == "record.forbidden");
    CHECK(code(app.engine.reader(app.actor(role)).count(query, 9)) == "record.forbidden");
  }
}

TEST_CASE("a title is for those who see the record") {
  App app(testing::kDesk);
  const auto boss = app.actor("boss");
  REQUIRE(app.create(boss, "customer", R"({"name":"Acme"})"));
  REQUIRE(app.create(boss, "memo", R"({"text":"hush"})"));
  const auto people = app.engine.directory();
  const auto title = [&](std::string_view role, std::string_view name) {
    return app.engine.reader(app.actor(role))
        .title(app.entity(name), 1, app.engine.showing(0, *people))
        .value_or("-");
  };
  CHECK(title("boss", "customer") == "Acme");
  CHECK(title("clerk", "customer") == "Acme");
  CHECK(title("guest", "customer") == "-");
  CHECK(title("clerk", "memo") == "-");
  REQUIRE(app.remove(boss, "customer", 1, 1));
  CHECK(title("boss", "customer") == "Acme");
  CHECK(title("clerk", "customer") == "-");
}

TEST_CASE("history says of a change only what is visible, and nothing of fields that are gone") {
  const App app(testing::kDesk);
  const model::Entity& customer = app.entity("customer");
  const std::string changes =
      R"({"name":{"from":null,"to":"A"},"city":{"from":"x","to":null},"gone":{"from":1,"to":2}})";
  CHECK(visible_changes(changes, customer, {true, false}) == R"({"name":{"from":null,"to":"A"}})");
  CHECK(visible_changes(changes, customer, {false, true}) == R"({"city":{"from":"x","to":null}})");
  CHECK(visible_changes(changes, customer, {false, false}) == "{}");
  CHECK(visible_changes("not JSON", customer, {true, false}) == "{}");
}

}  // namespace
}  // namespace formwork::permissions
