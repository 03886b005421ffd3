#include "server/http/connection.h"

#include <algorithm>
#include <exception>
#include <type_traits>
#include <utility>

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/http/access_log.h"
#include "server/http/content_coding.h"
#include "server/http/head_scanner.h"
#include "server/http/http_date.h"
#include "server/http/pending_answer.h"
#include "server/http/request_parser.h"

namespace formwork::http {
namespace {

namespace asio = boost::asio;

constexpr std::size_t kHeadRead = 4 * 1024;   // holds nearly every request at once
constexpr std::size_t kBodyRead = 32 * 1024;  // per system call, once a body turns out to be long
constexpr std::string_view kNotAnswered = "the request could not be answered";
constexpr std::string_view kTooManyRequests = "too many requests are waiting";
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr std::string_view kNothing;

// Lets the waiting coroutine go on, on its own executor, once the answer is there.
class ResumeWhenSettled {
 public:
  explicit ResumeWhenSettled(PendingAnswer& pending) : pending_(&pending) {}

  template <class CompletionHandler>
  void operator()(CompletionHandler&& handler) const {
    using Stored = std::decay_t<CompletionHandler>;
    const auto stored = std::make_shared<Stored>(std::forward<CompletionHandler>(handler));
    pending_->when_settled([stored] { asio::post(std::move(*stored)); });
  }

 private:
  PendingAnswer* pending_;
};

// No coroutine itself: GCC 12 destroys a functor twice that is built in a statement with co_await.
Task<void> until_settled(PendingAnswer& pending) {
  return asio::async_initiate<const asio::use_awaitable_t<>, void()>(ResumeWhenSettled(pending),
                                                                     asio::use_awaitable);
}

}  // namespace

// One request on its way through, and its answer.
struct Connection::Exchange {
  explicit Exchange(Service& service)
      : parser(request),
        body_share(service.admission.body_bytes),
        flight_share(service.admission.requests) {}

