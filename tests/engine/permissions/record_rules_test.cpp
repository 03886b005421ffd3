// Rules about single records: whatever tells of records agrees with asking the rule for each.
#include <algorithm>
#include <functional>
#include <set>

#include <doctest/doctest.h>

#include "tests/support/app.h"

namespace formwork::permissions {
namespace {

using engine::AccountId;
using engine::Record;
using engine::RecordId;
using testing::App;
using testing::code_of;
using testing::Words;
using testing::words_of;

constexpr std::string_view kHall = R"(
app: hall
locales: [en, zh-CN]
time_zone: Asia/Shanghai
currency: CNY
---
team: north
---
team: coast
part_of: north
---
entity: customer
title: [name]
fields:
  name: { type: text, required: true, unique: true }
  rating: { type: number, scale: 0 }
  owner: { type: user }
---
entity: deal
label: { en: Deal, zh-CN: 商机 }
plural: { en: Deals, zh-CN: 商机 }
title: [name]
fields:
  name: { type: text, required: true }
  region: { type: choice, options: { north: North, south: South } }
  amount: { type: number, scale: 0 }
  owner: { type: user }
  customer: { type: reference, to: customer }
  stars: { type: number, scale: 0, value: customer.rating }
  files: { type: attachment }
---
role: boss
on:
  customer: { view: true, create: true, edit: true, delete: true }
  deal: { view: true, create: true, edit: true, delete: true }
---
role: seller
on:
  customer: { view: owner = user, create: true, edit: owner = user }
  deal:
    view: owner = user or owner in subordinates(user)
    create: owner = user
    edit: owner = user and region = "north"
    delete: owner = user
---
role: regional
on:
  deal: { view: 'region = "south"', edit: amount < 5, delete: amount < 3 }
---
role: keen
on:
  deal: { view: customer.rating > 3 }
---
role: coastal
on:
  customer: { view: '"north" in user.teams and rating < 4' }
  deal: { view: '"north" in owner.teams', delete: true }
---
role: nobody
)";

using Verdict = std::function<bool(const Record&)>;

// The rules again, in other words: what the matrix is compared with.
class Oracle {
 public:
  Oracle(App& app) : app_(app), view_(app.engine.store().read()) {}

  bool customer(const engine::Actor& actor, const Record& record) const {
    return any(actor, [&](const std::string& role) {
      if (role == "boss") return true;
      if (role == "seller") return owner(record, 2) == actor.account;
      const std::optional<int> rating = number(record.values[1]);
      return role == "coastal" && is_northern(actor.account) && rating && *rating < 4;
    });
  }

  bool deal(const engine::Actor& actor, const Record& record) const {
    return any(actor, [&](const std::string& role) {
      if (role == "boss") return true;
      const AccountId owner_id = owner(record, 3);
      if (role == "seller") return owner_id == actor.account || is_below(owner_id, actor.account);
      if (role == "regional") return is_in(record, "south");
      if (role == "keen") return stars(record).value_or(0) > 3;
      return role == "coastal" && is_northern(owner_id);
    });
  }

  bool edit(const engine::Actor& actor, const Record& record) const {
    return any(actor, [&](const std::string& role) {
      if (role == "boss") return true;
      if (role == "seller") return owner(record, 3) == actor.account && is_in(record, "north");
      const std::optional<int> amount = number(record.values[2]);
      return role == "regional" && amount && *amount < 5;
    });
  }

  bool remove(const engine::Actor& actor, const Record& record) const {
    return any(actor, [&](const std::string& role) {
      if (role == "boss" || role == "coastal") return true;
      if (role == "seller") return owner(record, 3) == actor.account;
      const std::optional<int> amount = number(record.values[2]);
      return role == "regional" && amount && *amount < 3;
    });
  }

  std::optional<Record> customer_of(const Record& deal) const {
    if (deal.values[4].is_null()) return std::nullopt;
    auto found = view_->find_record(app_.entity("customer"), deal.values[4].record().id);
    return found && !found->deleted_at ? found : std::nullopt;
  }

  static std::optional<int> number(const feel::Value& value) {
    if (value.is_null()) return std::nullopt;
    return std::stoi(value.number().to_string());
  }

