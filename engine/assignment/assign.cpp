#include "engine/assignment/assign.h"

#include <algorithm>

#include "engine/assignment/texts.h"
#include "engine/records/assignment.h"
#include "engine/records/rights.h"
#include "engine/records/stages.h"
#include "engine/records/validate.h"

namespace formwork::assignment {
namespace {

using engine::Record;
using engine::Refusal;
using engine::RefusalKind;
using model::Entity;
using records::Decision;
using records::Situation;

Refusal conflict(const MessageText& text,
                 std::vector<std::pair<std::string_view, Argument>> arguments = {}) {
  return refusal_of(RefusalKind::Conflict, text, std::move(arguments));
}

Expected<Decision, Refusal> checked(Decision decision, const Situation& s) {
  std::vector<engine::FieldProblem> problems = records::validate(decision, s);
  if (!problems.empty()) return Unexpected(records::invalid(std::move(problems)));
  return decision;
}

Expected<Decision, Refusal> give(const Entity& entity, const Record& record, engine::AccountId to,
                                 std::string_view action, const Situation& s) {
  Record after = record;
  after.values[*entity.owner] = store::account_value(to);
  return checked(records::amend(entity, record, std::move(after), action, s), s);
}

std::int64_t count_of(const Picked& picked, PassedOver why) {
  return std::count_if(picked.candidates.begin(), picked.candidates.end(),
                       [&](const Candidate& candidate) { return candidate.passed_over == why; });
}

Refusal nobody(const Picked& picked, const Entity& entity) {
  const Localized& name = picked.assignment->label;
  if (picked.rule == nullptr && picked.by_rules) {
    return conflict(texts::kNoRule, {{"assignment", name}, {"entity", entity.label}});
  }
  if (picked.candidates.empty()) return conflict(texts::kNobodyNamed, {{"assignment", name}});
  return conflict(texts::kNobody, {{"assignment", name},
                                   {"entity", entity.label},
                                   {"count", std::to_string(picked.candidates.size())},
                                   {"absent", std::to_string(count_of(picked, PassedOver::Absent))},
                                   {"full", std::to_string(count_of(picked, PassedOver::Full))}});
}

// Who has enough takes no more from the pool.
std::optional<Refusal> refuse_full(const Entity& entity, const Record& record, const Situation& s) {
  const std::optional<std::size_t> pool = pool_of(entity, record);
  if (!pool || !entity.pools[*pool].max_open) return std::nullopt;
  const auto most = static_cast<std::int64_t>(*entity.pools[*pool].max_open);
  const std::int64_t open = s.view.count_open(entity, s.actor.account, most);
  if (open < most) return std::nullopt;
  return conflict(texts::kFull, {{"count", std::to_string(open)},
                                 {"entity", entity.plural},
                                 {"pool", entity.pools[*pool].label}});
}

Expected<Decision, Refusal> claim(const Entity& entity, const Record& record, const Situation& s) {
  const engine::AccountId owner = records::owner_of(entity, record);
  if (owner != 0) {
    return Unexpected(conflict(
        texts::kClaimed, {{"entity", entity.label}, {"who", s.showing.people->full_name(owner)}}));
  }
  if (auto refusal = records::refuse(s, model::Action::Claim, entity, record)) {
    return Unexpected(std::move(*refusal));
  }
  if (auto refusal = refuse_full(entity, record, s)) return Unexpected(std::move(*refusal));
  return give(entity, record, s.actor.account, "claimed", s);
}

}  // namespace

std::optional<std::size_t> pool_of(const Entity& entity, const Record& record) {
  if (!entity.assignment_fields || !entity.assignment_fields->pool) return std::nullopt;
  const feel::Value& pool = record.values[*entity.assignment_fields->pool];
  return pool.is_null() ? std::nullopt : model::pool_index(entity, pool.string());
}

Expected<Decision, Refusal> decide_assign(const engine::AssignRecord& assign, const Situation& s) {
  const Entity& entity = *assign.entity;
  FW_TRY(const Record record, records::load_visible(entity, assign.id, std::nullopt, s));
  if (!entity.owner) return Unexpected(conflict(texts::kNoOwner, {{"entity", entity.plural}}));
  if (assign.by == nullptr && !assign.to) return claim(entity, record, s);
  if (auto refusal = records::refuse(s, model::Action::Assign, entity, record)) {
    return Unexpected(std::move(*refusal));
  }
  if (assign.by != nullptr) {
    const Picked picked = pick(*assign.by, record, assign.except, s);
    return carry_out(picked, record, "assigned", explain(picked, entity, *s.showing.people),
                     assign.comment, s);
  }
  if (!s.organization.is_active(*assign.to)) {
    return Unexpected(
        conflict(texts::kNotActive, {{"who", s.showing.people->full_name(*assign.to)}}));
  }
  return give(entity, record, *assign.to, "assigned", s);
}

Expected<Decision, Refusal> decide_release(const engine::ReleaseRecord& release,
                                           const Situation& s) {
  const Entity& entity = *release.entity;
  FW_TRY(const Record record, records::load_visible(entity, release.id, std::nullopt, s));
  const std::optional<std::size_t> pool = model::pool_index(entity, release.pool);
  if (!pool) {
    Message message = no_such_pool(entity, release.pool);
    return Unexpected(conflict(*message.text, std::move(message.arguments)));
  }
  const bool is_owner =
      s.actor.account != 0 && records::owner_of(entity, record) == s.actor.account;
  if (!is_owner || !records::may(s, model::Action::Edit, entity, record)) {
    if (auto refusal = records::refuse(s, model::Action::Assign, entity, record)) {
      return Unexpected(std::move(*refusal));
    }
  }
  if (pool_of(entity, record) == pool) {
    return Unexpected(
        conflict(texts::kInPool, {{"entity", entity.label}, {"pool", entity.pools[*pool].label}}));
  }
  return assignment::release(entity, record, *pool, {}, s);
}

Expected<Decision, Refusal> carry_out(const Picked& picked, const Record& record,
                                      std::string_view action, const Explanation& told,
                                      std::string_view comment, const Situation& s) {
  const Entity& entity = s.gate.model().entities[picked.assignment->entity];
  std::string detail = write_detail(told, comment);
  if (!picked.account) {
    if (!picked.pool) return Unexpected(nobody(picked, entity));
    return release(entity, record, *picked.pool, std::move(detail), s);
  }
  FW_TRY(Decision decision, give(entity, record, *picked.account, action, s));
  decision.detail = std::move(detail);
  decision.shares = picked.shares;
  return decision;
}

Expected<Decision, Refusal> release(const Entity& entity, const Record& record, std::size_t pool,
                                    std::string detail, const Situation& s) {
  Record after = record;
  after.values[*entity.owner] = feel::Value();
  after.values[*entity.assignment_fields->pool] = feel::Value(entity.pools[pool].name);
  FW_TRY(Decision decision,
         checked(records::amend(entity, record, std::move(after), "released", s), s));
  decision.detail = std::move(detail);
  return decision;
}

}  // namespace formwork::assignment
