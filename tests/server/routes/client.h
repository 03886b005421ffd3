// Asks the application as a browser or a program would, without a socket.
#pragma once

#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/accounts/secret.h"
#include "server/http/pending_answer.h"
#include "server/http/reply.h"
#include "server/http/target.h"
#include "server/routes/application.h"
#include "tests/support/app.h"
#include "tests/support/desk_app.h"

namespace formwork::routes {

using Headers = std::vector<http::Header>;
using http::Method;

class Client {
 public:
  explicit Client(std::string_view yaml = testing::kDesk, session::Origin origin = {})
      : app(yaml), application_(app.engine, {.origin = std::move(origin), .version = "test"}) {}

  testing::App app;

  http::Response send(Method method, const std::string& target, const Headers& headers = {},
                      std::string body = {}) {
    http::Request request;
    request.method = method;
    request.target = target;
    const auto parsed = http::parse_target(target, "crm.example");
    if (!parsed) throw std::invalid_argument(target);
    request.path = parsed->path;
    request.query = parsed->query;
    request.headers.add("Host", "crm.example");
    for (const http::Header& header : headers) request.headers.add(header.name, header.value);
    request.body = std::move(body);
    request.remote_address = "192.0.2.1";
    request.request_id = "00112233445566778899aabbccddeeff";
    return answer_to(std::move(request));
  }

  // With the token of an account called like its role.
  http::Response api(std::string_view role, Method method, const std::string& target,
                     std::string body = {}, Headers headers = {}) {
    headers.push_back({"Authorization", "Bearer " + token_of(role)});
    if (!body.empty() && !has(headers, "Content-Type")) {
      headers.push_back({"Content-Type", "application/json"});
    }
    return send(method, target, headers, std::move(body));
  }

  http::Response get(std::string_view role, const std::string& target, Headers headers = {}) {
    headers.push_back(cookie_of(role));
    return send(Method::Get, target, headers);
  }

  // A form of ours, as a browser sends it.
  http::Response post(std::string_view role, const std::string& target, const std::string& pairs,
                      Headers headers = {}) {
    headers.push_back(cookie_of(role));
    headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
    headers.push_back({"Sec-Fetch-Site", "same-origin"});
    return send(Method::Post, target, headers, "_csrf=" + proof_of(role) + "&" + pairs);
  }

  // A session that was opened without a password, to save the time.
  std::string session_of(std::string_view role) {
    const std::string secret = "session of " + std::string(role);
    const engine::AccountId account = app.actor(role).account;
    keep({.hash = accounts::hash_secret(secret),
          .kind = engine::Credential::Kind::Session,
          .account = account,
          .created_at = testing::kMonday,
          .expires_at = {testing::kMonday.microseconds + 365 * kMicrosPerDay}});
    return secret;
  }

  http::Header cookie_of(std::string_view role) {
    return {"Cookie", "formwork-session=" + session_of(role)};
  }

  std::string proof_of(std::string_view role) {
    return accounts::form_proof("session of " + std::string(role));
  }

 private:
  static bool has(const Headers& headers, std::string_view name) {
    for (const http::Header& header : headers) {
      if (header.name == name) return true;
    }
    return false;
  }

  std::string token_of(std::string_view role) {
    const std::string secret = "token-of-" + std::string(role);
    const engine::AccountId account = app.actor(role).account;
    keep({.hash = accounts::hash_secret(secret),
          .kind = engine::Credential::Kind::Token,
          .account = account,
          .created_at = testing::kMonday,
          .expires_at = {testing::kMonday.microseconds + 365 * kMicrosPerDay}});
    return secret;
  }

  void keep(const engine::Credential& credential) {
    if (app.engine.store().read()->find_credential(credential.hash)) return;
    app.engine.store().submit_and_wait([&](store::Transaction& transaction) {
      transaction.insert_credential(credential);
      return true;
    });
  }

  http::Response answer_to(http::Request request) {
    const auto pending = std::make_shared<http::PendingAnswer>();
    std::promise<void> settled;
    pending->when_settled([&settled] { settled.set_value(); });
    application_.handle(std::move(request), http::Reply(pending));
    settled.get_future().wait();
    auto response = pending->take();
    if (!response) throw std::runtime_error("the request was dropped");
    return std::move(*response);
  }

  Application application_;
};

inline bool holds(const http::Response& response, std::string_view text) {
  return response.content().find(text) != std::string_view::npos;
}

}  // namespace formwork::routes
