#include "tests/bench/measure/load.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/bench/measure/answer.h"

namespace formwork::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Instant = Clock::time_point;

constexpr std::uint64_t kBrokenLimit = 100'000;  // a server that drops everything ends the run
constexpr std::size_t kReadBytes = 64U << 10U;

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}

  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}

  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }

  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }

  int get() const { return number_; }

 private:
  int number_;
};

struct Connection {
  enum class State { Connecting, Idle, Waiting, Dead };

  std::size_t number;  // from 0
  Descriptor socket = Descriptor();
  State state = State::Connecting;
  std::string out;
  std::size_t sent = 0;
  std::string in;              // answer bytes not yet complete
  std::string body;            // of the last answer, in a conversation
  std::size_t skip_bytes = 0;  // of the body still to come
  int status = 0;              // of the answer being read
  bool closes = false;
  bool retry_after = false;
  Instant due;  // of the request that is under way
};

class Load {
 public:
  explicit Load(const LoadPlan& plan)
      : plan_(plan), epoll_(::epoll_create1(EPOLL_CLOEXEC)), buffer_(kReadBytes) {
    if (epoll_.get() < 0) fail("epoll_create1");
  }

  LoadResult run() {
    begin_ = Clock::now() + plan_.warm_up;
    end_ = begin_ + plan_.duration;
    next_due_ = Clock::now();
    // The open loop starts few and opens more as it needs them.
    const int first = is_open_loop() ? std::min(plan_.connections, 32) : plan_.connections;
    for (int i = 0; i < first; ++i) open();
    while (!is_over(Clock::now())) {
      if (is_open_loop()) send_due();
      wait(is_open_loop() ? 1 : 100);
    }
    if (is_open_loop()) {
      send_due();  // what fell due while the last events were handled
      wait_for_last_answers();
    }
    // A run of so many requests has no warm-up: it counts from its first connection on.
    if (plan_.requests > 0) begin_ -= plan_.warm_up;
    const Instant ended = plan_.requests > 0 ? Clock::now() : end_;
    result_.seconds = std::chrono::duration<double>(ended - begin_).count();
    result_.answers = answers_ - result_.broken;
    return std::move(result_);
  }

 private:
  bool is_open_loop() const { return plan_.rate > 0; }

  bool is_over(Instant now) const {
    return plan_.requests > 0 ? answers_ >= plan_.requests : now >= end_;
  }

  bool may_send(Instant now) const {
    return plan_.requests > 0 ? started_ < plan_.requests : now < end_;
  }

  void open() {
    connections_.push_back(std::make_unique<Connection>(Connection{connections_.size()}));
    connect(*connections_.back());
  }

  void connect(Connection& connection) {
    connection.socket =
        Descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (connection.socket.get() < 0) fail("socket");
    const int yes = 1;
    ::setsockopt(connection.socket.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(plan_.port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int result =
        ::connect(connection.socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address);
    if (result != 0 && errno != EINPROGRESS) fail("connect");
    connection.state = Connection::State::Connecting;
    connection.in.clear();
    connection.out.clear();
    connection.sent = 0;
    connection.skip_bytes = 0;
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
    event.data.ptr = &connection;
    if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, connection.socket.get(), &event) != 0) {
      fail("epoll_ctl");
    }
  }

