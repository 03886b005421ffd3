#include "tests/bench/lanes.h"

#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace formwork::bench {
namespace {

using engine::Outcome;
using engine::Refusal;

struct Answered {
  std::size_t lane;
  Expected<Outcome, Refusal> outcome;
};

class Lanes {
 public:
  Lanes(engine::Engine& engine, const Conversation& conversation)
      : engine_(engine), conversation_(conversation) {}

  void run(std::size_t lanes) {
    for (std::size_t lane = 0; lane < lanes; ++lane) go_on(lane, nullptr);
    while (under_way_ > 0) {
      for (const Answered& answered : wait()) {
        --under_way_;
        take(answered);
      }
    }
    if (!refused_.empty()) throw std::runtime_error("a command is refused: " + refused_);
  }

 private:
  // After a refusal the others are only waited for: their answers come to this object.
  void take(const Answered& answered) {
    if (!answered.outcome) refused_ = render(answered.outcome.error().message, Language::English);
    if (refused_.empty()) go_on(answered.lane, &*answered.outcome);
  }

  void go_on(std::size_t lane, const Outcome* last) {
    std::optional<engine::Command> next;
    try {
      next = conversation_(lane, last);
    } catch (const std::exception& reason) {
      refused_ = reason.what();
    }
    if (!next) return;
    ++under_way_;
    engine_.execute(std::move(*next), [this, lane](Expected<Outcome, Refusal> outcome) {
      const std::lock_guard lock(mutex_);
      answered_.push_back({lane, std::move(outcome)});
      news_.notify_one();
    });
  }

  std::vector<Answered> wait() {
    std::unique_lock lock(mutex_);
    news_.wait(lock, [this] { return !answered_.empty(); });
    return std::exchange(answered_, {});
  }

  engine::Engine& engine_;
  const Conversation& conversation_;
  std::size_t under_way_ = 0;
  std::string refused_;
  std::mutex mutex_;
  std::condition_variable news_;
  std::vector<Answered> answered_;  // guarded by mutex_
};

}  // namespace

void run_lanes(engine::Engine& engine, std::size_t lanes, const Conversation& conversation) {
  Lanes(engine, conversation).run(lanes);
}

}  // namespace formwork::bench
