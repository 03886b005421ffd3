#include "engine/store/sqlite/record_rows.h"

#include <optional>
#include <stdexcept>

#include "dsl/fields/field_type.h"
#include "engine/store/sqlite/columns.h"
#include "engine/store/sqlite/list_query.h"
#include "engine/store/sqlite/sql_text.h"

namespace formwork::store {
namespace {

// Columns in the order of EntityPlan::columns.
enum : int { kId, kVersion, kCreatedAt, kCreatedBy, kUpdatedAt, kUpdatedBy, kDeletedAt };

Record read_record(const Statement& row, const model::Entity& entity) {
  Record record{.id = row.number(kId),
                .version = row.number(kVersion),
                .created_at = Instant{row.number(kCreatedAt)},
                .created_by = row.number(kCreatedBy),
                .updated_at = Instant{row.number(kUpdatedAt)},
                .updated_by = row.number(kUpdatedBy),
                .deleted_at = {},
                .values = {}};
  if (!row.is_null(kDeletedAt)) record.deleted_at = Instant{row.number(kDeletedAt)};
  record.values.reserve(entity.fields.size());
  int column = kFirstField;
  for (const fields::Field& field : entity.fields) {
    record.values.push_back(read_value(row, column++, field));
  }
  return record;
}

feel::Value load_rows(Session& session, const RowsPlan& plan, const fields::Field& table,
                      RecordId parent) {
  feel::List rows;
  const Running select = session.use(plan.select);
  select->bind(1, parent);
  while (select->step()) {
    feel::List row;
    int column = 0;
    for (const fields::Field& field : table.fields) {
      row.push_back(read_value(*select, column++, field));
    }
    rows.emplace_back(std::move(row));
  }
  return feel::Value(std::move(rows));
}

void write_rows(Session& session, const RowsPlan& plan, const fields::Field& table, RecordId parent,
                const feel::Value& rows) {
  if (rows.is_null()) return;
  const Running insert = session.use(plan.insert);
  std::int64_t position = 0;
  for (const feel::Value& row : rows.list()) {
    int parameter = 0;
    insert->bind(++parameter, parent);
    insert->bind(++parameter, ++position);
    const feel::List& values = row.list();
    for (std::size_t i = 0; i < table.fields.size(); ++i) {
      bind_value(*insert, ++parameter, table.fields[i], values.at(i));
    }
    insert->step();
    insert->reset();
  }
}

void check_values(const model::Entity& entity, const Record& record) {
  if (record.values.size() == entity.fields.size()) return;
  throw std::invalid_argument("a record of " + entity.name + " needs a value for each field");
}

void bind_instant(Statement& statement, int parameter, const std::optional<Instant>& instant) {
  if (!instant) return statement.bind_null(parameter);
  statement.bind(parameter, instant->microseconds);
}

// SQLite rewrites the entries of every index that has an assigned column, changed or not, so only
// what changed is assigned: an edit of one field costs the row and the indexes on that field.
struct Changes {
  bool deleted_at = false;
  std::vector<bool> fields;  // by index
};

Changes changes_between(const Record& before, const Record& after) {
  Changes changes{.deleted_at = before.deleted_at != after.deleted_at, .fields = {}};
  for (std::size_t i = 0; i < after.values.size(); ++i) {
    changes.fields.push_back(!(before.values[i] == after.values[i]));
  }
  return changes;
}

std::string shape_of(const model::Entity& entity, const Changes& changes) {
  std::string shape = "w";
  shape += std::to_string(entity.index);
  shape += changes.deleted_at ? 'd' : 'l';
  for (const bool changed : changes.fields) shape += changed ? '1' : '0';
  return shape;
}

std::string update_sql(const model::Entity& entity, const EntityPlan& plan,
                       const Changes& changes) {
  std::string sql = "UPDATE " + plan.table + " SET version = ?, updated_at = ?, updated_by = ?";
  if (changes.deleted_at) sql += ", deleted_at = ?";
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    if (changes.fields[i]) sql += ", " + quoted(entity.fields[i].name) + " = ?";
  }
  return sql + " WHERE id = ? AND version = ?";
}

void bind_update(Statement& update, const model::Entity& entity, const Record& record,
                 const Changes& changes, std::int64_t expected_version) {
  int parameter = 0;
  update.bind(++parameter, record.version);
  update.bind(++parameter, record.updated_at.microseconds);
  update.bind(++parameter, record.updated_by);
  if (changes.deleted_at) bind_instant(update, ++parameter, record.deleted_at);
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    if (changes.fields[i]) bind_value(update, ++parameter, entity.fields[i], record.values[i]);
  }
  update.bind(++parameter, record.id);
  update.bind(++parameter, expected_version);
}

}  // namespace

std::optional<Record> load_record(Session& session, const model::Entity& entity, RecordId id) {
  const EntityPlan& plan = session.plans().of(entity);
  const Running select = session.use(plan.select);
  select->bind(1, id);
  if (!select->step()) return std::nullopt;
  Record record = read_record(*select, entity);
  for (const RowsPlan& rows : plan.rows) {
    if (select->is_null(kFirstField + static_cast<int>(rows.field))) continue;
    record.values[rows.field] = load_rows(session, rows, entity.fields[rows.field], id);
  }
  return record;
}

