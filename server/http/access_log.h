// The access log: one JSON object per line for each answer, with nothing personal in it beyond the
// peer's address and the account's name; query strings are left out, because people search for
// names.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "dsl/base/time.h"
#include "server/http/limits.h"

namespace formwork::http {

struct AccessEntry {
  Instant time;  // of the answer
  std::string_view request_id;
  std::string_view remote;
  std::string_view method;
  std::string_view path;  // decoded, without query
  int status = 0;
  std::uint64_t body_bytes = 0;
  std::int64_t duration_us = 0;
  std::string_view user;  // empty: nobody signed in
};

// One line with its line end.
std::string access_line(const AccessEntry& entry);

// Collects lines and hands them to the sink in large pieces from a thread of its own, so that a
// slow disk holds up no answer. Safe to use from any thread.
class AccessLog {
 public:
  // Takes whole lines. What it throws is swallowed: a lost log line stops no business.
  using Sink = std::function<void(std::string_view lines)>;

  struct Policy {
    std::chrono::milliseconds interval{500};   // no line waits longer
    std::size_t flush_bytes = 64 * kKibibyte;  // nor do more bytes than this
    std::size_t bound_bytes =
        4 * kMebibyte;  // lines beyond this are dropped, and counted in the log
  };

  explicit AccessLog(Sink sink);
  AccessLog(Sink sink, Policy policy);
  AccessLog(const AccessLog&) = delete;
  AccessLog& operator=(const AccessLog&) = delete;

  // Writes what is left.
  ~AccessLog();

  void write(const AccessEntry& entry);

 private:
  void run();
  void hand_over(std::unique_lock<std::mutex>& lock);

  const Sink sink_;
  const Policy policy_;
  std::mutex mutex_;  // guards the four below
  std::condition_variable wake_;
  std::string lines_;
  std::uint64_t dropped_ = 0;
  bool stopping_ = false;
  std::thread thread_;  // last, so that it starts when all else is there
};

}  // namespace formwork::http
