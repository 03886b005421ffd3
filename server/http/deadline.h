// A deadline for one socket, cheap to move: for .cpp files only, since it includes Asio.
#pragma once

#include <chrono>
#include <memory>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

namespace formwork::http {

// Cancels the socket's operations when time is up. A timer that is due too early is left to run and
// sets itself again when it fires, so a busy connection moves its deadline by writing one number;
// setting the timer for each operation would cost a system call per request. Lives on the socket's
// strand.
class Deadline : public std::enable_shared_from_this<Deadline> {
 public:
  using Clock = std::chrono::steady_clock;

  explicit Deadline(boost::asio::ip::tcp::socket& socket)
      : socket_(&socket), timer_(socket.get_executor()) {}

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
  void detach() {
    socket_ = nullptr;
    timer_.cancel();
  }

 private:
  void start() {
    running_ = true;
    timer_.expires_at(at_);  // makes an older wait end as cancelled
    timer_.async_wait([self = shared_from_this()](const boost::system::error_code& ec) {
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
    boost::system::error_code ignored;
    socket_->cancel(ignored);
  }

  boost::asio::ip::tcp::socket* socket_;  // null once detached
  boost::asio::steady_timer timer_;
  Clock::time_point at_;
  bool armed_ = false;
  bool running_ = false;
  bool passed_ = false;
};

}  // namespace formwork::http
