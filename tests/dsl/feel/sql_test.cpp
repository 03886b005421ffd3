// FEEL as SQL: which text, which values, and how far it reaches. That the answers are the
// evaluator's is tested over real rows, in tests/engine/store/feel_filter_test.cpp.
#include "dsl/feel/sql.h"

#include <doctest/doctest.h>

namespace formwork::feel::sql {
namespace {

// Who the user is: in the east, with the teams and people below that a test says.
class People final : public Records {
 public:
  explicit People(std::int64_t below) {
    for (std::int64_t id = 1; id <= below; ++id) below_.emplace_back(RecordRef{id});
  }

  Value member(RecordRef record, const RecordType& type, std::size_t member) const override {
    if (record.id != 7) return {};
    const std::string& name = type.members[member].name;
    if (name == "name") return Value("li.lei");
    if (name == "department") return Value("east");
    if (name == "manager") return {};
    if (name == "teams") return Value(List{Value("east"), Value("a,b")});
    return Value(below_);
  }

 private:
  List below_;
};

struct Fixture {
  RecordType person{"user", {}};
  Scope scope;
  std::vector<Column> columns;

  Fixture() {
    person.members = {{"name", TypeKind::String},
                      {"manager", Type::record(person)},
                      {"department", TypeKind::String},
                      {"teams", Type::list(TypeKind::String)},
                      {"subordinates", Type::list(Type::record(person))}};
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
    add("creator", Type::record(person), Form::Record);
    columns.back().zero_is_null = true;
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
std::string in_words(const Predicate& predicate) {
  if (predicate.reach == Reach::Nothing) return "-";
  std::string words = predicate.reach == Reach::Partial ? "~ " : "";
  words += predicate.sql;
  for (std::size_t i = 0; i < predicate.values.size(); ++i) {
    words += (i == 0 ? " | " : ", ") + in_words(predicate.values[i]);
  }
  return words;
}

Predicate translated_by(const Fixture& fixture, const std::string& text, const People& people) {
  const Expression expression = fixture.compile(text);
  const Environment environment{.now = Instant{1'772'413'200'000'000},  // 2026-03-02
                                .records = &people};
  const Value user(RecordRef{7});
  std::vector<const Value*> variables(fixture.columns.size(), nullptr);
  variables.back() = &user;
  return translate(expression, fixture.scope, fixture.columns,
                   {.environment = environment, .variables = variables});
}

std::string translated(const std::string& text, std::int64_t below = 2) {
  return in_words(translated_by(Fixture(), text, People(below)));
}

// `column value, column value`; "-" for none.
std::string keys_of(const std::string& text, std::int64_t below = 2) {
  const Fixture fixture;
  const Predicate predicate = translated_by(fixture, text, People(below));
  if (!predicate.keys) return "-";
  std::string words;
  for (const Key& key : *predicate.keys) {
    words +=
        (words.empty() ? "" : ", ") + fixture.columns[key.slot].sql + " " + in_words(key.value);
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

TEST_CASE("the clock and the caller are asked before anything is said in SQL") {
  for (const Row& row : {
           Row{"due < today()", "due < ? | 20514"},
           Row{R"(due < today() - duration("P7D"))", "due < ? | 20507"},
           Row{R"(due in [today()..today() + duration("P7D")])",
               "(due >= ?) AND (due <= ?) | 20514, 20521"},
           Row{R"(seen > now() - duration("PT1H"))", "seen > ? | 1772409600000000"},
           Row{R"(seen > now() - duration("PT0.000000001S"))", "seen > ? | 1772413199999999"},
           Row{"due in (< today())", "due < ? | 20514"},
           Row{R"(seen = now())",
               "(seen IS NOT NULL) AND (seen BETWEEN ? AND ?) | 1772413200000000, "
               "1772413200999999"},
           Row{"user in (owner)", "owner IS ? | 7"},
           Row{"owner = user.manager", "owner IS NULL"},
           Row{"name = user.name", "name IS ? | 'li.lei'"},
           Row{R"(user.department = "east" and owner = user)", "owner IS ? | 7"},
           Row{R"(user.department = "west" and owner = user)", "0"},
           Row{R"(user.department = "west" or owner = user)", "owner IS ? | 7"},
           Row{R"(user.department = "east" or owner = user)", "1"},
           Row{R"(user.department = "west" and owner.name = "x")", "0"},
           Row{R"(user.department = "east" or owner.name = "x")", "-"},
           Row{"stage in (user.teams)",
               "(stage IS NOT NULL) AND (stage IN (?, ?)) | 'east', 'a,b'"},
           Row{"list contains(user.teams, name)",
               "(name IS NOT NULL) AND (name IN (?, ?)) | 'east', 'a,b'"},
           Row{"user.department in tags", "(tags IS NOT NULL) AND (instr(tags, ?) > 0) | ',east,'"},
           Row{"creator = user", "creator IS ? | 7"},
           Row{"creator != user", "creator IS NOT ? | 7"},
           Row{"creator = null", "creator IS ? | 0"},
           Row{"creator = owner", "nullif(creator, 0) IS owner"},
       }) {
    CAPTURE(row.text);
    CHECK(translated(row.text) == row.expected);
  }
}

TEST_CASE("a long list is one parameter, whatever its length") {
  const std::string list = "'[1,2,3,4,5,6,7,8,9]'";
  CHECK(translated("owner in user.subordinates", 0) == "0");
  CHECK(translated("owner in user.subordinates", 1) == "owner IS ? | 1");
  CHECK(translated("owner in user.subordinates", 2) ==
        "(owner IS NOT NULL) AND (owner IN (?, ?)) | 1, 2");
  CHECK(translated("owner in user.subordinates", 9) ==
        "(owner IS NOT NULL) AND (owner IN (SELECT value FROM json_each(?))) | " + list);
  CHECK(translated("creator in user.subordinates", 9) ==
        "creator IN (SELECT value FROM json_each(?)) | " + list);
  CHECK(translated("owner = user or owner in user.subordinates", 9) ==
        "(owner IS ?) OR ((owner IS NOT NULL) AND (owner IN (SELECT value FROM json_each(?)))) | "
        "7, " +
            list);
  CHECK(translated(R"(name in ["a", "b", "c", "d", "e", "f", "g", "h", "\"\\价"])") ==
        "(name IS NOT NULL) AND (name IN (SELECT value FROM json_each(?))) | "
        R"('["a","b","c","d","e","f","g","h","\"\\价"]')");
  // SQLite's JSON ends a text there.
  CHECK(translated(R"(name in ["a", "b", "c", "d", "e", "f", "g", "h", "\u0000"])")
            .starts_with("(name IS NOT NULL) AND (name IN (?, ?,"));
}

TEST_CASE("keys are all that the records of a condition can have in a column") {
  for (const Row& row : {
           Row{"owner = user", "owner 7"},
           Row{"owner = null", "owner NULL"},
           Row{"owner = user or owner in user.subordinates", "owner 1, owner 2, owner 7"},
           Row{"owner = user or creator = user or creator = null", "owner 7, creator 0, creator 7"},
           Row{"owner = user and amount > 3", "owner 7"},
           Row{R"(owner in user.subordinates and stage = "won")", "stage 'won'"},
           Row{R"(user.department = "west" and owner = user or stage = "won")", "stage 'won'"},
           Row{R"(user.department = "west" and owner = user)", ""},
           Row{R"(user.department = "east" or owner = user)", "-"},
           Row{R"(stage in ("won", "won", "lost"))", "stage 'lost', stage 'won'"},
           Row{"urgent or owner = user", "urgent 1, owner 7"},
           Row{"owner = user or amount > 3", "-"},
           Row{"owner != user", "-"},
           Row{"not(owner = user)", "-"},
           Row{"not(urgent)", "-"},
           Row{"amount = 10.005", ""},
           Row{"name > user.manager.name", ""},
           Row{"name > user.manager.name or owner = user", "owner 7"},
           Row{"amount + 1 = 3 or owner = user", "-"},
           Row{"if urgent then owner = user else false", "-"},
           Row{R"(opens = @"09:30:00")", "-"},
           Row{R"("a" in tags)", "-"},
           Row{R"(owner.name = "x" and owner = user)", "owner 7"},
       }) {
    CAPTURE(row.text);
    CHECK(keys_of(row.text) == row.expected);
  }
  CHECK(keys_of("owner in user.subordinates", 9) ==
        "owner 1, owner 2, owner 3, owner 4, owner 5, owner 6, owner 7, owner 8, owner 9");
}

TEST_CASE("columns that a condition compares are known before anybody asks") {
  const Fixture fixture;
  const auto compared = [&](const std::string& text) {
    std::string words;
    for (const std::size_t slot :
         compared_slots(fixture.compile(text), fixture.scope, fixture.columns)) {
      words += (words.empty() ? "" : ", ") + fixture.columns[slot].sql;
    }
    return words;
  };
  CHECK(compared("owner = user or creator in user.subordinates or owner = null") ==
        "owner, creator");
  CHECK(compared("user in (owner, creator)") == "owner, creator");
  CHECK(compared(R"(stage in ("won", "lost") and user.department = "east")") == "stage");
  CHECK(compared("owner = creator or amount > 3 or owner.name = user.name").empty());
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
    const std::vector<const Value*> nobody(fixture.columns.size(), nullptr);
    const Environment environment;
    return translate_aggregate(aggregate, expression, fixture.scope, fixture.columns,
                               {.environment = environment, .variables = nobody});
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