 private:
  template <class Allows>
  bool any(const engine::Actor& actor, const Allows& allows) const {
    return std::any_of(actor.roles.begin(), actor.roles.end(), [&](std::size_t role) {
      return allows(app_.engine.model().roles[role].name);
    });
  }

  static AccountId owner(const Record& record, std::size_t field) {
    return record.values[field].is_null() ? -1 : record.values[field].record().id;
  }

  static bool is_in(const Record& record, std::string_view region) {
    return !record.values[1].is_null() && record.values[1].string() == region;
  }

  std::optional<int> stars(const Record& record) const {
    const std::optional<Record> customer = customer_of(record);
    return customer ? number(customer->values[1]) : std::nullopt;
  }

  bool is_below(AccountId id, AccountId top) const {
    for (int steps = 0; steps < 10; ++steps) {
      const std::optional<engine::Account> account = view_->find_account(id);
      if (!account || account->manager == 0) return false;
      if (account->manager == top) return true;
      id = account->manager;
    }
    return false;
  }

  bool is_northern(AccountId id) const {
    const std::optional<engine::Account> account = view_->find_account(id);
    if (!account) return false;
    return std::any_of(account->teams.begin(), account->teams.end(),
                       [](const std::string& team) { return team == "north" || team == "coast"; });
  }

  App& app_;
  std::unique_ptr<store::View> view_;
};

struct Hall {
  App app{kHall};
  std::vector<engine::Actor> actors;
  std::mt19937 random{7};

  void add(const std::string& name, std::vector<std::string> roles, const std::string& manager = "",
           std::vector<std::string> teams = {}) {
    REQUIRE(app.engine.add_account({.name = name,
                                    .full_name = {},
                                    .password = {},
                                    .roles = roles,
                                    .locale = "en",
                                    .manager = manager,
                                    .teams = std::move(teams),
                                    .heads = {}}));
    actors.push_back(app.actor(name, std::move(roles)));
  }

  int pick(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random); }

  // A number, or null now and then.
  std::string number() { return pick(5) == 0 ? "null" : "\"" + std::to_string(pick(7)) + "\""; }

  std::string person() {
    return pick(6) == 0 ? "null" : "\"" + actors[static_cast<std::size_t>(pick(9))].name + "\"";
  }

  void fill() {
    add("boss", {"boss"});
    add("head", {"seller"}, "boss");
    add("lead", {"seller", "regional"}, "head", {"north"});
    add("li", {"seller"}, "lead", {"coast"});
    add("han", {"seller", "keen"}, "lead");
    add("south", {"regional"}, "head");
    add("keen", {"keen"});
    add("coast", {"coastal"}, "", {"coast"});
    add("inland", {"coastal", "regional"});
    add("nobody", {"nobody"});
    const engine::Actor& boss = actors[0];
    for (int i = 1; i <= 15; ++i) {
      REQUIRE(app.create(boss, "customer",
                         R"({"name":"c)" + std::to_string(i) + R"(","rating":)" + number() +
                             R"(,"owner":)" + person() + "}"));
    }
    REQUIRE(app.remove(boss, "customer", 15, 1));
    for (int i = 1; i <= 90; ++i) {
      const std::string regions[] = {"null", "\"north\"", "\"south\""};
      const int customer = pick(16);
      const std::string reference =
          customer == 0 || customer == 15 ? "null" : std::to_string(customer);
      REQUIRE(app.create(boss, "deal",
                         R"({"name":"d)" + std::to_string(i) + R"(","region":)" + regions[pick(3)] +
                             R"(,"amount":)" + number() + R"(,"owner":)" + person() +
                             R"(,"customer":)" + reference + "}"));
    }
    for (RecordId id = 81; id <= 90; ++id) REQUIRE(app.remove(boss, "deal", id, 1));
  }

  // All deals, also the deleted ones.
  std::vector<Record> deals() {
    std::vector<Record> all;
    const auto view = app.engine.store().read();
    for (RecordId id = 1; id <= 90; ++id) all.push_back(*view->find_record(app.entity("deal"), id));
    return all;
  }

  std::set<RecordId> ids(const Verdict& verdict) {
    std::set<RecordId> wanted;
    for (const Record& record : deals()) {
      if (verdict(record)) wanted.insert(record.id);
    }
    return wanted;
  }
};

