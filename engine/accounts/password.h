// Passwords: Argon2id with its parameters in the stored text, so that they can be raised later.
#pragma once

#include <string>
#include <string_view>

namespace formwork::accounts {

// 19 MiB and two passes, the least that OWASP's cheat sheet advises: a sign-in takes some 20 ms of
// one core, and the server bounds how many run at once.
std::string hash_password(std::string_view password);

// Constant in time for equal parameters.
bool verify_password(std::string_view password, const std::string& hash);

// Works as long as a real check does, for user names that do not exist.
void pretend_to_verify(std::string_view password);

inline constexpr std::size_t kMinPasswordCharacters = 10;
inline constexpr std::size_t kMaxPasswordBytes = 1024;  // longer ones are refused, never cut

}  // namespace formwork::accounts
