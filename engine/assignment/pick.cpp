#include "engine/assignment/pick.h"

#include <algorithm>
#include <array>

#include "engine/records/assignment.h"
#include "engine/records/conditions.h"

namespace formwork::assignment {
namespace {

using engine::AccountId;
using engine::Record;
using model::AssignTarget;
using model::Pick;
using records::Situation;

constexpr std::array<std::string_view, 6> kPassedOver{"no",   "closed",  "absent",
                                                      "full", "present", "excepted"};
constexpr std::array<std::string_view, 4> kPicks{"round_robin", "weighted", "least_loaded",
                                                 "first"};

// The least loaded is sought among those who own fewer than this, then fewer than ten times as
// many: one who owns very many costs no more than the one who is found. Who owns more than the last
// is as busy as can be.
constexpr std::int64_t kFewOpen = 100;
constexpr std::int64_t kMostOpen = 1'000'000;

class Picking {
 public:
  Picking(const model::Assignment& assignment, const Record& record,
          const std::vector<AccountId>& except, const Situation& s)
      : entity_(s.gate.model().entities[assignment.entity]),
        record_(record),
        owner_(records::owner_of(entity_, record)),
        except_(except),
        s_(s) {
    picked_.assignment = &assignment;
  }

  Picked run() {
    if (!find_rule()) return std::move(picked_);
    choose(picked_.rule->to);
    return std::move(picked_);
  }

  Picked first_of(const model::People& people) {
    picked_.by_rules = false;
    choose({.people = people, .pick = Pick::First});
    return std::move(picked_);
  }

 private:
  bool find_rule() {
    records::Conditions conditions(entity_, record_, s_);
    for (const model::AssignmentRule& rule : picked_.assignment->rules) {
      if (rule.when && !conditions.holds(*rule.when)) continue;
      picked_.rule = &rule;
      if (!rule.when) return true;
      const std::string saw = conditions.saw_all(*rule.when);
      picked_.condition = rule.when->text() + (saw.empty() ? "" : ": " + saw);
      return true;
    }
    return false;
  }

  void choose(const AssignTarget& target) {
    picked_.pool = target.pool;
    if (target.people.empty()) return;
    add_candidates(target);
    add_closed(target);
    std::vector<std::size_t> free;
    for (std::size_t i = 0; i < picked_.candidates.size(); ++i) {
      if (picked_.candidates[i].passed_over == PassedOver::No) free.push_back(i);
    }
    if (free.empty()) return keep_owner();
    const std::size_t next = target.pick == Pick::First ? free.front() : by_turn(target, free);
    picked_.account = picked_.candidates[next].account;
    picked_.pool.reset();
  }

  // Who has the record keeps it where nobody else is free, unless somebody excepts them.
  void keep_owner() {
    for (const Candidate& candidate : picked_.candidates) {
      if (candidate.passed_over != PassedOver::Present) continue;
      picked_.account = candidate.account;
      picked_.pool.reset();
    }
  }

  void add_candidates(const AssignTarget& target) {
    const approvals::Subject subject{.entity = entity_, .record = record_};
    for (approvals::Found& found : approvals::find_people(target.people, subject, s_)) {
      Candidate candidate{.account = found.account, .why = std::move(found.why)};
      candidate.weight = weight_of(target, candidate.account);
      picked_.candidates.push_back(std::move(candidate));
    }
    count_open(target);
    for (Candidate& candidate : picked_.candidates) {
      candidate.passed_over = why_not(target, candidate);
    }
    if (target.pick == Pick::First) return;
    std::stable_sort(picked_.candidates.begin(), picked_.candidates.end(),
                     [this](const Candidate& a, const Candidate& b) {
                       return name_of(a.account) < name_of(b.account);
                     });
  }

  // Of closed accounts only those are missed that the text names.
  void add_closed(const AssignTarget& target) {
    for (const model::PeopleTerm& term : target.people.terms) {
      if (term.kind != model::PeopleTerm::Kind::User) continue;
      const auto account = s_.showing.people->find_account(term.account);
      if (!account || s_.organization.is_active(*account)) continue;
      picked_.candidates.push_back(
          {.account = *account, .why = term.text, .passed_over = PassedOver::Closed, .open = {}});
    }
  }

  std::string name_of(AccountId account) const { return s_.showing.people->account_name(account); }

