// Waiting for changes of many records, and keeping the writer busy meanwhile.
#pragma once

#include <chrono>
#include <future>
#include <stdexcept>
#include <string>
#include <thread>

#include "engine/pipeline/bulk.h"

namespace formwork::testing {

// Nothing is written while this lives; what is submitted waits.
class HeldWriter {
 public:
  explicit HeldWriter(store::Store& store) {
    std::promise<void> reached;
    auto held = reached.get_future();
    const bool queued = store.submit(
        [&reached, until = release_.get_future().share()](store::Transaction&) {
          reached.set_value();
          until.wait();
          return false;
        },
        [this](store::Commit) { ended_.set_value(); });
    if (!queued) throw std::runtime_error("the writer takes no work");
    held.wait();
  }

  HeldWriter(const HeldWriter&) = delete;
  HeldWriter& operator=(const HeldWriter&) = delete;

  ~HeldWriter() {
    release_.set_value();
    ended_.get_future().wait();
  }

 private:
  std::promise<void> release_;
  std::promise<void> ended_;
};

// Asks until it is so.
template <class Asked>
void wait_until(Asked asked) {
  for (int i = 0; i < 30'000; ++i) {
    if (asked()) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  throw std::runtime_error("it never came to be so");
}

inline engine::BulkProgress ended(engine::BulkJobs& jobs, const engine::BulkProgress& job) {
  std::optional<engine::BulkProgress> now;
  wait_until([&] {
    now = jobs.find(job.id, job.account);
    return now && !now->is_under_way();
  });
  return std::move(*now);
}

}  // namespace formwork::testing
