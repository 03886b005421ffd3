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

std::optional<Process> latest_process(View& view, std::string_view entity, RecordId record) {
  std::vector<Process> latest =
      view.processes({.entity = std::string(entity), .record = record, .limit = 1});
  if (latest.empty()) return std::nullopt;
  return std::move(latest.front());
}

}  // namespace formwork::store
