// The engine's commands for sessions, tokens and uploads.
#include <algorithm>

#include "dsl/base/utf8.h"
#include "engine/accounts/password.h"
#include "engine/accounts/secret.h"
#include "engine/command/sha256.h"
#include "engine/pipeline/engine.h"
#include "engine/pipeline/submit.h"

namespace formwork::engine {
namespace {

constexpr std::int64_t kSessionMicros = 12 * 3600 * kMicrosPerSecond;
constexpr std::int64_t kTokenMicros = 365 * kMicrosPerDay;

// Names with and without an account wait alike, so the wait tells nobody which exist. Buckets keep
// the key from being a free field of the request: there are this many for each address.
std::string throttle_key_of_name(const SignIn& attempt) {
  constexpr std::size_t kBuckets = 4096;
  const std::size_t bucket = std::hash<std::string>()(attempt.name) % kBuckets;
  return "name " + std::to_string(bucket) + " " + attempt.address;
}

Actor actor_of(const Account& account, const model::Model& model, Cause cause) {
  return {.account = account.id,
          .name = account.name,
          .full_name = account.full_name.empty() ? account.name : account.full_name,
          .roles = permissions::roles_of(account, model),
          .locale = account.locale,
          .cause = cause};
}

}  // namespace

Expected<Signed, Refusal> Engine::sign_in(const SignIn& attempt) {
  const Instant now = clock_.now();
  const std::optional<Account> account = store_->read()->find_account(attempt.name);
  const std::string by_name = throttle_key_of_name(attempt);
  const std::string by_address = "address " + attempt.address;
  const std::int64_t wait =
      std::max(throttle_.wait_seconds(by_name, now), throttle_.wait_seconds(by_address, now));
  if (wait > 0) {
    Refusal refusal =
        refusal_of(RefusalKind::Throttled, texts::kThrottled, {{"seconds", std::to_string(wait)}});
    refusal.retry_after_seconds = wait;
    return Unexpected(std::move(refusal));
  }
  const bool may_try = account && account->active && !account->password.empty();
  if (!may_try) accounts::pretend_to_verify(attempt.password);
  if (!may_try || !accounts::verify_password(attempt.password, account->password)) {
    throttle_.failed(by_name, now);
    throttle_.failed(by_address, now);
    return Unexpected(refusal_of(RefusalKind::SignInRequired, texts::kWrongSignIn));
  }
  throttle_.succeeded(by_name);
  throttle_.succeeded(by_address);
  Signed signed_in{.secret = accounts::new_secret(random_),
                   .actor = actor_of(*account, *model_, attempt.cause),
                   .expires_at = {now.microseconds + kSessionMicros}};
  return submit_and_wait<Signed>([&](store::Transaction& transaction) {
    transaction.insert_credential({.hash = accounts::hash_secret(signed_in.secret),
                                   .kind = Credential::Kind::Session,
                                   .account = account->id,
                                   .created_at = now,
                                   .expires_at = signed_in.expires_at});
    note_account(transaction, *account, "signed in", &signed_in.actor);
    return Expected<Signed, Refusal>(signed_in);
  });
}

void Engine::sign_out(const std::string& secret) {
  store_->submit_and_wait([hash = accounts::hash_secret(secret)](store::Transaction& transaction) {
    transaction.delete_credential(hash);
    return true;
  });
}

Expected<std::string, Refusal> Engine::create_token(const std::string& name,
                                                    const std::string& label) {
  const std::string secret = accounts::new_secret(random_);
  return submit_and_wait<std::string>([&](store::Transaction& transaction)
                                          -> Expected<std::string, Refusal> {
    const std::optional<Account> account = transaction.find_account(name);
    if (!account) {
      return Unexpected(refusal_of(RefusalKind::NotFound, texts::kNoSuchAccount, {{"name", name}}));
    }
    if (!account->active) {
      return Unexpected(refusal_of(RefusalKind::Conflict, texts::kAccountClosed, {{"name", name}}));
    }
    const Instant now = clock_.now();
    transaction.insert_credential({.hash = accounts::hash_secret(secret),
                                   .kind = Credential::Kind::Token,
                                   .account = account->id,
                                   .created_at = now,
                                   .expires_at = {now.microseconds + kTokenMicros},
                                   .label = label});
    note_account(transaction, *account, "token created");
    return secret;
  });
}

std::optional<Actor> Engine::identify(std::string_view secret, Credential::Kind kind, Cause cause) {
  std::string hash = accounts::hash_secret(secret);
  // Before reading, so that what is read is never newer than the version it is kept under.
  const std::uint64_t version = store_->access_version();
  std::shared_ptr<const accounts::Known> known = known_secrets_.find(hash, version);
  if (!known) {
    const std::unique_ptr<store::View> view = store_->read();
    const auto credential = view->find_credential(hash);
    if (!credential) return std::nullopt;
    const std::optional<Account> account = view->find_account(credential->account);
    if (!account) return std::nullopt;
    known = std::make_shared<const accounts::Known>(accounts::Known{*credential, *account});
    known_secrets_.keep(std::move(hash), version, known);
  }
  const bool valid = known->credential.kind == kind &&
                     known->credential.expires_at > clock_.now() && known->account.active;
  if (!valid) return std::nullopt;
  return actor_of(known->account, *model_, cause);
}

std::optional<Actor> Engine::actor(AccountId id, Cause cause) const {
  const auto people = directory();
  const Account* account = people->account(id);
  if (account == nullptr || !account->active) return std::nullopt;
  return actor_of(*account, *model_, cause);
}

namespace {

// `Application/PDF; name=x` as `application/pdf`, the form that fields compare with.
std::string plain_media_type(std::string_view given) {
  const std::string_view type = trimmed(given.substr(0, given.find(';')));
  return type.empty() ? "application/octet-stream" : to_lower_ascii(type);
}

}  // namespace

void Engine::upload(const Actor& actor, Upload upload, Answer<File> answer) {
  submit<File>(
      [this, actor, upload = std::move(upload)](store::Transaction& transaction) {
        File file{.name = upload.name,
                  .media_type = plain_media_type(upload.media_type),
                  .size_bytes = static_cast<std::int64_t>(upload.content.size()),
                  .sha256 = sha256(upload.content),
                  .created_by = actor.account,
                  .created_at = clock_.now()};
        file.id = transaction.insert_file(file, upload.content);
        return Expected<File, Refusal>(std::move(file));
      },
      std::move(answer));
}

}  // namespace formwork::engine
