#include "engine/store/store.h"

#include <future>

namespace formwork::store {

Commit Store::submit_and_wait(Work work) {
  std::promise<Commit> promise;
  std::future<Commit> answer = promise.get_future();
  if (!submit(std::move(work), [&promise](Commit commit) { promise.set_value(commit); })) {
    return Commit::Failed;
  }
  return answer.get();
}

}  // namespace formwork::store
