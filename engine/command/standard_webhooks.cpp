#include "engine/command/standard_webhooks.h"

#include <array>
#include <charconv>
#include <span>

#include <sodium.h>

namespace formwork::engine {
namespace {

constexpr std::string_view kPrefix = "whsec_";
constexpr std::string_view kVersion = "v1,";
constexpr int kVariant = sodium_base64_VARIANT_ORIGINAL;
constexpr std::size_t kNewBytes = 32;
constexpr std::size_t kLeastBytes = 16;
constexpr std::size_t kMostBytes = 512;
// Whoever sends more of them only wants us to calculate.
constexpr std::size_t kMostSignatures = 10;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string to_base64(std::string_view bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes_of(bytes), bytes.size(), kVariant);
  text.pop_back();  // the terminating zero
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string bytes(text.size(), '\0');
  std::size_t size = 0;
  const char* end = nullptr;
  const int broken = sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(),
                                       text.data(), text.size(), nullptr, &size, &end, kVariant);
  if (broken != 0 || end != text.data() + text.size()) return std::nullopt;
  bytes.resize(size);
  return bytes;
}

std::string mac(std::string_view secret, std::string_view id, std::string_view timestamp,
                std::string_view body) {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, bytes_of(secret), secret.size());
  for (const std::string_view part :
       {id, std::string_view("."), timestamp, std::string_view("."), body}) {
    crypto_auth_hmacsha256_update(&state, bytes_of(part), part.size());
  }
  std::string made(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(made.data()));
  return made;
}

bool is_equal(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::optional<std::int64_t> read_seconds(std::string_view text) {
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return seconds;
}

bool is_near(std::int64_t seconds, Instant now) {
  const std::int64_t present = now.microseconds / kMicrosPerSecond;
  return seconds >= present - kWebhookToleranceSeconds &&
         seconds <= present + kWebhookToleranceSeconds;
}

bool holds_previous(const Secret& secret, Instant at) {
  return !secret.previous.empty() && secret.previous_until && at < *secret.previous_until;
}

}  // namespace

std::string webhook_timestamp(Instant at) {
  return std::to_string(at.microseconds / kMicrosPerSecond);
}

std::string sign_webhook(const Secret& secret, std::string_view id, Instant at,
                         std::string_view body) {
  const std::string timestamp = webhook_timestamp(at);
  const auto one = [&](std::string_view key) {
    return std::string(kVersion) + to_base64(mac(key, id, timestamp, body));
  };
  std::string signature = one(secret.current);
  if (holds_previous(secret, at)) signature += " " + one(secret.previous);
  return signature;
}

Signature verify_webhook(const Secret& secret, const WebhookHead& head, std::string_view body,
                         Instant now) {
  const auto seconds = read_seconds(head.timestamp);
  if (head.id.empty() || head.signature.empty() || !seconds) return Signature::Missing;
  if (!is_near(*seconds, now)) return Signature::Old;
  const std::string current = mac(secret.current, head.id, head.timestamp, body);
  const bool has_previous = holds_previous(secret, now);
  const std::string previous =
      has_previous ? mac(secret.previous, head.id, head.timestamp, body) : std::string();
  std::string_view rest = head.signature;
  for (std::size_t i = 0; i < kMostSignatures && !rest.empty(); ++i) {
    const std::size_t blank = std::min(rest.find(' '), rest.size());
    const std::string_view one = rest.substr(0, blank);
    rest.remove_prefix(std::min(blank + 1, rest.size()));
    if (!one.starts_with(kVersion)) continue;  // of a kind that is not ours
    const auto given = from_base64(one.substr(kVersion.size()));
    if (!given) continue;
    if (is_equal(*given, current) || (has_previous && is_equal(*given, previous))) {
      return Signature::Good;
    }
  }
  return Signature::Wrong;
}

std::optional<std::string> read_webhook_secret(std::string_view text) {
  std::optional<std::string> bytes = std::string(text);
  if (text.starts_with(kPrefix)) bytes = from_base64(text.substr(kPrefix.size()));
  if (!bytes || bytes->size() < kLeastBytes || bytes->size() > kMostBytes) return std::nullopt;
  return bytes;
}

std::string new_webhook_secret(Random& random) {
  std::string bytes(kNewBytes, '\0');
  random.fill(std::as_writable_bytes(std::span(bytes)));
  return bytes;
}

std::string show_webhook_secret(std::string_view bytes) {
  return std::string(kPrefix) + to_base64(bytes);
}

Secret rotate_secret(const std::optional<Secret>& before, std::string_view name, std::string bytes,
                     Instant previous_until) {
  Secret secret{.name = std::string(name),
                .current = std::move(bytes),
                .previous = {},
                .previous_until = std::nullopt};
  if (before && !before->current.empty() && before->current != secret.current) {
    secret.previous = before->current;
    secret.previous_until = previous_until;
  }
  return secret;
}

}  // namespace formwork::engine
