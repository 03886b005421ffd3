#include "server/http/server.h"

#include <array>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_set>
#include <utility>
#include <vector>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/http/connection.h"
#include "server/http/http_date.h"
#include "server/http/service.h"
#include "server/http/tcp_stream.h"

namespace formwork::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using ErrorCode = boost::system::error_code;
using Executor = asio::any_io_executor;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);

// An IPv4 peer of an IPv6 socket is shown, and counted, as what it is.
std::string address_of(const tcp::endpoint& peer) {
  const asio::ip::address address = peer.address();
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  }
  return address.to_string();
}

}  // namespace

class Server::Impl {
 public:
  Impl(Options options, Handler handler)
      : service_(std::make_shared<Service>(std::move(options), std::move(handler))),
        io_(static_cast<int>(service_->options.threads)),
        accept_strand_(asio::make_strand(io_)),
        acceptor_(accept_strand_) {}

  Expected<void, std::string> start() {
    ErrorCode ec;
    const auto address = asio::ip::make_address(service_->options.address, ec);
    if (ec) return Unexpected("`" + service_->options.address + "` is no IP address");
    listen(tcp::endpoint(address, service_->options.port), ec);
    if (ec) {
      return Unexpected("cannot listen on " + service_->options.address + " port " +
                        std::to_string(service_->options.port) + ": " + ec.message());
    }
    asio::co_spawn(accept_strand_, accept_all(), asio::detached);
    for (unsigned i = 0; i < std::max(1U, service_->options.threads); ++i) {
      threads_.emplace_back([this] { run(); });
    }
    return {};
  }

  std::uint16_t port() const { return port_; }

  std::size_t connections() const { return service_->admission.connections(); }

  void stop() {
    if (threads_.empty()) return;
    service_->stopping = true;
    asio::post(accept_strand_, [this] { close_acceptor(); });
    for_each_live([](Connection& connection) { connection.stop(); });
    if (!wait_until_none_live()) {
      for_each_live([](Connection& connection) { connection.abandon(); });
    }
    work_.reset();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }

 private:
  // A connection's place among those that are admitted, given back at its end.
  class Seat {
   public:
    Seat(std::shared_ptr<Service> service, std::string address)
        : service_(std::move(service)),
          address_(std::move(address)),
          taken_(service_->admission.enter(address_)) {}

    Seat(const Seat&) = delete;
    Seat& operator=(const Seat&) = delete;

    ~Seat() {
      if (taken_) service_->admission.leave(address_);
    }

    bool is_taken() const { return taken_; }

    const std::string& address() const { return address_; }

   private:
    std::shared_ptr<Service> service_;
    std::string address_;
    bool taken_;
  };

  struct Live {
    Live(Executor e, const std::shared_ptr<Service>& service, tcp::socket&& socket,
         std::unique_ptr<Seat> s)
        : executor(std::move(e)),
          seat(std::move(s)),
          connection(service, make_tcp_stream(std::move(socket)), seat->address()) {}

    Executor executor;
    std::unique_ptr<Seat> seat;
    Connection connection;
  };

  void listen(const tcp::endpoint& endpoint, ErrorCode& ec) {
    acceptor_.open(endpoint.protocol(), ec);
    if (!ec) acceptor_.set_option(tcp::acceptor::reuse_address(true), ec);
    if (!ec) acceptor_.bind(endpoint, ec);
    if (!ec) acceptor_.listen(tcp::acceptor::max_listen_connections, ec);
    if (!ec) port_ = acceptor_.local_endpoint(ec).port();
  }

  // What a connection throws is caught there; this is the net below, for what Asio itself may
  // throw.
  void run() {
    while (true) {
      try {
        io_.run();
        return;
      } catch (const std::exception& e) {
        service_->options.on_incident("", e.what());
      }
    }
  }

  void close_acceptor() {
    ErrorCode ignored;
    acceptor_.close(ignored);
    back_off_.cancel();
  }

