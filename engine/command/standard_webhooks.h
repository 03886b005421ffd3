// Signatures of webhooks, as https://www.standardwebhooks.com has them: whoever shares the secret
// can tell that a request is from the other and new.
//
// A request has three headers: `webhook-id` stays the same when it is sent again,
// `webhook-timestamp` says in seconds when this attempt was made, and `webhook-signature` holds one
// or more `v1,BASE64`, separated by blanks, of HMAC-SHA256 over `id.timestamp.body`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dsl/base/time.h"
#include "engine/command/effects.h"
#include "engine/command/environment.h"

namespace formwork::engine {

inline constexpr std::string_view kWebhookId = "webhook-id";
inline constexpr std::string_view kWebhookTimestamp = "webhook-timestamp";
inline constexpr std::string_view kWebhookSignature = "webhook-signature";

// How far the clocks of both sides may be apart.
inline constexpr std::int64_t kWebhookToleranceSeconds = 300;
// How long the secret before still holds, unless something else is asked for.
inline constexpr std::int64_t kSecretKeptSeconds = 86'400;

// The value of `webhook-timestamp`.
std::string webhook_timestamp(Instant at);

// The value of `webhook-signature`: two while the secret is being changed.
std::string sign_webhook(const Secret& secret, std::string_view id, Instant at,
                         std::string_view body);

// The values of the headers as they came; empty: absent.
struct WebhookHead {
  std::string_view id;
  std::string_view timestamp;
  std::string_view signature;
};

enum class Signature : unsigned char {
  Good,
  Missing,  // one of the headers is absent, or no time
  Old,      // or too far in the future
  Wrong,    // made with another secret, or of another text
};

// Takes the same time whichever byte differs.
Signature verify_webhook(const Secret& secret, const WebhookHead& head, std::string_view body,
                         Instant now);

// The bytes that `whsec_BASE64` stands for; any other text is the secret itself. Nothing: it is too
// short or too long to be one, or its base64 is broken.
std::optional<std::string> read_webhook_secret(std::string_view text);

// 32 random bytes.
std::string new_webhook_secret(Random& random);
std::string show_webhook_secret(std::string_view bytes);  // as `whsec_BASE64`

// The secret `name` with `bytes` from now on; what it was before holds until then.
Secret rotate_secret(const std::optional<Secret>& before, std::string_view name, std::string bytes,
                     Instant previous_until);

}  // namespace formwork::engine
