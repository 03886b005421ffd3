// A connection with its prepared statements. Used by one thread at a time.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/store/sqlite/database.h"
#include "engine/store/sqlite/plans.h"

namespace formwork::store {

class Session {
 public:
  // Seals the connection: from here on it reads and writes rows and nothing else.
  Session(const Plans& plans, std::unique_ptr<Database> database);

  Database& database() { return *database_; }

  const Plans& plans() const { return plans_; }

  // The statement of that slot, prepared when first used.
  Running use(Slot slot);

  Running use(System which) { return use(static_cast<Slot>(which)); }

  // Runs a statement that has no parameters and gives no rows.
  void run(System which) { use(which)->step(); }

  // A statement that depends on what was asked (a list's filters), kept under the bytes that tell
  // its shape from others; `write` makes its text when the shape is new.
  template <class Write>
  Running use_shape(const std::string& shape, Write write) {
    const auto found = shapes_.find(shape);
    if (found != shapes_.end()) return Running(found->second);
    return Running(keep_shape(shape, write()));
  }

 private:
  Statement& keep_shape(const std::string& shape, const std::string& sql);

  const Plans& plans_;
  std::unique_ptr<Database> database_;  // outlives the statements below
  std::vector<std::optional<Statement>> slots_;
  std::unordered_map<std::string, Statement> shapes_;
};

}  // namespace formwork::store
