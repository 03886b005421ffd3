// FEEL as SQL: which text, which values, and how far it reaches. That the answers are the
// evaluator's is tested over real rows, in tests/engine/store/feel_filter_test.cpp.
#include "dsl/feel/sql.h"

#include <doctest/doctest.h>

namespace formwork::feel::sql {
namespace {

struct Fixture {
  const RecordType person{"user", {{"name", TypeKind::String}}};
  Scope scope;
  std::vector<Column> columns;

  Fixture() {
    add("stage", Type::choice({"new", "won", "lost"}, "the options of stage"), Form::Text);
    add("name", TypeKind::String, Form::Text);
    add("pieces", TypeKind::Number, Form::Scaled, 0);
    add("amount", TypeKind::Number, Form::Scaled, 2);
    add("limit", TypeKind::Number, Form::Scaled, 4);
    add("urgent", TypeKind::Boolean, Form::Boolean);
    add("due", TypeKind::Date, Form::Days);
    add("opens", TypeKind::Time, Form::DayTime);
    add("seen", TypeKind::DateTime, Form::Instant);
    add("pause", TypeKind::DaysDuration, Form::Duration);
    add("tags", Type::list(TypeKind::String), Form::Codes);
    add("owner", Type::record(person), Form::Record);
    add("hidden", TypeKind::Number, Form::None);
    add("user", Type::record(person), Form::Given);
  }

  void add(std::string name, Type type, Form form, int scale = 0) {
    scope.add(name, std::move(type));
    columns.push_back({.form = form, .sql = name, .scale = scale});
  }

