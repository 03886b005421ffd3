// formwork_floor: the floor that our server is held against, bare Boost.Beast on SQLite.
//
// One I/O thread, keep-alive, no deadlines, no sign-in, no log, no checks. It answers
//   POST /api/v1/records/lead            201 after the commit; 503 with Retry-After if the queue is
//   full GET  /api/v1/records/lead/{id}       the record GET  /api/v1/records/lead?source=S…  the
//   50 newest records of one source GET  /static/N                       N bytes, the same for all
//   GET  /healthz, /readyz               200
#include <charconv>
#include <csignal>
#include <cstdio>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include <CLI/CLI.hpp>
#include <boost/asio.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <fmt/core.h>

#include "tests/bench/floor_store.h"

namespace formwork::bench {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using Socket = asio::basic_stream_socket<tcp, asio::io_context::executor_type>;
using ErrorCode = boost::system::error_code;
using Request = http::request<http::string_body>;
using Response = http::response<http::span_body<const char>>;

constexpr std::string_view kRecords = "/api/v1/records/lead";
constexpr std::string_view kStatic = "/static/";
constexpr std::size_t kStaticLimit = 16U << 20U;
constexpr int kPage = 50;

class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(Socket socket, FloorStore& store) : socket_(std::move(socket)), store_(store) {
    socket_.set_option(tcp::no_delay(true));
    buffer_.reserve(8192);
  }

  void read() {
    request_ = {};
    http::async_read(socket_, buffer_, request_,
                     [self = shared_from_this()](ErrorCode error, std::size_t) {
                       if (!error) self->handle();
                     });
  }

 private:
  void handle() {
    const std::string_view target(request_.target().data(), request_.target().size());
    if (request_.method() == http::verb::post && target == kRecords) return create();
    if (target.starts_with(kStatic)) return send_static(target.substr(kStatic.size()));
    if (target.starts_with(kRecords)) return send_records(target.substr(kRecords.size()));
    if (target == "/healthz" || target == "/readyz") return send(http::status::ok, "ok\n");
    send(http::status::not_found, "not found\n");
  }

  void create() {
    std::optional<FloorLead> lead = read_lead(request_.body());
    if (!lead) return send(http::status::bad_request, "the body is no JSON object\n");
    Submit submit;
    submit.lead = std::move(*lead);
    submit.changes = std::move(request_.body());
    submit.answer = [self = shared_from_this()](Submit& done, Stored stored) {
      self->send_created(done, stored);
    };
    if (store_.submit(submit)) return;
    response_.set(http::field::retry_after, "1");
    send(http::status::service_unavailable, "busy\n");
  }

  void send_created(const Submit& done, Stored stored) {
    if (stored == Stored::Duplicate) return send(http::status::conflict, "duplicate\n");
    if (stored == Stored::Failed) return send(http::status::internal_server_error, "failed\n");
    response_.set(http::field::location, std::string(kRecords) + '/' + done.lead.id);
    text_.clear();
    write_lead(done.lead, text_);
    send(http::status::created, text_, "application/json");
  }

  void send_records(std::string_view rest) {
    constexpr std::string_view kFilter = "?source=";
    if (rest.starts_with('/')) return send_record(rest.substr(1));
    if (rest.starts_with(kFilter)) {
      rest.remove_prefix(kFilter.size());
      return send_page(rest.substr(0, rest.find('&')));
    }
    send(http::status::not_found, "not found\n");
  }

  void send_record(std::string_view id) {
    const std::optional<FloorLead> lead = store_.find(id);
    if (!lead) return send(http::status::not_found, "not found\n");
    text_.clear();
    write_lead(*lead, text_);
    send(http::status::ok, text_, "application/json");
  }

  void send_page(std::string_view source) {
    text_ = R"({"items":[)";
    for (const FloorLead& lead : store_.page(source, kPage)) {
      if (text_.back() == '}') text_ += ',';
      write_lead(lead, text_);
    }
    text_ += "]}";
    send(http::status::ok, text_, "application/json");
  }

  void send_static(std::string_view digits) {
    static std::unordered_map<std::size_t, std::string> bodies;  // one I/O thread, no lock
    std::size_t size = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), size);
    if (size > kStaticLimit) return send(http::status::not_found, "too large\n");
    std::string& body = bodies[size];
    body.resize(size, 'x');
    send(http::status::ok, body, "text/html; charset=utf-8");
  }

  // `body` must live until it is sent: a literal, a static body, or text_.
  void send(http::status status, std::string_view body, std::string_view type = "text/plain") {
    response_.result(status);
    response_.version(request_.version());
    response_.keep_alive(request_.keep_alive());
    response_.set(http::field::content_type, type);
    response_.body() = boost::beast::span<const char>(body.data(), body.size());
    response_.prepare_payload();
    http::async_write(socket_, response_,
                      [self = shared_from_this()](ErrorCode error, std::size_t) {
                        if (error || !self->response_.keep_alive()) return;
                        self->response_ = {};
                        self->read();
                      });
  }

  Socket socket_;
  FloorStore& store_;
  boost::beast::flat_buffer buffer_;
  Request request_;
  Response response_;
  std::string text_;
};

class Listener {
 public:
  Listener(asio::io_context& context, std::uint16_t port, FloorStore& store)
      : acceptor_(context, {asio::ip::address_v4::loopback(), port}), store_(store) {}

  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

  void accept() {
    acceptor_.async_accept([this](ErrorCode error, Socket socket) {
      if (!error) std::make_shared<Session>(std::move(socket), store_)->read();
      accept();
    });
  }

 private:
  asio::basic_socket_acceptor<tcp, asio::io_context::executor_type> acceptor_;
  FloorStore& store_;
};

void serve(FloorStoreOptions options, std::uint16_t port) {
  asio::io_context context(1);
  options.run_answers = [&context](std::function<void()> answers) {
    asio::post(context, std::move(answers));
  };
  FloorStore store(std::move(options));
  Listener listener(context, port, store);
  listener.accept();
  asio::signal_set signals(context, SIGINT, SIGTERM);
  signals.async_wait([&context](ErrorCode, int) { context.stop(); });
  fmt::print("listening on http://127.0.0.1:{}\n", listener.port());
  std::fflush(stdout);
  context.run();
}

}  // namespace
}  // namespace formwork::bench

int main(int argc, char** argv) {
  CLI::App app{"Bare Beast on SQLite, the floor of the benches; listens on 127.0.0.1."};
  formwork::bench::FloorStoreOptions options;
  std::uint16_t port = 0;
  app.add_option("--db", options.file, "SQLite file, created if missing")->required();
  app.add_option("--port", port, "Port; 0 takes a free one");
  app.add_option("--checkpoint-pages", options.checkpoint_pages, "Pages between checkpoints");
  app.add_option("--queue", options.queue_limit, "Submits that may wait before 503");
  CLI11_PARSE(app, argc, argv);
  try {
    formwork::bench::serve(std::move(options), port);
  } catch (const std::exception& failure) {
    fmt::print(stderr, "formwork_floor: {}\n", failure.what());
    return 3;
  }
  return 0;
}
