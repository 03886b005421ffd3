#include "server/routes/arrival.h"

#include <algorithm>
#include <array>

#include "dsl/base/json.h"
#include "dsl/base/utf8.h"
#include "engine/command/standard_webhooks.h"

namespace formwork::routes {
namespace {

namespace syntax = feel::syntax;

constexpr std::array<std::string_view, 3> kProofs{"authorization", "cookie",
                                                  engine::kWebhookSignature};

feel::Value query_of(const Exchange& exchange) {
  records::FormPairs pairs;
  for (const http::Parameter& parameter : exchange.query) {
    if (parameter.name != "lang") pairs.emplace_back(parameter.name, parameter.value);
  }
  return records::texts_as_value(pairs);
}

feel::Value headers_of(const http::Request& request) {
  records::FormPairs pairs;
  for (std::size_t i = 0; i < request.headers.size(); ++i) {
    const auto [name, value] = request.headers[i];
    std::string lower = to_lower_ascii(name);
    const bool is_proof = std::find(kProofs.begin(), kProofs.end(), lower) != kProofs.end();
    if (!is_proof && is_valid_utf8(value)) pairs.emplace_back(std::move(lower), value);
  }
  return records::texts_as_value(pairs);
}

}  // namespace

records::Arrival arrival_of(const Exchange& exchange, feel::Value body) {
  return {.body = std::move(body),
          .query = query_of(exchange),
          .headers = headers_of(exchange.request)};
}

engine::Actor intake_actor(engine::Cause cause, const Exchange& exchange) {
  engine::Actor actor;
  actor.locale = exchange.engine().model().app.locales[exchange.locale];
  actor.cause = cause;
  return actor;
}

std::string source_of(const model::Intake& intake, std::size_t field) {
  const auto mapped = std::find_if(intake.values.begin(), intake.values.end(),
                                   [&](const auto& value) { return value.field == field; });
  if (mapped == intake.values.end()) return {};
  const syntax::Tree& tree = mapped->value.tree();
  std::string pointer;
  const syntax::Node* node = &tree[tree.root];
  for (; node->kind == syntax::Kind::Path; node = &tree[node->children.front()]) {
    pointer.insert(0, "/" + json::pointer_token(node->text));
  }
  const bool is_body = node->kind == syntax::Kind::Name && node->text == "body";
  return is_body ? pointer : std::string();
}

}  // namespace formwork::routes
