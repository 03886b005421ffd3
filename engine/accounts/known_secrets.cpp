#include "engine/accounts/known_secrets.h"

#include <mutex>

namespace formwork::accounts {

std::shared_ptr<const Known> KnownSecrets::find(const std::string& hash,
                                                std::uint64_t version) const {
  const std::shared_lock lock(mutex_);
  if (version != version_) return nullptr;
  const auto found = by_hash_.find(hash);
  return found == by_hash_.end() ? nullptr : found->second;
}

void KnownSecrets::keep(std::string hash, std::uint64_t version,
                        std::shared_ptr<const Known> known) {
  const std::unique_lock lock(mutex_);
  if (version < version_) return;
  if (version > version_ || by_hash_.size() >= kMost) by_hash_.clear();
  version_ = version;
  by_hash_[std::move(hash)] = std::move(known);
}

}  // namespace formwork::accounts
