#include "server/http/connection.h"

#include <exception>
#include <utility>

#include <boost/asio/awaitable.hpp>

#include "server/http/exchange.h"
#include "server/http/pending_answer.h"

namespace formwork::http {

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

// The log being broken is no reason to end a connection.
void Connection::report(std::string_view request_id, std::string_view what) noexcept {
  try {
    service_->options.on_incident(request_id, what);
  } catch (...) {
  }
}

}  // namespace formwork::http
