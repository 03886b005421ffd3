// How a connection reads a request, up to what it refuses to read.
#include <chrono>

#include <boost/asio/awaitable.hpp>

#include "server/http/exchange.h"
#include "server/http/head_scanner.h"

namespace formwork::http {
namespace {

constexpr std::size_t kHeadRead = 4 * kKibibyte;  // holds nearly every request at once
constexpr std::size_t kBodyRead =
    32 * kKibibyte;  // per system call, once a body turns out to be long
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr std::string_view kNothing;

}  // namespace

Task<IoStatus> Connection::fill(std::size_t bytes, Clock::time_point until) {
  const auto left = std::chrono::ceil<ByteStream::Duration>(until - Clock::now());
  if (left.count() <= 0) co_return IoStatus::TimedOut;
  const Io io = co_await stream_->read(input_.room(bytes), bytes, left);
  input_.added(io.bytes);
  co_return io.status;
}

Connection::Read Connection::refuse(Exchange& exchange, int status, std::string_view detail) {
  exchange.refusal = {status, detail};
  return Read::Refused;
}

Task<Connection::Read> Connection::read_head(Exchange& exchange) {
  HeadScanner scanner(limits());
  const Clock::time_point until = exchange.begun + limits().header;
  while (true) {
    const HeadScanner::State state = scanner.scan(input_.unread());
    if (state == HeadScanner::State::Complete) {
      co_return take_head(exchange, scanner.head_bytes());
    }
    if (state == HeadScanner::State::Refused) {
      exchange.refusal = scanner.refusal();
      co_return Read::Refused;
    }
    const IoStatus status = co_await fill(kHeadRead, until);
    if (status == IoStatus::Closed) co_return Read::Gone;
    if (status == IoStatus::TimedOut) {
      if (input_.empty()) co_return Read::Gone;
      co_return refuse(exchange, 408, "the header section did not arrive in time");
    }
  }
}

Connection::Read Connection::take_head(Exchange& exchange, std::size_t head_bytes) {
  Request& request = exchange.request;
  const auto refusal = exchange.parser.parse_head(input_.unread().substr(0, head_bytes));
  input_.consume(head_bytes);
  exchange.method = request.method;
  exchange.http_1_0 = request.http_1_0;
  if (refusal) {
    exchange.refusal = *refusal;
    return Read::Refused;
  }
  exchange.head_read = true;
  exchange.framed = true;
  exchange.path = request.path;
  exchange.accept_encoding = request.header("Accept-Encoding");
  exchange.awaits_continue = exchange.parser.expects_continue() && !request.http_1_0 &&
                             !exchange.parser.is_done() && input_.empty();
  request.request_id = exchange.request_id;
  request.remote_address = remote_address_;
  return Read::Ready;
}

// Before the body is read, so that an overloaded server does not even take it in.
Connection::Read Connection::admit(Exchange& exchange) {
  if (!service_->admission.requests.has_room()) return refuse(exchange, 503, kTooManyRequests);
  const std::size_t limit = service_->options.body_limit(exchange.method, exchange.path);
  if (exchange.parser.content_length().value_or(0) > limit) {
    return refuse(exchange, 413, "the body is larger than this address takes");
  }
  return Read::Ready;
}

Task<Connection::Read> Connection::read_body(Exchange& exchange) {
  if (exchange.awaits_continue) {
    if (!co_await write(kContinue, kNothing)) co_return Read::Gone;
    exchange.awaits_continue = false;
  }
  const Clock::time_point begun = Clock::now();
  while (!exchange.parser.is_done()) {
    const Read read = take_body(exchange);
    if (read != Read::Ready || exchange.parser.is_done()) co_return read;
    const std::uint64_t earned = exchange.parser.body_bytes() / limits().body_bytes_per_second;
    const auto until = begun + limits().body + std::chrono::seconds(earned);
    const IoStatus status = co_await fill(kBodyRead, until);
    if (status == IoStatus::Closed) co_return Read::Gone;
    if (status == IoStatus::TimedOut) {
      exchange.framed = false;
      co_return refuse(exchange, 408, "the body did not arrive in time");
    }
  }
  co_return Read::Ready;
}

Connection::Read Connection::take_body(Exchange& exchange) {
  if (input_.empty()) return Read::Ready;
  const RequestParser::Step step = exchange.parser.parse_body(input_.unread());
  input_.consume(step.consumed);
  const bool stuck =
      !exchange.parser.is_done() && input_.unread().size() > limits().chunk_overhead_bytes;
  if (step.failed || stuck) {
    exchange.framed = false;
    return refuse(exchange, 400, "the chunked body is malformed");
  }
  const std::size_t received = exchange.request.body.size();
  if (received > service_->options.body_limit(exchange.method, exchange.path)) {
    return refuse(exchange, 413, "the body is larger than this address takes");
  }
  if (!exchange.body_share.grow_to(received)) {
    return refuse(exchange, 503, "too many bodies are being received");
  }
  return Read::Ready;
}

// Whether the rest of a refused request is known to be short.
bool Connection::can_drain(const Exchange& exchange) const {
  if (!exchange.framed || exchange.awaits_continue) return false;
  const auto length = exchange.parser.content_length();
  return length.has_value() && *length - exchange.parser.body_bytes() <= limits().drained_bytes;
}

Task<bool> Connection::drain(Exchange& exchange) {
  exchange.parser.discard_body();
  const Clock::time_point until = Clock::now() + limits().linger;
  while (true) {
    if (!input_.empty()) {
      const RequestParser::Step step = exchange.parser.parse_body(input_.unread());
      input_.consume(step.consumed);
      if (step.failed) co_return false;
    }
    if (exchange.parser.is_done()) co_return true;
    if (co_await fill(kHeadRead, until) != IoStatus::Ok) co_return false;
  }
}

// Closing while the peer still sends makes its system throw our answer away; so it gets a moment.
Task<void> Connection::linger() {
  stream_->finish_writing();
  const Clock::time_point until = Clock::now() + limits().linger;
  for (std::size_t read = input_.unread().size(); read <= limits().drained_bytes;) {
    input_.consume(input_.unread().size());
    if (co_await fill(kHeadRead, until) != IoStatus::Ok) co_return;
    read += input_.unread().size();
  }
}

}  // namespace formwork::http
