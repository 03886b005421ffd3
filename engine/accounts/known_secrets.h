// What was read of a credential and its account, kept for the requests that follow. Valid only
// under the store's access version at which it was read, so that a disabled account or a narrowed
// role works at once.
#pragma once

#include <cstdint>
#include <memory>
#include <shared_mutex>
#include <string>
#include <unordered_map>

#include "engine/command/record.h"

namespace formwork::accounts {

struct Known {
  engine::Credential credential;
  engine::Account account;
};

class KnownSecrets {
 public:
  // What is known of the secret with that hash under that version; null: nothing.
  std::shared_ptr<const Known> find(const std::string& hash, std::uint64_t version) const;

  void keep(std::string hash, std::uint64_t version, std::shared_ptr<const Known> known);

 private:
  // Beyond it everything is forgotten; reading it again costs little.
  static constexpr std::size_t kMost = 10'000;

  mutable std::shared_mutex mutex_;
  std::uint64_t version_ = 0;  // guarded by mutex_, as is the map
  std::unordered_map<std::string, std::shared_ptr<const Known>> by_hash_;
};

}  // namespace formwork::accounts
