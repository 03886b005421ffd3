// Who may use a store's file: one process at a time.
//
// SQLite 3.40 can corrupt a file when two connections checkpoint at once, and a second process
// would not know of our writer. So every program, also one that only reads, holds the lock or is
// told who does.
#pragma once

#include <memory>
#include <string>

#include "dsl/base/expected.h"
#include "engine/store/sqlite/sqlite_store.h"

namespace formwork::store {

class FileGuard {
 public:
  virtual ~FileGuard() = default;

  // Where the database is.
  virtual const std::string& path() const = 0;
};

// Locks `<path>.lock` and makes the database's file, readable for its owner only, when it is
// missing. The lock ends with the process, however it ends; the lock's file stays.
Expected<std::unique_ptr<FileGuard>, OpenProblem> lock_file(const std::string& path);

// A file of this process alone, in the machine's memory where there is such a folder; gone when the
// guard goes.
std::unique_ptr<FileGuard> make_scratch_file();

}  // namespace formwork::store
