#include "engine/store/sqlite/readers.h"

#include "engine/store/sqlite/reads.h"

namespace formwork::store {
namespace {

// False when the connection is no longer good.
bool end_snapshot(Session& session) {
  try {
    if (!session.database().is_idle()) session.run(System::Commit);
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

// The snapshot is taken by the first read, or taken over from the view before.
class SqliteView final : public Reads<View> {
 public:
  SqliteView(Readers& readers, Readers::Connection connection)
      : readers_(readers), connection_(std::move(connection)) {}

  ~SqliteView() override { readers_.give_back(std::move(connection_)); }

  SqliteView(const SqliteView&) = delete;
  SqliteView& operator=(const SqliteView&) = delete;

 protected:
  Session& session() override {
    Session& session = *connection_.session;
    session.database().start_timing();
    if (session.database().is_idle()) {
      // Counted before the snapshot is there, so that what is committed in between is missed by the
      // count and not by the next view.
      connection_.commits = readers_.commits();
      connection_.releases = readers_.releases();
      session.run(System::Begin);
    }
    return session;
  }

 private:
  Readers& readers_;
  Readers::Connection connection_;
};

}  // namespace

void Readers::close() {
  std::unique_lock lock(mutex_);
  returned_.wait(lock, [this] { return free_.size() == made_; });
  free_.clear();
  made_ = 0;
}

void Readers::let_go() {
  const std::lock_guard lock(mutex_);
  ++releases_;
  std::erase_if(free_, [this](Connection& connection) {
    const bool is_good = end_snapshot(*connection.session);
    if (!is_good) --made_;
    return !is_good;
  });
}

std::unique_ptr<View> Readers::view() {
  for (;;) {
    Connection connection = take();
    if (connection.commits == commits_ || end_snapshot(*connection.session)) {
      return std::make_unique<SqliteView>(*this, std::move(connection));
    }
    give_back({});
  }
}

Readers::Connection Readers::take() {
  {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [this] { return !free_.empty() || made_ < at_most_; });
    if (!free_.empty()) {
      Connection connection = std::move(free_.back());
      free_.pop_back();
      return connection;
    }
    ++made_;
  }
  try {
    return {open_()};
  } catch (...) {
    give_back({});
    throw;
  }
}

void Readers::give_back(Connection connection) {
  const std::lock_guard lock(mutex_);
  const bool is_asked_for = connection.session && connection.releases != releases_;
  if (is_asked_for && !end_snapshot(*connection.session)) connection.session.reset();
  if (connection.session) {
    free_.push_back(std::move(connection));
  } else {
    --made_;
  }
  // Under the lock, because ~Readers may destroy the condition as soon as it sees the last one
  // back.
  returned_.notify_one();
}

}  // namespace formwork::store
