// Secrets of sessions and tokens: 256 random bits as URL-safe text; only their SHA-256 is stored.
#pragma once

#include <string>
#include <string_view>

#include "engine/command/environment.h"

namespace formwork::accounts {

// 43 characters of base64url.
std::string new_secret(engine::Random& random);

// 32 bytes.
std::string hash_secret(std::string_view secret);

// A proof that a form was made for this session: a keyed hash of the session's secret, never the
// secret itself.
std::string form_proof(std::string_view session_secret);
bool is_form_proof(std::string_view proof, std::string_view session_secret);

}  // namespace formwork::accounts
