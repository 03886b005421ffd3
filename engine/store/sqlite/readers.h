// The connections that read: opened when first needed, given out one by one, taken back.
//
// A connection that comes back keeps its snapshot, and the next view goes on with it if nothing was
// committed since: to begin and end a read are system calls, which cost more than a look-up by key.
// A snapshot that is kept also keeps the log from being copied back whole and from starting anew,
// so the writer has them let go before and after it copies: idle ones at once, others when they
// come back.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/store/sqlite/session.h"
#include "engine/store/store.h"

namespace formwork::store {

class Readers {
 public:
  using Open = std::function<std::unique_ptr<Session>()>;

  // A connection, and how often was committed and let go when its snapshot was begun.
  struct Connection {
    std::unique_ptr<Session> session;
    std::uint64_t commits = 0;
    std::uint64_t releases = 0;
  };

  // `commits` counts them; it is raised before a commit is acknowledged, and outlives this.
  Readers(std::size_t at_most, const std::atomic<std::uint64_t>& commits, Open open)
      : at_most_(at_most), commits_(commits), open_(std::move(open)) {}

  ~Readers() { close(); }

  Readers(const Readers&) = delete;
  Readers& operator=(const Readers&) = delete;

  // Waits when all are out. Throws SqliteError when a new one cannot be opened.
  std::unique_ptr<View> view();

  // Without a session: it broke, and another may be opened in its place.
  void give_back(Connection connection);

  std::uint64_t commits() const { return commits_; }

  std::uint64_t releases() const { return releases_; }

  // Ends the snapshots that are there: of connections that nobody uses now, of others when they are
  // given back. From any thread.
  void let_go();

  // Waits until every view is back and closes the connections.
  void close();

 private:
  Connection take();

  std::size_t at_most_;
  const std::atomic<std::uint64_t>& commits_;
  std::atomic<std::uint64_t> releases_{0};
  Open open_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<Connection> free_;  // the last one given back has the warmest cache
  std::size_t made_ = 0;
};

}  // namespace formwork::store
