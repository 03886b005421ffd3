// SHA-256 (FIPS 180-4), for history, secrets and fingerprints.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace formwork::engine {

// 32 bytes.
std::string sha256(std::string_view text);

// The same over several parts, each preceded by its length, so that no two sequences of parts share
// a hash.
class PartsHash {
 public:
  PartsHash();
  ~PartsHash();

  PartsHash& add(std::int64_t number);
  PartsHash& add(std::string_view text);
  // 32 bytes; the last call.
  std::string finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::string to_hex(std::string_view bytes);

}  // namespace formwork::engine
