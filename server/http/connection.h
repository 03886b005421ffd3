// One connection: reads requests one after the other, has each answered, writes the answers in
// order.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "server/http/byte_stream.h"
#include "server/http/input_buffer.h"
#include "server/http/service.h"

namespace formwork::http {

class PendingAnswer;

// All members are called on the stream's executor.
class Connection {
 public:
  Connection(std::shared_ptr<Service> service, std::unique_ptr<ByteStream> stream,
             std::string remote_address);

  // Ends when the connection is closed, by whichever side. Does not throw.
  Task<void> serve();

  // Ends serve() now if no request has begun, else after its answer. Service::stopping must be set.
  void stop();

  // Ends serve() now; a request in flight gets no answer.
  void abandon();

 private:
  using Clock = std::chrono::steady_clock;
  struct Exchange;

  enum class Read : unsigned char {
    Ready,
    Refused,  // Exchange::refusal says why
    Gone,     // nobody is left to be answered
  };

  Task<bool> serve_one();
  Task<bool> wait_for_request();
  Task<Read> read_head(Exchange& exchange);
  Task<Read> read_body(Exchange& exchange);
  Task<IoStatus> fill(std::size_t bytes, Clock::time_point until);
  Read take_head(Exchange& exchange, std::size_t head_bytes);
  Read take_body(Exchange& exchange);
  Read admit(Exchange& exchange);
  Read refuse(Exchange& exchange, int status, std::string_view detail);
  bool is_health(const Exchange& exchange) const;
  Task<Read> run_handler(Exchange& exchange);
  bool call_handler(Exchange& exchange, const std::shared_ptr<PendingAnswer>& pending);
  Response health_answer(Exchange& exchange);
  Response error_answer(const Exchange& exchange) const;
  Task<bool> send(Exchange& exchange);
  Task<bool> write(std::string_view head, std::string_view body);
  std::string head_of(Exchange& exchange, bool keep_alive);
  bool can_drain(const Exchange& exchange) const;
  Task<bool> drain(Exchange& exchange);
  Task<void> linger();
  void log(const Exchange& exchange, std::size_t body_bytes);
  void report(std::string_view request_id, std::string_view what) noexcept;

  const Limits& limits() const { return service_->options.limits; }

  std::shared_ptr<Service> service_;
  std::unique_ptr<ByteStream> stream_;
  std::string remote_address_;
  InputBuffer input_;
  std::shared_ptr<PendingAnswer> pending_;  // while a handler owes the answer
  bool idle_ = false;                       // waiting for the first byte of a request
};

}  // namespace formwork::http
