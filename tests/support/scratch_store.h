// Stores for scenarios: of this process alone, and gone with the world that they are made for.
#pragma once

#include <memory>
#include <stdexcept>
#include <utility>

#include "engine/scenario/play.h"
#include "engine/store/sqlite/sqlite_store.h"

namespace formwork::testing {

inline scenario::MakeStore scratch_stores() {
  return [](std::shared_ptr<const model::Model> model) {
    store::SqliteOptions options;
    options.path = ":memory:";
    options.readers = 1;
    options.cache_kib = 2'048;
    auto opened = store::open_sqlite(std::move(model), options);
    if (!opened) throw std::runtime_error(opened.error().message);
    return std::move(*opened);
  };
}

}  // namespace formwork::testing
