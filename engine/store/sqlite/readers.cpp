#include "engine/store/sqlite/readers.h"

#include "engine/store/sqlite/reads.h"

namespace formwork::store {
namespace {

// The snapshot is taken by the first read and held until the view goes.
class SqliteView final : public Reads<View> {
 public:
  SqliteView(Readers& readers, std::unique_ptr<Session> session)
      : readers_(readers), session_(std::move(session)) {}

  ~SqliteView() override {
    try {
      if (!session_->database().is_idle()) session_->run(System::Commit);
    } catch (const std::exception&) {
      session_.reset();
    }
    readers_.give_back(std::move(session_));
  }

  SqliteView(const SqliteView&) = delete;
  SqliteView& operator=(const SqliteView&) = delete;

 protected:
  Session& session() override {
    session_->database().start_timing();
    if (session_->database().is_idle()) session_->run(System::Begin);
    return *session_;
  }

 private:
  Readers& readers_;
  std::unique_ptr<Session> session_;
};

}  // namespace

Readers::~Readers() {
  std::unique_lock lock(mutex_);
  returned_.wait(lock, [this] { return free_.size() == made_; });
}

std::unique_ptr<View> Readers::view() { return std::make_unique<SqliteView>(*this, take()); }

std::unique_ptr<Session> Readers::take() {
  {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [this] { return !free_.empty() || made_ < at_most_; });
    if (!free_.empty()) {
      std::unique_ptr<Session> session = std::move(free_.back());
      free_.pop_back();
      return session;
    }
    ++made_;
  }
  try {
    return open_();
  } catch (...) {
    give_back(nullptr);
    throw;
  }
}

void Readers::give_back(std::unique_ptr<Session> session) {
  const std::lock_guard lock(mutex_);
  if (session) {
    free_.push_back(std::move(session));
  } else {
    --made_;
  }
  // Under the lock, because ~Readers may destroy the condition as soon as it sees the last one
  // back.
  returned_.notify_one();
}

}  // namespace formwork::store
