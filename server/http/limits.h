// Every bound of the HTTP layer, in one place: what a stranger may make this process hold, and for
// how long. A value at its bound passes, one above it is refused.
#pragma once

#include <chrono>
#include <cstddef>

namespace formwork::http {

inline constexpr std::size_t kKibibyte = 1024;
inline constexpr std::size_t kMebibyte = 1024 * kKibibyte;

struct Limits {
  using Duration = std::chrono::milliseconds;

  // One request.
  std::size_t target_bytes = 8 * kKibibyte;   // the request target; above it 414
  std::size_t header_bytes = 16 * kKibibyte;  // request line, fields and line ends; above it 431
  std::size_t header_count = 100;             // fields; above it 431
  std::size_t body_bytes =
      1 * kMebibyte;  // unless Options::body_limit says otherwise; above it 413
  std::size_t chunk_overhead_bytes =
      4 * kKibibyte;  // one chunk's header line, or the trailers; 400

  // All requests together; above them 503 with Retry-After.
  std::size_t buffered_body_bytes = 64 * kMebibyte;  // bodies received and not answered yet
  std::size_t requests_in_flight = 1024;             // handed to the handler and not answered yet
  std::size_t connections = 4096;
  std::size_t connections_per_address = 256;     // an IPv6 address counts by its /64
  std::size_t connections_from_loopback = 4096;  // a proxy on this machine speaks for everybody

  // An answer given before the body was read: a rest up to this is read and thrown away, so that
  // the connection stays usable; a larger one closes it.
  std::size_t drained_bytes = 64 * kKibibyte;

  // Deadlines on the monotonic clock.
  Duration idle{60'000};    // between requests; the connection is closed without a word
  Duration header{10'000};  // from a request's first byte to the end of its header section; 408
  Duration body{30'000};    // for a whole body, prolonged by what arrives at the rate below; 408
  std::size_t body_bytes_per_second = 16 * kKibibyte;
  Duration write{30'000};  // for each piece of an answer
  std::size_t write_piece_bytes = 256 * kKibibyte;
  Duration linger{1'000};               // a closed connection's peer may still be sending
  Duration stop{10'000};                // requests in flight may finish after stop()
  Duration accept_back_off{50};         // after the system ran out of descriptors or memory
  std::chrono::seconds retry_after{1};  // said with every 503
};

// Of forms and queries; what exceeds them is refused by the parser of the form.
struct FormLimits {
  std::size_t parameters = 1000;
  std::size_t parts = 200;                        // of multipart/form-data
  std::size_t part_header_bytes = 4 * kKibibyte;  // the header section of one part
};

}  // namespace formwork::http