  std::size_t weight_of(const AssignTarget& target, AccountId account) const {
    const auto weight = target.weights.find(name_of(account));
    return weight == target.weights.end() ? 1 : weight->second;
  }

  void count_open(const AssignTarget& target) {
    const auto most = static_cast<std::int64_t>(target.max_open.value_or(0));
    if (target.pick != Pick::LeastLoaded) {
      if (target.max_open) count_open(most);
      return;
    }
    for (std::int64_t limit = kFewOpen; limit <= kMostOpen; limit *= 10) {
      const std::int64_t reached = std::max(limit, most);
      count_open(reached);
      bool has_free = false;
      for (const Candidate& candidate : picked_.candidates) {
        if (why_not(target, candidate) != PassedOver::No) continue;
        if (*candidate.open < reached) return;
        has_free = true;
      }
      if (!has_free) return;
    }
  }

  void count_open(std::int64_t at_most) {
    for (Candidate& candidate : picked_.candidates) {
      candidate.open = s_.view.count_open(entity_, candidate.account, at_most);
    }
  }

  PassedOver why_not(const AssignTarget& target, const Candidate& candidate) const {
    if (std::find(except_.begin(), except_.end(), candidate.account) != except_.end()) {
      return PassedOver::Excepted;
    }
    if (candidate.account == owner_) return PassedOver::Present;
    if (s_.organization.is_absent(candidate.account, s_.now)) return PassedOver::Absent;
    const bool is_full =
        target.max_open && candidate.open >= static_cast<std::int64_t>(*target.max_open);
    return is_full ? PassedOver::Full : PassedOver::No;
  }

  // Whoever is free takes part in the turn, and of these the least loaded may take it, or all.
  std::size_t by_turn(const AssignTarget& target, const std::vector<std::size_t>& free) {
    const std::string& assignment = picked_.assignment->name;
    const auto kept = s_.view.shares(assignment, picked_.rule->id);
    std::vector<Turn> turns;
    for (const std::size_t place : free) {
      const Candidate& candidate = picked_.candidates[place];
      const auto share = std::find_if(kept.begin(), kept.end(), [&](const auto& one) {
        return one.first == candidate.account;
      });
      turns.push_back({.account = candidate.account,
                       .weight = static_cast<std::int64_t>(candidate.weight),
                       .owed = share == kept.end() ? 0 : share->second});
    }
    const std::size_t next = take_turn(turns, may_take(target, free));
    for (const Turn& turn : turns) {
      picked_.shares.push_back({.assignment = assignment,
                                .rule = picked_.rule->id,
                                .account = turn.account,
                                .share = turn.owed});
    }
    return free[next];
  }

  std::vector<bool> may_take(const AssignTarget& target, const std::vector<std::size_t>& free) {
    std::vector<bool> may(free.size(), true);
    if (target.pick != Pick::LeastLoaded) return may;
    const auto open = [&](std::size_t place) { return picked_.candidates[place].open.value_or(0); };
    const std::size_t least = *std::min_element(
        free.begin(), free.end(), [&](std::size_t a, std::size_t b) { return open(a) < open(b); });
    for (std::size_t i = 0; i < free.size(); ++i) may[i] = open(free[i]) == open(least);
    return may;
  }

  const model::Entity& entity_;
  const Record& record_;
  AccountId owner_;
  const std::vector<AccountId>& except_;
  const Situation& s_;
  Picked picked_;
};

}  // namespace

std::string_view passed_over_name(PassedOver why) {
  return kPassedOver[static_cast<std::size_t>(why)];
}

std::optional<PassedOver> find_passed_over(std::string_view name) {
  const auto* found = std::find(kPassedOver.begin(), kPassedOver.end(), name);
  if (found == kPassedOver.end()) return std::nullopt;
  return static_cast<PassedOver>(found - kPassedOver.begin());
}

std::string_view pick_name(model::Pick pick) { return kPicks[static_cast<std::size_t>(pick)]; }

Picked pick(const model::Assignment& assignment, const Record& record,
            const std::vector<AccountId>& except, const Situation& s) {
  return Picking(assignment, record, except, s).run();
}

Picked pick_of(const model::People& people, const model::Assignment& assignment,
               const Record& record, const Situation& s) {
  const std::vector<AccountId> nobody;
  return Picking(assignment, record, nobody, s).first_of(people);
}

}  // namespace formwork::assignment
