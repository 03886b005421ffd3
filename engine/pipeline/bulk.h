// Changes of many records at once: a filter finds them, and each is a command of its own, with the
// caller's rights of that moment. So automations are triggered as by single changes, others'
// commands go between, and a record that is refused stops nobody.
//
// Jobs live in memory: a restart of the program loses those that are under way, with what they have
// changed until then kept, and forgets those that have ended.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "engine/pipeline/engine.h"

namespace formwork::engine {

struct BulkChange {
  Actor actor;
  const model::Entity* entity = nullptr;
  std::string filter;                                   // as it was written, and
  std::shared_ptr<const permissions::Filter> compiled;  // for the actor's roles
  Changes values;
};

enum class BulkState : unsigned char { Collecting, Running, Done, Cancelled, Failed };

std::string_view bulk_state_name(BulkState state);

struct BulkProblem {
  RecordId record = 0;
  Refusal refusal;
};

// How far a job is.
struct BulkProgress {
  std::string id;
  AccountId account = 0;
  const model::Entity* entity = nullptr;
  BulkState state = BulkState::Collecting;
  Instant started_at;
  std::optional<Instant> ended_at;
  std::size_t total = 0;  // found so far, while it collects
  std::size_t changed = 0;
  std::size_t unchanged = 0;  // had the values already, or the filter holds no more
  std::size_t refused = 0;
  std::vector<BulkProblem> problems;  // of the first that were refused
  std::optional<Refusal> failure;     // why all of it has stopped

  bool is_under_way() const {
    return state == BulkState::Collecting || state == BulkState::Running;
  }
};

class BulkJobs {
 public:
  static constexpr std::size_t kMostRunning = 8;
  static constexpr std::size_t kMostRecords = 1'000'000;  // of one job
  static constexpr std::size_t kMostProblems = 100;       // that a job remembers
  static constexpr std::size_t kBatch = 100;

  explicit BulkJobs(Engine& engine);
  BulkJobs(const BulkJobs&) = delete;
  BulkJobs& operator=(const BulkJobs&) = delete;

  // Ends behind the batch that is under way.
  ~BulkJobs();

  // Refused when the account has one under way, or too many are.
  Expected<BulkProgress, Refusal> start(BulkChange change);

  // Of that account's alone; nothing for others, and for those that are forgotten.
  std::optional<BulkProgress> find(const std::string& id, AccountId account);

  // It ends behind its batch. False: there is no such job. One that has ended stays as it is.
  bool cancel(const std::string& id, AccountId account);

 private:
  struct Job;
  class Batch;

  void run(const std::stop_token& stop);
  // A page of ids, or a batch of records.
  void step(Job& job, const std::stop_token& stop);
  void collect(Job& job, const Actor& actor);
  void change_batch(Job& job, const Actor& actor, const std::stop_token& stop);
  // A record that there was no room for is tried again, which is answered, and so is one that
  // others have changed, if the filter still holds for it; else it is left out.
  template <class Try>
  bool settle(const Job& job, const Actor& actor, Try& one);
  // Nothing when the filter does not hold for it, or it is not visible any more.
  std::optional<std::int64_t> version_of(const Job& job, const Actor& actor, RecordId record);
  Expected<permissions::Page, Refusal> list(const Job& job, const Actor& actor,
                                            const store::Query& query);
  void add(Job& job, Batch& batch);
  void end(Job& job, BulkState state, std::optional<Refusal> failure = {});
  bool is_cancelled(const Job& job);
  // Both with mutex_ held.
  std::vector<std::shared_ptr<Job>> under_way();
  void forget_old();

  Engine& engine_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::map<std::string, std::shared_ptr<Job>> jobs_;  // guarded by mutex_
  std::jthread thread_;
};

}  // namespace formwork::engine
