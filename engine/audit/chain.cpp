#include "engine/audit/chain.h"

#include <array>

#include <sodium.h>

namespace formwork::audit {
namespace {

using engine::HistoryEntry;

constexpr std::size_t kHashBytes = crypto_hash_sha256_BYTES;
constexpr std::string_view kForm = "formwork.history.1";

class Hasher {
 public:
  Hasher() { crypto_hash_sha256_init(&state_); }

  void add(std::int64_t number) {
    std::array<unsigned char, 8> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      bytes[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(number) >> (8 * i));
    }
    crypto_hash_sha256_update(&state_, bytes.data(), bytes.size());
  }

  void add(std::string_view text) {
    add(static_cast<std::int64_t>(text.size()));
    crypto_hash_sha256_update(&state_, reinterpret_cast<const unsigned char*>(text.data()),
                              text.size());
  }

  std::string finish() {
    std::string hash(kHashBytes, '\0');
    crypto_hash_sha256_final(&state_, reinterpret_cast<unsigned char*>(hash.data()));
    return hash;
  }

 private:
  crypto_hash_sha256_state state_;
};

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
  Hasher hasher;
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
  verdict.head = to_hex(last_hash);
  return verdict;
}

std::string to_hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

}  // namespace formwork::audit
