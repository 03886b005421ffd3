#include "server/http/response_writer.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "server/http/characters.h"

namespace formwork::http {
namespace {

constexpr std::array<std::string_view, 5> kOurs{"Content-Length", "Transfer-Encoding", "Connection",
                                                "Date", "X-Request-Id"};

void append_field(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

void check(const Header& header) {
  const auto is_forbidden = [](char c) { return is_control(c) && c != '\t'; };
  if (!is_token(header.name) ||
      std::any_of(header.value.begin(), header.value.end(), is_forbidden)) {
    throw std::invalid_argument("a response has a malformed header field");
  }
}

void check_of_handler(const Header& header) {
  check(header);
  for (const std::string_view name : kOurs) {
    if (equals_ignoring_case(name, header.name)) {
      throw std::invalid_argument("a response sets a header field of the HTTP layer: " +
                                  header.name);
    }
  }
}

}  // namespace

bool may_have_body(int status) { return status >= 200 && status != 204 && status != 304; }

ResponseWriter::ResponseWriter(std::vector<Header> defaults) : defaults_(std::move(defaults)) {
  for (const Header& header : defaults_) {
    check_of_handler(header);
    append_field(default_block_, header.name, header.value);
  }
}

void ResponseWriter::append_defaults(std::string& out, const Response& response) const {
  const auto is_replaced = [&](const Header& h) {
    return std::any_of(response.headers.begin(), response.headers.end(),
                       [&](const Header& own) { return equals_ignoring_case(own.name, h.name); });
  };
  if (std::none_of(defaults_.begin(), defaults_.end(), is_replaced)) {
    out.append(default_block_);
    return;
  }
  for (const Header& header : defaults_) {
    if (!is_replaced(header)) append_field(out, header.name, header.value);
  }
}

std::string ResponseWriter::head_of(const Response& response, const Framing& framing) const {
  if (response.status < 200 || response.status > 599) {
    throw std::invalid_argument("a response has no final status");
  }
  std::string out;
  out.reserve(256 + default_block_.size() + 64 * response.headers.size());
  out.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
  out.append(reason_phrase(response.status)).append("\r\n");
  for (const Header& header : response.headers) {
    check_of_handler(header);
    append_field(out, header.name, header.value);
  }
  append_defaults(out, response);
  append_field(out, "Date", framing.date);
  if (!framing.request_id.empty()) append_field(out, "X-Request-Id", framing.request_id);
  if (may_have_body(response.status)) {
    append_field(out, "Content-Length", std::to_string(response.content().size()));
  }
  if (!framing.keep_alive) {
    append_field(out, "Connection", "close");
  } else if (framing.http_1_0) {
    append_field(out, "Connection", "keep-alive");
  }
  out.append("\r\n");
  return out;
}

}  // namespace formwork::http
