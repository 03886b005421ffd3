// Two ways, one answer: each condition of FEEL over the same records, evaluated in memory and run
// as SQL.
#include <doctest/doctest.h>

#include "dsl/model/scope.h"
#include "engine/store/sqlite/filter_sql.h"
#include "engine/store/sqlite/list_query.h"
#include "engine/store/sqlite/sql_text.h"
#include "tests/engine/store/sqlite_fixture.h"

namespace formwork::store {
namespace {

using feel::Truth;
using feel::Value;

// A column of every kind that SQL answers, several of those that are compared with each other.
model::Model order_model() {
  using namespace testing;
  fields::Field months = field_of("duration", "term");
  months.whole_months = true;
  model::Model model = model_of(
      "shop", {entity_of("order", {field_of("text", "title"),
                                   field_of("text", "note"),
                                   scaled_field("number", "pieces", 0),
                                   scaled_field("money", "price", 2),
                                   scaled_field("percent", "share", 4),
                                   field_of("boolean", "vip"),
                                   field_of("boolean", "paid"),
                                   field_of("date", "due"),
                                   field_of("date", "sent"),
                                   field_of("time", "opens"),
                                   field_of("date_time", "seen"),
                                   field_of("date_time", "left"),
                                   field_of("duration", "length"),
                                   field_of("duration", "pause"),
                                   months,
                                   field_of("multi_choice", "tags"),
                                   reference_field("next", 0),
                                   field_of("user", "owner"),
                                   field_of("user", "deputy"),
                                   field_of("attachment", "files"),
                                   table_field("items", {field_of("text", "what"),
                                                         scaled_field("money", "cost", 2)})})});
  model::Entity& entity = model.entities[0];
  entity.list.sort = {column_of(entity, "price"), true};
  for (const std::string_view filter : {"owner", "deputy", "created_by", "title", "vip"}) {
    entity.list.filters.push_back(column_of(entity, filter));
  }
  return model;
}

// What is known of the people who ask: the first leads many, the second one, the third nobody.
class People final : public feel::Records {
 public:
  Value member(feel::RecordRef person, const feel::RecordType& type,
               std::size_t member) const override {
    if (type.name != "user" || person.id < 1 || person.id > 3) return {};
    switch (static_cast<model::UserMember>(member)) {
      case model::UserMember::Name:
      case model::UserMember::FullName:
        return text(person.id == 1 ? "a" : "报价单");
      case model::UserMember::Manager:
        return person.id == 1 ? Value() : Value(feel::RecordRef{person.id - 1});
      case model::UserMember::Department:
        return person.id == 3 ? Value() : text("ab");
      case model::UserMember::Teams:
        return person.id == 1 ? codes({"ab", "b", "价", "c", "d", "e", "f", "g", "h", "é"})
                              : codes({"a", "b"});
      case model::UserMember::Roles:
        return person.id == 1 ? codes({"sales"}) : codes({"sales", "总经理"});
      case model::UserMember::Subordinates:
        break;
    }
    if (person.id == 3) return records({});
    return person.id == 2 ? records({3}) : records({2, 3, 11, 12, 13, 14, 15, 16, 17});
  }
};

using Random = std::mt19937_64;

template <class T>
const T& pick(Random& random, const std::vector<T>& from) {
  return from[random() % from.size()];
}

// Values as FEEL and as they are kept; what is in the columns stands in conditions as well.
struct Known {
  std::string feel;
  Value value;
};

const std::vector<Known>& texts() {
  static const std::vector<Known> kTexts{
      {R"("")", text("")},
      {R"("a")", text("a")},
      {R"("ab")", text("ab")},
      {R"("b")", text("b")},
      {R"("A")", text("A")},
      {R"("报价单")", text("报价单")},
      {R"("价")", text("价")},
      {R"("é")", text("é")},
      {R"("e\u0301")", text("e\u0301")},
      {R"("😀a")", text("😀a")},
      {R"("%_'\"; DROP TABLE x--")", text("%_'\"; DROP TABLE x--")},
      {R"("\u0000ab")", Value(std::string("\0ab", 3))},
      {R"("a\u0000b")", Value(std::string("a\0b", 3))},
  };
  return kTexts;
}

const std::vector<std::int64_t>& integers() {
  using Limits = std::numeric_limits<std::int64_t>;
  static const std::vector<std::int64_t> kIntegers{
      0,
      1,
      -1,
      2,
      7,
      -12,
      99,
      100,
      10'050,
      -10'050,
      12'345'678,
      3'037'000'499,
      3'037'000'500,
      -3'037'000'500,
      92'233'720'368'547'758,
      100'000'000'000'000'000,
      999'999'999'999'999'999,
      4'611'686'018'427'387'904,
      Limits::max() - 1,
      Limits::max(),
      Limits::min() + 1,
      Limits::min(),
  };
  return kIntegers;
}

const std::vector<Known>& dates() {
  static const std::vector<Known> kDates{
      {R"(date("2026-03-02"))", Value(Date{2026, 3, 2})},
      {R"(@"2026-03-01")", Value(Date{2026, 3, 1})},
      {R"(@"2026-02-28")", Value(Date{2026, 2, 28})},
      {R"(@"1969-12-31")", Value(Date{1969, 12, 31})},
      {R"(@"0001-01-01")", Value(Date{1, 1, 1})},
      {R"(@"9999-12-31")", Value(Date{9999, 12, 31})},
      {R"(@"999999999-12-31")", Value(Date{999'999'999, 12, 31})},
      {R"(@"-999999999-01-01")", Value(Date{-999'999'999, 1, 1})},
  };
  return kDates;
}

const std::vector<Known>& times() {
  static const std::vector<Known> kTimes{
      {R"(@"09:30:00")", Value(TimeOfDay::from_microseconds(34'200'000'000))},
      {R"(@"09:30:00.5")", Value(TimeOfDay::from_microseconds(34'200'500'000))},
      {R"(@"09:30:00.000001")", Value(TimeOfDay::from_microseconds(34'200'000'001))},
      {R"(@"00:00:00")", Value(TimeOfDay{0})},
      {R"(@"23:59:59.999999")", Value(TimeOfDay::from_microseconds(kMicrosPerDay - 1))},
  };
  return kTimes;
}

const std::vector<Known>& instants() {
  using Limits = std::numeric_limits<std::int64_t>;
  static const std::vector<Known> kInstants{
      {R"(@"2026-03-02T01:00:00Z")", Value(Instant{1'772'413'200'000'000})},
      {R"(@"2026-03-02T09:00:00.25+08:00")", Value(Instant{1'772'413'200'250'000})},
      {R"(@"2026-03-02T09:00:00@Asia/Shanghai")", Value(Instant{1'772'413'200'999'999})},
      {R"(@"2026-11-01T01:30:00@America/New_York")", Value(Instant{1'793'514'600'000'000})},
      {R"(@"2026-11-01T01:30:00-05:00")", Value(Instant{1'793'514'600'000'000 + 3'600'000'000})},
      {R"(@"1969-12-31T23:59:59.5Z")", Value(Instant{-500'000})},
      {R"(@"1970-01-01T00:00:00Z")", Value(Instant{0})},
      {R"(@"2026-03-02T09:00:00")", Value(Instant{-1})},  // local: it has no order with instants
      {R"(@"999999-03-02T09:00:00Z")", Value(Instant{Limits::max()})},
      {R"(@"-999999-03-02T09:00:00Z")", Value(Instant{Limits::min()})},
  };
  return kInstants;
}

const std::vector<Known>& durations() {
  using Limits = std::numeric_limits<std::int64_t>;
  static const std::vector<Known> kDurations{
      {R"(duration("P1D"))", Value(DaysDuration::from_microseconds(kMicrosPerDay))},
      {R"(@"P3D")", Value(DaysDuration::from_microseconds(3 * kMicrosPerDay))},
      {R"(@"-P1DT2H")", Value(DaysDuration::from_microseconds(-26 * 3'600'000'000))},
      {R"(@"PT0S")", Value(DaysDuration{})},
      {R"(@"PT0.5S")", Value(DaysDuration::from_microseconds(500'000))},
      {R"(@"PT0.000000001S")", Value(DaysDuration::from_microseconds(1))},
      {R"(@"-PT0.000000001S")", Value(DaysDuration::from_microseconds(-1))},
      {R"(@"P365200000D")", Value(DaysDuration::from_microseconds(Limits::max()))},
      {R"(@"-P999999999D")", Value(DaysDuration::from_microseconds(Limits::min()))},
  };
  return kDurations;
}

const std::vector<Known>& months() {
  using Limits = std::numeric_limits<std::int64_t>;
  static const std::vector<Known> kMonths{
      {R"(duration("P1Y2M"))", Value(MonthsDuration{14})},
      {R"(@"P0M")", Value(MonthsDuration{0})},
      {R"(@"-P1M")", Value(MonthsDuration{-1})},
      {R"(@"P9223372036854775807M")", Value(MonthsDuration{Limits::max()})},
      {R"(@"-P9223372036854775807M")", Value(MonthsDuration{Limits::min()})},
  };
  return kMonths;
}

// One of those, or nothing.
Value any_of(Random& random, const std::vector<Known>& known) {
  return random() % 4 == 0 ? Value() : pick(random, known).value;
}

Value any_number(Random& random, int scale) {
  if (random() % 4 == 0) return {};
  const auto small = static_cast<std::int64_t>(random() % 2'001) - 1'000;
  return Value(
      feel::Number::from_scaled(random() % 2 == 0 ? small : pick(random, integers()), scale));
}

Value any_truth(Random& random) { return random() % 3 == 0 ? Value() : Value(random() % 2 == 0); }

Value any_codes(Random& random) {
  if (random() % 4 == 0) return {};
  feel::List list;
  for (const std::string_view code : {"a", "ab", "总经理", "b"}) {
    if (random() % 3 == 0) list.push_back(text(code));
  }
  return Value(std::move(list));
}

Value any_record(Random& random) {
  const auto id = static_cast<std::int64_t>(random() % 4);
  return id == 0 ? Value() : Value(feel::RecordRef{id});
}

Value any_items(Random& random) {
  if (random() % 4 == 0) return {};
  feel::List rows;
  for (std::size_t i = random() % 3; i > 0; --i) {
    rows.emplace_back(feel::List{any_of(random, texts()), any_number(random, 2)});
  }
  return Value(std::move(rows));
}

Record any_order(Random& random, const model::Entity& entity) {
  Record order = blank(entity);
  order.version = static_cast<std::int64_t>(random() % 5);
  order.created_by = static_cast<std::int64_t>(random() % 3);
  order.created_at = pick(random, instants()).value.instant();
  order.values = {any_of(random, texts()),
                  any_of(random, texts()),
                  any_number(random, 0),
                  any_number(random, 2),
                  any_number(random, 4),
                  any_truth(random),
                  any_truth(random),
                  any_of(random, dates()),
                  any_of(random, dates()),
                  any_of(random, times()),
                  any_of(random, instants()),
                  any_of(random, instants()),
                  any_of(random, durations()),
                  any_of(random, durations()),
                  any_of(random, months()),
                  any_codes(random),
                  {},
                  any_record(random),
                  any_record(random),
                  random() % 2 == 0 ? Value() : records({1, 2}),
                  any_items(random)};
  return order;
}

// Conditions over the model's fields, made of everything that FEEL has for them; some are refused
// by the checker, most are not.
class Author {
 public:
  explicit Author(Random& random) : random_(random) {}

  // Such as roles have.
  std::string rule() {
    const auto part = [this] {
      return one_of({"owner = user", "owner = user or owner in user.subordinates", "owner = null",
                     "created_by = user", "deputy in user.subordinates", "deputy = user.manager",
                     "(user.department = \"ab\" and deputy = user)", "title in (user.teams)",
                     "(owner in user.subordinates and pieces > 0)", "title = user.department",
                     "(\"总经理\" in user.roles and owner != null)", "created_by = null"});
    };
    std::string text = part();
    while (one_in(2)) text += " or " + part();
    return text;
  }

  std::string condition(int depth) {
    if (depth == 0 || one_in(3)) return relation(depth);
    switch (random_() % 8) {
      case 0:
      case 1:
        return "(" + condition(depth - 1) + " and " + condition(depth - 1) + ")";
      case 2:
      case 3:
        return "(" + condition(depth - 1) + " or " + condition(depth - 1) + ")";
      case 4:
        return "not(" + condition(depth - 1) + ")";
      case 5:
        return "(if " + condition(depth - 1) + " then " + condition(depth - 1) + " else " +
               one_of({condition(depth - 1), "null", "false"}) + ")";
      case 6:
        return "((" + condition(depth - 1) + ") " + one_of({"= true", "!= false", "= null"}) + ")";
      default:
        return relation(depth);
    }
  }

 private:
  bool one_in(unsigned many) { return random_() % many == 0; }

  std::string one_of(const std::vector<std::string>& texts) { return pick(random_, texts); }

  std::string sign() { return one_of({" = ", " != ", " < ", " <= ", " > ", " >= "}); }

  std::string relation(int depth) {
    switch (random_() % 17) {
      case 14:
      case 15:
        return of_people();
      case 16:
        return compared([&] { return one_of({"title", "note", "user.department", "user.name"}); });
      case 0:
        return of_texts();
      case 1:
      case 2:
        return compared([&] { return number_of(depth); });
      case 3:
        return one_of({"vip", "paid", "vip = paid", "vip != paid", "vip = true", "paid != null",
                       "vip = null", "null", "vip in (true, paid)"});
      case 4:
        return compared([&] { return date(depth); });
      case 5:
        return compared([&] { return one_in(2) ? "opens" : pick(random_, times()).feel; });
      case 6:
        return compared([&] { return instant(); });
      case 7:
      case 8:
        return compared([&] { return duration(depth); });
      case 9:
        return compared([&] { return one_in(2) ? "term" : pick(random_, months()).feel; });
      case 10:
        return of_tags();
      case 11:
        return one_of({"owner = user", "owner != deputy", "deputy in (user, owner)", "next = null",
                       "user in (owner, deputy)", "created_by = user", "created_by != null",
                       "created_by = null", "owner in [user, null]", "files = null",
                       "files != null", "not(owner = user)"});
      case 12:
        return one_of({"count(items) > 1", "count(items) = 0", "count(items) < count(tags)",
                       "some i in items satisfies i.cost > 1", "id > 17", "version in [1..2]",
                       "items = null", "title like null", "count(items) != 2"});
      default:
        return compared([&] { return one_of({"title", "note", pick(random_, texts()).feel}); });
    }
  }

  template <class Side>
  std::string compared(Side side) {
    switch (random_() % 9) {
      case 0:
        return "(" + side() + one_of({" = null", " != null"}) + ")";
      case 1:
        return "(" + side() + " between " + side() + " and " + side() + ")";
      case 2:
        return "(" + side() + " in (" + side() + ", " + side() + "))";
      case 3:
        return "(" + side() + " in [" + side() + ", null, " + side() + "])";
      case 4:
        return "(" + side() + " in " + one_of({"[", "("}) + side() + ".." + side() +
               one_of({"]", ")"}) + ")";
      case 5:
        return "(" + side() + " in (" + one_of({"<", "<=", ">", ">="}) + " " + side() + ", " +
               side() + "))";
      default:
        return "(" + side() + sign() + side() + ")";
    }
  }

  std::string number_text() {
    switch (random_() % 3) {
      case 0:
        return feel::Number(pick(random_, integers())).to_string();
      case 1:
        return feel::Number::from_scaled(static_cast<std::int64_t>(random_() % 4'001) - 2'000,
                                         static_cast<int>(random_() % 6))
            .to_string();
      default:
        return one_of({"0", "1", "2", "0.5", "-0.005", "1E30", "-1E30", "100000.00001", "1E-20",
                       "9223372036854775807", "9223372036854775808", "92233720368547758.07",
                       "0.3333333333333333333333333333333333"});
    }
  }

  std::string number_of(int depth) {
    if (depth == 0 || one_in(2)) {
      return one_of({"pieces", "price", "share", "price", number_text(), number_text()});
    }
    switch (random_() % 8) {
      case 0:
        return "(" + number_of(depth - 1) + " + " + number_of(depth - 1) + ")";
      case 1:
        return "(" + number_of(depth - 1) + " - " + number_of(depth - 1) + ")";
      case 2:
        return "(" + number_of(depth - 1) + " * " + number_of(depth - 1) + ")";
      case 3:
        return "(" + number_of(depth - 1) + " / " + one_of({"4", "3", "0", "-0.02", "pieces"}) +
               ")";
      case 4:
        return "(-" + number_of(depth - 1) + ")";
      case 5:
        return "abs(" + number_of(depth - 1) + ")";
      case 6:
        return "string length(" + one_of({"title", "note"}) + ")";
      default:
        return "(if " + condition(depth - 1) + " then " + number_of(depth - 1) + " else " +
               number_of(depth - 1) + ")";
    }
  }

  std::string date(int depth) {
    if (depth > 0 && one_in(3)) {
      return "(" + date(depth - 1) + one_of({" + ", " - "}) + pick(random_, durations()).feel + ")";
    }
    return one_of({"due", "sent", "today()", pick(random_, dates()).feel,
                   R"((today() + duration("P1M")))", R"(date("nonsense"))"});
  }

  std::string instant() {
    return one_of({"seen", "left", "created_at", "now()", R"((now() - duration("P7D")))",
                   pick(random_, instants()).feel});
  }

  std::string duration(int depth) {
    if (depth == 0 || one_in(3)) {
      return one_of({"length", "pause", pick(random_, durations()).feel});
    }
    switch (random_() % 5) {
      case 0:
        return "(" + date(0) + " - " + date(0) + ")";
      case 1:
        return "(" + instant() + " - " + instant() + ")";
      case 2:
        return "(-" + duration(depth - 1) + ")";
      default:
        return "(" + duration(depth - 1) + one_of({" + ", " - "}) + duration(depth - 1) + ")";
    }
  }

  std::string of_texts() {
    const std::string function = one_of({"contains", "starts with", "ends with"});
    const std::string first = one_of({"title", "note", pick(random_, texts()).feel});
    const std::string second = one_of({"note", pick(random_, texts()).feel, "null"});
    return function + "(" + first + ", " + second + ")";
  }

  std::string person() { return one_of({"owner", "deputy", "created_by", "updated_by"}); }

  // What record rules ask.
  std::string of_people() {
    return one_of({person() + " in user.subordinates",
                   person() + " = user.manager",
                   person() + " != user.manager",
                   person() + " in (user, user.subordinates)",
                   person() + " in (user.subordinates, deputy)",
                   "list contains(user.subordinates, " + person() + ")",
                   "(" + person() + " = user or " + person() + " in user.subordinates)",
                   "not(" + person() + " in user.subordinates)",
                   person() + " = user",
                   person() + " = null",
                   person() + " = " + person(),
                   "title in (user.teams)",
                   "title in [user.department, \"价\"]",
                   "list contains(user.teams, note)",
                   "user.department in tags",
                   "list contains(tags, user.department)",
                   "\"总经理\" in user.roles",
                   R"(user.department = "ab")",
                   "user.manager = null",
                   "count(user.subordinates) > 1",
                   "user.subordinates = null",
                   "owner in owner.subordinates",
                   "owner.department = user.department",
                   "(user.department = title and owner = user)"});
  }

  std::string of_tags() {
    const std::string code =
        one_of({R"("a")", R"("ab")", R"("总经理")", R"("a,b")", R"("")", "null", "title"});
    return one_of({"list contains(tags, " + code + ")", code + " in tags", "tags = null",
                   R"(tags = ["a", "ab"])", R"(tags != [])", R"(tags = ["a,b"])",
                   "not(list contains(tags, " + code + "))"});
  }

  Random& random_;
};

// A store with random orders, and a look into its file.
class Shop {
 public:
  Shop(Random& random, std::size_t count)
      : model_(testing::shared(order_model())),
        entity_(model_->entities[0]),
        scopes_(*model_),
        store_(open_store(model_, folder_.file("shop.db"))) {
    add_people(*store_);
    add_colleague("han.mei");
    add_colleague("wu.di");
    for (std::size_t i = 0; i < count; ++i) {
      Record order = any_order(random, entity_);
      order.id = insert(*store_, entity_, order);
      orders_.push_back(std::move(order));
    }
    file_ = std::make_unique<Database>(folder_.file("shop.db"),
                                       Database::Options{.access = Access::Read});
    slots_ = rule_slots(scopes_, entity_);
  }

  const std::vector<Record>& orders() const { return orders_; }

  std::optional<feel::Expression> compile(const std::string& condition) const {
    return feel::compile_expression(condition, scopes_.of(entity_)).expression;
  }

  Query query(const feel::Expression& expression, const TimeZone& zone) const {
    Query query{.entity = &entity_,
                .where = {},
                .sort = {model::ColumnRef::of(model::SystemColumn::Id), false},
                .limit = 1'000,
                .after = {}};
    query.filter = filter(expression, zone);
    return query;
  }

  Filter filter(const feel::Expression& expression, const TimeZone& zone) const {
    return {
        .expression = &expression,
        .scope = &scopes_.of(entity_),
        .slots = slots_,
        .user = user_,
        .environment = {.now = Instant{1'772'413'200'000'000}, .zone = &zone, .records = &people_}};
  }

  // Who asks from here on; 0: nobody.
  void act_as(std::int64_t account) { user_ = account_value(account); }

  Store& store() { return *store_; }

  const model::Entity& entity() const { return entity_; }

  const model::Model& model() const { return *model_; }

  // What SQL says of each order, in the order of their ids.
  std::vector<Truth> ask_sql(const FilterSql& filter) {
    std::vector<Truth> answers;
    Statement statement(file_->handle(), "SELECT " + filter.sql + " FROM " +
                                             store::quoted(table_name(entity_)) + " ORDER BY id");
    int parameter = 0;
    bind_filter(statement, parameter, filter);
    while (statement.step()) {
      answers.push_back(statement.is_null(0) ? Truth() : Truth(statement.number(0) != 0));
    }
    return answers;
  }

  // nullopt: not in SQL, or some record is undecided.
  std::optional<Value> aggregate(feel::sql::Aggregate aggregate, const feel::Expression& value) {
    const std::vector<const Value*> nobody(slots_.size(), nullptr);
    const feel::Environment environment;
    const auto query = feel::sql::translate_aggregate(
        aggregate, value, scopes_.of(entity_), filter_columns(entity_, slots_),
        {.environment = environment, .variables = nobody});
    if (!query) return std::nullopt;
    Statement statement(file_->handle(),
                        "SELECT " + query->select + " FROM " + store::quoted(table_name(entity_)));
    FilterSql parameters;
    parameters.values = query->values;
    int parameter = 0;
    bind_filter(statement, parameter, parameters);
    REQUIRE(statement.step());
    const bool is_text = query->result.form == feel::sql::Form::Text;
    std::vector<feel::sql::Bound> row;
    for (int i = 0; i < 2 + (query->select.find("sum((") != std::string::npos ? 2 : 1); ++i) {
      if (aggregate == feel::sql::Aggregate::Count && i == 2) break;
      if (statement.is_null(i)) {
        row.emplace_back();
      } else if (is_text && i == 2) {
        row.emplace_back(std::string(statement.text(i)));
      } else {
        row.emplace_back(statement.number(i));
      }
    }
    return feel::sql::read_aggregate(*query, row);
  }

  std::vector<Value> values_of(const feel::Expression& expression) const {
    std::vector<Value> values;
    for (const Record& order : orders_) {
      model::Variables variables(scopes_, entity_, order.values);
      feel::Environment environment;
      feel::Evaluation evaluation(environment, variables.for_record(expression));
      Value value = expression.evaluate(evaluation);
      if (!value.is_null()) values.push_back(std::move(value));
    }
    return values;
  }

  std::vector<Truth> evaluate(const Query& query) const {
    std::vector<Truth> answers;
    for (const Record& order : orders_) answers.push_back(evaluate(*query.filter, order));
    return answers;
  }

  // The records of a query with rules, as the words of Query have it.
  std::vector<Record> found_by(const Query& query) const {
    const auto holds = [&](const Filter& filter, const Record& order) {
      return evaluate(filter, order) == Truth(true);
    };
    std::vector<Record> found;
    for (const Record& order : orders_) {
      const bool is_allowed = query.any_of.empty() ||
                              std::any_of(query.any_of.begin(), query.any_of.end(),
                                          [&](const Filter& rule) { return holds(rule, order); });
      if (is_allowed && (!query.filter || holds(*query.filter, order))) found.push_back(order);
    }
    return found;
  }

 private:
  void add_colleague(const std::string& name) {
    REQUIRE(store_->submit_and_wait([&name](Transaction& transaction) {
      transaction.insert_account({.name = name, .full_name = name});
      return true;
    }) == Commit::Committed);
  }

  Truth evaluate(const Filter& filter, const Record& order) const {
    model::Variables variables(scopes_, entity_, order.values);
    for (std::size_t i = 0; i < model::kSystemColumnCount; ++i) {
      const auto column = static_cast<model::SystemColumn>(i);
      variables.set(column, system_value(order, column));
    }
    variables.set_user(filter.user);
    feel::Evaluation evaluation(filter.environment, variables.for_record(*filter.expression));
    return filter.expression->test(evaluation);
  }

  ScratchFolder folder_;
  std::shared_ptr<const model::Model> model_;
  const model::Entity& entity_;
  model::Scopes scopes_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Database> file_;
  std::vector<Record> orders_;
  std::vector<FilterSlot> slots_;
  People people_;
  Value user_{feel::RecordRef{1}};
};

std::vector<RecordId> those_that_hold(const Shop& shop, const std::vector<Truth>& answers) {
  std::vector<RecordId> found;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (answers[i] == Truth(true)) found.push_back(shop.orders()[i].id);
  }
  return found;
}

std::string in_words(Truth truth) { return truth ? (*truth ? "true" : "false") : "null"; }

// Where the two ways differ, in words; empty where they agree.
std::string difference(Shop& shop, const Query& query) {
  const std::vector<Truth> expected = shop.evaluate(query);
  const FilterSql filter = filter_sql(query);
  if (!filter.sql.empty()) {
    const std::vector<Truth> found = shop.ask_sql(filter);
    for (std::size_t i = 0; i < found.size(); ++i) {
      const bool is_wide_enough = expected[i] != Truth(true) || found[i] == Truth(true);
      if (filter.is_exact ? found[i] == expected[i] : is_wide_enough) continue;
      std::string words = "order " + std::to_string(shop.orders()[i].id) + " is " +
                          in_words(expected[i]) + ", SQL says " + in_words(found[i]) + ": " +
                          filter.sql;
      for (const Value& value : shop.orders()[i].values) {
        words += "\n  " + feel::to_literal(value, TimeZone::utc());
      }
      return words;
    }
  }
  const std::vector<RecordId> wanted = those_that_hold(shop, expected);
  const auto view = shop.store().read();
  if (ids(view->list(query)) != wanted) return "the list differs: " + filter.sql;
  if (view->count(query, 1'000) != std::ssize(wanted)) return "the count differs: " + filter.sql;
  return "";
}

TEST_CASE("a condition selects the same records in memory and as SQL") {
  const unsigned seed = 20'260'302;
  Random random(seed);
  Shop shop(random, 120);
  const TimeZone* zones[] = {&TimeZone::utc(), TimeZone::find("Asia/Shanghai"),
                             TimeZone::find("America/New_York")};
  int compiled = 0;
  int exact = 0;
  int partial = 0;
  constexpr int kConditions = 2'000;
  for (int i = 0; i < kConditions; ++i) {
    const std::string condition = Author(random).condition(static_cast<int>(random() % 4));
    const auto expression = shop.compile(condition);
    if (!expression) continue;
    ++compiled;
    shop.act_as(i % 4);
    const Query query = shop.query(*expression, *zones[i % 3]);
    const FilterSql said = filter_sql(query);
    exact += said.is_exact ? 1 : 0;
    partial += !said.is_exact && !said.sql.empty() ? 1 : 0;
    const std::string wrong = difference(shop, query);
    CAPTURE(seed);
    CAPTURE(i);
    INFO(condition);
    CHECK(wrong == "");
    if (!wrong.empty()) break;
  }
  MESSAGE(compiled << " conditions: " << exact << " exact, " << partial << " partial");
  CHECK(compiled > kConditions / 2);
  CHECK(exact > compiled / 3);
}

TEST_CASE("a list shows, in its order, what the filter and one of the rules let through") {
  Random random(20'260'303);
  Shop shop(random, 150);
  Author author(random);
  int with_keys = 0;
  const Plans plans(shop.model());
  constexpr int kQueries = 250;
  for (int i = 0; i < kQueries; ++i) {
    shop.act_as(i % 4);
    std::vector<std::string> texts;
    std::vector<feel::Expression> rules;
    for (std::size_t most = 1 + random() % 3; texts.size() < most;) {
      const std::string rule = random() % 6 == 0 ? author.condition(2) : author.rule();
      const auto expression = shop.compile(rule);
      if (!expression) continue;
      texts.push_back(rule);
      rules.push_back(*expression);
    }
    const auto filter = random() % 3 == 0 ? shop.compile(author.condition(1)) : std::nullopt;
    Query query = all_of(shop.entity());
    if (filter) query.filter = shop.filter(*filter, TimeZone::utc());
    for (const feel::Expression& rule : rules) {
      query.any_of.push_back(shop.filter(rule, TimeZone::utc()));
    }
    const std::string_view column =
        pick(random, std::vector<std::string_view>{"price", "id", "due"});
    query.sort = {testing::column_of(shop.entity(), column), random() % 2 == 0};
    query.limit = 1 + random() % 20;
    with_keys += key_ranges(query, filter_sql(query), plans.of(shop.entity())).empty() ? 0 : 1;

    std::vector<Record> expected = shop.found_by(query);
    const std::int64_t count = std::ssize(expected);
    sort_as_pages(expected, shop.entity(), column, query.sort.descending);
    const std::vector<RecordId> found = ids(walk_pages(shop.store(), query, column));
    CAPTURE(i);
    CAPTURE(texts);
    CAPTURE(filter_sql(query).sql);
    CHECK(found == ids(expected));
    CHECK(shop.store().read()->count(query, 1'000) == count);
    CHECK(shop.store().read()->count(query, 5) == std::min<std::int64_t>(5, count));
    if (found != ids(expected)) break;
  }
  MESSAGE(with_keys << " of " << kQueries << " by keys");
  CHECK(with_keys > kQueries / 4);
}

TEST_CASE("what has to be asked record by record is bounded, and what SQL answers is not") {
  Random random(3);
  Shop shop(random, 1);
  const auto add = [&](std::size_t count) {
    REQUIRE(shop.store().submit_and_wait([&](Transaction& transaction) {
      Record order = blank(shop.entity());
      order.values[1] = text("x");
      for (std::size_t i = 0; i < count; ++i) transaction.insert_record(shop.entity(), order);
      return true;
    }) == Commit::Committed);
  };
  const auto in_memory = shop.compile(R"(upper case(note) = "Y")");
  const auto narrowed = shop.compile(R"(pieces > 0 and upper case(note) = "X")");
  const auto in_sql = shop.compile(R"(note = "x")");
  REQUIRE((in_memory && narrowed && in_sql));
  const Query wide = shop.query(*in_memory, TimeZone::utc());
  add(kMostExamined - 1);
  CHECK(shop.store().read()->list(wide).empty());
  CHECK(shop.store().read()->count(wide, 10) == 0);
  add(1);
  CHECK_THROWS_AS(shop.store().read()->list(wide), TooMuchToExamine);
  CHECK_THROWS_AS(shop.store().read()->count(wide, 10), TooMuchToExamine);
  const Query other = shop.query(*narrowed, TimeZone::utc());
  CHECK(shop.store().read()->count(other, 10) <= 1);
  const Query exact = shop.query(*in_sql, TimeZone::utc());
  CHECK(shop.store().read()->count(exact, 100'000) >= static_cast<std::int64_t>(kMostExamined));
}

// As FEEL's own functions of lists have it, over the values that are there.
Value aggregated(feel::sql::Aggregate aggregate, const std::vector<Value>& values) {
  using feel::sql::Aggregate;
  if (aggregate == Aggregate::Count) return Value(feel::Number(values.size()));
  if (values.empty()) return {};
  Value result = values.front();
  for (std::size_t i = 1; i < values.size(); ++i) {
    const Value& next = values[i];
    if (aggregate == Aggregate::Min && feel::compare(next, result) < 0) result = next;
    if (aggregate == Aggregate::Max && feel::compare(next, result) > 0) result = next;
    const bool is_sum = aggregate == Aggregate::Sum || aggregate == Aggregate::Mean;
    if (is_sum) result = Value(feel::add(result.number(), next.number()).value());
  }
  if (aggregate != Aggregate::Mean) return result;
  return Value(feel::divide(result.number(), feel::Number(values.size())).value());
}

TEST_CASE("an aggregate in SQL is what FEEL computes from the values one by one") {
  using feel::sql::Aggregate;
  Random random(7);
  Shop shop(random, 150);
  int answered = 0;
  for (const std::string text :
       {"pieces", "price", "share", "title", "due", "opens", "seen", "length", "term",
        "if vip then price else null", "if abs(pieces) < 1000 then pieces * 1.5 - 0.25 else 0",
        "pieces * 2", "if price > 0 and price < 100 then price / 4 else price"}) {
    CAPTURE(text);
    const auto expression = shop.compile(text);
    REQUIRE(expression);
    for (const Aggregate aggregate :
         {Aggregate::Count, Aggregate::Sum, Aggregate::Min, Aggregate::Max, Aggregate::Mean}) {
      CAPTURE(static_cast<int>(aggregate));
      const std::optional<Value> found = shop.aggregate(aggregate, *expression);
      if (!found) continue;
      ++answered;
      CHECK(*found == aggregated(aggregate, shop.values_of(*expression)));
    }
  }
  CHECK(answered > 35);
}

}  // namespace
}  // namespace formwork::store
