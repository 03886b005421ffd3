// What leaves the system: read and sent again by admins, noted by whoever sends it.
#include "engine/pipeline/outbox.h"

#include <algorithm>

#include "dsl/base/json.h"
#include "engine/pipeline/submit.h"

namespace formwork::engine {
namespace {

constexpr MessageText kNoSuchMessage{"outbox.unknown", "there is no message {id}",
                                     "没有编号为 {id} 的消息"};
constexpr MessageText kNoSuchDestination{"outbox.no-destination",
                                         "the app sends to no destination {name}",
                                         "应用没有发往 {name} 的消息"};

constexpr MessageText kNotWaiting{
    "outbox.not-waiting", "message {id} does not wait any more: there is nothing to give up",
    "编号为 {id} 的消息已不在等待，无需放弃"};

constexpr std::string_view kByHand = "by an administrator";
constexpr std::string_view kGivenUp = "given up by an administrator";

Refusal no_such_message(MessageId id) {
  return refusal_of(RefusalKind::NotFound, kNoSuchMessage, {{"id", std::to_string(id)}});
}

bool is_known(const model::Model& model, std::string_view name) {
  return name == kMailDestination ||
         std::any_of(model.webhooks.begin(), model.webhooks.end(),
                     [&](const model::Webhook& webhook) {
                       return webhook.name == name && webhook.outbound() != nullptr;
                     });
}

// As the store knows it; nothing: it has no messages for it and has not disabled it.
std::optional<Destination> find_kept(store::View& view, std::string_view name) {
  std::vector<Destination> kept = view.destinations();
  const auto found = std::find_if(kept.begin(), kept.end(),
                                  [&](const Destination& one) { return one.name == name; });
  if (found == kept.end()) return std::nullopt;
  return std::move(*found);
}

void note(store::Transaction& transaction, const AttemptMade& made, Instant now) {
  std::optional<OutboxMessage> message = transaction.find_message(made.attempt.message);
  if (!message) return;
  message->attempts += 1;
  // Somebody gave it up while it was on its way: what arrived has arrived, else it stays dead.
  const bool is_given_up =
      message->state == MessageState::Dead && made.state != MessageState::Delivered;
  if (!is_given_up) {
    message->state = made.state;
    message->problem = made.attempt.problem;
    if (made.state == MessageState::Waiting) {
      message->due_at = made.due_at;
    } else {
      message->ended_at = now;
    }
  }
  transaction.insert_attempt(made.attempt);
  transaction.update_message(*message);
  if (!made.disables.empty()) {
    transaction.set_destination(message->destination, true, made.disables);
  }
}

}  // namespace

Expected<permissions::Some<OutboxMessage>, Refusal> Engine::messages(
    const Actor& actor, const store::MessageQuery& query) {
  if (!gate_.is_admin(actor)) return Unexpected(gate_.explain_admin());
  store::MessageQuery one_more = query;
  one_more.limit += 1;
  permissions::Some<OutboxMessage> some{.lines = store_->read()->messages(one_more)};
  if (some.lines.size() > query.limit) {
    some.lines.resize(query.limit);
    some.next = some.lines.back().id;
  }
  return some;
}

Expected<MessageDetail, Refusal> Engine::message(const Actor& actor, MessageId id) {
  if (!gate_.is_admin(actor)) return Unexpected(gate_.explain_admin());
  const std::unique_ptr<store::View> view = store_->read();
  std::optional<OutboxMessage> message = view->find_message(id);
  if (!message) return Unexpected(no_such_message(id));
  return MessageDetail{std::move(*message), view->attempts(id)};
}

Expected<std::vector<Destination>, Refusal> Engine::destinations(const Actor& actor) {
  if (!gate_.is_admin(actor)) return Unexpected(gate_.explain_admin());
  std::vector<Destination> all = store_->read()->destinations();
  const auto add = [&](std::string_view name) {
    const bool is_there = std::any_of(all.begin(), all.end(),
                                      [&](const Destination& one) { return one.name == name; });
    if (!is_there) all.push_back({.name = std::string(name), .disabled = false, .why = {}});
  };
  for (const model::Webhook& webhook : model_->webhooks) {
    if (webhook.outbound() != nullptr) add(webhook.name);
  }
  add(kMailDestination);
  std::sort(all.begin(), all.end(),
            [](const Destination& a, const Destination& b) { return a.name < b.name; });
  return all;
}

void Engine::resend(const Actor& actor, MessageId id, Answer<OutboxMessage> answer) {
  if (!gate_.is_admin(actor)) return answer(Unexpected(gate_.explain_admin()));
  submit<OutboxMessage>(
      [this, actor, id](store::Transaction& transaction) -> Expected<OutboxMessage, Refusal> {
        std::optional<OutboxMessage> message = transaction.find_message(id);
        if (!message) return Unexpected(no_such_message(id));
        message->state = MessageState::Waiting;
        message->due_at = clock_.now();
        message->attempts = 0;
        message->ended_at = std::nullopt;
        transaction.update_message(*message);
        note_outbox(transaction, actor, id, "resent", message->destination);
        return std::move(*message);
      },
      std::move(answer));
}

void Engine::give_up(const Actor& actor, MessageId id, Answer<OutboxMessage> answer) {
  if (!gate_.is_admin(actor)) return answer(Unexpected(gate_.explain_admin()));
  submit<OutboxMessage>(
      [this, actor, id](store::Transaction& transaction) -> Expected<OutboxMessage, Refusal> {
        std::optional<OutboxMessage> message = transaction.find_message(id);
        if (!message) return Unexpected(no_such_message(id));
        if (message->state != MessageState::Waiting) {
          return Unexpected(
              refusal_of(RefusalKind::Conflict, kNotWaiting, {{"id", std::to_string(id)}}));
        }
        message->state = MessageState::Dead;
        message->ended_at = clock_.now();
        message->problem = kGivenUp;
        transaction.update_message(*message);
        note_outbox(transaction, actor, id, "given_up", message->destination);
        return std::move(*message);
      },
      std::move(answer));
}

void Engine::enable_destination(const Actor& actor, const std::string& name, bool enabled,
                                Answer<Destination> answer) {
  if (!gate_.is_admin(actor)) return answer(Unexpected(gate_.explain_admin()));
  submit<Destination>(
      [this, actor, name,
       enabled](store::Transaction& transaction) -> Expected<Destination, Refusal> {
        std::optional<Destination> kept = find_kept(transaction, name);
        if (!kept && !is_known(*model_, name)) {
          return Unexpected(
              refusal_of(RefusalKind::NotFound, kNoSuchDestination, {{"name", name}}));
        }
        const bool was_enabled = !kept || !kept->disabled;
        if (was_enabled != enabled) {
          transaction.set_destination(name, !enabled, enabled ? "" : kByHand);
          note_outbox(transaction, actor, 0, enabled ? "enabled" : "disabled", name);
          kept = find_kept(transaction, name);
        }
        return kept.value_or(Destination{.name = name, .disabled = false, .why = {}});
      },
      std::move(answer));
}

bool Engine::note_attempts(const std::vector<AttemptMade>& made) {
  return store_->submit_and_wait([&](store::Transaction& transaction) {
    for (const AttemptMade& one : made) note(transaction, one, clock_.now());
    return true;
  }) == store::Commit::Committed;
}

void Engine::note_outbox(store::Transaction& transaction, const Actor& actor, MessageId message,
                         std::string_view action, std::string_view destination) const {
  std::string detail;
  json::Writer(detail).begin_object().key("destination").string(destination).end_object();
  append(transaction, {.at = clock_.now(),
                       .actor = actor.account,
                       .actor_name = actor.name,
                       .entity = std::string(kOutboxEntity),
                       .record = message,
                       .action = std::string(action),
                       .cause = std::string(cause_name(actor.cause)),
                       .changes = "{}",
                       .detail = std::move(detail)});
}

}  // namespace formwork::engine
