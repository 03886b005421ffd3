#include "engine/store/sqlite/sqlite_store.h"
#include "tests/engine/store/effects_contract.h"
#include "tests/engine/store/process_contract.h"
#include "tests/engine/store/store_contract.h"

namespace formwork::store {

struct SqliteBackend {
  static std::unique_ptr<Store> open(std::shared_ptr<const model::Model> model) {
    SqliteOptions options;
    options.path = ":memory:";
    auto store = open_sqlite(std::move(model), options);
    if (!store) FAIL(store.error().message);
    return std::move(store.value());
  }
};

}  // namespace formwork::store

TYPE_TO_STRING(formwork::store::SqliteBackend);

namespace formwork::store {

FW_STORE_CONTRACT(SqliteBackend);
FW_PROCESS_CONTRACT(SqliteBackend);
FW_EFFECTS_CONTRACT(SqliteBackend);

}  // namespace formwork::store
