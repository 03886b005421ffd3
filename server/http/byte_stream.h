// What a connection reads from and writes to: TCP, TLS, or memory in tests.
//
// The coroutine type is only declared here; whoever implements or awaits includes Asio in a .cpp.
#pragma once

#include <chrono>
#include <cstddef>
#include <string_view>

namespace boost::asio {
class any_io_executor;
template <typename T, typename Executor>
class awaitable;
}  // namespace boost::asio

namespace formwork::http {

template <class T>
using Task = boost::asio::awaitable<T, boost::asio::any_io_executor>;

enum class IoStatus : unsigned char {
  Ok,
  Closed,    // by the peer, by an error, or by close()
  TimedOut,  // the stream is still usable
};

struct Io {
  IoStatus status;
  std::size_t bytes;  // read; above 0 exactly when Ok
};

// All members are called on the stream's executor. One operation at a time; close() may come in
// between.
class ByteStream {
 public:
  using Duration = std::chrono::milliseconds;

  virtual ~ByteStream() = default;

  // Waits until there is something to read, so that an idle connection needs no buffer.
  virtual Task<IoStatus> readable(Duration timeout) = 0;

  // Reads at least one byte.
  virtual Task<Io> read(char* data, std::size_t size, Duration timeout) = 0;

  // Writes both texts, one behind the other, completely; `timeout` is for all of it.
  virtual Task<IoStatus> write(std::string_view first, std::string_view second,
                               Duration timeout) = 0;

  // Tells the peer that nothing more will come; reading goes on.
  virtual void finish_writing() = 0;

  // Ends a waiting operation with Closed.
  virtual void close() = 0;
};

}  // namespace formwork::http
