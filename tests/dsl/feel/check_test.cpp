// What the checker says of expressions, as authors see it: under each expression carets mark the
// place, followed by the code and the message.
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "dsl/feel/expression.h"

namespace formwork::feel {
namespace {

struct Finding {
  std::size_t begin;
  std::size_t end;
  std::string text;
};

const RecordType& account_type() {
  static const RecordType kUser{"user", {{"name", TypeKind::String}}};
  static const RecordType kAccount{
      "account",
      {{"industry", Type::choice({"finance", "health"}, "the options of industry")},
       {"owner", Type::record(kUser)},
       {"annual revenue", Type::money("CNY")}}};
  return kAccount;
}

Scope scope() {
  Scope scope;
  scope.add("amount", Type::money("CNY"));
  scope.add("price", Type::money("USD"));
  scope.add("discount", Type::percent());
  scope.add("count", TypeKind::Number);
  scope.add("stage", Type::choice({"open", "won", "lost"}, "the options of stage"));
  scope.add("name", Type(TypeKind::String).never_null());
  scope.add("closed", TypeKind::Boolean);
  scope.add("expected_close", TypeKind::Date);
  scope.add("created_at", TypeKind::DateTime);
  scope.add("waiting", TypeKind::DaysDuration);
  scope.add("account", Type::record(account_type()));
  scope.add("tags", Type::list(Type::choice({"vip", "new"}, "the options of tags")));
  scope.add(
      "items",
      Type::list(Type::context({{"qty", TypeKind::Number}, {"unit price", Type::money("CNY")}})));
  return scope;
}

std::vector<Finding> findings(const std::string& text, Type expected) {
  std::vector<Finding> found;
  const auto compiled = compile_expression(text, scope(), {.expected = std::move(expected)});
  for (const Problem& problem : compiled.problems) {
    std::string line = std::string(problem.code) + ": " + problem.message;
    if (!problem.remedy.empty()) line += "; " + problem.remedy;
    found.push_back({problem.begin, problem.end, line});
  }
  return found;
}

// The expression, and below it for each finding a line of carets and what they mean.
std::string marked(const std::string& text, Type expected) {
  std::string out = text + "\n";
  for (const Finding& finding : findings(text, std::move(expected))) {
    out += std::string(finding.begin, ' ') + std::string(finding.end - finding.begin, '^') + " " +
           finding.text + "\n";
  }
  return out;
}

// A line that is no comment is an expression; those with carets below are what is expected of it.
void check(const std::string& fixture, const Type& expected) {
  std::istringstream lines(fixture);
  std::string line;
  std::string text;
  std::string wanted;
  const auto compare = [&] {
    if (!text.empty()) CHECK(marked(text, expected) == wanted);
  };
  while (std::getline(lines, line)) {
    if (line.empty()) continue;
    if (line.find('^') != std::string::npos) {
      wanted += line + "\n";
      continue;
    }
    compare();
    text = line;
    wanted = line + "\n";
  }
  compare();
}

TEST_CASE("A condition that fits its fields is silent") {
  check(R"(
amount * (1 - discount) >= 500000 and stage = "won"
account.industry in ("finance", "health") and account.owner.name = name
expected_close > today() + duration("P7D") or expected_close = null
sum(items.unit price) > 1000 and some i in items satisfies i.qty > 2
count(items[qty > 2 and unit price < 100]) = 0 or items[1].qty = 1
if stage = "won" then closed else not(closed)
"vip" in tags
created_at + duration("PT1H") < now() and waiting > @"P1D"
name(owner(account)) = name
)",
        TypeKind::Boolean);
}

TEST_CASE("What belongs to a record is the same written as a path and as a call") {
  const auto tree_of = [](const std::string& text) {
    return compile_expression(text, scope()).expression.value().tree();
  };
  CHECK(syntax::are_same(tree_of("owner(account).name = name"),
                         tree_of("account.owner.name = name")));
  CHECK(syntax::print(tree_of("count(tags) + annual revenue(account)")) ==
        "count(tags) + account.annual revenue");
  check(R"(
oner(account).name = name
^^^^ feel.unknown-function: there is no function `oner`; did you mean `owner`?
owner(account, 1).name = name
^^^^^ feel.unknown-function: there is no function `owner`
owner(amont).name = name
^^^^^ feel.unknown-function: there is no function `owner`
string(account) = name
)",
        TypeKind::Boolean);
}

