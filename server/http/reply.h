// The way back from a handler to its client: called once, now or later, from any thread.
#pragma once

#include <memory>

#include "server/http/response.h"

namespace formwork::http {

class PendingAnswer;

// Movable, not copyable. A Reply that is destroyed unanswered answers 500, so no client waits for
// ever. It may outlive the connection and the server; the answer then goes nowhere.
class Reply {
 public:
  explicit Reply(std::shared_ptr<PendingAnswer> pending);
  Reply(Reply&&) noexcept;
  Reply& operator=(Reply&&) noexcept;
  ~Reply();

  // Sends the answer. Only the first call counts; the Reply is spent afterwards.
  void operator()(Response response);

 private:
  std::shared_ptr<PendingAnswer> pending_;
};

}  // namespace formwork::http