  void wait(int timeout_ms) {
    std::array<epoll_event, 256> events{};
    const int count =
        ::epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()), timeout_ms);
    if (count < 0 && errno != EINTR) fail("epoll_wait");
    for (int i = 0; i < count; ++i) {
      const epoll_event& event = events[static_cast<std::size_t>(i)];
      handle(*static_cast<Connection*>(event.data.ptr), event.events);
    }
  }

  void handle(Connection& connection, std::uint32_t events) {
    const bool ends = (events & (EPOLLERR | EPOLLHUP | EPOLLRDHUP)) != 0;
    if (connection.state == Connection::State::Connecting) {
      if ((events & (EPOLLERR | EPOLLHUP)) != 0) return broke(connection);
      if ((events & EPOLLOUT) == 0) return;
      become_idle(connection);
    } else if ((events & EPOLLOUT) != 0 && connection.sent < connection.out.size()) {
      flush(connection);
    }
    if (ends || (events & EPOLLIN) != 0) read(connection, ends);
  }

  void become_idle(Connection& connection) {
    connection.state = Connection::State::Idle;
    if (is_open_loop()) {
      idle_.push_back(&connection);
      return;
    }
    const Instant now = Clock::now();
    if (may_send(now)) start(connection, now);
  }

  void start(Connection& connection, Instant due) {
    ++started_;
    connection.state = Connection::State::Waiting;
    connection.due = due;
    connection.out.clear();
    connection.sent = 0;
    if (plan_.converse) {
      plan_.converse(connection.number, connection.body, connection.out);
    } else {
      plan_.write_request(connection.out);
    }
    flush(connection);
  }

  void flush(Connection& connection) {
    const char* const rest = connection.out.data() + connection.sent;
    const std::size_t size = connection.out.size() - connection.sent;
    const ssize_t written = ::send(connection.socket.get(), rest, size, MSG_NOSIGNAL);
    if (written > 0) connection.sent += static_cast<std::size_t>(written);
    // An error shows again when the answer is read, and is dealt with there.
  }

  // Sends all requests that are due; those that find no free connection are lost, and counted.
  void send_due() {
    const auto gap = std::chrono::duration_cast<Clock::duration>(
        std::chrono::duration<double>(1.0 / plan_.rate));
    const Instant now = std::min(Clock::now(), end_);
    for (; next_due_ <= now; next_due_ += gap) {
      const bool counts = next_due_ >= begin_;
      if (counts) ++result_.offered;
      if (idle_.empty()) {
        if (counts) ++result_.unsent;
        if (std::ssize(connections_) < plan_.connections) open();
        continue;
      }
      Connection* const connection = idle_.back();
      idle_.pop_back();
      if (connection->state == Connection::State::Idle) {
        start(*connection, next_due_);
      } else {
        if (counts) ++result_.unsent;
        connect(*connection);
      }
    }
  }

  void wait_for_last_answers() {
    const Instant limit = Clock::now() + plan_.last_answers;
    while (answers_ + result_.broken < started_ && Clock::now() < limit) wait(10);
  }

  // The events are edges: a short read has taken all there is, unless the peer ended the
  // connection.
  void read(Connection& connection, bool to_the_end) {
    while (true) {
      const ssize_t got = ::recv(connection.socket.get(), buffer_.data(), buffer_.size(), 0);
      if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
      if (got <= 0 || connection.state != Connection::State::Waiting) return broke(connection);
      const auto size = static_cast<std::size_t>(got);
      if (take(connection, {buffer_.data(), size}) == After::Reconnect) return;
      if (size < buffer_.size() && !to_the_end) return;
    }
  }

  enum class After { GoOn, Reconnect };

  After take(Connection& connection, std::string_view bytes) {
    if (connection.skip_bytes > 0) {
      connection.skip_bytes -= std::min(connection.skip_bytes, bytes.size());
    } else {
      connection.in += bytes;
      const std::optional<Answer> answer = read_answer(connection.in);
      if (!answer) return After::GoOn;
      const std::size_t whole = answer->head_bytes + answer->body_bytes;
      if (plan_.converse) {
        if (connection.in.size() < whole) return After::GoOn;
        connection.body = connection.in.substr(answer->head_bytes, answer->body_bytes);
      }
      note_head(connection, *answer);
      connection.skip_bytes = whole - std::min(whole, connection.in.size());
      connection.in.clear();
    }
    return connection.skip_bytes == 0 ? finish(connection) : After::GoOn;
  }

  void note_head(Connection& connection, const Answer& answer) {
    connection.status = answer.status;
    connection.closes = answer.closes;
    connection.retry_after = answer.retry_after;
    if (plan_.on_location && !answer.location.empty()) plan_.on_location(answer.location);
  }

  After finish(Connection& connection) {
    const Instant now = Clock::now();
    ++answers_;
    if (counts(connection, now)) {
      ++result_.statuses[connection.status];
      if (connection.status == 503 && connection.retry_after) ++result_.with_retry_after;
      const bool granted = connection.status >= 200 && connection.status < 300;
      (granted ? result_.granted : result_.refused).add(now - connection.due);
    }
    if (connection.closes) {
      connect(connection);
      return After::Reconnect;
    }
    become_idle(connection);
    return After::GoOn;
  }

  bool counts(const Connection& connection, Instant now) const {
    if (plan_.requests > 0) return true;
    return is_open_loop() ? connection.due >= begin_ : now >= begin_ && now < end_;
  }

  void broke(Connection& connection) {
    if (connection.state == Connection::State::Waiting) {
      ++result_.broken;
      ++answers_;
    }
    if (++lost_ > kBrokenLimit) throw std::runtime_error("the server drops its connections");
    if (connection.state == Connection::State::Idle && is_open_loop()) {
      connection.state =
          Connection::State::Dead;  // still listed as idle; found out when it is needed
      connection.socket = Descriptor();
      return;
    }
    connect(connection);
  }

  const LoadPlan& plan_;
  Descriptor epoll_;
  std::vector<char> buffer_;
  std::vector<std::unique_ptr<Connection>> connections_;
  std::vector<Connection*> idle_;
  Instant begin_;
  Instant end_;
  Instant next_due_;
  std::uint64_t started_ = 0;
  std::uint64_t answers_ = 0;
  std::uint64_t lost_ = 0;
  LoadResult result_;
};

}  // namespace

LoadResult run_load(const LoadPlan& plan) { return Load(plan).run(); }

std::string request_text(std::string_view method, std::string_view target,
                         std::string_view extra_fields, std::string_view body,
                         std::string_view type) {
  std::string text =
      fmt::format("{} {} HTTP/1.1\r\nHost: 127.0.0.1\r\n{}", method, target, extra_fields);
  if (!body.empty()) {
    text += fmt::format("Content-Type: {}\r\nContent-Length: {}\r\n", type, body.size());
  }
  text += "\r\n";
  text += body;
  return text;
}

}  // namespace formwork::bench
