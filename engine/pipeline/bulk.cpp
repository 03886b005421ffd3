#include "engine/pipeline/bulk.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <span>

#include "engine/command/sha256.h"
#include "engine/pipeline/submit.h"
#include "engine/pipeline/turn_texts.h"

namespace formwork::engine {
namespace {

constexpr std::size_t kPageOfIds = 1'000;
constexpr std::size_t kMostEnded = 100;  // that are remembered
// How often a record is tried again that others change all the time.
constexpr int kMostTries = 5;
constexpr std::chrono::milliseconds kWhenBusy{20};

// In the order of BulkState.
constexpr std::array<std::string_view, 5> kStates{"collecting", "running", "done", "cancelled",
                                                  "failed"};

Refusal running_already(const std::string& id) {
  Refusal refusal = refusal_of(RefusalKind::Throttled, texts::kBulkRunning, {{"id", id}});
  refusal.retry_after_seconds = 5;
  return refusal;
}

Refusal too_many_running() {
  Refusal refusal = refusal_of(RefusalKind::Busy, texts::kBulkBusy);
  refusal.retry_after_seconds = 10;
  return refusal;
}

store::Query by_id(const model::Entity& entity, std::size_t limit) {
  store::Query query;
  query.entity = &entity;
  query.sort = {model::ColumnRef::of(model::SystemColumn::Id), false};
  query.limit = limit;
  return query;
}

}  // namespace

std::string_view bulk_state_name(BulkState state) {
  return kStates[static_cast<std::size_t>(state)];
}

struct BulkJobs::Job {
  struct Target {
    RecordId id = 0;
    std::int64_t version = 0;  // that the filter was asked of
  };

  BulkChange change;
  Instant started_at;
  BulkProgress progress;      // guarded by mutex_
  bool is_cancelled = false;  // guarded by mutex_
  // Of the thread that works alone.
  std::vector<Target> targets;
  std::size_t next = 0;
};

// Some records whose commands are under way together, so that they share a commit.
class BulkJobs::Batch {
 public:
  struct Try {
    Job::Target target;
    int stale = 0;  // so often others were first
    std::optional<Expected<Outcome, Refusal>> outcome;
    bool is_left_out = false;

    bool is_open() const { return !outcome && !is_left_out; }
  };

  explicit Batch(std::span<const Job::Target> targets) {
    for (const Job::Target& target : targets) tries.push_back({.target = target});
  }

  bool is_open() const {
    return std::any_of(tries.begin(), tries.end(), [](const Try& one) { return one.is_open(); });
  }

  // Carries out what is open, and waits for all of it.
  void run(Engine& engine, const BulkChange& change, const Actor& actor) {
    const auto waiting = std::make_shared<Waiting>();
    for (Try& one : tries) {
      if (!one.is_open()) continue;
      waiting->add();
      engine.execute(
          {.actor = actor,
           .intent = UpdateRecord{change.entity, one.target.id, one.target.version, change.values},
           .once = {}},
          [&one, waiting](Expected<Outcome, Refusal> outcome) {
            one.outcome.emplace(std::move(outcome));
            waiting->end();
          });
    }
    waiting->wait();
  }

  const Refusal* full_disk() const {
    for (const Try& one : tries) {
      const bool is_refused = one.outcome && !one.outcome->has_value();
      if (is_refused && one.outcome->error().kind == RefusalKind::StoreFull) {
        return &one.outcome->error();
      }
    }
    return nullptr;
  }

  std::vector<Try> tries;  // answers hold on to their places

 private:
  class Waiting {
   public:
    void add() {
      const std::lock_guard lock(mutex_);
      ++left_;
    }

    void end() {
      const std::lock_guard lock(mutex_);
      if (--left_ == 0) done_.notify_all();
    }

    void wait() {
      std::unique_lock lock(mutex_);
      done_.wait(lock, [this] { return left_ == 0; });
    }