// Through pages of a few, as a caller gets them.
std::set<RecordId> listed(Hall& hall, const engine::Actor& actor, const std::string& filter = "",
                          bool deleted = false) {
  const model::Entity& entity = hall.app.entity("deal");
  const auto people = hall.app.engine.directory();
  std::optional<Search> search;
  if (!filter.empty()) {
    const Gate& gate = hall.app.engine.gate();
    auto compiled = compile_filter(
        filter, std::make_shared<const VisibleScope>(gate, actor, entity), actor, entity);
    REQUIRE(compiled.filter);
    search = Search{.filter = compiled.filter,
                    .now = hall.app.clock.now(),
                    .zone = &TimeZone::utc(),
                    .people = people.get()};
  }
  store::Query query;
  query.entity = &entity;
  query.sort.column = model::ColumnRef::of(model::SystemColumn::Id);
  query.limit = 7;
  query.deleted = deleted;
  std::set<RecordId> found;
  for (bool more = true; more;) {
    const auto page = hall.app.engine.reader(actor).list(query, search ? &*search : nullptr);
    REQUIRE(page);
    for (const Record& record : page->records) CHECK(found.insert(record.id).second);
    more = page->more;
    if (more) {
      const RecordId last = page->records.back().id;
      query.after = store::Position{feel::Value(feel::Number(last)), last};
    }
  }
  query.after.reset();
  const auto count = hall.app.engine.reader(actor).count(query, 1'000, search ? &*search : nullptr);
  CHECK(count.value() == static_cast<std::int64_t>(found.size()));
  return found;
}

bool is_nobody(const engine::Actor& actor) { return actor.name == "nobody"; }

TEST_CASE("lists, counts and filters hold exactly the records for which a rule holds") {
  Hall hall;
  hall.fill();
  const Oracle oracle(hall.app);
  for (const engine::Actor& actor : hall.actors) {
    CAPTURE(actor.name);
    if (is_nobody(actor)) continue;
    const auto visible = [&](const Record& r) { return oracle.deal(actor, r) && !r.deleted_at; };
    CHECK(listed(hall, actor) == hall.ids(visible));
    CHECK(listed(hall, actor, "amount >= 3") == hall.ids([&](const Record& r) {
      return visible(r) && Oracle::number(r.values[2]).value_or(0) >= 3;
    }));
    if (actor.roles == std::vector<std::size_t>{2}) continue;  // regional: no right to customers
    if (!hall.app.engine.gate().may(actor, model::Action::View, hall.app.entity("customer"))) {
      continue;
    }
    // Who may not see the customer learns nothing of it by asking for deals.
    CHECK(listed(hall, actor, "customer.rating >= 2") == hall.ids([&](const Record& r) {
      const std::optional<Record> customer = oracle.customer_of(r);
      return visible(r) && customer && oracle.customer(actor, *customer) &&
             Oracle::number(customer->values[1]).value_or(0) >= 2;
    }));
    CHECK(listed(hall, actor, "customer.name != null") == hall.ids([&](const Record& r) {
      const std::optional<Record> customer = oracle.customer_of(r);
      return visible(r) && customer && oracle.customer(actor, *customer);
    }));
  }
}

TEST_CASE("deleted records are listed where one may both see and delete them") {
  Hall hall;
  hall.fill();
  const Oracle oracle(hall.app);
  for (const engine::Actor& actor : hall.actors) {
    CAPTURE(actor.name);
    if (!hall.app.engine.gate().may(actor, model::Action::Delete, hall.app.entity("deal"))) {
      continue;
    }
    CHECK(listed(hall, actor, "", true) == hall.ids([&](const Record& r) {
      return r.deleted_at && oracle.deal(actor, r) && oracle.remove(actor, r);
    }));
  }
}

TEST_CASE("record, title, history and file exist exactly for whom a rule holds") {
  Hall hall;
  hall.fill();
  const Oracle oracle(hall.app);
  const model::Entity& deal = hall.app.entity("deal");
  const engine::File file = hall.app.upload(hall.actors[0], "a.txt", "text/plain", "hush");
  REQUIRE(hall.app.update(hall.actors[0], "deal", 1, 1,
                          R"({"files":[)" + std::to_string(file.id) + "]}"));
  const auto people = hall.app.engine.directory();
  const fields::Showing showing = hall.app.engine.showing(0, *people);
  for (const engine::Actor& actor : hall.actors) {
    CAPTURE(actor.name);
    for (const Record& record : hall.deals()) {
      CAPTURE(record.id);
      const bool visible =
          oracle.deal(actor, record) && (!record.deleted_at || oracle.remove(actor, record));
      Reader reader = hall.app.engine.reader(actor);
      const auto found = reader.record(deal, record.id);
      const auto history = reader.history(deal, record.id, 0, 10);
      CHECK(found.has_value() == visible);
      CHECK(history.has_value() == visible);
      CHECK(reader.stays(deal, record.id).has_value() == visible);
      CHECK(reader.title(deal, record.id, showing).has_value() == visible);
      if (record.id == 1) CHECK(reader.file(file.id).has_value() == visible);
      if (visible) continue;
      const std::string text = render(found.error().message, Language::English);
      CHECK(text ==
            (is_nobody(actor)
                 ? "your roles do not let you view Deals; Boss, Seller, Regional, Keen, "
                   "Coastal may"
                 : "there is no Deal " + std::to_string(record.id) + ", or it is not open to you"));
      CHECK(render(history.error().message, Language::English) == text);
    }
    // What is not there is told in the same words as what is hidden.
    const auto missing = hall.app.engine.reader(actor).record(deal, 999);
    CHECK(missing.error().kind ==
          (is_nobody(actor) ? engine::RefusalKind::Forbidden : engine::RefusalKind::NotFound));
  }
}

TEST_CASE("a change is refused as if there were no record, or because of the rule, or granted") {
  Hall hall;
  hall.fill();
  const Oracle oracle(hall.app);
  for (const engine::Actor& actor : hall.actors) {
    CAPTURE(actor.name);
    if (is_nobody(actor)) continue;
    const bool may_some =
        hall.app.engine.gate().may(actor, model::Action::Edit, hall.app.entity("deal"));
    for (const Record& record : hall.deals()) {
      if (record.deleted_at) continue;
      CAPTURE(record.id);
      const std::string code =
          code_of(hall.app.update(actor, "deal", record.id, record.version, R"({"name":"new"})"));
      const std::string denied = may_some ? "record.forbidden-this" : "record.forbidden";
      const std::string wanted = !oracle.deal(actor, record)   ? "record.not-found"
                                 : !oracle.edit(actor, record) ? denied
                                                               : "";
      CHECK(code == wanted);
      // A stale version tells nobody that there is a record.
      if (wanted == "record.not-found") {
        CHECK(code_of(hall.app.update(actor, "deal", record.id, 99, "{}")) == wanted);
        CHECK(code_of(hall.app.remove(actor, "deal", record.id, 99)) == wanted);
      }
    }
  }
}

TEST_CASE("deleting and restoring ask the rule about deleting") {
  Hall hall;
  hall.fill();
  const Oracle oracle(hall.app);
  const engine::Actor& south = hall.actors[5];
  for (const Record& record : hall.deals()) {
    CAPTURE(record.id);
    const bool visible = oracle.deal(south, record);
    const bool may_delete = oracle.remove(south, record);
    const std::string wanted = !visible || (record.deleted_at && !may_delete) ? "record.not-found"
                               : !may_delete ? "record.forbidden-this"
                                             : "";
    const auto tried = record.deleted_at
                           ? hall.app.restore(south, "deal", record.id, record.version)
                           : hall.app.remove(south, "deal", record.id, record.version);
    CHECK(code_of(tried) == wanted);
  }
}

TEST_CASE("a rule about creating is asked of the record as it would be") {
  Hall hall;
  hall.fill();
  const engine::Actor& li = hall.actors[3];
  CHECK(hall.app.create(li, "deal", R"({"name":"mine","owner":"li"})"));
  const auto refused = hall.app.create(li, "deal", R"({"name":"theirs","owner":"han"})");
  REQUIRE_FALSE(refused);
  CHECK(render(refused.error().message, Language::English) ==
        "your roles let you create only Deals for which `owner = user`; Boss may create others");
  CHECK(render(refused.error().message, Language::Chinese, 1) ==
        "您的角色只能新建满足 `owner = user` 的商机；其他的由Boss新建");
  CHECK_FALSE(hall.app.create(li, "deal", R"({"name":"nobody's"})"));
  // While a form is filled, the rule may not hold yet.
  CHECK(hall.app.engine.preview(li, engine::CreateRecord{&hall.app.entity("deal"), {}}));
}

TEST_CASE("who gives a record away may do so, and sees it no more") {
  Hall hall;
  hall.fill();
  const engine::Actor& li = hall.actors[3];
  const auto made = hall.app.create(li, "deal", R"({"name":"mine","owner":"li","region":"north"})");
  REQUIRE(made);
  const RecordId id = made->record.id;
  CHECK(hall.app.update(li, "deal", id, 1, R"({"owner":"boss"})"));
  CHECK(code_of(hall.app.update(li, "deal", id, 2, R"({"owner":"li"})")) == "record.not-found");
  CHECK_FALSE(hall.app.engine.reader(li).record(hall.app.entity("deal"), id));
}

TEST_CASE("a refusal tells the rule to those who may see what it reads") {
  Hall hall;
  hall.fill();
  const engine::Actor& boss = hall.actors[0];
  const engine::Actor& south = hall.actors[5];
  const auto made = hall.app.create(boss, "deal", R"({"name":"a","region":"south","amount":"9"})");
  const auto refused = hall.app.update(south, "deal", made->record.id, 1, R"({"name":"b"})");
  REQUIRE_FALSE(refused);
  CHECK(render(refused.error().message, Language::English) ==
        "your roles let you edit only Deals for which `amount < 5`; Boss, Seller may edit others");
}

TEST_CASE("a value that is taken is told without the record that has it, unless it is visible") {
  Hall hall;
  hall.fill();
  const Oracle oracle(hall.app);
  const engine::Actor& li = hall.actors[3];
  for (RecordId id = 1; id <= 14; ++id) {
    const auto customer =
        *hall.app.engine.store().read()->find_record(hall.app.entity("customer"), id);
    const std::string name = "c" + std::to_string(id);
    CAPTURE(name);
    const auto refused = hall.app.create(li, "customer", R"({"name":")" + name + R"("})");
    CHECK(
        words_of(refused, hall.app.entity("customer")) ==
        Words{oracle.customer(li, customer)
                  ? "/name Name: is already in use by " + name + "; open that one or enter another"
                  : "/name Name: is already in use; enter another one"});
  }
}

TEST_CASE("a reference leads to visible records only, and formulas keep what they may not read") {
  Hall hall;
  hall.fill();
  const Oracle oracle(hall.app);
  const engine::Actor& li = hall.actors[3];
  for (RecordId id = 1; id <= 14; ++id) {
    CAPTURE(id);
    const auto customer =
        *hall.app.engine.store().read()->find_record(hall.app.entity("customer"), id);
    const std::string number = std::to_string(id);
    const auto made =
        hall.app.create(li, "deal", R"({"name":"x","owner":"li","customer":)" + number + "}");
    const Words wanted =
        oracle.customer(li, customer)
            ? Words{}
            : Words{"/customer Customer: there is no Customer " + number + " to point to"};
    CHECK(words_of(made, hall.app.entity("deal")) == wanted);
  }
  const engine::Actor& boss = hall.actors[0];
  REQUIRE(hall.app.create(boss, "customer", R"({"name":"far","rating":"6","owner":"boss"})"));
  const auto customer = std::to_string(16);
  const auto made = hall.app.create(
      boss, "deal", R"({"name":"x","owner":"li","region":"north","customer":)" + customer + "}");
  REQUIRE(made);
  const auto changed = hall.app.update(li, "deal", made->record.id, 1, R"({"name":"y"})");
  REQUIRE(changed);
  CHECK(Oracle::number(changed->record.values[5]) == 6);
}

TEST_CASE("people who move change at once what is visible") {
  Hall hall;
  hall.fill();
  const engine::Actor& head = hall.actors[1];
  const auto own = [&](const engine::Actor& actor) { return listed(hall, actor).size(); };
  const std::size_t before = own(head);
  REQUIRE(hall.app.engine.change_account("lead",
                                         {.roles = {}, .manager = "", .teams = {}, .heads = {}}));
  CHECK(own(head) < before);
  REQUIRE(hall.app.engine.change_account(
      "lead", {.roles = {}, .manager = "head", .teams = {}, .heads = {}}));
  CHECK(own(head) == before);
}

}  // namespace
}  // namespace formwork::permissions
