#include "engine/pipeline/engine.h"

#include <algorithm>
#include <tuple>

#include "engine/pipeline/assignment_timers.h"
#include "engine/pipeline/automation_timers.h"
#include "engine/pipeline/showing.h"
#include "engine/pipeline/submit.h"
#include "engine/pipeline/turn.h"
#include "engine/records/decide.h"
#include "engine/records/validate.h"
#include "engine/versions/bundle.h"

namespace formwork::engine {
namespace {

// How long an equal request gets the first one's answer (IETF draft on Idempotency-Key: the server
// says).
constexpr std::int64_t kRememberMicros = 24 * 3600 * kMicrosPerSecond;

// How long it is told what automations did and what left the system, and people keep what they were
// told.
constexpr std::int64_t kRunsKeptMicros = 30 * kMicrosPerDay;
constexpr std::int64_t kDeliveredKeptMicros = 30 * kMicrosPerDay;
constexpr std::int64_t kDeadKeptMicros = 90 * kMicrosPerDay;
constexpr std::int64_t kNotificationsKeptMicros = 90 * kMicrosPerDay;

// Nobody wants a reminder of last month when mail is set up at last.
constexpr std::int64_t kMailWaitsMicros = 7 * kMicrosPerDay;
constexpr std::string_view kStale =
    "nobody sent it for 7 days; is the server started with --smtp, and is mail enabled?";

// Who acts for whom, and who is away, is kept in memory.
bool changes_organization(const Intent& intent) {
  return std::holds_alternative<Delegate>(intent) ||
         std::holds_alternative<EndDelegation>(intent) ||
         std::holds_alternative<AddAbsence>(intent) || std::holds_alternative<EndAbsence>(intent);
}

}  // namespace

Engine::Engine(Parts parts)
    : model_(std::move(parts.model)),
      gate_(*model_),
      store_(std::move(parts.store)),
      clock_(*parts.clock),
      random_(*parts.random),
      origin_(std::move(parts.origin)),
      listeners_(*model_) {
  keep_documents();
  reload_directory();
  keep_automation_timers(*store_, *model_, clock_.now());
  keep_assignment_timers(*store_, *model_, clock_.now());
}

// The file knows its app, so that small commands need nothing but the file.
void Engine::keep_documents() {
  if (model_->sources.empty()) return;
  store_->submit_and_wait([this](store::Transaction& transaction) {
    const std::string bundle = versions::write_bundle(model_->sources);
    if (transaction.find_setting(versions::kBundleSetting) == bundle) return false;
    transaction.put_setting(versions::kBundleSetting, bundle);
    return true;
  });
}

void Engine::execute(Command command, Answer<Outcome> answer) {
  if (changes_organization(command.intent)) {
    answer = [this, answer = std::move(answer)](Expected<Outcome, Refusal> outcome) {
      if (outcome) reload_directory();
      answer(std::move(outcome));
    };
  }
  Stopped stopped;
  if (!model_->automations.empty()) {
    stopped = std::make_shared<std::optional<Run>>();
    answer = [this, stopped, answer = std::move(answer)](Expected<Outcome, Refusal> outcome) {
      if (!*stopped) return answer(std::move(outcome));
      note_stopped(**stopped, [answer, outcome] { answer(outcome); });
    };
  }
  submit<Outcome>(
      [this, stopped, command = std::move(command)](store::Transaction& transaction) {
        return run(command, transaction, stopped);
      },
      std::move(answer));
}

Expected<Outcome, Refusal> Engine::execute_and_wait(Command command) {
  std::promise<Expected<Outcome, Refusal>> promise;
  auto future = promise.get_future();
  execute(std::move(command), [&promise](Expected<Outcome, Refusal> outcome) {
    promise.set_value(std::move(outcome));
  });
  return future.get();
}

// Whoever is told of the refusal finds it among the runs.
void Engine::note_stopped(const Run& run, const std::function<void()>& then) {
  const bool is_queued = store_->submit(
      [run](store::Transaction& transaction) {
        transaction.insert_run(run);
        return true;
      },
      [then](store::Commit) { then(); });
  if (!is_queued) then();
}

Expected<Outcome, Refusal> Engine::run(const Command& command, store::Transaction& transaction,
                                       const Stopped& stopped) {
  if (!command.once) return perform(command, transaction, stopped);
  if (auto earlier = recall(command, transaction)) return std::move(*earlier);
  FW_TRY(Outcome outcome, perform(command, transaction, stopped));
  outcome.answer = command.once->answer(outcome);
  transaction.remember(command.actor.account, command.once->key,
                       {command.once->request_hash, outcome.answer, clock_.now()});
  return outcome;
}

std::optional<Expected<Outcome, Refusal>> Engine::recall(const Command& command,
                                                         store::View& view) const {
  const auto remembered = view.find_remembered(command.actor.account, command.once->key);
  if (!remembered) return std::nullopt;
  if (clock_.now().microseconds - remembered->at.microseconds > kRememberMicros)
    return std::nullopt;
  if (remembered->request_hash != command.once->request_hash) {
    return Unexpected(Refusal{RefusalKind::KeyReused, {&texts::kKeyReused, {}}, {}, {}, 0});
  }
  return Outcome{.entity = nullptr,
                 .record = {},
                 .changed = false,
                 .answer = remembered->answer,
                 .repeated = true};
}

Expected<Outcome, Refusal> Engine::perform(const Command& command, store::Transaction& transaction,
                                           const Stopped& stopped) {
  return in_turn(command.actor, transaction, [&](Turn& turn) -> Expected<Outcome, Refusal> {
    FW_TRY(Outcome outcome, turn.carry_out(command.intent));
    auto ran = turn.run_automations();
    if (!ran) {
      *stopped = turn.chain().stopped;
      return Unexpected(std::move(ran.error()));
    }
    turn.look_again(outcome);
    return outcome;
  });
}

void Engine::append(store::Transaction& transaction, HistoryEntry entry) const {
  append_history(transaction, std::move(entry), *model_);
}

std::optional<Refusal> Engine::check(const Actor& actor, const Intent& intent) {
  const std::unique_ptr<store::View> view = store_->read();
  return in_situation(actor, *view,
                      [&](const records::Situation& situation) -> std::optional<Refusal> {
                        auto decision = decide_any(intent, situation);
                        if (decision) return std::nullopt;
                        return std::move(decision.error());
                      });
}

Expected<records::Preview, Refusal> Engine::preview(const Actor& actor, Intent intent) {
  const std::unique_ptr<store::View> view = store_->read();
  if (auto* update = std::get_if<UpdateRecord>(&intent)) {
    // Whoever may not see the record learns no more from its version than from its absence.
    const auto record = view->find_record(*update->entity, update->id);
    if (record) update->expected_version = record->version;
  }
  return in_situation(actor, *view, [&](const records::Situation& situation) {
    return records::preview(intent, situation);
  });
}

Refusal Engine::with_other_problems(const Command& command, std::vector<FieldProblem> problems) {
  std::optional<Refusal> other = check(command.actor, command.intent);
  if (other && other->kind != RefusalKind::Invalid) return std::move(*other);
  if (other) {
    // A field that could not be read is empty for the check; it is not missing as well.
    const std::vector<FieldProblem> unreadable = problems;
    for (FieldProblem& found : other->fields) {
      const bool known =
          std::any_of(unreadable.begin(), unreadable.end(), [&](const FieldProblem& p) {
            return p.field && p.field == found.field && p.row == found.row &&
                   p.column == found.column;
          });
      if (!known) problems.push_back(std::move(found));
    }
  }
  std::stable_sort(problems.begin(), problems.end(),
                   [](const FieldProblem& a, const FieldProblem& b) {
                     return std::tie(a.field, a.row, a.column) < std::tie(b.field, b.row, b.column);
                   });
  return records::invalid(std::move(problems));
}

permissions::Reader Engine::reader(Actor actor) {
  const std::shared_ptr<const accounts::Directory> people = directory();
  return permissions::Reader(gate_, store_->read(), std::move(actor),
                             {.people = people,
                              .organization = people,
                              .now = clock_.now(),
                              .zone = model_->app.time_zone});
}

void Engine::sweep() {
  const Instant now = clock_.now();
  static_cast<void>(store_->submit(
      [now](store::Transaction& transaction) {
        transaction.delete_expired(now);
        transaction.end_stale_mail({now.microseconds - kMailWaitsMicros}, now, kStale);
        return true;
      },
      [](store::Commit) {}));
  const auto before = [&](std::int64_t kept) { return Instant{now.microseconds - kept}; };
  sweep_old([limit = before(kRunsKeptMicros)](store::Transaction& transaction) {
    return transaction.delete_runs(limit);
  });
  sweep_old([limit = before(kDeliveredKeptMicros)](store::Transaction& transaction) {
    return transaction.delete_messages(MessageState::Delivered, limit);
  });
  sweep_old([limit = before(kDeadKeptMicros)](store::Transaction& transaction) {
    return transaction.delete_messages(MessageState::Dead, limit);
  });
  sweep_old([limit = before(kNotificationsKeptMicros)](store::Transaction& transaction) {
    return transaction.delete_notifications(limit);
  });
}

// By portions, so that others' commands go between.
void Engine::sweep_old(std::function<bool(store::Transaction&)> erase) {
  auto more = std::make_shared<bool>(false);
  static_cast<void>(store_->submit(
      [erase, more](store::Transaction& transaction) {
        *more = erase(transaction);
        return true;
      },
      [this, erase, more](store::Commit commit) {
        if (commit == store::Commit::Committed && *more) sweep_old(erase);
      }));
}

std::shared_ptr<const accounts::Directory> Engine::directory() const {
  const std::lock_guard lock(directory_mutex_);
  return directory_;
}

void Engine::reload_directory() {
  const std::unique_ptr<store::View> view = store_->read();
  auto fresh = std::make_shared<const accounts::Directory>(view->accounts(), model_->teams,
                                                           view->delegations(), view->absences());
  const std::lock_guard lock(directory_mutex_);
  directory_ = std::move(fresh);
}

std::optional<std::size_t> Engine::find_locale(std::string_view tag) const {
  return engine::find_locale(*model_, tag);
}

std::size_t Engine::locale_index(std::string_view tag) const {
  return find_locale(tag).value_or(0);
}

fields::Showing Engine::showing(std::size_t locale, const fields::People& people) const {
  return engine::showing(*model_, locale, people);
}

fields::Reading Engine::reading(const fields::People& people) const {
  return {.zone = model_->app.time_zone, .people = &people};
}

}  // namespace formwork::engine
