#include "tests/support/feel/example_scope.h"

#include <array>
#include <memory>

#include "dsl/feel/function.h"
#include "dsl/feel/operators.h"
#include "dsl/feel/temporal.h"

namespace formwork::feel {
namespace {

Type never_null(Type type) { return type.never_null(); }

const RecordType& account_type() {
  static const RecordType kUser{"user",
                                {{"name", TypeKind::String}, {"limit", Type::money("CNY")}}};
  static const RecordType kAccount{
      "account",
      {{"industry", Type::choice({"finance", "health"}, "the options of industry")},
       {"owner", Type::record(kUser)},
       {"annual revenue", Type::money("CNY")},
       {"since", TypeKind::Date}}};
  return kAccount;
}

Type person_type() {
  return Type::context({{"name", never_null(TypeKind::String)},
                        {"age", TypeKind::Number},
                        {"born on", TypeKind::Date},
                        {"scores", Type::list(never_null(TypeKind::Number))}});
}

Type items_type() {
  return Type::list(Type::context({{"qty", never_null(TypeKind::Number)},
                                   {"unit price", Type::money("CNY")},
                                   {"item", TypeKind::String}}));
}

Scope make_scope() {
  Scope scope;
  scope.add("count", TypeKind::Number);
  scope.add("factor", never_null(TypeKind::Number));
  scope.add("amount", Type::money("CNY"));
  scope.add("paid", never_null(Type::money("CNY")));
  scope.add("discount", Type::percent());
  scope.add("name", never_null(TypeKind::String));
  scope.add("note", TypeKind::String);
  scope.add("stage", Type::choice({"open", "won", "lost"}, "the options of stage"));
  scope.add("closed", TypeKind::Boolean);
  scope.add("active", never_null(TypeKind::Boolean));
  scope.add("due", TypeKind::Date);
  scope.add("born", never_null(TypeKind::Date));
  scope.add("created at", TypeKind::DateTime);
  scope.add("opens", TypeKind::Time);
  scope.add("waiting", TypeKind::DaysDuration);
  scope.add("term", TypeKind::MonthsDuration);
  scope.add("numbers", Type::list(TypeKind::Number));
  scope.add("prices", never_null(Type::list(never_null(Type::money("CNY")))));
  scope.add("tags", Type::list(Type::choice({"vip", "new"}, "the options of tags")));
  scope.add("days off", Type::list(TypeKind::Date));
  scope.add("matrix", Type::list(Type::list(TypeKind::Number)));
  scope.add("person", person_type());
  scope.add("boss", never_null(person_type()));
  scope.add("items", items_type());
  scope.add("span", Type::range(TypeKind::Number));
  scope.add("holidays", Type::range(TypeKind::Date));
  scope.add("data", TypeKind::Context);
  scope.add("anything", TypeKind::Any);
  scope.add("tax of", Type::function({{"base", TypeKind::Number}}, TypeKind::Number));
  scope.add("account", Type::record(account_type()));
  scope.add("accounts", Type::list(Type::record(account_type())));
  scope.add_type("tPerson", person_type());
  scope.add_type("tAmount", TypeKind::Number);
  return scope;
}

Value parsed_number(std::string_view text) { return Value(Number::parse(text).value()); }

Value random_number(Random& random) {
  constexpr std::array<std::string_view, 12> kCommon{"0",  "1",  "2",   "3",     "10",   "100",
                                                     "-1", "-2", "0.5", "12.50", "2026", "-0.005"};
  constexpr std::array<std::string_view, 8> kExtreme{"9999999999999999999999999999999999",
                                                     "9223372036854775807",
                                                     "-9223372036854775808",
                                                     "9.999999999999999999999999999999999E6144",
                                                     "1E-6176",
                                                     "1234567890.123456789",
                                                     "0.3333333333333333333333333",
                                                     "1000000"};
  return parsed_number(random.one_in(8) ? random.one_of(kExtreme) : random.one_of(kCommon));
}

Value random_string(Random& random) {
  constexpr std::array<std::string_view, 14> kTexts{"",
                                                    "a",
                                                    "abc",
                                                    "Abc abc",
                                                    "12.5",
                                                    "2026-03-02",
                                                    "P3D",
                                                    "a,b;c",
                                                    "报价单",
                                                    "👨‍👩‍👧 x",
                                                    "\"q\\uote\n",
                                                    "09:30:00",
                                                    "unit price",
                                                    "[a-z]+"};
  return Value(random.one_of(kTexts));
}

Value random_temporal(Random& random, TypeKind kind) {
  constexpr std::array<std::string_view, 8> kDates{
      "2026-03-02", "2024-02-29",  "2025-12-31",      "1970-01-01",
      "0001-01-01", "-0044-03-15", "999999999-12-31", "-999999999-01-01"};
  constexpr std::array<std::string_view, 7> kTimes{"00:00:00",
                                                   "09:30:00",
                                                   "23:59:59.999999999",
                                                   "12:00:00Z",
                                                   "12:00:00+14:00",
                                                   "12:00:00@Asia/Shanghai",
                                                   "02:30:00@Europe/Berlin"};
  constexpr std::array<std::string_view, 8> kDateTimes{"2026-03-02T09:30:00",
                                                       "2026-03-02T09:30:00Z",
                                                       "2026-03-29T02:30:00@Europe/Berlin",
                                                       "2026-10-25T02:30:00@Europe/Berlin",
                                                       "2024-02-29T23:59:59.5-11:30",
                                                       "999999999-12-31T23:59:59",
                                                       "-999999999-01-01T00:00:00+14:00",
                                                       "1970-01-01T00:00:00@Asia/Shanghai"};
  constexpr std::array<std::string_view, 8> kDays{
      "PT0S", "P1D", "-P1D", "PT1H30M", "PT0.000000001S", "-PT0.5S", "P106751991167300DT15H30M7S",
      "P30D"};
  constexpr std::array<std::string_view, 6> kMonths{"P0M",  "P1Y",  "-P1M",
                                                    "P14M", "P12Y", "P768614336404564650Y7M"};
  switch (kind) {
    case TypeKind::Date:
      return parse_temporal(random.one_of(kDates));
    case TypeKind::Time:
      return parse_temporal(random.one_of(kTimes));
    case TypeKind::DateTime:
      if (random.one_in(3)) return Value(Instant{1'772'400'600'000'000});
      return parse_temporal(random.one_of(kDateTimes));
    case TypeKind::DaysDuration:
      return parse_temporal(random.one_of(kDays));
    default:
      return parse_temporal(random.one_of(kMonths));
  }
}

Value random_list(Random& random, const Type& type) {
  constexpr std::array<std::size_t, 6> kLengths{0, 1, 1, 2, 3, 5};
  List list(random.one_of(kLengths));
  for (Value& element : list) element = random_value(random, type.element());
  return Value(std::move(list));
}

Value random_range(Random& random, const Type& type) {
  using Form = Range::Form;
  constexpr std::array<Form, 7> kForms{Form::Less,         Form::LessEqual, Form::Greater,
                                       Form::GreaterEqual, Form::Equal,     Form::NotEqual,
                                       Form::Interval};
  Value a = random_value(random, type.element().never_null());
  Value b = random_value(random, type.element().never_null());
  const Form form = random.one_in(3) ? random.one_of(kForms) : Form::Interval;
  if (form == Form::Less || form == Form::LessEqual) return Value(Range{form, {}, b, true, true});
  if (form != Form::Interval) return Value(Range{form, a, {}, true, true});
  if (order(a, b, TimeZone::utc()).value_or(0) > 0) std::swap(a, b);
  if (random.one_in(8)) a = {};
  return Value(Range{form, a, b, random.one_in(2), random.one_in(2)});
}

Value random_context(Random& random, const Type& type) {
  std::vector<std::pair<std::string, Value>> entries;
  for (const Member& member : type.members()) {
    entries.emplace_back(member.name, random_value(random, member.type));
  }
  if (type.is_closed_context()) return Value(Context::of(std::move(entries)));
  if (!random.one_in(3)) entries.emplace_back("a", random_value(random, TypeKind::Number));
  if (random.one_in(2)) entries.emplace_back("unit price", random_value(random, TypeKind::Any));
  return Value(Context::of(std::move(entries)));
}

Value random_function(Random& random, const Type& type) {
  auto function = std::make_shared<Function>();
  function->parameters = type.members();
  function->result = type.element();
  function->body = [value = random_value(random, type.element())](std::span<const Value>,
                                                                  Evaluation&) { return value; };
  return Value(std::shared_ptr<const Function>(std::move(function)));
}

Value random_of_any_kind(Random& random) {
  static const std::array<Type, 10> kTypes{
      Type(TypeKind::Number),       Type(TypeKind::String),       Type(TypeKind::Boolean),
      Type(TypeKind::Date),         Type(TypeKind::DateTime),     Type(TypeKind::DaysDuration),
      Type::list(TypeKind::Number), Type::list(TypeKind::String), Type(TypeKind::Context),
      Type::range(TypeKind::Number)};
  return random_value(random, random.one_of(kTypes));
}

// The members of a record follow from its number: some are null.
class ExampleRecords final : public Records {
 public:
  Value member(RecordRef record, const RecordType& type, std::size_t member) const override {
    Random random(static_cast<std::uint64_t>(record.id) * 31 + member);
    return random_value(random, type.members[member].type);
  }
};

}  // namespace

const Scope& example_scope() {
  static const Scope kScope = make_scope();
  return kScope;
}

Value random_value(Random& random, const Type& type) {
  if (type.may_be_null() && random.one_in(5)) return {};
  switch (type.kind()) {
    case TypeKind::Null:
      return {};
    case TypeKind::Boolean:
      return Value(random.one_in(2));
    case TypeKind::Number:
      return random_number(random);
    case TypeKind::String:
      if (type.options() != nullptr) return Value(random.one_of(*type.options()));
      return random_string(random);
    case TypeKind::Date:
    case TypeKind::Time:
    case TypeKind::DateTime:
    case TypeKind::DaysDuration:
    case TypeKind::MonthsDuration:
      return random_temporal(random, type.kind());
    case TypeKind::Record:
      return Value(RecordRef{static_cast<std::int64_t>(1 + random.below(4))});
    case TypeKind::List:
      return random_list(random, type);
    case TypeKind::Range:
      return random_range(random, type);
    case TypeKind::Context:
      return random_context(random, type);
    case TypeKind::Function:
      return random_function(random, type);
    case TypeKind::Any:
    case TypeKind::Unknown:
      return random_of_any_kind(random);
  }
  return {};
}

std::vector<Value> random_values(Random& random) {
  std::vector<Value> values;
  for (const Member& variable : example_scope().variables()) {
    values.push_back(random_value(random, variable.type));
  }
  return values;
}

std::vector<const Value*> pointers_to(const std::vector<Value>& values) {
  std::vector<const Value*> pointers;
  for (const Value& value : values) pointers.push_back(&value);
  return pointers;
}

const Environment& example_environment() {
  static const ExampleRecords kRecords;
  static const Environment kEnvironment{.now = Instant{1'772'445'600'123'456},
                                        .zone = TimeZone::find("Europe/Berlin"),
                                        .records = &kRecords};
  return kEnvironment;
}

std::string show_values(const std::vector<Value>& values, std::span<const std::size_t> slots) {
  std::string text;
  for (const std::size_t slot : slots) {
    if (!text.empty()) text += ", ";
    text += example_scope().variables()[slot].name + " = ";
    text += to_literal(values[slot], *example_environment().zone);
  }
  return text;
}

}  // namespace formwork::feel
