#include "engine/accounts/secret.h"

#include <array>
#include <cstddef>

#include <sodium.h>

#include "engine/command/sha256.h"

namespace formwork::accounts {
namespace {

constexpr std::size_t kSecretBytes = 32;

std::string to_base64url(std::span<const std::byte> bytes) {
  constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string text(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), kVariant);
  text.pop_back();  // the terminating zero
  return text;
}

}  // namespace

std::string new_secret(engine::Random& random) {
  std::array<std::byte, kSecretBytes> bytes{};
  random.fill(bytes);
  return to_base64url(bytes);
}

std::string hash_secret(std::string_view secret) { return engine::sha256(secret); }

std::string form_proof(std::string_view session_secret) {
  const std::string hash = engine::sha256("formwork form proof " + std::string(session_secret));
  return to_base64url(std::as_bytes(std::span(hash)));
}

bool is_form_proof(std::string_view proof, std::string_view session_secret) {
  const std::string expected = form_proof(session_secret);
  return proof.size() == expected.size() &&
         sodium_memcmp(proof.data(), expected.data(), expected.size()) == 0;
}

}  // namespace formwork::accounts
