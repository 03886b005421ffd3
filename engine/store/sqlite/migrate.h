// Makes a file fit the model, or says why it cannot: the only place that changes the schema.
#pragma once

#include <string>

#include "dsl/base/expected.h"
#include "dsl/model/model.h"
#include "engine/store/sqlite/database.h"
#include "engine/store/sqlite/sqlite_store.h"

namespace formwork::store {

// In one transaction: after a problem the file is as it was. `file` is its name for the messages.
Expected<void, OpenProblem> migrate(Database& database, const model::Model& model,
                                    const std::string& file);

}  // namespace formwork::store
