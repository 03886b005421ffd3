#include "engine/command/sha256.h"

#include <array>

#include <sodium.h>

namespace formwork::engine {

struct PartsHash::State {
  crypto_hash_sha256_state sha;
};

PartsHash::PartsHash() : state_(std::make_unique<State>()) {
  crypto_hash_sha256_init(&state_->sha);
}

PartsHash::~PartsHash() = default;

PartsHash& PartsHash::add(std::int64_t number) {
  std::array<unsigned char, 8> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(number) >> (8 * i));
  }
  crypto_hash_sha256_update(&state_->sha, bytes.data(), bytes.size());
  return *this;
}

PartsHash& PartsHash::add(std::string_view text) {
  add(static_cast<std::int64_t>(text.size()));
  crypto_hash_sha256_update(&state_->sha, reinterpret_cast<const unsigned char*>(text.data()),
                            text.size());
  return *this;
}

std::string PartsHash::finish() {
  std::string hash(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256_final(&state_->sha, reinterpret_cast<unsigned char*>(hash.data()));
  return hash;
}

std::string sha256(std::string_view text) {
  std::string hash(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(hash.data()),
                     reinterpret_cast<const unsigned char*>(text.data()), text.size());
  return hash;
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

}  // namespace formwork::engine
