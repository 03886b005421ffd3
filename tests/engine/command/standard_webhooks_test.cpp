#include "engine/command/standard_webhooks.h"

#include <array>

#include <doctest/doctest.h>

namespace formwork::engine {
namespace {

// The published vector of the libraries of Standard Webhooks.
constexpr std::string_view kText = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr std::string_view kId = "msg_p5jXN8AQM9LWM0D4loKWxJek";
constexpr std::string_view kTimestamp = "1614265330";
constexpr std::string_view kBody = R"({"test": 2432232314})";
constexpr std::string_view kSigned = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

constexpr Instant at(std::int64_t seconds) { return {seconds * kMicrosPerSecond}; }

constexpr Instant kThen = at(1614265330);

Secret secret_of(std::string_view text) {
  return {
      .name = "ads", .current = *read_webhook_secret(text), .previous = {}, .previous_until = {}};
}

class CountingRandom final : public Random {
 public:
  void fill(std::span<std::byte> bytes) override {
    for (std::byte& byte : bytes) byte = static_cast<std::byte>(next_++);
  }

 private:
  int next_ = 0;
};

}  // namespace

TEST_CASE("a webhook is signed as Standard Webhooks publish it") {
  CHECK(sign_webhook(secret_of(kText), kId, kThen, kBody) == kSigned);
  CHECK(webhook_timestamp(kThen) == kTimestamp);
}

TEST_CASE("a good signature is told from every other") {
  const Secret secret = secret_of(kText);
  const std::string among =
      "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= v1a,xyz " + std::string(kSigned);

  const std::string other_version = "v2" + std::string(kSigned.substr(2));

  struct Row {
    WebhookHead head;
    std::string_view body;
    Signature expected;
  };

  const std::array rows{
      Row{{kId, kTimestamp, kSigned}, kBody, Signature::Good},
      Row{{kId, kTimestamp, among}, kBody, Signature::Good},
      Row{{kId, kTimestamp, kSigned}, R"({"test": 2432232315})", Signature::Wrong},
      Row{{"msg_other", kTimestamp, kSigned}, kBody, Signature::Wrong},
      Row{{kId, "1614265331", kSigned}, kBody, Signature::Wrong},
      Row{{kId, kTimestamp, kSigned.substr(0, 40)}, kBody, Signature::Wrong},
      Row{{kId, kTimestamp, kSigned.substr(3)}, kBody, Signature::Wrong},
      Row{{kId, kTimestamp, other_version}, kBody, Signature::Wrong},
      Row{{kId, kTimestamp, "v1, v1, v1,"}, kBody, Signature::Wrong},
      Row{{"", kTimestamp, kSigned}, kBody, Signature::Missing},
      Row{{kId, "", kSigned}, kBody, Signature::Missing},
      Row{{kId, "yesterday", kSigned}, kBody, Signature::Missing},
      Row{{kId, kTimestamp, ""}, kBody, Signature::Missing},
  };
  for (const Row& row : rows) {
    CAPTURE(row.head.id);
    CAPTURE(row.head.timestamp);
    CAPTURE(row.head.signature);
    CHECK(verify_webhook(secret, row.head, row.body, kThen) == row.expected);
  }
}

TEST_CASE("a webhook may be five minutes old, or ahead, and not a second more") {
  const Secret secret = secret_of(kText);
  const WebhookHead head{kId, kTimestamp, kSigned};
  CHECK(verify_webhook(secret, head, kBody, at(1614265330 + 300)) == Signature::Good);
  CHECK(verify_webhook(secret, head, kBody, at(1614265330 - 300)) == Signature::Good);
  CHECK(verify_webhook(secret, head, kBody, at(1614265330 + 301)) == Signature::Old);
  CHECK(verify_webhook(secret, head, kBody, at(1614265330 - 301)) == Signature::Old);
  const WebhookHead far{kId, "9223372036854775807", kSigned};
  CHECK(verify_webhook(secret, far, kBody, kThen) == Signature::Old);
}

TEST_CASE("while a secret is changed both of them hold, and then the new one") {
  const Secret before = secret_of(kText);
  const Instant until = at(1614265330 + 100);
  const Secret now = rotate_secret(before, "ads", "another secret of ours", until);
  const WebhookHead head{kId, kTimestamp, kSigned};
  CHECK(verify_webhook(now, head, kBody, kThen) == Signature::Good);
  CHECK(verify_webhook(now, head, kBody, until) == Signature::Wrong);

  const std::string both = sign_webhook(now, kId, kThen, kBody);
  CHECK(both.size() == 2 * kSigned.size() + 1);
  CHECK(both.ends_with(kSigned));
  CHECK(verify_webhook(before, {kId, kTimestamp, both}, kBody, kThen) == Signature::Good);
  const std::string one = sign_webhook(now, kId, until, kBody);
  CHECK(one.size() == kSigned.size());

  // The same again changes nothing, and a first secret has none before.
  CHECK(rotate_secret(before, "ads", before.current, until).previous.empty());
  CHECK(rotate_secret(std::nullopt, "ads", "x", until).previous.empty());
}

TEST_CASE("a secret is base64 behind whsec_, or a text as it is") {
  CHECK(read_webhook_secret(kText)->size() == 24);
  CHECK(read_webhook_secret("a plain text of theirs") == "a plain text of theirs");
  for (const std::string_view text :
       {"", "short", "whsec_", "whsec_c2hvcnQ=", "whsec_no base64 at all",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw?"}) {
    CAPTURE(text);
    CHECK_FALSE(read_webhook_secret(text));
  }
  CHECK_FALSE(read_webhook_secret(std::string(513, 'x')));
  CountingRandom random;
  const std::string made = new_webhook_secret(random);
  CHECK(made.size() == 32);
  CHECK(read_webhook_secret(show_webhook_secret(made)) == made);
}

}  // namespace formwork::engine
