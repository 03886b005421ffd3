#include "server/http/request_parser.h"

#include <algorithm>
#include <string>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>

#include "server/http/characters.h"
#include "server/http/limits.h"
#include "server/http/target.h"

namespace formwork::http {
namespace {

namespace beast = boost::beast;
using ErrorCode = beast::error_code;

// A declared length above this does not fit a size on any machine we run on.
constexpr std::size_t kLengthDigits = 18;

// A body that is declared small gets its memory at once; a larger one has to arrive first.
constexpr std::uint64_t kReservedBytes = 64 * kKibibyte;

// Whatever is left of a chunked body ends with a chunk of length 0 and an empty line. Beast 1.81
// asserts that it is not asked again with less than that.
constexpr std::size_t kShortestChunkedRest = std::string_view("0\r\n\r\n").size();

std::string_view to_std(beast::string_view text) { return {text.data(), text.size()}; }

bool is_length(std::string_view value) {
  return !value.empty() && value.size() <= kLengthDigits &&
         std::all_of(value.begin(), value.end(), is_digit);
}

// RFC 9112 leaves room where two readers can differ; we take the one reading or none.
std::optional<Refusal> check_framing(const Request& request) {
  const HeaderList& headers = request.headers;
  const std::size_t codings = headers.count("Transfer-Encoding");
  const std::size_t lengths = headers.count("Content-Length");
  if (codings + lengths > 1) return Refusal{400, "the length of the body is given more than once"};
  if (lengths == 1 && !is_length(headers.find("Content-Length"))) {
    return Refusal{400, "Content-Length must be one decimal number"};
  }
  if (codings == 1 &&
      (request.http_1_0 || !equals_ignoring_case(headers.find("Transfer-Encoding"), "chunked"))) {
    return Refusal{400, "Transfer-Encoding must be exactly `chunked`"};
  }
  return std::nullopt;
}

std::optional<Refusal> check_host(const Request& request) {
  const std::size_t hosts = request.headers.count("Host");
  if (hosts == 0 && request.http_1_0) return std::nullopt;
  if (hosts != 1) return Refusal{400, "there must be exactly one Host field"};
  if (!is_well_formed_host(request.header("Host")))
    return Refusal{400, "the Host field is malformed"};
  return std::nullopt;
}

std::optional<Refusal> check_method(Method method) {
  if (method == Method::Trace || method == Method::Connect) {
    return Refusal{405, "TRACE and CONNECT are not offered"};
  }
  if (method == Method::Unknown) return Refusal{501, "the request method is unknown"};
  return std::nullopt;
}

}  // namespace

class RequestParser::Impl final : public beast::http::basic_parser<true> {
 public:
  explicit Impl(Request& request) : request_(request) {
    body_limit(boost::none);  // ours depends on the route, and is checked where the body is read
    header_limit(1U << 30U);  // HeadScanner has measured the header section already
  }

  std::optional<Refusal> check_head() {
    if (auto refusal = check_framing(request_)) return refusal;
    if (auto refusal = check_host(request_)) return refusal;
    if (auto refusal = check_method(request_.method)) return refusal;
    Expected<Target, std::string_view> target =
        http::parse_target(request_.target, request_.header("Host"));
    if (!target) return Refusal{400, target.error()};
    request_.path = std::move(target->path);
    request_.query = std::move(target->query);
    const std::size_t expectations = request_.headers.count("Expect");
    expects_continue =
        expectations == 1 && equals_ignoring_case(request_.header("Expect"), "100-continue");
    if (expectations > 0 && !expects_continue) {
      return Refusal{417, "the only expectation that can be met is 100-continue"};
    }
    return std::nullopt;
  }

  bool discards = false;
  bool expects_continue = false;
  std::uint64_t body_bytes = 0;

 private:
  void on_request_impl(beast::http::verb, beast::string_view method, beast::string_view target,
                       int version, ErrorCode&) override {
    request_.method = http::parse_method(to_std(method));
    request_.target = to_std(target);
    request_.http_1_0 = version == 10;
  }

  void on_response_impl(int, beast::string_view, int, ErrorCode&) override {}

  // Trailers come this way too, after the header section; nobody may build on them.
  void on_field_impl(beast::http::field, beast::string_view name, beast::string_view value,
                     ErrorCode&) override {
    if (!is_header_done()) request_.headers.add(to_std(name), to_std(value));
  }

  void on_header_impl(ErrorCode&) override {}

  void on_body_init_impl(const boost::optional<std::uint64_t>& length, ErrorCode&) override {
    if (length && *length <= kReservedBytes) request_.body.reserve(*length);
  }

  std::size_t on_body_impl(beast::string_view bytes, ErrorCode&) override {
    body_bytes += bytes.size();
    if (!discards) request_.body.append(bytes.data(), bytes.size());
    return bytes.size();
  }

  void on_chunk_header_impl(std::uint64_t, beast::string_view, ErrorCode&) override {}

  std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view bytes, ErrorCode& ec) override {
    return on_body_impl(bytes, ec);
  }

  void on_finish_impl(ErrorCode&) override {}

  Request& request_;
};

RequestParser::RequestParser(Request& request) : impl_(std::make_unique<Impl>(request)) {}

RequestParser::~RequestParser() = default;

std::optional<Refusal> RequestParser::parse_head(std::string_view head) {
  ErrorCode ec;
  const std::size_t consumed = impl_->put(boost::asio::buffer(head.data(), head.size()), ec);
  if (!ec && consumed == head.size() && impl_->is_header_done()) {
    impl_->eager(true);
    return impl_->check_head();
  }
  return Refusal{400, "the header section is malformed"};
}

RequestParser::Step RequestParser::parse_body(std::string_view received) {
  if (impl_->chunked() && received.size() < kShortestChunkedRest) return {0, false};
  ErrorCode ec;
  const std::size_t consumed =
      impl_->put(boost::asio::buffer(received.data(), received.size()), ec);
  return {consumed, ec && ec != beast::http::error::need_more};
}

bool RequestParser::is_done() const { return impl_->is_done(); }

std::optional<std::uint64_t> RequestParser::content_length() const {
  const auto length = impl_->content_length();
  return length ? std::optional<std::uint64_t>(*length) : std::nullopt;
}

bool RequestParser::keeps_alive() const { return impl_->keep_alive(); }

bool RequestParser::expects_continue() const { return impl_->expects_continue; }

void RequestParser::discard_body() { impl_->discards = true; }

std::uint64_t RequestParser::body_bytes() const { return impl_->body_bytes; }

}  // namespace formwork::http