TEST_CASE("Names that are not there are reported with the nearest ones") {
  check(R"(
amont > 3
^^^^^ feel.unknown-name: there is no `amont` here; did you mean `amount`?
account.industri = "x"
^^^^^^^^^^^^^^^^ feel.unknown-name: a record of account has no `industri`; did you mean `industry`?
some i in items satisfies i.quantity > 2
                          ^^^^^^^^^^ feel.unknown-name: a context has no `quantity`; possible: qty, unit price
expected_close.hour = 3
^^^^^^^^^^^^^^^^^^^ feel.unknown-name: a date has no `hour`; possible: year, month, day, weekday
lenght(name) > 3
^^^^^^ feel.unknown-function: there is no function `lenght`
strings(name) = "a"
^^^^^^^ feel.unknown-function: there is no function `strings`; did you mean `string`?
amount() > 3
^^^^^^ feel.unknown-function: `amount` is money, so it cannot be called
count(items) > count
? > 3
^ feel.unknown-name: `?` stands for the input of a decision table's cell; write the name of a field
name instance of text
                 ^^^^ feel.unknown-name: there is no type `text`
)",
        TypeKind::Boolean);
}

TEST_CASE("Types that do not go together are reported in words") {
  check(R"(
discount > "20 %"
^^^^^^^^^^^^^^^^^ feel.type-mismatch: `discount` is a percent and "20 %" is text; they cannot be compared; write a share such as 0.2 for 20 %
amount > discount
^^^^^^^^^^^^^^^^^ feel.type-mismatch: `amount` is money and `discount` is a percent; they cannot be compared
amount + discount > 3
^^^^^^^^^^^^^^^^^ feel.type-mismatch: `amount` is money and `discount` is a percent; they cannot be added; write `amount * (1 + share)` to add a share of the amount
amount - price > 3
^^^^^^^^^^^^^^ feel.type-mismatch: `amount` is money and `price` is money; they cannot be subtracted; convert one of them first
name + count = "a"
^^^^^^^^^^^^ feel.type-mismatch: `name` is text and `count` is a number; `+` has no answer for them; write string(…) around what is no text
expected_close > created_at
^^^^^^^^^^^^^^^^^^^^^^^^^^^ feel.type-mismatch: `expected_close` is a date and `created_at` is a date and time; they cannot be compared; write date(…) around the date and time
closed < true
^^^^^^^^^^^^^ feel.type-mismatch: `closed` is true or false and `true` is true or false; they have no order
count < null
^^^^^^^^^^^^ feel.type-mismatch: `count` is a number and `null` is null; null is neither less nor greater than anything
-name = "a"
^^^^^ feel.type-mismatch: `name` is text, and `-` needs a number or a duration
count and closed
^^^^^ feel.type-mismatch: a condition is needed here, and `count` is a number
if count then true else false
   ^^^^^ feel.type-mismatch: a condition is needed here, and `count` is a number
count
^^^^^ feel.type-mismatch: a condition is needed here, and `count` is a number
account = "x"
^^^^^^^^^^^^^ feel.type-mismatch: `account` is a record of account and "x" is text; they cannot be compared
items["a"] = null
      ^^^ feel.type-mismatch: a filter needs a condition or a position, and "a" is text
some i in name satisfies i = "a"
          ^^^^ feel.type-mismatch: `name` is text, and a list is needed to go through
count / 0 > 1
^^^^^^^^^ feel.type-mismatch: a division by zero has no answer; divide by something else
count in [10..1]
         ^^^^^^^ feel.type-mismatch: the range starts above its end; write the smaller one first
)",
        TypeKind::Boolean);
}

