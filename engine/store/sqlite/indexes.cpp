#include "engine/store/sqlite/indexes.h"

#include <algorithm>

#include <fmt/format.h>

#include "dsl/fields/field_type.h"
#include "dsl/model/scope.h"
#include "engine/store/sqlite/filter_sql.h"
#include "engine/store/sqlite/sql_text.h"

namespace formwork::store {
namespace {

using fields::Column;
using model::ColumnRef;

// An index on what the record's id follows by itself, because SQLite ends every entry with it.
IndexShape index_on(const model::Entity& entity, const std::vector<ColumnRef>& columns,
                    bool unique) {
  const std::string table = table_name(entity);
  std::string names;
  std::string quoted_names;
  for (const ColumnRef& column : columns) {
    if (!names.empty()) names += '+';
    if (!quoted_names.empty()) quoted_names += ", ";
    names += model::column_name(entity, column);
    quoted_names += quoted_column(entity, column);
  }
  const std::string name = fmt::format("{}{}:{}", table, unique ? "!" : "", names);
  return {.name = name,
          .sql = fmt::format("CREATE {}INDEX {} ON {} ({}) WHERE deleted_at IS NULL",
                             unique ? "UNIQUE " : "", quoted(name), quoted(table), quoted_names),
          .label = fmt::format("{} of {}", names, entity.name)};
}

bool is_id(const ColumnRef& column) {
  return column.is_system && column.system == model::SystemColumn::Id;
}

// Codes and files are searched inside, which no index helps; rows are elsewhere; the id is the
// table's own key.
bool is_indexable(const model::Entity& entity, const ColumnRef& column) {
  if (column.is_system) return !is_id(column);
  if (column.field >= entity.fields.size()) return false;  // no list was declared
  const Column kind = entity.fields[column.field].type->column;
  return kind != Column::Codes && kind != Column::Files && kind != Column::Rows;
}

// What the rules say of whose records a role may see: `owner = user`.
void add_compared(const model::Model& model, const model::Entity& entity,
                  std::vector<ColumnRef>& columns) {
  if (model.scopes == nullptr) return;
  const std::vector<FilterSlot> slots = rule_slots(*model.scopes, entity);
  for (const model::Role& role : model.roles) {
    if (entity.index >= role.grants.size()) continue;
    const feel::Expression* rule = role.grants[entity.index].rule(model::Action::View);
    if (rule == nullptr) continue;
    for (const std::size_t slot : feel::sql::compared_slots(*rule, model.scopes->of(entity),
                                                            filter_columns(entity, slots))) {
      columns.push_back(*slots[slot].column);
    }
  }
}

// What a page is asked for by: the filters of the list, every reference, because records show those
// that point at them, and what record rules compare.
std::vector<ColumnRef> filters_of(const model::Model& model, const model::Entity& entity) {
  std::vector<ColumnRef> filters = entity.list.filters;
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    if (entity.fields[i].type->column == Column::Record) filters.push_back(ColumnRef::of_field(i));
  }
  add_compared(model, entity, filters);
  return filters;
}

// By which incoming requests, forms and automations find records again.
std::vector<std::vector<ColumnRef>> match_sets(const model::Model& model,
                                               const model::Entity& entity) {
  std::vector<std::vector<ColumnRef>> sets;
  const auto add = [&](const std::vector<std::size_t>& fields) {
    std::vector<ColumnRef> set;
    for (const std::size_t field : fields) set.push_back(ColumnRef::of_field(field));
    const bool fits = std::all_of(set.begin(), set.end(), [&](const ColumnRef& column) {
      return is_indexable(entity, column);
    });
    if (fits && !set.empty()) sets.push_back(std::move(set));
  };
  const auto add_intake = [&](const model::Intake& intake) {
    if (intake.entity != entity.index) return;
    for (const std::vector<std::size_t>& fields : intake.match) add(fields);
  };
  for (const model::Webhook& webhook : model.webhooks) {
    if (const model::InboundWebhook* inbound = webhook.inbound()) add_intake(inbound->intake);
  }
  for (const model::PublicForm& form : model.forms) add_intake(form.intake);
  for (const model::Automation& automation : model.automations) {
    for (const model::AutomationAction& action : automation.actions) {
      const auto* create = std::get_if<model::CreateAction>(&action.what);
      if (create != nullptr && create->entity == entity.index) add(create->match);
    }
  }
  return sets;
}

// The index that keeps the set unique finds it as well.
bool is_unique(const model::Entity& entity, const std::vector<ColumnRef>& set) {
  return std::any_of(entity.uniques.begin(), entity.uniques.end(),
                     [&](const model::Unique& unique) {
                       return std::equal(unique.fields.begin(), unique.fields.end(), set.begin(),
                                         set.end(), [](std::size_t field, const ColumnRef& column) {
                                           return column == ColumnRef::of_field(field);
                                         });
                     });
}

// With the sort behind it, unless it is the sort itself or there is nothing that the id does not
// say.
std::vector<ColumnRef> key_columns(const model::Entity& entity, const ColumnRef& key) {
  const ColumnRef sort = entity.list.sort.column;
  if (!is_indexable(entity, sort) || key == sort) return {key};
  return {key, sort};
}

}  // namespace

