// The hash chain of history: each entry's hash covers its content and the hash before it, so that a
// changed, removed or inserted entry is found.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/command/record.h"
#include "engine/store/store.h"

namespace formwork::audit {

// SHA-256 over a canonical form of everything in the entry but `hash`: each part as its length and
// its bytes, so that no two entries share a form. The form is version 1 and never changes; a new
// one is added beside it.
std::string hash_of(const engine::HistoryEntry& entry);

// Sets sequence, previous_hash and hash so that the entry follows `last` (null: it is the first).
void link(engine::HistoryEntry& entry, const engine::HistoryEntry* last);

struct Verdict {
  std::int64_t entries = 0;
  std::string head;  // hash of the last entry, hex; note it elsewhere to notice a cut tail
  // The first entry that is wrong, and how; nothing when the chain is whole.
  std::optional<std::int64_t> broken_at;
  std::string problem;
};

Verdict verify(store::View& view);

}  // namespace formwork::audit
