// How SQLite walks to what a statement asks for.
#pragma once

#include <doctest/doctest.h>

#include "engine/store/sqlite/system_statements.h"
#include "tests/engine/store/sqlite_fixture.h"

namespace formwork::store {

inline std::string text_of(System which) {
  return std::string(system_statements()[static_cast<std::size_t>(which)]);
}

struct Opened {
  explicit Opened(model::Model opened = lead_model()) : model(testing::shared(std::move(opened))) {}

  ScratchFolder folder;
  std::shared_ptr<const model::Model> model;
  std::unique_ptr<Store> store = open_store(model, folder.file("crm.db"));
  Database file{folder.file("crm.db"), Database::Options{.access = Access::Read}};

  std::string plan_of(const std::string& sql) {
    std::string plan;
    for (const std::string& line : details(sql)) plan += line + "\n";
    return plan;
  }

  // By that search, and neither by going through all of a table nor by sorting.
  void check_sought(const std::string& sql, const std::string& search) {
    const std::string plan = plan_of(sql);
    CAPTURE(sql);
    CAPTURE(plan);
    CHECK(plan.find("TEMP B-TREE") == std::string::npos);
    CHECK(plan.find("SCAN") == std::string::npos);
    CHECK(plan.find(search) != std::string::npos);
  }

 private:
  std::vector<std::string> details(const std::string& sql) {
    std::vector<std::string> lines;
    Statement statement(file.handle(), "EXPLAIN QUERY PLAN " + sql);
    while (statement.step()) lines.emplace_back(statement.text(3));
    return lines;
  }
};

}  // namespace formwork::store