   private:
    std::mutex mutex_;
    std::condition_variable done_;
    std::size_t left_ = 0;
  };
};

BulkJobs::BulkJobs(Engine& engine)
    : engine_(engine), thread_([this](const std::stop_token& stop) { run(stop); }) {}

BulkJobs::~BulkJobs() {
  thread_.request_stop();
  thread_.join();
}

Expected<BulkProgress, Refusal> BulkJobs::start(BulkChange change) {
  std::array<std::byte, 8> bytes{};
  engine_.random().fill(bytes);
  auto job = std::make_shared<Job>();
  job->progress.id = to_hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  job->progress.account = change.actor.account;
  job->progress.entity = change.entity;
  job->started_at = engine_.clock().now();
  job->progress.started_at = job->started_at;
  job->change = std::move(change);
  const std::lock_guard lock(mutex_);
  std::size_t running = 0;
  for (const auto& [id, other] : jobs_) {
    if (!other->progress.is_under_way()) continue;
    ++running;
    if (other->progress.account == job->progress.account) return Unexpected(running_already(id));
  }
  if (running >= kMostRunning) return Unexpected(too_many_running());
  jobs_.emplace(job->progress.id, job);
  wake_.notify_one();
  return job->progress;
}

std::optional<BulkProgress> BulkJobs::find(const std::string& id, AccountId account) {
  const std::lock_guard lock(mutex_);
  const auto found = jobs_.find(id);
  if (found == jobs_.end() || found->second->progress.account != account) return std::nullopt;
  return found->second->progress;
}

bool BulkJobs::cancel(const std::string& id, AccountId account) {
  const std::lock_guard lock(mutex_);
  const auto found = jobs_.find(id);
  if (found == jobs_.end() || found->second->progress.account != account) return false;
  found->second->is_cancelled = true;
  return true;
}

std::vector<std::shared_ptr<BulkJobs::Job>> BulkJobs::under_way() {
  std::vector<std::shared_ptr<Job>> jobs;
  for (const auto& [id, job] : jobs_) {
    if (job->progress.is_under_way()) jobs.push_back(job);
  }
  return jobs;
}

// In turns, so that a small job does not wait for a large one.
void BulkJobs::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    std::vector<std::shared_ptr<Job>> jobs;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, stop, [&] { return !(jobs = under_way()).empty(); });
    }
    for (const auto& job : jobs) {
      if (!stop.stop_requested()) step(*job, stop);
    }
  }
}

void BulkJobs::step(Job& job, const std::stop_token& stop) {
  if (is_cancelled(job)) return end(job, BulkState::Cancelled);
  std::optional<Actor> actor = engine_.actor(job.change.actor.account, job.change.actor.cause);
  if (!actor) {
    return end(job, BulkState::Failed,
               refusal_of(RefusalKind::Conflict, texts::kAccountClosed,
                          {{"name", job.change.actor.name}}));
  }
  actor->locale = job.change.actor.locale;
  try {
    // Changed by this thread alone.
    if (job.progress.state == BulkState::Collecting) return collect(job, *actor);
    change_batch(job, *actor, stop);
  } catch (const std::exception&) {
    // The store has reported it.
    end(job, BulkState::Failed, refusal_of(RefusalKind::Failed, texts::kFailed));
  }
}

void BulkJobs::collect(Job& job, const Actor& actor) {
  store::Query query = by_id(*job.change.entity, kPageOfIds);
  if (!job.targets.empty()) query.after = store::Position{{}, job.targets.back().id};
  const auto page = list(job, actor, query);
  if (!page) return end(job, BulkState::Failed, page.error());
  for (const Record& record : page->records) job.targets.push_back({record.id, record.version});
  if (job.targets.size() > kMostRecords) {
    return end(job, BulkState::Failed,
               refusal_of(RefusalKind::Invalid, texts::kBulkTooMany,
                          {{"most", std::to_string(kMostRecords)}}));
  }
  if (job.targets.empty()) return end(job, BulkState::Done);
  const std::lock_guard lock(mutex_);
  job.progress.total = job.targets.size();
  if (!page->more) job.progress.state = BulkState::Running;
}

