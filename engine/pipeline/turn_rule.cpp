#include "engine/pipeline/turn_rule.h"

#include <algorithm>

#include "engine/automations/texts.h"

namespace formwork::engine {
namespace {

Actor asker_of(const automations::Event& event, const accounts::Directory& directory) {
  Actor asker;
  asker.account = event.actor;
  if (event.actor != kSystemAccount) asker.name = directory.account_name(event.actor);
  asker.cause = Cause::Automation;
  return asker;
}

}  // namespace

const Actor& rule_actor() {
  static const Actor actor{.account = kSystemAccount,
                           .name = {},
                           .full_name = {},
                           .roles = {},
                           .locale = {},
                           .cause = Cause::Automation};
  return actor;
}

std::string path_text(const std::vector<std::string>& path, const std::string& last) {
  const auto same = std::find(path.rbegin(), path.rend(), last);
  auto from = same == path.rend() ? path.begin() : same.base() - 1;
  std::string text;
  for (; from != path.end(); ++from) text += *from + " → ";
  return text + last;
}

Turn::RuleDoing::RuleDoing(Turn& turn, const Rule& rule, Teller& teller)
    : turn_(turn),
      rule_(rule),
      teller_(teller),
      asker_(asker_of(rule.event, turn.directory_)),
      asking_{.gate = turn.situation_.gate,
              .view = turn.situation_.view,
              .actor = asker_,
              .showing = turn.situation_.showing,
              .now = turn.situation_.now,
              .organization = turn.situation_.organization} {}

std::optional<Record> Turn::RuleDoing::find(const model::Entity& entity, RecordId id) {
  return turn_.transaction_.find_record(entity, id);
}

std::vector<Record> Turn::RuleDoing::list(const store::Query& query) {
  return turn_.transaction_.list(query);
}

std::optional<RecordId> Turn::RuleDoing::find_match(const model::Entity& entity,
                                                    std::span<const std::size_t> fields,
                                                    std::span<const feel::Value> values) {
  return turn_.transaction_.find_match(entity, fields, values);
}

std::optional<Refusal> Turn::RuleDoing::refuse_over() {
  if (rule_.chain.changes < kMostChanges) return std::nullopt;
  is_over_ = true;
  return refusal_of(RefusalKind::Conflict, automations::texts::kTooManyChanges,
                    {{"most", std::to_string(kMostChanges)},
                     {"path", path_text(rule_.event.path, rule_.automation.name)}});
}

Expected<Outcome, Refusal> Turn::RuleDoing::change(const Intent& intent) {
  if (auto refusal = refuse_over()) return Unexpected(std::move(*refusal));
  return turn_.carry_out(intent);
}

Expected<void, Refusal> Turn::RuleDoing::enter(const model::Entity& entity, const Record& record,
                                               std::size_t stage, const std::string& comment) {
  if (auto refusal = refuse_over()) return Unexpected(std::move(*refusal));
  // Each move of an action is a beginning: what follows from one another is counted anew.
  turn_.depth_ = 0;
  FW_TRY(Decision decision, turn_.try_to_enter(entity, record, stage));
  FW_TRY_VOID(turn_.commit(decision, {.cause = 0, .comment = comment, .reason = {}}));
  return {};
}

std::string Turn::RuleDoing::rule_name() const { return "automation " + rule_.automation.name; }

std::vector<automations::Told> Turn::RuleDoing::tell(const automations::Occasion& occasion,
                                                     const automations::Telling& telling) {
  const std::vector<Told> told =
      teller_.tell({.entity = occasion.entity,
                    .record = occasion.entity == nullptr ? nullptr : &occasion.record,
                    .to = telling.to,
                    .title = telling.title,
                    .text = telling.text,
                    .inbox = telling.inbox,
                    .mail = telling.mail,
                    .urgent = telling.urgent,
                    .rule = rule_name(),
                    .cause = rule_.event.cause});
  std::vector<automations::Told> all;
  for (const Told& one : told) {
    all.push_back(
        {.account = one.account, .inbox = one.inbox, .mail = one.mail, .why_not = one.why_not});
  }
  return all;
}

void Turn::RuleDoing::send(OutboxMessage message) {
  message.key = new_message_key(turn_.random_);
  message.created_at = message.due_at = turn_.situation_.now;
  if (rule_.event.entity != nullptr) message.entity = rule_.event.entity->name;
  message.record = rule_.event.record;
  message.cause = rule_.event.cause;
  turn_.transaction_.insert_message(message);
}

void Turn::RuleDoing::give(ToDo todo) {
  if (rule_.event.entity != nullptr) todo.entity = rule_.event.entity->name;
  todo.record = rule_.event.record;
  todo.rule = rule_name();
  turn_.give(std::move(todo), rule_.event.cause);
}

}  // namespace formwork::engine
