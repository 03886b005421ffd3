// One thread for work that takes milliseconds of processor time, such as checking a password, so
// that the threads which serve requests stay free. Bounded: a full queue says no at once.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace formwork::session {

class WorkQueue {
 public:
  explicit WorkQueue(std::size_t most);
  WorkQueue(const WorkQueue&) = delete;
  WorkQueue& operator=(const WorkQueue&) = delete;

  // Finishes what is queued.
  ~WorkQueue();

  // False: the queue is full and the work will not be done. Work that
  // throws is reported and dropped; what it holds is destroyed.
  [[nodiscard]] bool submit(std::function<void()> work);

 private:
  void run();

  const std::size_t most_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> queue_;  // guarded by mutex_
  bool stopping_ = false;                    // guarded by mutex_
  std::thread thread_;
};

}  // namespace formwork::session
