#include "server/program/secret_administration.h"

#include <map>

#include "engine/command/standard_webhooks.h"

namespace formwork::program {
namespace {

const std::string& secret_of(const model::Webhook& webhook) {
  if (const model::InboundWebhook* way = webhook.inbound()) return way->secret;
  return std::get<model::OutboundWebhook>(webhook.way).secret;
}

std::string state_of(const std::optional<engine::Secret>& secret, Instant now) {
  if (!secret) return "missing";
  const bool is_changing = secret->previous_until && now < *secret->previous_until;
  return is_changing ? "set, the one before holds until " + to_rfc3339(*secret->previous_until)
                     : "set";
}

}  // namespace

AdminAnswer set_secret(const AdminRequest& request, engine::Engine& engine) {
  const auto bytes = engine::read_webhook_secret(request.value);
  if (!bytes) {
    return {false,
            "a secret is whsec_ and base64, or a text of 16 to 512 bytes; --new makes a good one"};
  }
  const auto keep = parse_days_duration(request.keep);
  if (!keep || *keep < DaysDuration{}) return {false, "a duration is written like PT24H or P7D"};
  if (!engine.set_secret(request.secret, *bytes, *keep)) {
    return {false, "the store did not take the secret"};
  }
  return {true, ""};
}

// A line for each secret, its parts separated by tabs; the first line says what they are.
AdminAnswer list_secrets(engine::Engine& engine) {
  std::map<std::string, std::string> users;
  for (const engine::Secret& secret : engine.secrets()) users[secret.name];
  for (const model::Webhook& webhook : engine.model().webhooks) {
    std::string& names = users[secret_of(webhook)];
    names += (names.empty() ? "" : ",") + webhook.name;
  }
  std::string text = "secret\twebhooks\tstate\n";
  for (const auto& [name, webhooks] : users) {
    text += name + "\t" + webhooks + "\t" +
            state_of(engine.find_secret(name), engine.clock().now()) + "\n";
  }
  return {true, std::move(text)};
}

AdminAnswer remove_secret(const AdminRequest& request, engine::Engine& engine) {
  if (!engine.remove_secret(request.secret)) {
    return {false, "there is no secret " + request.secret};
  }
  return {true, ""};
}

std::string missing_secrets(engine::Engine& engine) {
  std::string text;
  for (const model::Webhook& webhook : engine.model().webhooks) {
    const std::string& name = secret_of(webhook);
    if (engine.find_secret(name)) continue;
    text += "webhook " + webhook.name + " has no secret yet: formwork secret set " + name + "\n";
  }
  return text;
}

}  // namespace formwork::program
