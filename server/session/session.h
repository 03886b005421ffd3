// Who sends a request: a browser's session cookie or an integrator's token, and the proof that a
// change was meant (CSRF).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/pipeline/engine.h"
#include "server/http/request.h"
#include "server/http/response.h"

namespace formwork::session {

// How the outside reaches this server; decides the form of cookies.
struct Origin {
  // `https://crm.example.com`; empty: plain HTTP, as on the machine itself or in a trial.
  std::string url;

  bool is_secure() const { return url.starts_with("https://"); }
};

struct Caller {
  engine::Actor actor;
  bool by_token = false;
  std::string proof;  // of a session: what its forms carry as `_csrf`
};

// Nothing when nobody is signed in, or what was sent proves nobody.
std::optional<Caller> identify(const http::Request& request, engine::Engine& engine,
                               const Origin& origin);

// Whether a change may be made: tokens need no proof, sessions need theirs, and no browser may say
// that another site sent it. `sent_proof` is the form's `_csrf` or the header X-CSRF-Token.
bool may_change(const http::Request& request, const Caller& caller, std::string_view sent_proof,
                const Origin& origin);

// Whether a browser says that this request comes from another site. Browsers send Sec-Fetch-Site or
// Origin with every POST; programs send neither, and carry no cookies either.
bool is_from_elsewhere(const http::Request& request, const Origin& origin);

// The session's secret, as the cookie brought it; empty without one.
std::string_view session_secret(const http::Request& request, const Origin& origin);

void set_session_cookie(http::Response& response, const std::string& secret, const Origin& origin);
void clear_session_cookie(http::Response& response, const Origin& origin);

// Where to go after signing in: a local path, else `/`. Nothing that leads to another site passes.
std::string local_path(std::string_view wanted);

}  // namespace formwork::session
