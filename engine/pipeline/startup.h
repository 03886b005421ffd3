// What an engine writes before it serves anybody: its store is brought in line with the model.
#pragma once

#include <functional>
#include <string_view>

#include "engine/store/store.h"

namespace formwork::engine {

// Writes in one piece. Throws, saying what could not be written, unless it is in the file: an
// engine that went on would not do what its model says, and nobody would hear of it.
void write_at_start(store::Store& store, std::string_view what,
                    const std::function<void(store::Transaction&)>& work);

// The same for every record of the entity that is not deleted, batch by batch, so that a large
// table is no large transaction.
void write_at_start(store::Store& store, std::string_view what, const model::Entity& entity,
                    const std::function<void(store::Transaction&, const Record&)>& work);

}  // namespace formwork::engine
