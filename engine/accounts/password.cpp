#include "engine/accounts/password.h"

#include <array>
#include <new>
#include <stdexcept>

#include <sodium.h>

namespace formwork::accounts {
namespace {

constexpr unsigned long long kPasses = 2;
constexpr std::size_t kMemoryBytes = 19 * 1024 * 1024;

// Without it libsodium takes its slowest code, and says nothing.
void prepare() {
  static const int ready = sodium_init();
  if (ready < 0) throw std::runtime_error("libsodium cannot be used on this machine");
}

}  // namespace

std::string hash_password(std::string_view password) {
  prepare();
  std::array<char, crypto_pwhash_STRBYTES> encoded{};
  const int status = crypto_pwhash_str_alg(encoded.data(), password.data(), password.size(),
                                           kPasses, kMemoryBytes, crypto_pwhash_ALG_ARGON2ID13);
  if (status != 0) throw std::bad_alloc();
  return encoded.data();
}

bool verify_password(std::string_view password, const std::string& hash) {
  prepare();
  if (password.size() > kMaxPasswordBytes) return false;
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

void pretend_to_verify(std::string_view password) {
  static const std::string kHash = hash_password("nobody has this password");
  static_cast<void>(verify_password(password, kHash));
}

}  // namespace formwork::accounts
