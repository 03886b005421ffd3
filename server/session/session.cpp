#include "server/session/session.h"

#include <algorithm>

#include "engine/accounts/secret.h"

namespace formwork::session {
namespace {

// With the prefix a browser takes the cookie only over TLS, for this very host and the whole site.
constexpr std::string_view kSecureCookie = "__Host-formwork";
constexpr std::string_view kPlainCookie = "formwork-session";
constexpr std::string_view kBearer = "Bearer ";
constexpr std::size_t kMaxSecretBytes = 128;

std::string_view cookie_name(const Origin& origin) {
  return origin.is_secure() ? kSecureCookie : kPlainCookie;
}

std::string_view bearer_token(const http::Request& request) {
  std::string_view value = request.header("Authorization");
  if (!value.starts_with(kBearer)) return {};
  value.remove_prefix(kBearer.size());
  return value;
}

std::string own_origin(const http::Request& request, const Origin& origin) {
  return origin.url.empty() ? "http://" + std::string(request.header("Host")) : origin.url;
}

std::string cookie(std::string_view name, std::string_view value, const Origin& origin) {
  std::string text(name);
  text += '=';
  text += value;
  text += "; Path=/; HttpOnly; SameSite=Lax";
  if (origin.is_secure()) text += "; Secure";
  return text;
}

}  // namespace

std::optional<Caller> identify(const http::Request& request, engine::Engine& engine,
                               const Origin& origin) {
  // A token that proves nobody does not fall back to a cookie: the sender meant the token.
  if (!request.header("Authorization").empty()) {
    const std::string_view token = bearer_token(request);
    if (token.empty() || token.size() > kMaxSecretBytes) return std::nullopt;
    auto actor = engine.identify(token, engine::Credential::Kind::Token, engine::Cause::Api);
    if (!actor) return std::nullopt;
    return Caller{.actor = std::move(*actor), .by_token = true, .proof = {}};
  }
  const std::string_view secret = session_secret(request, origin);
  if (secret.empty() || secret.size() > kMaxSecretBytes) return std::nullopt;
  const engine::Cause cause =
      request.path.starts_with("/api/") ? engine::Cause::Api : engine::Cause::Page;
  auto actor = engine.identify(secret, engine::Credential::Kind::Session, cause);
  if (!actor) return std::nullopt;
  return Caller{
      .actor = std::move(*actor), .by_token = false, .proof = accounts::form_proof(secret)};
}

bool may_change(const http::Request& request, const Caller& caller, std::string_view sent_proof,
                const Origin& origin) {
  if (caller.by_token) return true;
  return !is_from_elsewhere(request, origin) &&
         accounts::is_form_proof(sent_proof, session_secret(request, origin));
}

bool is_from_elsewhere(const http::Request& request, const Origin& origin) {
  const std::string_view site = request.header("Sec-Fetch-Site");
  if (!site.empty() && site != "same-origin" && site != "none") return true;
  const std::string_view sender = request.header("Origin");
  return !sender.empty() && sender != own_origin(request, origin);
}

std::string_view session_secret(const http::Request& request, const Origin& origin) {
  return request.cookie(cookie_name(origin));
}

void set_session_cookie(http::Response& response, const std::string& secret, const Origin& origin) {
  response.add("Set-Cookie", cookie(cookie_name(origin), secret, origin));
}

void clear_session_cookie(http::Response& response, const Origin& origin) {
  response.add("Set-Cookie", cookie(cookie_name(origin), "", origin) + "; Max-Age=0");
}

std::string local_path(std::string_view wanted) {
  const bool starts_well = wanted.starts_with('/') && !wanted.starts_with("//");
  const bool clean = std::all_of(wanted.begin(), wanted.end(), [](char c) {
    return static_cast<unsigned char>(c) > 0x20 && c != '\\' && c != 0x7f;
  });
  return starts_well && clean && wanted.size() <= 2048 ? std::string(wanted) : "/";
}

}  // namespace formwork::session
