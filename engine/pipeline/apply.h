// Writes what was decided: gives serial numbers, puts the record, ties its files to it.
#pragma once

#include "dsl/base/time_zone.h"
#include "engine/records/decide.h"
#include "engine/store/store.h"

namespace formwork::engine {

// Completes `decision.after` with its id and numbers. The version that was decided upon is part of
// the write; the writer works alone, so a mismatch is a broken invariant and throws.
void write(records::Decision& decision, store::Transaction& transaction, const TimeZone& zone);

}  // namespace formwork::engine