// A page of 50 with one filter must cost the same at ten thousand records and at a million: `filter
// = ? ORDER BY sort, id` reads just its own entries of (filter, sort), and `ORDER BY sort, id`
// those of (sort).
void add_indexes(const model::Model& model, const model::Entity& entity,
                 std::vector<IndexShape>& indexes) {
  std::vector<IndexShape> own;
  const auto add = [&](const std::vector<ColumnRef>& columns, bool unique) {
    IndexShape index = index_on(entity, columns, unique);
    const bool known = std::any_of(
        own.begin(), own.end(), [&](const IndexShape& other) { return other.name == index.name; });
    if (!known) own.push_back(std::move(index));
  };

  for (const model::Unique& unique : entity.uniques) {
    std::vector<ColumnRef> columns;
    for (const std::size_t field : unique.fields) columns.push_back(ColumnRef::of_field(field));
    add(columns, true);
  }
  const ColumnRef sort = entity.list.sort.column;
  if (is_indexable(entity, sort)) add({sort}, false);
  for (const ColumnRef& filter : filters_of(model, entity)) {
    if (is_indexable(entity, filter)) add(key_columns(entity, filter), false);
  }
  for (const std::vector<ColumnRef>& set : match_sets(model, entity)) {
    if (!is_unique(entity, set)) add(set, false);
  }
  if (auto index = open_index(entity)) own.push_back(std::move(*index));

  const std::string table = table_name(entity);
  const std::string name = table + ":deleted";
  own.push_back(
      {.name = name,
       .sql = fmt::format("CREATE INDEX {} ON {} (deleted_at) WHERE deleted_at IS NOT NULL",
                          quoted(name), quoted(table)),
       .label = {}});
  indexes.insert(indexes.end(), std::make_move_iterator(own.begin()),
                 std::make_move_iterator(own.end()));
}

std::string open_condition(const model::Entity& entity) {
  std::string condition = "deleted_at IS NULL";
  if (!entity.stage_fields) return condition;
  return condition + " AND " + quoted(entity.fields[entity.stage_fields->final].name) + " IS NULL";
}

std::optional<IndexShape> open_index(const model::Entity& entity) {
  if (!entity.owner || !entity.assignment_fields) return std::nullopt;
  const std::string table = table_name(entity);
  const std::string name = table + ":open";
  return IndexShape{
      .name = name,
      .sql = fmt::format("CREATE INDEX {} ON {} ({}) WHERE {}", quoted(name), quoted(table),
                         quoted(entity.fields[*entity.owner].name), open_condition(entity)),
      .label = {}};
}

std::optional<std::string> sort_index(const model::Entity& entity) {
  const ColumnRef sort = entity.list.sort.column;
  if (!is_indexable(entity, sort)) return std::nullopt;
  return index_on(entity, {sort}, false).name;
}

std::vector<KeyIndex> key_indexes(const model::Model& model, const model::Entity& entity) {
  std::vector<KeyIndex> indexes;
  for (const ColumnRef& column : filters_of(model, entity)) {
    const bool is_known = std::any_of(indexes.begin(), indexes.end(), [&](const KeyIndex& other) {
      return other.column == column;
    });
    if (is_known || !is_indexable(entity, column)) continue;
    indexes.push_back({column, index_on(entity, key_columns(entity, column), false).name});
  }
  return indexes;
}

}  // namespace formwork::store
