#include "server/http/tcp_stream.h"

#include <array>
#include <chrono>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/http/deadline.h"

namespace formwork::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using ErrorCode = boost::system::error_code;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);

// Tries first and waits only when the system says so: with a request in the socket's buffer, and
// room for its answer, neither costs a turn of the event loop.
class TcpStream final : public ByteStream {
 public:
  explicit TcpStream(tcp::socket&& socket)
      : socket_(std::move(socket)), deadline_(std::make_shared<Deadline>(socket_)) {
    ErrorCode ignored;
    socket_.non_blocking(true, ignored);
    socket_.set_option(tcp::no_delay(true), ignored);
  }

  ~TcpStream() override { deadline_->detach(); }

  Task<IoStatus> readable(Duration timeout) override {
    return wait(tcp::socket::wait_read, Deadline::Clock::now() + timeout);
  }

  Task<Io> read(char* data, std::size_t size, Duration timeout) override {
    const auto until = Deadline::Clock::now() + timeout;
    while (true) {
      ErrorCode ec;
      const std::size_t bytes = socket_.read_some(asio::buffer(data, size), ec);
      if (!ec) co_return Io{IoStatus::Ok, bytes};
      if (ec != asio::error::would_block) co_return Io{IoStatus::Closed, 0};
      const IoStatus status = co_await wait(tcp::socket::wait_read, until);
      if (status != IoStatus::Ok) co_return Io{status, 0};
    }
  }

  Task<IoStatus> write(std::string_view first, std::string_view second, Duration timeout) override {
    const auto until = Deadline::Clock::now() + timeout;
    while (!first.empty() || !second.empty()) {
      const std::array<asio::const_buffer, 2> buffers{asio::buffer(first.data(), first.size()),
                                                      asio::buffer(second.data(), second.size())};
      ErrorCode ec;
      const std::size_t bytes = socket_.write_some(buffers, ec);
      if (ec == asio::error::would_block) {
        const IoStatus status = co_await wait(tcp::socket::wait_write, until);
        if (status != IoStatus::Ok) co_return status;
      } else if (ec) {
        co_return IoStatus::Closed;
      }
      const std::size_t of_first = std::min(bytes, first.size());
      first.remove_prefix(of_first);
      second.remove_prefix(bytes - of_first);
    }
    co_return IoStatus::Ok;
  }

  void finish_writing() override {
    ErrorCode ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
  }

  void close() override {
    ErrorCode ignored;
    socket_.close(ignored);
  }

 private:
  Task<IoStatus> wait(tcp::socket::wait_type what, Deadline::Clock::time_point until) {
    if (!socket_.is_open()) co_return IoStatus::Closed;
    deadline_->arm(until);
    const auto [ec] = co_await socket_.async_wait(what, kAwait);
    deadline_->disarm();
    if (!ec) co_return IoStatus::Ok;
    const bool late = ec == asio::error::operation_aborted && deadline_->passed();
    co_return late&& socket_.is_open() ? IoStatus::TimedOut : IoStatus::Closed;
  }

  tcp::socket socket_;
  std::shared_ptr<Deadline> deadline_;
};

}  // namespace

std::unique_ptr<ByteStream> make_tcp_stream(TcpSocket&& socket) {
  return std::make_unique<TcpStream>(std::move(socket));
}

}  // namespace formwork::http