namespace {

// The records of a query in order, those of the filter's answers that SQL cannot give asked of each
// one in memory.
class Listing {
 public:
  Listing(Session& session, const Query& query)
      : session_(session),
        query_(query),
        entity_(*query.entity),
        terms_(terms_of(entity_, query.where)),
        filter_(filter_sql(query)) {
    const bool is_declared_order = query.sort.column == query.entity->list.sort.column;
    if (is_declared_order) way_ = way_to(session, query, filter_);
    if (!filter_.asks_memory()) return;
    matcher_.emplace(filter_.is_exact ? nullptr : &*query.filter,
                     filter_.are_rules_exact ? std::span<const Filter>() : query.any_of);
  }

  const FilterSql& filter() const { return filter_; }

  // Calls `take` with each record until it says false.
  template <class Take>
  void read(std::size_t limit, Take take) {
    bool goes_on = true;
    for (const PartOfPage& part : parts_of(query_)) {
      if (!goes_on || limit == 0) return;
      const PageQuery parted{.entity = entity_,
                             .terms = terms_,
                             .sort = query_.sort,
                             .part = part,
                             .deleted = query_.deleted,
                             .filter = &filter_,
                             .way = &way_};
      // One more than may be examined, so that the matcher sees that there are too many.
      read_page(session_, parted, matcher_ ? kMostExamined + 1 : limit, [&](const Statement& row) {
        Record record = read_record(row, entity_);
        if (!matches(record)) return true;
        goes_on = take(std::move(record)) && --limit > 0;
        return goes_on;
      });
    }
  }

 private:
  bool matches(Record& record) {
    if (!matcher_) return true;
    for (const std::size_t table : matcher_->tables()) {
      record.values[table] = rows_of(record.id, table);
    }
    const bool answer = matcher_->matches(record);
    for (const std::size_t table : matcher_->tables()) record.values[table] = feel::Value();
    return answer;
  }

  feel::Value rows_of(RecordId id, std::size_t table) {
    for (const RowsPlan& plan : session_.plans().of(entity_).rows) {
      if (plan.field == table) return load_rows(session_, plan, entity_.fields[table], id);
    }
    return {};
  }

  Session& session_;
  const Query& query_;
  const model::Entity& entity_;
  std::vector<Term> terms_;
  FilterSql filter_;
  Way way_;
  std::optional<Matcher> matcher_;
};

// A statement that a filter or a rule made too slow is their fault, not the store's.
template <class Answer>
auto within_bounds(const Query& query, Answer answer) {
  try {
    return answer();
  } catch (const SqliteError& error) {
    const bool is_filtered = query.filter || !query.any_of.empty();
    if (is_filtered && error.is_interrupt()) throw TooMuchToExamine();
    throw;
  }
}

}  // namespace

std::vector<Record> load_page(Session& session, const Query& query) {
  return within_bounds(query, [&] {
    std::vector<Record> page;
    Listing(session, query).read(query.limit, [&page](Record record) {
      page.push_back(std::move(record));
      return true;
    });
    return page;
  });
}

std::int64_t count_matches(Session& session, const Query& query, std::int64_t at_most) {
  return within_bounds(query, [&] {
    // In whatever order costs least.
    Query all = query;
    all.sort = {model::ColumnRef::of(model::SystemColumn::Id), false};
    all.after.reset();
    Listing listing(session, all);
    if (!listing.filter().asks_memory()) {
      return count_records(session, query, listing.filter(), at_most);
    }
    std::int64_t count = 0;
    listing.read(static_cast<std::size_t>(at_most),
                 [&count](const Record&) { return ++count > 0; });
    return count;
  });
}

RecordId write_new_record(Session& session, const model::Entity& entity, const Record& record) {
  check_values(entity, record);
  const EntityPlan& plan = session.plans().of(entity);
  RecordId id = 0;
  {
    const Running insert = session.use(plan.insert);
    int parameter = 0;
    insert->bind(++parameter, record.version);
    insert->bind(++parameter, record.created_at.microseconds);
    insert->bind(++parameter, record.created_by);
    insert->bind(++parameter, record.updated_at.microseconds);
    insert->bind(++parameter, record.updated_by);
    bind_instant(*insert, ++parameter, record.deleted_at);
    for (std::size_t i = 0; i < entity.fields.size(); ++i) {
      bind_value(*insert, ++parameter, entity.fields[i], record.values[i]);
    }
    insert->step();
    id = session.database().last_row_id();
  }
  for (const RowsPlan& rows : plan.rows) {
    write_rows(session, rows, entity.fields[rows.field], id, record.values[rows.field]);
  }
  return id;
}

bool write_record(Session& session, const model::Entity& entity, const Record& record,
                  std::int64_t expected_version) {
  check_values(entity, record);
  const std::optional<Record> before = load_record(session, entity, record.id);
  if (!before || before->version != expected_version) return false;
  const Changes changes = changes_between(*before, record);
  {
    const Running update = session.use_shape(shape_of(entity, changes), [&] {
      return update_sql(entity, session.plans().of(entity), changes);
    });
    bind_update(*update, entity, record, changes, expected_version);
    update->step();
    if (session.database().changed_rows() == 0) return false;
  }
  for (const RowsPlan& rows : session.plans().of(entity).rows) {
    if (!changes.fields[rows.field]) continue;
    {
      const Running erase = session.use(rows.erase);
      erase->bind(1, record.id);
      erase->step();
    }
    write_rows(session, rows, entity.fields[rows.field], record.id, record.values[rows.field]);
  }
  return true;
}

}  // namespace formwork::store
