// The load generator: one thread, one epoll, HTTP/1.1 with keep-alive and one request at a time on
// each connection.
//
// Closed loop: every connection sends its next request as soon as it has the answer. Open loop:
// requests fall due at a given rate, whatever the server does, and latency counts from the moment a
// request was due; one that falls due while every connection waits for an answer is counted as
// unsent.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "tests/bench/measure/histogram.h"

namespace formwork::bench {

struct LoadPlan {
  std::uint16_t port = 0;
  int connections = 32;
  std::chrono::milliseconds warm_up{200};  // not counted
  std::chrono::milliseconds duration{2'000};
  double rate = 0;  // requests/s of the open loop; 0 is the closed loop
  std::chrono::milliseconds last_answers{
      5'000};                  // how long the open loop waits for them at its end
  std::uint64_t requests = 0;  // if not 0, ends after so many answers instead of after a time
  std::function<void(std::string&)> write_request;  // appends one whole request
  std::function<void(std::string_view)> on_location = nullptr;
  // Instead of write_request, where a request follows from the answer before it: appends the next
  // one of that connection (from 0), given the body of its last answer, which is empty at first.
  std::function<void(std::size_t connection, std::string_view body, std::string& out)> converse =
      nullptr;
};

struct LoadResult {
  double seconds = 0;
  Histogram granted;  // latencies of 2xx
  Histogram refused;  // latencies of all other statuses
  std::map<int, std::uint64_t> statuses;
  std::uint64_t with_retry_after = 0;  // 503 that say when to come back
  std::uint64_t broken = 0;            // connections that ended without the answer they owed
  std::uint64_t unsent = 0;
  std::uint64_t offered = 0;  // fell due, in the open loop
  std::uint64_t answers = 0;  // all, those of the warm-up too

  double granted_per_second() const { return static_cast<double>(granted.count()) / seconds; }
};

// Throws std::runtime_error if the server cannot be reached or answers something other than
// HTTP/1.1.
LoadResult run_load(const LoadPlan& plan);

// The text of a request without body, or with one of the given type.
std::string request_text(std::string_view method, std::string_view target,
                         std::string_view extra_fields = {}, std::string_view body = {},
                         std::string_view type = "application/json");

}  // namespace formwork::bench
