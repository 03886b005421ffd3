// The columns of a system table as data: which member each holds, so that rows are written whole,
// or only what has changed. SQLite rewrites the entries of every index that has an assigned column,
// changed or not.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "engine/store/sqlite/session.h"
#include "engine/store/sqlite/sql_text.h"

namespace formwork::store {

template <class Row>
struct RowColumn {
  std::string_view name;
  bool (*differs)(const Row&, const Row&);
  void (*bind)(Statement&, int, const Row&);
};

namespace row_columns {

// Of old rows, so that others' work goes between.
inline constexpr std::int64_t kErasedAtOnce = 2'000;

// By a statement that takes how many, and before when; whether there may be more.
inline bool erase_old(Session& session, System statement, Instant before) {
  const Running erase = session.use(statement);
  erase->bind(1, kErasedAtOnce);
  erase->bind(2, before.microseconds);
  erase->step();
  return session.database().changed_rows() == kErasedAtOnce;
}

inline void bind_member(Statement& statement, int parameter, const std::string& text) {
  statement.bind(parameter, std::string_view(text));
}

inline void bind_member(Statement& statement, int parameter, const Instant& instant) {
  statement.bind(parameter, instant.microseconds);
}

template <class T>
requires std::is_integral_v<T> || std::is_enum_v<T>

void bind_member(Statement& statement, int parameter, T number) {
  statement.bind(parameter, static_cast<std::int64_t>(number));
}

template <class T>
void bind_member(Statement& statement, int parameter, const std::optional<T>& value) {
  if (!value) return statement.bind_null(parameter);
  bind_member(statement, parameter, *value);
}

// Of a page: ids below the one that it begins behind; 0: from the newest.
inline std::int64_t below(std::int64_t before) {
  return before == 0 ? std::numeric_limits<std::int64_t>::max() : before;
}

// Of rows that several ranges gave, each newest first.
template <class Row>
void keep_newest(std::vector<Row>& rows, std::size_t limit) {
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.id > b.id; });
  if (rows.size() > limit) rows.resize(limit);
}

inline std::optional<Instant> read_moment(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return Instant{row.number(column)};
}

template <class Member>
struct OwnerOf;

template <class Row, class T>
struct OwnerOf<T Row::*> {
  using Type = Row;
};

}  // namespace row_columns

// `row_column<&Task::step>("step")`
template <auto kMember>
constexpr auto row_column(std::string_view name) {
  using Row = typename row_columns::OwnerOf<decltype(kMember)>::Type;
  return RowColumn<Row>{name,
                        [](const Row& a, const Row& b) { return !(a.*kMember == b.*kMember); },
                        [](Statement& statement, int parameter, const Row& row) {
                          row_columns::bind_member(statement, parameter, row.*kMember);
                        }};
}

// Makes a row of everything but the id, and returns the id that the store gave it.
template <class Row>
std::int64_t insert_row(Session& session, std::string_view table,
                        std::span<const RowColumn<Row>> columns, const Row& row) {
  const Running insert = session.use_shape("i:" + std::string(table), [&] {
    std::string sql = "INSERT INTO " + std::string(table) + " (";
    for (const RowColumn<Row>& column : columns) {
      if (&column != columns.data()) sql += ", ";
      sql += column.name;
    }
    return sql + ") VALUES (" + placeholders(columns.size()) + ")";
  });
  int parameter = 0;
  for (const RowColumn<Row>& column : columns) column.bind(*insert, ++parameter, row);
  insert->step();
  return session.database().last_row_id();
}

// Writes what differs from `before`, which is what the table holds; nothing when all is the same.
template <class Row>
void update_row(Session& session, std::string_view table, std::span<const RowColumn<Row>> columns,
                const Row& row, const Row& before) {
  std::string shape = "u:" + std::string(table) + ":";
  bool is_changed = false;
  for (const RowColumn<Row>& column : columns) {
    const bool differs = column.differs(row, before);
    shape += differs ? '1' : '0';
    is_changed = is_changed || differs;
  }
  if (!is_changed) return;
  const std::string_view mask = std::string_view(shape).substr(shape.size() - columns.size());
  const Running update = session.use_shape(shape, [&] {
    std::string sql = "UPDATE " + std::string(table) + " SET ";
    bool is_first = true;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (mask[i] == '0') continue;
      if (!is_first) sql += ", ";
      is_first = false;
      sql.append(columns[i].name).append(" = ?");
    }
    return sql + " WHERE id = ?";
  });
  int parameter = 0;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (mask[i] == '1') columns[i].bind(*update, ++parameter, row);
  }
  update->bind(++parameter, row.id);
  update->step();
}

}  // namespace formwork::store
