#include "server/http/tcp_stream.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <exception>
#include <memory>
#include <utility>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace formwork::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using ErrorCode = boost::system::error_code;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);

// Cancels the socket's operations when time is up. A timer that is due too early is left to run and
// sets itself again when it fires, so a busy connection moves its deadline by writing one number;
// setting the timer for each operation would cost a system call per request. Lives on the socket's
// strand.
class Deadline : public std::enable_shared_from_this<Deadline> {
 public:
  using Clock = std::chrono::steady_clock;

  explicit Deadline(tcp::socket& socket) : socket_(&socket), timer_(socket.get_executor()) {}

  void arm(Clock::time_point at) {
    at_ = at;
    armed_ = true;
    passed_ = false;
    if (!running_ || timer_.expiry() > at_) start();
  }

  void disarm() { armed_ = false; }

  // Whether the last armed deadline has cancelled something.
  bool passed() const { return passed_; }

  // The socket is about to go.
  void detach() noexcept {
    socket_ = nullptr;
    try {
      timer_.cancel();
    } catch (const std::exception&) {  // then it fires once more, and finds no socket
    }
  }

 private:
  void start() {
    running_ = true;
    timer_.expires_at(at_);  // makes an older wait end as cancelled
    timer_.async_wait([self = shared_from_this()](const ErrorCode& ec) {
      if (!ec) self->fire();
    });
  }

  // A wait that had fired just before it was set anew comes here too early; the time tells.
  void fire() {
    if (socket_ == nullptr || Clock::now() < timer_.expiry()) return;
    running_ = false;
    if (!armed_) return;
    if (Clock::now() < at_) return start();
    passed_ = true;
    ErrorCode ignored;
    socket_->cancel(ignored);
  }

  tcp::socket* socket_;  // null once detached
  asio::steady_timer timer_;
  Clock::time_point at_;
  bool armed_ = false;
  bool running_ = false;
  bool passed_ = false;
};

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
