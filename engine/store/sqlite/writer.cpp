#include "engine/store/sqlite/writer.h"

namespace formwork::store {
namespace {

// When the log goes back into the file. Between groups when nobody waits, from kQuietPages on,
// because copying few pages often writes the same page again and again; whether or not somebody
// waits, from kBusyPages on, because the log's size and the time of a start after a crash must have
// an end. Whoever waits meanwhile waits for the copy: with 4,000 pages that alone was the p99 of
// creates. What is left when no work comes for kIdle is copied then.
constexpr std::int64_t kQuietPages = 350;
constexpr std::int64_t kBusyPages = 700;
constexpr std::chrono::milliseconds kIdle{100};
// Readers that follow each other without a gap keep the log from starting again at its beginning;
// past this size the writer waits for such a gap.
constexpr std::int64_t kLargestLogPages = 64'000;
constexpr std::chrono::seconds kAfterFailure{1};

Commit outcome_of(const SqliteError& error) {
  return error.is_full() ? Commit::Full : Commit::Failed;
}

}  // namespace

Writer::Writer(std::unique_ptr<Session> session, Options options)
    : options_(std::move(options)), session_(std::move(session)), thread_([this] { serve(); }) {}

Writer::~Writer() {
  stop();
  close();
}

bool Writer::submit(Store::Work work, Store::Done done) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || queue_.size() >= options_.queue) return false;
    queue_.push_back({std::move(work), std::move(done)});
  }
  wake_.notify_one();
  return true;
}

void Writer::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Writer::close() {
  if (!session_) return;
  try {
    session_->database().checkpoint(Database::Checkpoint::Last);
  } catch (const std::exception& error) {
    report(std::string("closing: ") + error.what());  // the log stays and is read at the next start
  }
  session_.reset();
}

void Writer::serve() {
  while (wait_for_work()) {
    std::vector<Piece> group;
    write(group);
    for (Piece& piece : group) acknowledge(piece);
    checkpoint_if_due(false);
  }
}

bool Writer::wait_for_work() {
  std::unique_lock lock(mutex_);
  const auto has_news = [this] { return stopping_ || !queue_.empty(); };
  while (!has_news()) {
    if (uncopied_pages() == 0) {
      wake_.wait(lock, has_news);
    } else if (!wake_.wait_for(lock, kIdle, has_news)) {
      lock.unlock();
      checkpoint_if_due(true);
      lock.lock();
    }
  }
  return !queue_.empty();
}

bool Writer::take(std::vector<Piece>& group) {
  const std::lock_guard lock(mutex_);
  if (queue_.empty() || group.size() >= options_.group) return false;
  group.push_back(std::move(queue_.front()));
  queue_.pop_front();
  return true;
}

void Writer::write(std::vector<Piece>& group) {
  try {
    write_pieces(group);
  } catch (const SqliteError& error) {
    report(error.what());
    reopen_ = reopen_ || error.breaks_connection();
    lose(group, outcome_of(error));
  } catch (const std::exception& error) {
    report(error.what());
    lose(group, Commit::Failed);
  }
  if (reopen_) session_.reset();
  reopen_ = false;
}

// Pieces that come while others run join the group: they would only wait for its commit, and then
// for theirs.
void Writer::write_pieces(std::vector<Piece>& group) {
  take(group);
  if (!session_) {
    session_ = options_.open();
    copied_pages_ = 0;
  }
  session_->run(System::BeginImmediate);
  SqliteTransaction transaction(*session_, head_);
  do {
    if (!run_piece(transaction, group.back())) return lose(group, group.back().outcome);
  } while (take(group));
  session_->run(System::Commit);
  ++*options_.commits;
  if (transaction.changes_access()) ++access_version_;
  if (!transaction.has_messages()) return;
  const std::lock_guard lock(call_mutex_);
  if (on_messages_) on_messages_();
}

void Writer::on_messages(std::function<void()> call) {
  const std::lock_guard lock(call_mutex_);
  on_messages_ = std::move(call);
}

bool Writer::run_piece(SqliteTransaction& transaction, Piece& piece) {
  session_->run(System::BeginPiece);
  transaction.begin_piece();
  piece.outcome = attempt(transaction, piece);
  // SQLite ends the transaction by itself after some errors, a full disk among them.
  if (reopen_ || session_->database().is_idle()) return false;
  if (piece.outcome != Commit::Committed) {
    session_->run(System::UndoPiece);
    head_.undo_piece();
  }
  session_->run(System::KeepPiece);
  return true;
}

Commit Writer::attempt(SqliteTransaction& transaction, const Piece& piece) {
  try {
    const bool keep = piece.work(transaction);
    if (transaction.is_broken()) return Commit::Failed;
    return keep ? Commit::Committed : Commit::RolledBack;
  } catch (const SqliteError& error) {
    report(error.what());
    reopen_ = error.breaks_connection();
    return outcome_of(error);
  } catch (const std::exception& error) {
    report(error.what());
  } catch (...) {
    report("work threw something that is no exception");
  }
  return Commit::Failed;
}

void Writer::lose(std::vector<Piece>& group, Commit outcome) {
  for (Piece& piece : group) {
    if (piece.outcome == Commit::Committed) {
      piece.outcome = outcome == Commit::Full ? Commit::Full : Commit::Failed;
    }
  }
  head_.forget();
  if (!session_ || session_->database().is_idle()) return;
  try {
    session_->run(System::Rollback);
  } catch (const std::exception& error) {
    report(error.what());
    reopen_ = true;
  }
}

void Writer::acknowledge(Piece& piece) {
  try {
    if (piece.done) piece.done(piece.outcome);
  } catch (const std::exception& error) {
    report(error.what());
  } catch (...) {
    report("an acknowledgement threw something that is no exception");
  }
}

std::int64_t Writer::uncopied_pages() const {
  if (!session_) return 0;
  const std::int64_t pages = session_->database().log_pages();
  return pages >= copied_pages_ ? pages - copied_pages_ : pages;  // fewer: the log began anew
}

void Writer::checkpoint_if_due(bool is_quiet) {
  const std::int64_t pages = uncopied_pages();
  if (pages == 0 || Clock::now() < next_checkpoint_) return;
  if (!is_quiet && pages < kBusyPages) {
    const std::lock_guard lock(mutex_);
    if (pages < kQuietPages || !queue_.empty()) return;
  }
  const bool is_large = session_->database().log_pages() > kLargestLogPages;
  try {
    options_.let_go();
    copied_pages_ = session_->database().checkpoint(is_large ? Database::Checkpoint::Restart
                                                             : Database::Checkpoint::Passive);
    options_.let_go();
    if (is_quiet && uncopied_pages() > 0) next_checkpoint_ = Clock::now() + kAfterFailure;
  } catch (const std::exception& error) {
    report(error.what());
    next_checkpoint_ = Clock::now() + kAfterFailure;
  }
}

void Writer::report(const std::string& what) noexcept {
  try {
    if (options_.report) options_.report(what);
  } catch (
      ...) {  // NOLINT(bugprone-empty-catch): a log that cannot be written must not stop the writer
  }
}

}  // namespace formwork::store
