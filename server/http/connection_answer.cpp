// How a connection gets an answer from the handler, or makes one itself, and sends it.
#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/http/access_log.h"
#include "server/http/content_coding.h"
#include "server/http/exchange.h"
#include "server/http/http_date.h"
#include "server/http/pending_answer.h"

namespace formwork::http {
namespace {

namespace asio = boost::asio;

constexpr std::string_view kNotAnswered = "the request could not be answered";

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

bool Connection::is_health(const Exchange& exchange) const {
  return service_->options.health && exchange.path == "/healthz" &&
         (exchange.method == Method::Get || exchange.method == Method::Head);
}

Response Connection::health_answer(Exchange& exchange) {
  try {
    return service_->options.health();
  } catch (const std::exception& e) {
    report(exchange.request_id, e.what());
    return error_response(*service_, {500, kNotAnswered}, exchange.request);
  }
}

// A request that the handler was given is gone; what is left of it tells at least which kind of
// page. What was read of a malformed one counts for nothing.
Response Connection::error_answer(const Exchange& exchange) const {
  if (exchange.head_read && !exchange.handed_over) {
    return error_response(*service_, exchange.refusal, exchange.request);
  }
  Request rest;
  if (exchange.head_read) {
    rest.method = exchange.method;
    rest.path = exchange.path;
  }
  rest.request_id = exchange.request_id;
  rest.remote_address = remote_address_;
  return error_response(*service_, exchange.refusal, rest);
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
    exchange.response = problem_page({500, kNotAnswered}, exchange.request);
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

}  // namespace formwork::http
