// Formulas and conditions where records are decided: computed values, defaults, what is visible,
// required and read-only, rules, and paths through the gate.
#include <doctest/doctest.h>

#include "tests/support/app.h"

namespace formwork::records {
namespace {

using testing::App;
using testing::Words;
using testing::words_of;

constexpr std::string_view kQuotes = R"(
app: quotes
locales: [en, zh-CN]
time_zone: Asia/Shanghai
currency: CNY
---
entity: account
title: name
fields:
  name: { type: text, required: true }
  industry: { type: text }
  credit: { type: money }
---
entity: quote
label: { en: Quote, zh-CN: 报价单 }
number: "Q-{seq:3}"
title: subject
fields:
  subject: { type: text, required: true }
  source: { type: choice, options: [website, referral] }
  vendor: { type: text, visible: 'source = "referral"', required: true, label: { en: Vendor, zh-CN: 供应商 } }
  reason: { type: text, required: discount > 0.2 }
  account: { type: reference, to: account }
  industry: { type: text, value: account.industry }
  owner: { type: user, default: =user }
  valid_until: { type: date, default: =today() + duration("P14D") }
  terms: { type: text, default: '="for " + subject' }
  locked: { type: boolean }
  price_list: { type: text, default: standard, read_only: 'locked' }
  items:
    type: table
    fields:
      what: { type: text, required: true }
      qty: { type: number, scale: 0, default: 1 }
      unit_price: { type: money }
      discount: { type: percent }
      why: { type: text, required: discount > 0.2 }
      supplier: { type: reference, to: account }
      made_in: { type: text, value: supplier.industry }
      total: { type: money, value: qty * unit_price * (1 - (if discount = null then 0 else discount)) }
  grade: { type: choice, options: [A, B], value: 'if subtotal >= 1000 then "A" else "B"' }
  discount: { type: percent, value: 1 - subtotal / sum(for i in items return i.qty * i.unit_price) }
  subtotal: { type: money, value: sum(items.total) }
  third: { type: money, value: subtotal / 3 }
  made_by: { type: text, value: created_by.full_name }
  small: { type: number, scale: 0, max: 10, value: subtotal / 1000 }
rules:
  - require: discount <= 0.4
    say: { en: No quote may go below 60 % of list, zh-CN: 折扣不得低于六折 }
  - require: subtotal <= account.credit
    say: { en: This is above the limit of the account, zh-CN: 超出客户额度 }
---
role: boss
on:
  account: { view: true, create: true, edit: true, delete: true }
  quote: { view: true, create: true, edit: true, delete: true }
---
role: clerk
on:
  quote: { view: true, create: true, edit: true }
)";

std::string text_of(App& app, const engine::Record& record, std::string_view name) {
  const model::Entity& quote = app.entity("quote");
  std::string out;
  json::Writer writer(out);
  const std::size_t index = *model::field_index(quote, name);
  write_value(writer, quote.fields[index], record.values[index], *app.engine.directory());
  return out;
}

std::string of_outcome(App& app, const testing::Outcome& outcome, std::string_view name) {
  if (!outcome) return "refused";
  return text_of(app, outcome->record, name);
}

constexpr std::string_view kItems =
    R"("items":[{"what":"a","qty":"2","unit_price":"100"},{"what":"b","qty":"1","unit_price":"50.01","discount":"0.1"}])";

TEST_CASE("what is computed is computed in order, over lines first") {
  App app(kQuotes);
  const auto boss = app.actor("boss");
  const auto made = app.create(boss, "quote", R"({"subject":"s",)" + std::string(kItems) + "}");
  REQUIRE(made);
  CHECK(
      of_outcome(app, made, "items") ==
      R"([{"what":"a","qty":"2","unit_price":"100.00","discount":null,"why":null,"supplier":null,"made_in":null,"total":"200.00"},)"
      R"({"what":"b","qty":"1","unit_price":"50.01","discount":"0.1","why":null,"supplier":null,"made_in":null,"total":"45.01"}])");
  CHECK(of_outcome(app, made, "subtotal") == R"("245.01")");
  CHECK(of_outcome(app, made, "third") == R"("81.67")");
  CHECK(of_outcome(app, made, "grade") == R"("B")");
  CHECK(of_outcome(app, made, "made_by") == R"("boss")");
}

TEST_CASE("a change computes anew, and history has what was computed") {
  App app(kQuotes);
  const auto boss = app.actor("boss");
  REQUIRE(app.create(boss, "quote", R"({"subject":"s",)" + std::string(kItems) + "}"));
  const auto changed =
      app.update(boss, "quote", 1, 1, R"({"items":[{"what":"a","qty":"20","unit_price":"100"}]})");
  CHECK(of_outcome(app, changed, "subtotal") == R"("2000.00")");
  CHECK(of_outcome(app, changed, "grade") == R"("A")");
  const auto history = app.engine.reader(boss).history(app.entity("quote"), 1, 0, 1);
  REQUIRE(history);
  CHECK(history->front().changes.find(R"("grade":{"from":"B","to":"A"})") != std::string::npos);
}

TEST_CASE("nobody sends what is computed, not even in a line") {
  App app(kQuotes);
  const auto input = app.read("quote", R"({"subtotal":"1","items":[{"what":"a","total":"1"}]})");
  Words words;
  for (const engine::FieldProblem& problem : input.problems) {
    words.push_back(engine::pointer_to(problem, app.entity("quote")) + " " +
                    engine::describe(problem, app.entity("quote"), Language::English, 0));
  }
  CHECK(words == Words{"/subtotal Subtotal: is computed and cannot be sent",
                       "/items/0/total Items, line 1, Total: is computed and cannot be sent"});
  // Nor does a command that comes from elsewhere.
  const model::Entity& quote = app.entity("quote");
  const std::size_t subtotal = *model::field_index(quote, "subtotal");
  const std::size_t subject = *model::field_index(quote, "subject");
  const auto made = app.engine.execute_and_wait(
      {.actor = app.actor("boss"),
       .intent =
           engine::CreateRecord{
               &quote, {{subject, feel::Value("s")}, {subtotal, feel::Value(feel::Number(1))}}},
       .once = {}});
  CHECK(of_outcome(app, made, "subtotal") == "null");
}

TEST_CASE("a computed value keeps the limits of its field") {
  App app(kQuotes);
  const auto boss = app.actor("boss");
  CHECK(words_of(
            app.create(boss, "quote",
                       R"({"subject":"s","items":[{"what":"a","qty":"11","unit_price":"1000"}]})"),
            app.entity("quote")) == Words{"/small Small: enter 10 or less; this is 11"});
}

TEST_CASE("default formulas know who acts, the day and what was given") {
  App app(kQuotes);
  const auto boss = app.actor("boss");
  const auto made = app.create(boss, "quote", R"({"subject":"s"})");
  CHECK(of_outcome(app, made, "owner") == R"("boss")");
  CHECK(of_outcome(app, made, "valid_until") == R"("2026-03-16")");
  CHECK(of_outcome(app, made, "terms") == R"("for s")");
  const auto emptied = app.create(boss, "quote", R"({"subject":"s","owner":null,"terms":"mine"})");
  CHECK(of_outcome(app, emptied, "owner") == "null");
  CHECK(of_outcome(app, emptied, "terms") == R"("mine")");
  const auto later = app.update(boss, "quote", 1, 1, R"({"terms":null})");
  CHECK(of_outcome(app, later, "terms") == "null");
}

TEST_CASE("a hidden field is not required and keeps its value") {
  App app(kQuotes);
  const auto boss = app.actor("boss");
  const model::Entity& quote = app.entity("quote");
  CHECK(words_of(app.create(boss, "quote", R"({"subject":"s","source":"referral"})"), quote) ==
        Words{"/vendor Vendor: enter a value"});
  REQUIRE(app.create(boss, "quote", R"({"subject":"s","source":"website"})"));
  REQUIRE(app.create(boss, "quote", R"({"subject":"s","source":"referral","vendor":"v"})"));
  CHECK(of_outcome(app, app.update(boss, "quote", 2, 1, R"({"source":"website"})"), "vendor") ==
        R"("v")");
}

TEST_CASE("a column is required when its line says so") {
  App app(kQuotes);
  const auto boss = app.actor("boss");
  CHECK(words_of(app.create(boss, "quote",
                            R"({"subject":"s","items":[{"what":"a","discount":"0.1"},)"
                            R"({"what":"b","discount":"0.3","unit_price":"1"}]})"),
                 app.entity("quote")) == Words{"/items/1/why Items, line 2, Why: enter a value"});
}

TEST_CASE("what is read-only as the record stands cannot be changed, nor unlocked on the way") {
  App app(kQuotes);
  const auto boss = app.actor("boss");
  const model::Entity& quote = app.entity("quote");
  REQUIRE(app.create(boss, "quote", R"({"subject":"s","locked":true,"price_list":"special"})"));
  CHECK(words_of(app.update(boss, "quote", 1, 1, R"({"price_list":"x","locked":false})"), quote) ==
        Words{"/price_list Price list: cannot be changed now"});
  CHECK(app.update(boss, "quote", 1, 1, R"({"price_list":"special","locked":false})"));
  CHECK(app.update(boss, "quote", 1, 2, R"({"price_list":"x"})"));
}

TEST_CASE("a rule that does not hold says what its author wrote, in the caller's language") {
  App app(kQuotes);
  const auto boss = app.actor("boss");
  const model::Entity& quote = app.entity("quote");
  const auto refused = app.create(
      boss, "quote",
      R"({"subject":"s","reason":"r","items":[{"what":"a","unit_price":"100","discount":"0.5","why":"w"}]})");
  CHECK(words_of(refused, quote) ==
        Words{"/discount Discount: No quote may go below 60 % of list"});
  REQUIRE_FALSE(refused);
  CHECK(engine::describe(refused.error().fields[0], quote, Language::Chinese, 1) ==
        "Discount：折扣不得低于六折");
}

TEST_CASE("a rule without an answer holds, unless the answer is what the caller may not see") {
  App app(kQuotes);
  const auto boss = app.actor("boss");
  const auto clerk = app.actor("clerk");
  const model::Entity& quote = app.entity("quote");
  REQUIRE(app.create(boss, "account", R"({"name":"n","industry":"retail"})"));
  const std::string body = R"({"subject":"s","account":1,)" + std::string(kItems) + "}";
  CHECK(app.create(boss, "quote", body));
  REQUIRE(app.update(boss, "account", 1, 1, R"({"credit":"100"})"));
  CHECK(words_of(app.create(boss, "quote", body), quote) ==
        Words{" This is above the limit of the account"});
  // The clerk may change items, and cannot use that to get around the limit.
  CHECK(words_of(app.update(clerk, "quote", 1, 1,
                            R"({"items":[{"what":"a","qty":"1","unit_price":"1"}]})"),
                 quote) == Words{" This is above the limit of the account"});
}

TEST_CASE("paths lead through the gate, and what cannot be read keeps its value") {
  App app(kQuotes);
  const auto boss = app.actor("boss");
  const auto clerk = app.actor("clerk");
  REQUIRE(app.create(boss, "account", R"({"name":"n","industry":"retail"})"));
  CHECK(of_outcome(app, app.create(boss, "quote", R"({"subject":"s","account":1})"), "industry") ==
        R"("retail")");
  CHECK(of_outcome(app, app.update(clerk, "quote", 1, 1, R"({"subject":"t"})"), "industry") ==
        R"("retail")");
  CHECK(of_outcome(app, app.update(clerk, "quote", 1, 2, R"({"account":null})"), "industry") ==
        "null");
  // A line keeps what it has as long as nothing of it changes.
  REQUIRE(app.create(
      boss, "quote",
      R"({"subject":"l","items":[{"what":"a","supplier":1},{"what":"b","supplier":1}]})"));
  const std::string lines =
      of_outcome(app,
                 app.update(clerk, "quote", 2, 1,
                            R"({"items":[{"what":"a","supplier":1},{"what":"c","supplier":1}]})"),
                 "items");
  CHECK(lines.find(R"("what":"a","qty":"1","unit_price":null,"discount":null,"why":null,)"
                   R"("supplier":1,"made_in":"retail")") != std::string::npos);
  CHECK(lines.find(R"("what":"c","qty":"1","unit_price":null,"discount":null,"why":null,)"
                   R"("supplier":1,"made_in":null)") != std::string::npos);
  REQUIRE(app.remove(boss, "account", 1, 1));
  CHECK(of_outcome(app, app.update(boss, "quote", 1, 3, R"({"subject":"u"})"), "industry") ==
        "null");
}

TEST_CASE("a preview has what a form needs and writes nothing") {
  App app(kQuotes);
  const auto boss = app.actor("boss");
  const model::Entity& quote = app.entity("quote");
  const auto index = [&](std::string_view name) { return *model::field_index(quote, name); };
  const auto input = app.read(
      "quote", R"({"source":"referral","items":[{"qty":"3","unit_price":"10","discount":"0.3"}]})");
  const auto seen = app.engine.preview(boss, engine::CreateRecord{&quote, input.changes});
  REQUIRE(seen);
  CHECK(seen->values[index("subtotal")] == feel::Value(feel::Number::from_scaled(2100, 2)));
  CHECK(seen->fields[index("vendor")].visible);
  CHECK(seen->fields[index("vendor")].required);
  CHECK(seen->fields[index("reason")].required);
  CHECK(seen->lines.at(index("items"))[0][4].required);
  const auto empty = app.engine.preview(boss, engine::CreateRecord{&quote, {}});
  REQUIRE(empty);
  CHECK_FALSE(empty->fields[index("vendor")].visible);
  CHECK_FALSE(empty->fields[index("vendor")].required);
  CHECK(app.engine.reader(boss).list({.entity = &quote})->records.empty());
  CHECK_FALSE(app.engine.preview(app.actor("nobody", {}), engine::CreateRecord{&quote, {}}));
}

}  // namespace
}  // namespace formwork::records