  Task<void> accept_all() {
    bool starving = false;
    while (!service_->stopping) {
      const Executor strand = asio::make_strand(io_);
      auto [ec, socket] = co_await acceptor_.async_accept(strand, kAwait);
      if (service_->stopping || ec == asio::error::connection_aborted) continue;
      if (!ec && try_take_in(strand, std::move(socket))) {
        starving = false;
        continue;
      }
      // Out of descriptors or memory: the peers stay in the system's queue meanwhile.
      if (ec && !starving) service_->options.on_incident("", "cannot accept: " + ec.message());
      starving = true;
      back_off_.expires_after(service_->options.limits.accept_back_off);
      co_await back_off_.async_wait(kAwait);
    }
  }

  bool try_take_in(const Executor& strand, tcp::socket socket) {
    try {
      take_in(strand, std::move(socket));
      return true;
    } catch (const std::exception& e) {
      service_->options.on_incident("", e.what());
      return false;
    }
  }

  void take_in(const Executor& strand, tcp::socket socket) {
    ErrorCode ec;
    const tcp::endpoint peer = socket.remote_endpoint(ec);
    if (ec) return;  // gone already
    auto seat = std::make_unique<Seat>(service_, address_of(peer));
    if (!seat->is_taken()) return turn_away(socket);
    const auto live = std::make_shared<Live>(strand, service_, std::move(socket), std::move(seat));
    {
      const std::lock_guard lock(mutex_);
      live_.insert(live);
    }
    asio::co_spawn(strand, serve(live), asio::detached);
  }

  Task<void> serve(std::shared_ptr<Live> live) {
    co_await live->connection.serve();

    const std::lock_guard lock(mutex_);
    live_.erase(live);
    if (live_.empty()) none_live_.notify_all();
  }

  // Without reading a byte, and without waiting: what the socket takes at once has to do.
  void turn_away(tcp::socket& socket) {
    Request unread;
    unread.request_id = service_->options.new_request_id();
    const Response response =
        error_response(*service_, {503, "there are too many connections"}, unread);
    ResponseWriter::Framing framing;
    framing.keep_alive = false;
    framing.date = cached_http_date(service_->options.now());
    framing.request_id = unread.request_id;
    const std::string head = service_->writer.head_of(response, framing);
    const std::array<asio::const_buffer, 2> buffers{asio::buffer(head),
                                                    asio::buffer(response.content())};
    ErrorCode ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(buffers, ignored);
    socket.shutdown(tcp::socket::shutdown_send, ignored);
  }

  template <class Action>
  void for_each_live(Action action) {
    const std::lock_guard lock(mutex_);
    for (const std::shared_ptr<Live>& live : live_) {
      asio::post(live->executor, [live, action] { action(live->connection); });
    }
  }

  bool wait_until_none_live() {
    std::unique_lock lock(mutex_);
    return none_live_.wait_for(lock, service_->options.limits.stop,
                               [this] { return live_.empty(); });
  }

  std::shared_ptr<Service> service_;
  asio::io_context io_;
  asio::strand<asio::io_context::executor_type> accept_strand_;
  tcp::acceptor acceptor_;                       // on accept_strand_
  asio::steady_timer back_off_{accept_strand_};  // on accept_strand_
  std::optional<asio::executor_work_guard<asio::io_context::executor_type>> work_{
      asio::make_work_guard(io_)};
  std::uint16_t port_ = 0;
  std::vector<std::thread> threads_;
  std::mutex mutex_;  // guards the two below
  std::condition_variable none_live_;
  std::unordered_set<std::shared_ptr<Live>> live_;
};

Server::Server(Options options, Handler handler)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(handler))) {}

// A thread that cannot be joined leaves nothing but to end the process.
Server::~Server() {  // NOLINT(bugprone-exception-escape)
  stop();
}

Expected<void, std::string> Server::start() { return impl_->start(); }

std::uint16_t Server::port() const { return impl_->port(); }

std::size_t Server::connections() const { return impl_->connections(); }

void Server::stop() { impl_->stop(); }

}  // namespace formwork::http
