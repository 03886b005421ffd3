#include "engine/audit/chain.h"

#include "engine/command/sha256.h"

namespace formwork::audit {
namespace {

using engine::HistoryEntry;

constexpr std::size_t kHashBytes = 32;
constexpr std::string_view kForm = "formwork.history.1";

// What is wrong with an entry that ought to follow `last`; empty: nothing.
std::string problem_of(const HistoryEntry& entry, std::int64_t last_sequence,
                       const std::string& last_hash) {
  if (entry.sequence != last_sequence + 1) {
    return "entry " + std::to_string(last_sequence + 1) + " is missing";
  }
  if (entry.previous_hash != last_hash) return "it does not follow the entry before it";
  if (entry.hash != hash_of(entry)) return "its content does not match its hash";
  return {};
}

}  // namespace

std::string hash_of(const HistoryEntry& entry) {
  engine::PartsHash hasher;
  hasher.add(kForm);
  hasher.add(entry.previous_hash);
  hasher.add(entry.sequence);
  hasher.add(entry.at.microseconds);
  hasher.add(entry.actor);
  hasher.add(entry.actor_name);
  hasher.add(entry.entity);
  hasher.add(entry.record);
  hasher.add(entry.version);
  hasher.add(entry.action);
  hasher.add(entry.cause);
  hasher.add(entry.model);
  hasher.add(entry.changes);
  // Entries that are older than these two have neither, and keep their hashes.
  if (!entry.detail.empty() || entry.caused_by != 0) {
    hasher.add(entry.detail);
    hasher.add(entry.caused_by);
  }
  return hasher.finish();
}

void link(HistoryEntry& entry, const HistoryEntry* last) {
  entry.sequence = last == nullptr ? 1 : last->sequence + 1;
  entry.previous_hash = last == nullptr ? std::string(kHashBytes, '\0') : last->hash;
  entry.hash = hash_of(entry);
}

Verdict verify(store::View& view) {
  Verdict verdict;
  std::string last_hash(kHashBytes, '\0');
  view.walk_history([&](const HistoryEntry& entry) {
    verdict.problem = problem_of(entry, verdict.entries, last_hash);
    if (!verdict.problem.empty()) {
      verdict.broken_at = entry.sequence;
      return false;
    }
    verdict.entries = entry.sequence;
    last_hash = entry.hash;
    return true;
  });
  verdict.head = engine::to_hex(last_hash);
  return verdict;
}

}  // namespace formwork::audit
