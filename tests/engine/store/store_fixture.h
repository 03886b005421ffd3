// Models, records and small steps that the tests of stores share.
#pragma once

#include <algorithm>
#include <future>
#include <limits>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "engine/store/store.h"
#include "tests/support/model_builder.h"

namespace formwork::store {

inline feel::Value number(std::string_view digits) {
  return feel::Value(feel::Number::parse(digits).value());
}

inline feel::Value text(std::string_view characters) { return feel::Value(characters); }

inline feel::Value codes(std::initializer_list<std::string_view> parts) {
  feel::List list;
  for (const std::string_view part : parts) list.push_back(text(part));
  return feel::Value(std::move(list));
}

inline feel::Value records(std::initializer_list<std::int64_t> ids) {
  feel::List list;
  for (const std::int64_t id : ids) list.emplace_back(feel::RecordRef{id});
  return feel::Value(std::move(list));
}

// An entity with a column of every kind, named to be awkward.
inline model::Model everything_model() {
  using namespace testing;
  fields::Field months = field_of("duration", "months");
  months.whole_months = true;
  return model_of(
      "everything",
      {entity_of(
          "order",
          {field_of("text", "select"), scaled_field("number", "公司", 2),
           scaled_field("money", "group", 4), field_of("boolean", "quote\"d"),
           field_of("date", "day"), field_of("time", "parent"), field_of("date_time", "rowid"),
           field_of("duration", "position"), months, field_of("multi_choice", "codes"),
           reference_field("next", 0), field_of("user", "owner"), field_of("attachment", "files"),
           table_field("items", {field_of("text", "id"), scaled_field("money", "price", 2),
                                 field_of("multi_choice", "tags"), field_of("user", "who")}),
           table_field("empty", {field_of("date", "on")})})});
}

// Values for each of them: none, typical, extreme. `target` is a record of the entity or 0; account
// 1 is there.
inline std::vector<std::vector<feel::Value>> everything_values(RecordId target) {
  using feel::Value;
  using Limits = std::numeric_limits<std::int64_t>;
  const Value next = target == 0 ? Value() : Value(feel::RecordRef{target});
  const Value person(feel::RecordRef{1});
  const auto row = [](std::vector<Value> values) { return Value(feel::List(std::move(values))); };
  const std::vector<Value> nothing(15);
  const std::vector<Value> typical{
      text("a;'\"--%"),
      number("12.50"),
      number("-0.0001"),
      Value(true),
      Value(Date{2026, 2, 28}),
      Value(TimeOfDay::from_microseconds(34'200'000'000)),
      Value(Instant{1'800'000'000'123'456}),
      Value(DaysDuration::from_microseconds(-kMicrosPerDay)),
      Value(MonthsDuration{14}),
      codes({"a", "ab", "总经理"}),
      next,
      person,
      records({1, 22, 3}),
      row({row({text("first"), number("1.10"), codes({"x"}), person}), row({{}, {}, {}, {}}),
           row({text("last"), number("-2.00"), codes({}), {}})}),
      row({row({Value(Date{2026, 1, 1})})})};
  const std::vector<Value> extreme{text(""),
                                   Value(feel::Number::from_scaled(Limits::max(), 2)),
                                   Value(feel::Number::from_scaled(Limits::min(), 4)),
                                   Value(false),
                                   Value(Date{1, 1, 1}),
                                   Value(TimeOfDay::from_microseconds(kMicrosPerDay - 1)),
                                   Value(Instant{Limits::min()}),
                                   Value(DaysDuration::from_microseconds(Limits::max())),
                                   Value(MonthsDuration{Limits::min()}),
                                   codes({}),
                                   {},
                                   {},
                                   records({}),
                                   row({}),
                                   row({})};
  std::vector<Value> other = typical;
  other[0] = Value(std::string("nul\0inside", 10));
  other[3] = Value(false);
  other[4] = Value(Date{9999, 12, 31});
  other[6] = Value(Instant{Limits::max()});
  other[13] = row({row({text(std::string(100'000, 'x')), {}, codes({""}), {}})});
  return {nothing, typical, extreme, other, nothing};
}

// Leads with the columns that lists sort and filter by.
inline model::Model lead_model() {
  using namespace testing;
  model::Entity lead =
      entity_of("lead", {field_of("text", "company"), field_of("choice", "stage"),
                         scaled_field("money", "budget", 2), field_of("date", "closes"),
                         field_of("boolean", "vip"), field_of("multi_choice", "tags"),
                         reference_field("parent_lead", 0)});
  add_unique(lead, {"company", "stage"});
  lead.list.sort = {column_of(lead, "budget"), true};
  lead.list.filters = {column_of(lead, "stage"), column_of(lead, "vip"),
                       column_of(lead, "created_by")};
  return model_of("crm", {lead});
}

inline Record blank(const model::Entity& entity) {
  return {.id = 0,
          .version = 1,
          .created_at = Instant{1'700'000'000'000'001},
          .created_by = 0,
          .updated_at = Instant{1'700'000'000'000'002},
          .updated_by = 7,
          .deleted_at = {},
          .values = std::vector<feel::Value>(entity.fields.size())};
}

inline void set(const model::Entity& entity, Record& record, std::string_view field,
                feel::Value value) {
  record.values[testing::index_of(entity, field)] = std::move(value);
}

inline RecordId insert(Store& store, const model::Entity& entity, const Record& record) {
  RecordId id = 0;
  REQUIRE(store.submit_and_wait([&](Transaction& transaction) {
    id = transaction.insert_record(entity, record);
    return true;
  }) == Commit::Committed);
  return id;
}

inline void add_people(Store& store) {
  REQUIRE(store.submit_and_wait([](Transaction& transaction) {
    transaction.insert_account({.id = 0,
                                .name = "li.lei",
                                .full_name = "Li Lei",
                                .password = {},
                                .roles = {},
                                .locale = {},
                                .active = true});
    return true;
  }) == Commit::Committed);
}

inline HistoryEntry entry_of(const model::Entity& entity, RecordId record) {
  return {.sequence = 0,
          .at = Instant{1'700'000'000'000'003},
          .actor = 1,
          .actor_name = "李雷",
          .entity = entity.name,
          .record = record,
          .version = 1,
          .action = "created",
          .cause = "program",
          .model = "made-by-hand",
          .changes = "{}",
          .previous_hash = std::string(32, '\0'),
          .hash = std::string(32, '\1')};
}

inline Query all_of(const model::Entity& entity) {
  return {.entity = &entity,
          .where = {},
          .sort = {model::ColumnRef::of(model::SystemColumn::Id), false},
          .limit = 50,
          .after = {},
          .deleted = false};
}

inline Condition where(const model::Entity& entity, std::string_view column, Comparison comparison,
                       feel::Value value) {
  return {testing::column_of(entity, column), comparison, std::move(value)};
}

inline std::vector<RecordId> ids(const std::vector<Record>& records) {
  std::vector<RecordId> list;
  for (const Record& record : records) list.push_back(record.id);
  return list;
}

inline feel::Value value_of(const model::Entity& entity, const Record& record,
                            std::string_view column) {
  if (column == "id") return feel::Value(feel::Number(record.id));
  if (column == "version") return feel::Value(feel::Number(record.version));
  if (column == "created_at") return feel::Value(record.created_at);
  return record.values[testing::index_of(entity, column)];
}

// The order that pages promise, said in the plainest way.
inline void sort_as_pages(std::vector<Record>& records, const model::Entity& entity,
                          std::string_view column, bool descending) {
  std::sort(records.begin(), records.end(), [&](const Record& a, const Record& b) {
    const feel::Value left = value_of(entity, a, column);
    const feel::Value right = value_of(entity, b, column);
    if (left.is_null() != right.is_null()) return right.is_null();
    int order = 0;
    if (left.kind() == feel::Value::Kind::Boolean) {
      order = static_cast<int>(left.boolean()) - static_cast<int>(right.boolean());
    } else {
      order = compare(left, right);
    }
    if (order == 0) order = a.id < b.id ? -1 : 1;
    return descending ? order > 0 : order < 0;
  });
}

// Few different values, so that there are ties; a fifth of them empty, a tenth of the records
// deleted.
inline std::vector<Record> insert_random_leads(Store& store, const model::Entity& entity, int count,
                                               std::mt19937& random) {
  const auto below = [&](int limit) {
    return static_cast<int>(random() % static_cast<unsigned>(limit));
  };
  const auto maybe = [&](feel::Value value) { return below(5) == 0 ? feel::Value() : value; };
  constexpr std::string_view kStages[] = {"new", "won", "lost"};
  std::vector<Record> leads;
  for (int i = 0; i < count; ++i) {
    Record lead = blank(entity);
    lead.version = below(4) + 1;
    lead.created_at.microseconds += below(20);
    if (below(10) == 0) lead.deleted_at = Instant{1};
    set(entity, lead, "company", maybe(text("公司 " + std::to_string(i))));
    set(entity, lead, "stage", maybe(text(kStages[below(3)])));
    set(entity, lead, "budget", maybe(feel::Value(feel::Number::from_scaled(below(9) - 4, 2))));
    set(entity, lead, "closes", maybe(feel::Value(from_days(below(6) - 3))));
    set(entity, lead, "vip", maybe(feel::Value(below(2) == 0)));
    lead.id = insert(store, entity, lead);
    leads.push_back(std::move(lead));
  }
  return leads;
}

// Reads page after page until one is short.
inline std::vector<Record> walk_pages(Store& store, Query query, std::string_view column) {
  std::vector<Record> all;
  while (true) {
    const std::vector<Record> page = store.read()->list(query);
    all.insert(all.end(), page.begin(), page.end());
    if (page.size() < query.limit) return all;
    query.after = Position{value_of(*query.entity, page.back(), column), page.back().id};
  }
}

inline std::future<Commit> submit(Store& store, Store::Work work) {
  const auto promise = std::make_shared<std::promise<Commit>>();
  REQUIRE(store.submit(std::move(work), [promise](Commit commit) { promise->set_value(commit); }));
  return promise->get_future();
}

// Keeps the writer busy in one piece of work until released: what is submitted meanwhile shares its
// commit.
class Hold {
 public:
  explicit Hold(Store& store) {
    std::promise<void> started;
    outcome_ = submit(store, [&started, gate = gate_.get_future().share()](Transaction&) {
      started.set_value();
      gate.wait();
      return true;
    });
    started.get_future().wait();
  }

  ~Hold() { release(); }

  Hold(const Hold&) = delete;
  Hold& operator=(const Hold&) = delete;

  void release() {
    if (!outcome_.valid()) return;
    gate_.set_value();
    outcome_.get();
  }

 private:
  std::promise<void> gate_;
  std::future<Commit> outcome_;
};

}  // namespace formwork::store
