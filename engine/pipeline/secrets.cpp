// The secrets that are shared with other systems.
#include "dsl/base/json.h"
#include "engine/command/standard_webhooks.h"
#include "engine/pipeline/engine.h"

namespace formwork::engine {

std::optional<Secret> Engine::find_secret(std::string_view name) {
  auto secret = store_->read()->find_secret(name);
  if (!secret || secret->current.empty()) return std::nullopt;
  return secret;
}

std::vector<Secret> Engine::secrets() {
  const std::unique_ptr<store::View> view = store_->read();
  std::vector<Secret> secrets;
  for (const std::string& name : view->secret_names()) {
    auto secret = view->find_secret(name);
    if (secret && !secret->current.empty()) secrets.push_back(std::move(*secret));
  }
  return secrets;
}

bool Engine::set_secret(const std::string& name, const std::string& bytes, DaysDuration keep) {
  return write_secret(name, "secret_set", [&](const std::optional<Secret>& before, Instant now) {
    return rotate_secret(before, name, bytes, {now.microseconds + keep.to_microseconds()});
  });
}

bool Engine::remove_secret(const std::string& name) {
  if (!find_secret(name)) return false;
  return write_secret(name, "secret_removed", [&](const std::optional<Secret>&, Instant) {
    return Secret{.name = name, .current = {}, .previous = {}, .previous_until = {}};
  });
}

// History knows that, and never what it is.
bool Engine::write_secret(const std::string& name, std::string_view action,
                          const NextSecret& next) {
  return store_->submit_and_wait([&](store::Transaction& transaction) {
    const Instant now = clock_.now();
    transaction.put_secret(next(transaction.find_secret(name), now));
    HistoryEntry entry;
    entry.at = now;
    entry.entity = std::string(kSecretEntity);
    entry.action = std::string(action);
    entry.cause = std::string(cause_name(Cause::Program));
    entry.changes = "{}";
    json::Writer(entry.detail).begin_object().key("name").string(name).end_object();
    append(transaction, std::move(entry));
    return true;
  }) == store::Commit::Committed;
}

}  // namespace formwork::engine