  Expression compile(const std::string& text) const {
    CompiledExpression compiled = compile_expression(text, scope);
    for (const Problem& problem : compiled.problems) INFO(problem.message);
    REQUIRE(compiled.expression);
    return *compiled.expression;
  }
};

std::string in_words(const Bound& bound) {
  if (const auto* integer = std::get_if<std::int64_t>(&bound)) return std::to_string(*integer);
  if (const auto* text = std::get_if<std::string>(&bound)) return "'" + *text + "'";
  return "NULL";
}

// `sql | value, value`, with a mark before it when it is not exact.
std::string translated(const std::string& text) {
  const Fixture fixture;
  const Expression expression = fixture.compile(text);
  const Predicate predicate = translate(expression, fixture.scope, fixture.columns);
  if (predicate.reach == Reach::Nothing) return "-";
  std::string words = predicate.reach == Reach::Partial ? "~ " : "";
  words += predicate.sql;
  const Environment environment{.now = Instant{1'772'413'200'000'000}};  // 2026-03-02
  const Value user(RecordRef{7});
  std::vector<const Value*> variables(fixture.columns.size(), nullptr);
  variables.back() = &user;
  const auto values = bound_values(predicate.parameters, environment, variables);
  if (!values) return words + " | cannot be bound";
  for (std::size_t i = 0; i < values->size(); ++i) {
    words += (i == 0 ? " | " : ", ") + in_words((*values)[i]);
  }
  return words;
}

struct Row {
  std::string text;
  std::string expected;
};

TEST_CASE("comparisons become comparisons, and FEEL's equality becomes IS") {
  for (const Row& row : {
           Row{R"(stage = "won")", "stage IS ? | 'won'"},
           Row{R"(stage != "won")", "stage IS NOT ? | 'won'"},
           Row{R"("won" = stage)", "stage IS ? | 'won'"},
           Row{"stage = null", "stage IS NULL"},
           Row{"amount > 1000", "amount > ? | 100000"},
           Row{"1000 > amount", "amount < ? | 100000"},
           Row{"urgent", "urgent"},
           Row{"not(urgent)", "NOT urgent"},
           Row{"urgent = false", "urgent IS ? | 0"},
           Row{R"(due >= @"2026-03-02")", "due >= ? | 20514"},
           Row{R"(seen < @"2026-03-02T09:00:00+08:00")", "seen < ? | 1772413200000000"},
           Row{R"(pause > duration("PT1H"))", "pause > ? | 3600000000"},
           Row{"owner = user", "owner IS ? | 7"},
           Row{"owner != null", "owner IS NOT NULL"},
       }) {
    CAPTURE(row.text);
    CHECK(translated(row.text) == row.expected);
  }
}

TEST_CASE("a constant that a column cannot hold is rounded to the side that keeps the meaning") {
  for (const Row& row : {
           Row{"amount <= 10.005", "amount <= ? | 1000"},
           Row{"amount < 10.005", "amount <= ? | 1000"},
           Row{"amount > 10.005", "amount > ? | 1000"},
           Row{"amount >= -10.005", "amount > ? | -1001"},
           Row{"amount = 10.005", "0"},
           Row{"amount != 10.005", "1"},
           Row{"amount < 1E30", "amount <= ? | 9223372036854775807"},
           Row{"amount < -1E30", "amount < ? | -9223372036854775808"},
           Row{R"(pause > @"PT0.0000001S")", "pause > ? | 0"},
       }) {
    CAPTURE(row.text);
    CHECK(translated(row.text) == row.expected);
  }
}

TEST_CASE("the equality of times is that of their seconds") {
  CHECK(translated(R"(opens = @"09:30:00")") ==
        "(opens IS NOT NULL) AND (opens BETWEEN ? AND ?) | 34200000000, 34200999999");
  CHECK(translated(R"(opens != @"09:30:00")") ==
        "(opens IS NULL) OR (opens NOT BETWEEN ? AND ?) | 34200000000, 34200999999");
  CHECK(translated(R"(opens < @"09:30:00Z")") == "-");
}

TEST_CASE("conditions are joined, and what is constant is computed") {
  for (const Row& row : {
           Row{R"(stage = "won" and amount > 10 or urgent)",
               "((stage IS ?) AND (amount > ?)) OR urgent | 'won', 1000"},
           Row{R"(stage in ("won", "lost"))",
               "(stage IS NOT NULL) AND (stage IN (?, ?)) | 'won', 'lost'"},
           Row{R"(stage in ["won", null])", "(stage IS ?) OR (stage IS NULL) | 'won'"},
           Row{"amount between 1 and 2", "(amount >= ?) AND (amount <= ?) | 100, 200"},
           Row{"amount in (1..2]", "(amount > ?) AND (amount <= ?) | 100, 200"},
           Row{"amount in (< 1, > 2)", "(amount < ?) OR (amount > ?) | 100, 200"},
           Row{"amount > 2 ** 10", "amount > ? | 102400"},
           Row{"amount > sum([1, 2]) + 0.5", "amount > ? | 350"},
           Row{"if urgent then amount > 1 else stage = null",
               "CASE WHEN urgent THEN (amount > ?) ELSE (stage IS NULL) END | 100"},
       }) {
    CAPTURE(row.text);
    CHECK(translated(row.text) == row.expected);
  }
}

TEST_CASE("the clock and the caller are asked when values are bound") {
  for (const Row& row : {
           Row{"due < today()", "due < ? | 20514"},
           Row{R"(due < today() - duration("P7D"))", "due < ? | 20507"},
           Row{R"(due in [today()..today() + duration("P7D")])",
               "(due >= ?) AND (due <= ?) | 20514, 20521"},
           Row{R"(seen > now() - duration("PT1H"))", "seen > ? | 1772409600000000"},
           Row{R"(seen > now() - duration("PT0.000000001S"))", "seen > ? | cannot be bound"},
           Row{"due in (< today())", "due < ? | 20514"},
           Row{"user in (owner)", "owner IS ? | 7"},
       }) {
    CAPTURE(row.text);
    CHECK(translated(row.text) == row.expected);
  }
}

TEST_CASE("texts are searched by their bytes") {
  for (const Row& row : {
           Row{R"(contains(name, "%"))", "instr(name, ?) > 0 | '%'"},
           Row{R"(starts with(name, "a"))", "instr(name, ?) = 1 | 'a'"},
           Row{R"(ends with(name, "价"))",
               "(length(CAST(name AS BLOB)) >= ?) AND (substr(CAST(name AS BLOB), ?) = CAST(? AS "
               "BLOB)) "
               "| 3, -3, '价'"},
           Row{"string length(name) > 2", "~ (instr(name, char(0)) > 0) OR (length(name) > ?) | 2"},
           Row{R"(upper case(name) = "A")", "-"},
           Row{R"(matches(name, "a.*"))", "-"},
           Row{R"(list contains(tags, "a"))", "instr(tags, ?) > 0 | ',a,'"},
           Row{R"("a" in tags)", "(tags IS NOT NULL) AND (instr(tags, ?) > 0) | ',a,'"},
           Row{R"(list contains(tags, "a,b"))", "CASE WHEN tags IS NOT NULL THEN 0 END"},
           Row{R"(tags = ["a", "b"])", "tags IS ? | ',a,b,'"},
       }) {
    CAPTURE(row.text);
    CHECK(translated(row.text) == row.expected);
  }
}

TEST_CASE("arithmetic that could overflow leaves the record undecided") {
  for (const Row& row : {
           Row{"pieces + 1 > 2",
               "~ (pieces NOT BETWEEN -9223372036854775806 AND 9223372036854775806) OR ((pieces + "
               "?) "
               "> ?) | 1, 2"},
           Row{"amount > limit",
               "~ (amount NOT BETWEEN -92233720368547758 AND 92233720368547758) OR ((amount * 100) "
               "> "
               "limit)"},
           Row{"amount * 1.5 > 3",
               "~ (amount NOT BETWEEN -614891469123651720 AND 614891469123651720) OR ((amount * ?) "
               "> "
               "?) | 15, 3000"},
           Row{"amount / 4 > 3",
               "~ (amount NOT BETWEEN -368934881474191032 AND 368934881474191032) OR ((amount * ?) "
               "> "
               "?) | 25, 30000"},
           Row{"amount / 3 > 3", "-"},
           Row{"amount * 10000000000000000000 > 3", "-"},
           Row{R"(due - @"2026-03-01" > duration("P1D"))", "(due - ?) > ? | 20513, 1"},
           Row{R"(due - @"2026-03-01" > duration("PT30H"))", "(due - ?) > ? | 20513, 1"},
           Row{R"(due + duration("P1M") > @"2026-03-01")", "-"},
           Row{R"(due + duration("PT1H") > @"2026-03-01")", "-"},
       }) {
    CAPTURE(row.text);
    CHECK(translated(row.text) == row.expected);
  }
}

TEST_CASE("what SQL cannot say is left out, and the rest of a conjunction stays") {
  for (const Row& row : {
           Row{R"(owner.name = "x")", "-"},
           Row{"hidden > 1", "-"},
           Row{R"(amount > 1 and owner.name = "x" and urgent)", "~ (amount > ?) AND urgent | 100"},
           Row{R"(amount > 1 or owner.name = "x")", "-"},
           Row{R"(not(amount > 1 and owner.name = "x"))", "-"},
           Row{R"(some tag in tags satisfies tag = "a")", "-"},
           Row{"amount instance of number", "-"},
       }) {
    CAPTURE(row.text);
    CHECK(translated(row.text) == row.expected);
  }
}

TEST_CASE("no value becomes text, whatever it says") {
  for (const std::string value : {"'; DROP TABLE r_lead; --", "\\\" OR 1=1 --", "?1", "\\u0000"}) {
    const std::string sql = translated("name = \"" + value + "\" or contains(name, \"" + value +
                                       "\") or name in (\"" + value + "\", \"x\")");
    CAPTURE(value);
    CHECK(sql.substr(0, sql.find(" | ")) ==
          "(name IS ?) OR (instr(name, ?) > 0) OR ((name IS NOT NULL) AND (name IN (?, ?)))");
  }
}

TEST_CASE("large conditions stay within what SQLite takes, or are evaluated in memory") {
  std::string many = "amount = 0";
  for (int i = 1; i < 400; ++i) many += " or amount = " + std::to_string(i);
  CHECK(translated(many).starts_with("((("));
  for (int i = 0; i < 400; ++i) many += " or pieces = " + std::to_string(i);
  CHECK(translated(many) == "-");
  std::string deep = "pieces";
  for (int i = 0; i < 90; ++i) deep = "(" + deep + " + 1)";
  CHECK(translated(deep + " > 1") == "-");
}

// The columns of an aggregate over values 1.00, 2.50 and nothing.
TEST_CASE("aggregates are read exactly") {
  const Fixture fixture;
  const auto query = [&](Aggregate aggregate, const std::string& text) {
    const Expression expression = fixture.compile(text);
    return translate_aggregate(aggregate, expression, fixture.scope, fixture.columns);
  };
  const auto sum = query(Aggregate::Sum, "amount");
  REQUIRE(sum);
  CHECK(sum->select == "count(amount), 0, sum((amount) >> 32), sum((amount) & 4294967295)");
  const std::vector<Bound> row{std::int64_t{2}, std::int64_t{0}, std::int64_t{-1},
                               std::int64_t{350}};
  CHECK(read_aggregate(*sum, row) == Value(Number::parse("-42949669.46").value()));
  const auto mean = query(Aggregate::Mean, "amount");
  REQUIRE(mean);
  CHECK(read_aggregate(*mean, row) == Value(Number::parse("-21474834.73").value()));
  const auto product = query(Aggregate::Sum, "amount * pieces");
  REQUIRE(product);
  const std::vector<Bound> doubtful{std::int64_t{2}, std::int64_t{1}, std::int64_t{0},
                                    std::int64_t{350}};
  CHECK_FALSE(read_aggregate(*product, doubtful));
  const auto latest = query(Aggregate::Max, "due");
  REQUIRE(latest);
  CHECK(latest->select == "count(due), 0, max(due)");
  CHECK(read_aggregate(
            *latest, std::vector<Bound>{std::int64_t{1}, std::int64_t{0}, std::int64_t{20'514}}) ==
        Value(Date{2026, 3, 2}));
  CHECK(read_aggregate(*latest, std::vector<Bound>{std::int64_t{0}, std::int64_t{0}, Bound{}}) ==
        Value());
  CHECK_FALSE(query(Aggregate::Sum, "name"));
  CHECK_FALSE(query(Aggregate::Max, "owner"));
  CHECK_FALSE(query(Aggregate::Sum, "owner.name"));
}

}  // namespace
}  // namespace formwork::feel::sql
