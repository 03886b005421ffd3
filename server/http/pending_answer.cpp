#include "server/http/pending_answer.h"

#include <utility>

#include "server/http/reply.h"

namespace formwork::http {

void PendingAnswer::settle_locked() {
  settled_ = true;
  if (resume_) std::exchange(resume_, nullptr)();
}

void PendingAnswer::settle(std::optional<Response> response) {
  const std::lock_guard lock(mutex_);
  if (settled_) return;
  response_ = std::move(response);
  settle_locked();
}

void PendingAnswer::abandon() {
  const std::lock_guard lock(mutex_);
  abandoned_ = true;
  if (!settled_) settle_locked();
}

void PendingAnswer::when_settled(std::function<void()> resume) {
  const std::lock_guard lock(mutex_);
  if (settled_) {
    resume();
  } else {
    resume_ = std::move(resume);
  }
}

bool PendingAnswer::is_settled() const {
  const std::lock_guard lock(mutex_);
  return settled_;
}

bool PendingAnswer::is_abandoned() const {
  const std::lock_guard lock(mutex_);
  return abandoned_;
}

std::optional<Response> PendingAnswer::take() {
  const std::lock_guard lock(mutex_);
  return std::move(response_);
}

Reply::Reply(std::shared_ptr<PendingAnswer> pending) : pending_(std::move(pending)) {}

Reply::Reply(Reply&&) noexcept = default;

Reply& Reply::operator=(Reply&& other) noexcept {
  if (this != &other) {
    if (pending_) pending_->settle(std::nullopt);
    pending_ = std::move(other.pending_);
  }
  return *this;
}

Reply::~Reply() {
  if (pending_) pending_->settle(std::nullopt);
}

void Reply::operator()(Response response) {
  if (const auto pending = std::exchange(pending_, nullptr)) pending->settle(std::move(response));
}

}  // namespace formwork::http
