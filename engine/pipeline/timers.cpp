// Timers: what is due is carried out in the writer, one piece of work for each, so that what it
// leads to and its disappearance are one write.
#include <condition_variable>
#include <memory>
#include <mutex>

#include "engine/automations/trigger.h"
#include "engine/automations/waiting.h"
#include "engine/pipeline/automation_timers.h"
#include "engine/pipeline/submit.h"
#include "engine/pipeline/turn.h"

namespace formwork::engine {
namespace {

// A timer whose work broke is tried again then, so that it does not keep the others waiting.
constexpr std::int64_t kRetryMicros = 3600 * kMicrosPerSecond;

// How a row of pieces ended, for whoever waits for the last one.
class Tally {
 public:
  void add() {
    const std::lock_guard lock(mutex_);
    ++waiting_;
  }

  void end(bool fired) {
    const std::lock_guard lock(mutex_);
    --waiting_;
    if (fired) ++fired_;
    if (waiting_ == 0) done_.notify_all();
  }

  std::size_t wait() {
    std::unique_lock lock(mutex_);
    done_.wait(lock, [this] { return waiting_ == 0; });
    return fired_;
  }

  // The last whose work broke: those behind it do not wait for it. Of the writer's thread alone.
  std::optional<Timer> broken;

 private:
  std::mutex mutex_;
  std::condition_variable done_;
  std::size_t waiting_ = 0;
  std::size_t fired_ = 0;
};

// What has set it off, in the words of the run log.
std::string trigger_of(const Timer& timer, const model::Automation& automation,
                       const model::Model& model) {
  if (timer.kind == Timer::Kind::Delayed) return automations::from_payload(timer.payload).trigger;
  const auto number = static_cast<std::size_t>(timer.number);
  if (number >= automation.on.size()) return {};
  return automations::trigger_text(automation.on[number], automation, model);
}

const Actor& timekeeper() {
  static const Actor actor{.account = kSystemAccount,
                           .name = {},
                           .full_name = {},
                           .roles = {},
                           .locale = {},
                           .cause = Cause::Timer};
  return actor;
}

}  // namespace

std::optional<Instant> Engine::next_timer() { return store_->read()->next_timer(); }

std::size_t Engine::fire_timers(std::size_t limit) {
  const std::size_t due = store_->read()->timers_due(clock_.now(), nullptr, limit).size();
  const auto tally = std::make_shared<Tally>();
  for (std::size_t i = 0; i < due; ++i) fire_one(tally);
  return tally->wait();
}

// The first that is due when the piece runs: one that fires may set others, and all fire in order.
template <class Tallied>
void Engine::fire_one(const std::shared_ptr<Tallied>& tally) {
  // Whose work broke. Where the commit fails, which others share, the timer stays as it is, and is
  // tried again when somebody looks next.
  auto broken = std::make_shared<std::optional<Timer>>();
  tally->add();
  const bool queued = store_->submit(
      [this, broken, tally](store::Transaction& transaction) {
        std::optional<Timer> fired = tally->broken;
        try {
          return fire_first(transaction, fired);
        } catch (...) {
          *broken = tally->broken = fired;
          throw;
        }
      },
      [this, broken, tally](store::Commit commit) {
        if (commit == store::Commit::Failed && *broken) postpone(**broken);
        tally->end(commit == store::Commit::Committed);
      });
  if (!queued) tally->end(false);
}

// `fired` is the one behind which it looks, and then the one that it has found.
bool Engine::fire_first(store::Transaction& transaction, std::optional<Timer>& fired) {
  const Timer* behind = fired ? &*fired : nullptr;
  const std::vector<Timer> due = transaction.timers_due(clock_.now(), behind, 1);
  fired.reset();
  if (due.empty()) return false;
  fired = due.front();
  transaction.delete_timer(fired->id);
  std::optional<Run> stopped;
  {
    store::Part part(transaction);
    in_turn(timekeeper(), transaction, [&](Turn& turn) {
      turn.fire(*fired);
      if (turn.run_automations()) return part.keep();
      stopped = turn.chain().stopped;
    });
  }
  if (stopped) give_up(*fired, *stopped, transaction);
  return true;
}

// What the timer has led to had no end and is undone; it does not come back, but for the next time
// of a schedule.
void Engine::give_up(const Timer& timer, const Run& stopped, store::Transaction& transaction) {
  transaction.insert_run(stopped);
  const model::Automation* automation = model_->find_automation(timer.rule);
  if (timer.kind != Timer::Kind::Cron || automation == nullptr) return;
  set_cron_timers(transaction, *automation, *model_, clock_.now(),
                  static_cast<std::size_t>(timer.number));
}

// The store has reported what broke; whoever looks at the automation's runs finds that it did.
void Engine::postpone(Timer timer) {
  static_cast<void>(store_->submit(
      [this, timer](store::Transaction& transaction) {
        if (!transaction.delete_timer(timer.id)) return false;
        Timer later = timer;
        later.due_at = {clock_.now().microseconds + kRetryMicros};
        transaction.insert_timer(later);
        const model::Automation* automation = model_->find_automation(timer.rule);
        if (automation == nullptr) return true;
        Run run{.at = clock_.now(),
                .automation = timer.rule,
                .entity = timer.entity,
                .record = timer.record};
        run.trigger = trigger_of(timer, *automation, *model_);
        run.outcome = RunOutcome::Failed;
        run.reason = "it broke; it is tried again " + to_rfc3339(later.due_at);
        transaction.insert_run(run);
        return true;
      },
      [](store::Commit) {}));
}

Expected<void, Refusal> Engine::hand_over_tasks(store::Transaction& transaction, AccountId from,
                                                AccountId heir) {
  Actor program = timekeeper();
  program.cause = Cause::Program;
  return in_turn(program, transaction, [&](Turn& turn) {
    turn.hand_over(from, heir);
    return turn.run_automations();
  });
}

}  // namespace formwork::engine
