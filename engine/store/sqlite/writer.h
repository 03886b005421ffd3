// The one thread that writes: it takes what waits, runs each piece in a savepoint, commits once for
// all of them and tells each how it ended. It never waits for a group to fill, so a lone piece is
// as quick as it can be.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "engine/store/sqlite/history_head.h"
#include "engine/store/sqlite/session.h"
#include "engine/store/sqlite/sqlite_transaction.h"
#include "engine/store/store.h"

namespace formwork::store {

class Writer {
 public:
  struct Options {
    std::size_t queue = 0;  // pieces that may wait
    std::size_t group = 0;  // pieces in one commit at the most
    std::function<std::unique_ptr<Session>()>
        open;  // opens the connection anew; may throw SqliteError
    std::function<void(const std::string&)> report;  // what broke, for the log
    std::atomic<std::uint64_t>* commits = nullptr;   // raised before a commit is acknowledged
    std::function<void()> let_go;  // of snapshots, before and after the log is copied into the file
  };

  Writer(std::unique_ptr<Session> session, Options options);
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // False when the queue is full or the writer is stopping.
  bool submit(Store::Work work, Store::Done done);

  // See Store::access_version.
  std::uint64_t access_version() const { return access_version_; }

  // See Store::on_messages.
  void on_messages(std::function<void()> call);

  // Finishes what is queued and ends the thread.
  void stop();

  // When stopped and without readers: moves everything into the file and closes it.
  void close();

 private:
  using Clock = std::chrono::steady_clock;

  struct Piece {
    Store::Work work;
    Store::Done done;
    Commit outcome = Commit::Committed;
  };

  void serve();
  // False: stopped, and nothing is left to do.
  bool wait_for_work();
  bool take(std::vector<Piece>& group);

  void write(std::vector<Piece>& group);
  void write_pieces(std::vector<Piece>& group);
  // False: the whole transaction is gone.
  bool run_piece(SqliteTransaction& transaction, Piece& piece);
  Commit attempt(SqliteTransaction& transaction, const Piece& piece);
  void lose(std::vector<Piece>& group, Commit outcome);
  void acknowledge(Piece& piece);

  void checkpoint_if_due(bool is_quiet);
  std::int64_t uncopied_pages() const;
  void report(const std::string& what) noexcept;

  Options options_;
  HistoryHead head_;
  std::unique_ptr<Session> session_;  // null after it broke, until the next group
  bool reopen_ = false;
  std::int64_t copied_pages_ = 0;        // of the log, by the last checkpoint
  Clock::time_point next_checkpoint_{};  // not before, after one failed

  std::atomic<std::uint64_t> access_version_{1};

  std::mutex call_mutex_;
  std::function<void()> on_messages_;  // guarded by call_mutex_

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Piece> queue_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace formwork::store
