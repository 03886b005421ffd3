// The bridge between work that answers with a value or a refusal, and the store's commits.
#pragma once

#include <future>
#include <memory>
#include <utility>

#include "engine/command/refusal_texts.h"
#include "engine/pipeline/engine.h"

namespace formwork::engine {

inline Refusal refusal_of(store::Commit commit) {
  if (commit == store::Commit::Full) {
    return refusal_of(RefusalKind::StoreFull, texts::kStoreFull);
  }
  return refusal_of(RefusalKind::Failed, texts::kFailed);
}

inline Refusal busy() { return {RefusalKind::Busy, {&texts::kBusy, {}}, {}, {}, 1}; }

// `work` runs in a savepoint; a refusal rolls it back. `answer` is called once, after the commit.
template <class T>
void submit(store::Store& store, std::function<Expected<T, Refusal>(store::Transaction&)> work,
            Engine::Answer<T> answer) {
  struct Piece {
    std::function<Expected<T, Refusal>(store::Transaction&)> work;
    Engine::Answer<T> answer;
    std::optional<Expected<T, Refusal>> result;
  };

  auto piece = std::make_shared<Piece>(Piece{std::move(work), std::move(answer), {}});
  const bool queued = store.submit(
      [piece](store::Transaction& transaction) {
        piece->result.emplace(piece->work(transaction));
        return piece->result->has_value();
      },
      [piece](store::Commit commit) {
        const bool refused = piece->result && !piece->result->has_value();
        if (commit == store::Commit::Committed ||
            (commit == store::Commit::RolledBack && refused)) {
          piece->answer(std::move(*piece->result));
        } else {
          piece->answer(Unexpected(refusal_of(commit)));
        }
      });
  if (!queued) piece->answer(Unexpected(busy()));
}

template <class T>
void Engine::submit(std::function<Expected<T, Refusal>(store::Transaction&)> work,
                    Answer<T> answer) {
  engine::submit<T>(*store_, std::move(work), std::move(answer));
}

template <class T>
Expected<T, Refusal> Engine::submit_and_wait(
    std::function<Expected<T, Refusal>(store::Transaction&)> work) {
  std::promise<Expected<T, Refusal>> promise;
  auto future = promise.get_future();
  submit<T>(std::move(work),
            [&promise](Expected<T, Refusal> result) { promise.set_value(std::move(result)); });
  return future.get();
}

}  // namespace formwork::engine
