// The meeting point of a Reply and the connection that waits for it.
#pragma once

#include <functional>
#include <mutex>
#include <optional>

#include "server/http/response.h"

namespace formwork::http {

class PendingAnswer {
 public:
  // Settles the matter; nothing stands for a Reply that was dropped. Only the first call counts.
  void settle(std::optional<Response> response);

  // Like settle(nothing), but take() will be told that nobody is to be answered.
  void abandon();

  // Calls `resume` once the matter is settled, at once when it is already. `resume` must only post:
  // it runs on the answering thread and under the lock. That lock is why the waiting connection
  // cannot end, and take its executor with it, before the post has returned.
  void when_settled(std::function<void()> resume);

  bool is_settled() const;

  bool is_abandoned() const;

  // The answer, if there was one; to be called once, when settled.
  std::optional<Response> take();

 private:
  void settle_locked();

  mutable std::mutex mutex_;  // guards all below
  bool settled_ = false;
  bool abandoned_ = false;
  std::optional<Response> response_;
  std::function<void()> resume_;
};

}  // namespace formwork::http
