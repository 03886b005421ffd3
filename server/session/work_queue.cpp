#include "server/session/work_queue.h"

#include <cstdio>
#include <exception>

namespace formwork::session {

namespace {

// One request's trouble, such as a file that cannot be read, must not end the thread, and with it
// the process. Whoever waits is told: the work holds the Reply, which answers 500 as it goes.
void perform(std::function<void()> work) {
  try {
    work();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "formwork: work failed: %s\n", error.what());
  } catch (...) {
    std::fputs("formwork: work threw something that is no exception\n", stderr);
  }
}

}  // namespace

WorkQueue::WorkQueue(std::size_t most) : most_(most), thread_([this] { run(); }) {}

WorkQueue::~WorkQueue() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

bool WorkQueue::submit(std::function<void()> work) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || queue_.size() >= most_) return false;
    queue_.push_back(std::move(work));
  }
  wake_.notify_one();
  return true;
}

void WorkQueue::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    if (queue_.empty()) return;
    std::function<void()> work = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    perform(std::move(work));
    lock.lock();
  }
}

}  // namespace formwork::session