  Request request;  // given away to the handler; what is needed afterwards is below
  RequestParser parser;
  Share body_share;
  Share flight_share;
  Clock::time_point begun = Clock::now();
  Refusal refusal;
  Response response;
  std::string request_id;
  std::string path;
  std::string accept_encoding;
  Method method = Method::Unknown;
  bool http_1_0 = false;
  bool head_read = false;
  bool handed_over = false;
  bool framed = false;           // where the request ends is known for sure
  bool awaits_continue = false;  // the client may hold back its body for ever
};

Connection::Connection(std::shared_ptr<Service> service, std::unique_ptr<ByteStream> stream,
                       std::string remote_address)
    : service_(std::move(service)),
      stream_(std::move(stream)),
      remote_address_(std::move(remote_address)) {}

Task<void> Connection::serve() {
  try {
    while (co_await serve_one()) {
    }
  } catch (const std::exception& e) {
    report("", e.what());
  } catch (...) {
    report("", "a connection ended by something that is no std::exception");
  }
  stream_->close();
}

void Connection::stop() {
  if (idle_) stream_->close();
}

void Connection::abandon() {
  if (pending_) pending_->abandon();
  stream_->close();
}

Task<bool> Connection::serve_one() {
  if (!co_await wait_for_request()) co_return false;
  Exchange exchange(*service_);
  exchange.request_id = service_->options.new_request_id();
  Read read = co_await read_head(exchange);
  if (read == Read::Ready && is_health(exchange)) {
    exchange.response = health_answer(exchange);
    co_return co_await send(exchange);
  }
  if (read == Read::Ready) read = admit(exchange);
  if (read == Read::Ready) read = co_await read_body(exchange);
  if (read == Read::Ready) read = co_await run_handler(exchange);
  if (read == Read::Gone) co_return false;
  if (read == Read::Refused) exchange.response = error_answer(exchange);
  co_return co_await send(exchange);
}

// An idle connection keeps its coroutine and its socket, but no buffer.
Task<bool> Connection::wait_for_request() {
  if (!input_.empty()) co_return true;
  input_.release();
  if (service_->stopping) co_return false;
  idle_ = true;
  const IoStatus status = co_await stream_->readable(limits().idle);
  idle_ = false;
  co_return status == IoStatus::Ok;
}

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

bool Connection::is_health(const Exchange& exchange) const {
  return service_->options.health && exchange.path == "/healthz" &&
         (exchange.method == Method::Get || exchange.method == Method::Head);
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

Task<Connection::Read> Connection::run_handler(Exchange& exchange) {
  if (!exchange.flight_share.grow_to(1)) co_return refuse(exchange, 503, kTooManyRequests);
  const auto pending = std::make_shared<PendingAnswer>();
  pending_ = pending;
  const bool threw = !call_handler(exchange, pending);
  if (!pending->is_settled()) co_await until_settled(*pending);
  pending_.reset();
  exchange.flight_share.release();
  exchange.body_share.release();
  if (pending->is_abandoned()) co_return Read::Gone;
  std::optional<Response> response = pending->take();

  if (!response) {
    if (!threw) report(exchange.request_id, "the handler dropped its reply");
    co_return refuse(exchange, 500, kNotAnswered);
  }
  exchange.response = std::move(*response);
  co_return Read::Ready;
}

// False when it threw; the answer is then settled, unless the handler had given one before.
bool Connection::call_handler(Exchange& exchange, const std::shared_ptr<PendingAnswer>& pending) {
  exchange.handed_over = true;
  try {
    service_->handler(std::move(exchange.request), Reply(pending));
    return true;
  } catch (const std::exception& e) {
    report(exchange.request_id, e.what());
    pending->settle(std::nullopt);
  } catch (...) {
    report(exchange.request_id, "the handler threw something that is no std::exception");
    pending->settle(std::nullopt);
  }
  return false;
}

Response Connection::health_answer(Exchange& exchange) {
  try {
    return service_->options.health();
  } catch (const std::exception& e) {
    report(exchange.request_id, e.what());
    return error_response(*service_, {500, kNotAnswered}, &exchange.request);
  }
}

// A request that the handler was given is gone; what is left of it tells at least which kind of
// page.
Response Connection::error_answer(const Exchange& exchange) const {
  if (!exchange.head_read) return error_response(*service_, exchange.refusal, nullptr);
  if (!exchange.handed_over) return error_response(*service_, exchange.refusal, &exchange.request);
  Request rest;
  rest.method = exchange.method;
  rest.path = exchange.path;
  rest.request_id = exchange.request_id;
  rest.remote_address = remote_address_;
  return error_response(*service_, exchange.refusal, &rest);
}

Task<bool> Connection::send(Exchange& exchange) {
  const bool complete = exchange.framed && exchange.parser.is_done();
  const bool reusable = complete || can_drain(exchange);
  const bool keep_alive = reusable && exchange.parser.keeps_alive() && !service_->stopping;
  const std::string head = head_of(exchange, keep_alive);
  const bool has_body = exchange.method != Method::Head && may_have_body(exchange.response.status);
  std::string_view body;
  if (has_body) body = exchange.response.content();
  const bool written = co_await write(head, body);
  log(exchange, body.size());
  if (!written) co_return false;
  // GCC 12 would await the right side of `complete || co_await drain(…)` in any case.
  if (keep_alive && complete) co_return true;
  if (keep_alive) co_return co_await drain(exchange);
  if (!complete || !input_.empty()) co_await linger();
  co_return false;
}

// The last thing that can go wrong on our side is a field that a handler made of somebody's data.
std::string Connection::head_of(Exchange& exchange, bool keep_alive) {
  ResponseWriter::Framing framing;
  framing.http_1_0 = exchange.http_1_0;
  framing.keep_alive = keep_alive;
  framing.date = cached_http_date(service_->options.now());
  framing.request_id = exchange.request_id;
  try {
    if (service_->options.compress) {
      compress_if_accepted(exchange.response, exchange.accept_encoding);
    }
    return service_->writer.head_of(exchange.response, framing);
  } catch (const std::exception& e) {
    report(exchange.request_id, e.what());
    exchange.response = problem_page({500, kNotAnswered}, nullptr);
    return service_->writer.head_of(exchange.response, framing);
  }
}

// In pieces, so that the deadline is for a size that a slow line can carry.
Task<bool> Connection::write(std::string_view head, std::string_view body) {
  while (!head.empty() || !body.empty()) {
    const std::string_view piece = body.substr(0, limits().write_piece_bytes);
    const IoStatus status = co_await stream_->write(head, piece, limits().write);
    if (status != IoStatus::Ok) co_return false;
    head = {};
    body.remove_prefix(piece.size());
  }
  co_return true;
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

void Connection::log(const Exchange& exchange, std::size_t body_bytes) {
  if (!service_->options.access_log) return;
  AccessEntry entry;
  entry.time = service_->options.now();
  entry.request_id = exchange.request_id;
  entry.remote = remote_address_;
  entry.method = name_of(exchange.method);
  entry.path = exchange.path;
  entry.status = exchange.response.status;
  entry.body_bytes = body_bytes;
  const auto duration = Clock::now() - exchange.begun;
  entry.duration_us = std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
  entry.user = exchange.response.log_user;
  service_->options.access_log->write(entry);
}

void Connection::report(std::string_view request_id, std::string_view what) noexcept {
  try {
    service_->options.on_incident(request_id, what);
  } catch (...) {  // the log is broken; the other connections go on
  }
}

}  // namespace formwork::http