TEST_CASE("Options that a choice does not have are reported where they stand") {
  check(R"(
stage = "wonn"
        ^^^^^^ feel.unknown-option: "wonn" is not among the options of stage; did you mean `won`?
"opened" != stage
^^^^^^^^ feel.unknown-option: "opened" is not among the options of stage; did you mean `open`?
stage in ("open", "wom")
                  ^^^^^ feel.unknown-option: "wom" is not among the options of stage; did you mean `won`?
stage in ["open", "wom"]
                  ^^^^^ feel.unknown-option: "wom" is not among the options of stage; did you mean `won`?
account.industry = "retail"
                   ^^^^^^^^ feel.unknown-option: "retail" is not among the options of industry; possible: finance, health
)",
        TypeKind::Boolean);
}

TEST_CASE("Conditions that say nothing are warned of") {
  check(R"(
name = null
^^^^^^^^^^^ feel.constant: `name` is never null, so this is always false
name != null or closed
^^^^^^^^^^^^ feel.constant: `name` is never null, so this is always true
1 < 2 and closed
^^^^^ feel.constant: this condition is always true
closed or closed
          ^^^^^^ feel.constant: this condition stands here twice; remove one of them
stage = "won" and stage = "lost"
                  ^^^^^^^^^^^^^^ feel.constant: `stage` cannot be both "won" and "lost"; write `or`, or `in (…)`
count between 10 and 1
^^^^^^^^^^^^^^^^^^^^^^ feel.constant: nothing lies between 10 and 1; write the smaller one first
every i in items satisfies closed
      ^^^^^^^^^^ feel.unused: `i` is not used in the condition; ask something about it, or remove it
)",
        TypeKind::Boolean);
}

TEST_CASE("Arguments that a function does not take are reported with how it is written") {
  check(R"(
contains(name) = true
^^^^^^^^^^^^^^ feel.arguments: these are not the arguments of contains(); write contains(string, match)
contains(text: name, match: "a")
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ feel.arguments: these are not the arguments of contains(); write contains(string, match)
contains(name, 3)
               ^ feel.type-mismatch: `match` of contains() is text, and `3` is a number; contains(string, match)
contains(name, null)
               ^^^^ feel.type-mismatch: `match` of contains() is null here, so the answer is null
)",
        TypeKind::Boolean);
}

TEST_CASE("A value must be of the type that its field asks for") {
  check(R"(
discount
^^^^^^^^ feel.type-mismatch: money is needed here, and `discount` is a percent
name
^^^^ feel.type-mismatch: money is needed here, and `name` is text
amount * discount
count * 3
)",
        Type::money("CNY"));
}

TEST_CASE("Every mistake of a text is reported, and what depends on one is silent") {
  check(R"(
amont > 3 and stage = "x" and (nam + 1) * 2 > 3
^^^^^ feel.unknown-name: there is no `amont` here; did you mean `amount`?
                      ^^^ feel.unknown-option: "x" is not among the options of stage; possible: open, won, lost
                               ^^^ feel.unknown-name: there is no `nam` here; did you mean `name`?
)",
        TypeKind::Boolean);
}

TEST_CASE("Units go through arithmetic") {
  const auto type = [](const std::string& text) {
    const auto compiled = compile_expression(text, scope());
    return compiled.expression ? compiled.expression->type().to_string() : "error";
  };
  CHECK(type("amount * discount") == "money");
  CHECK(type("amount / amount") == "number");
  CHECK(type("amount + 3") == "money");
  CHECK(type("discount + discount") == "percent");
  CHECK(type("sum(items.unit price)") == "money");
  CHECK(type("expected_close - expected_close") == "days and time duration");
  CHECK(type("items.qty") == "list<number>");
  CHECK(type("items[qty > 1]") == "list<context<qty: number, unit price: money>>");
  CHECK(type("items[1]") == "context<qty: number, unit price: money>");
  CHECK(type("for i in items return i.qty > 1") == "list<boolean>");
  CHECK(type("if closed then 1 else \"a\"") == "Any");
  CHECK(type("function(a: number) a + 1") == "function<number> -> number");
  CHECK(type("account.annual revenue") == "money");
}

}  // namespace
}  // namespace formwork::feel