void BulkJobs::change_batch(Job& job, const Actor& actor, const std::stop_token& stop) {
  const std::size_t size = std::min(kBatch, job.targets.size() - job.next);
  Batch batch(std::span(job.targets).subspan(job.next, size));
  while (batch.is_open()) {
    batch.run(engine_, job.change, actor);
    if (const Refusal* full = batch.full_disk()) {
      const Refusal refusal = *full;
      add(job, batch);
      return end(job, BulkState::Failed, refusal);
    }
    bool is_busy = false;
    for (Batch::Try& one : batch.tries) is_busy = settle(job, actor, one) || is_busy;
    if (!is_busy) continue;
    if (stop.stop_requested()) return;
    std::this_thread::sleep_for(kWhenBusy);
  }
  job.next += size;
  add(job, batch);
  if (job.next == job.targets.size()) end(job, BulkState::Done);
}

template <class Try>
bool BulkJobs::settle(const Job& job, const Actor& actor, Try& one) {
  if (!one.outcome || one.outcome->has_value()) return false;
  const RefusalKind kind = one.outcome->error().kind;
  if (kind == RefusalKind::Busy) {
    one.outcome.reset();
    return true;
  }
  if (kind != RefusalKind::Stale || ++one.stale == kMostTries) return false;
  one.outcome.reset();
  const std::optional<std::int64_t> version = version_of(job, actor, one.target.id);
  one.is_left_out = !version;
  if (version) one.target.version = *version;
  return false;
}

std::optional<std::int64_t> BulkJobs::version_of(const Job& job, const Actor& actor,
                                                 RecordId record) {
  store::Query query = by_id(*job.change.entity, 1);
  query.where = {{model::ColumnRef::of(model::SystemColumn::Id), store::Comparison::Equal,
                  feel::Value(feel::Number(record))}};
  const auto page = list(job, actor, query);
  if (!page || page->records.empty()) return std::nullopt;
  return page->records.front().version;
}

// Rights may have changed since the job began, and a filter belongs to those that it was compiled
// for.
Expected<permissions::Page, Refusal> BulkJobs::list(const Job& job, const Actor& actor,
                                                    const store::Query& query) {
  const model::Entity& entity = *job.change.entity;
  std::shared_ptr<const permissions::Filter> filter = job.change.compiled;
  if (filter->roles != actor.roles) {
    auto scope = std::make_shared<const permissions::VisibleScope>(engine_.gate(), actor, entity);
    filter = permissions::compile_filter(job.change.filter, scope, actor, entity).filter;
    if (!filter) return Unexpected(refusal_of(RefusalKind::Forbidden, texts::kBulkFilter));
  }
  const auto people = engine_.directory();
  const permissions::Search search{.filter = filter,
                                   .now = job.started_at,
                                   .zone = engine_.model().app.time_zone,
                                   .people = people.get()};
  return engine_.reader(actor).list(query, &search);
}

void BulkJobs::add(Job& job, Batch& batch) {
  const std::lock_guard lock(mutex_);
  BulkProgress& progress = job.progress;
  for (Batch::Try& one : batch.tries) {
    if (one.is_left_out) {
      ++progress.unchanged;
    } else if (one.outcome->has_value()) {
      ++((*one.outcome)->changed ? progress.changed : progress.unchanged);
    } else {
      ++progress.refused;
      if (progress.problems.size() == kMostProblems) continue;
      progress.problems.push_back({one.target.id, std::move(one.outcome->error())});
    }
  }
}

bool BulkJobs::is_cancelled(const Job& job) {
  const std::lock_guard lock(mutex_);
  return job.is_cancelled;
}

void BulkJobs::end(Job& job, BulkState state, std::optional<Refusal> failure) {
  std::vector<Job::Target>().swap(job.targets);
  const std::lock_guard lock(mutex_);
  job.progress.state = state;
  job.progress.failure = std::move(failure);
  job.progress.ended_at = engine_.clock().now();
  forget_old();
}

void BulkJobs::forget_old() {
  const auto ended_before = [](const auto& a, const auto& b) {
    const bool a_ended = !a.second->progress.is_under_way();
    const bool b_ended = !b.second->progress.is_under_way();
    if (a_ended != b_ended) return a_ended;
    return a.second->progress.ended_at < b.second->progress.ended_at;
  };
  while (jobs_.size() > kMostEnded + kMostRunning) {
    jobs_.erase(std::min_element(jobs_.begin(), jobs_.end(), ended_before));
  }
}

}  // namespace formwork::engine
