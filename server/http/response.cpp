#include "server/http/response.h"

#include <algorithm>
#include <utility>

#include "server/http/characters.h"
#include "server/http/content_coding.h"

namespace formwork::http {

Response& Response::set(std::string_view name, std::string_view value) {
  std::erase_if(headers, [&](const Header& h) { return equals_ignoring_case(h.name, name); });
  return add(name, value);
}

Response& Response::add(std::string_view name, std::string_view value) {
  headers.push_back({std::string(name), std::string(value)});
  return *this;
}

std::string_view Response::header(std::string_view name) const {
  for (const Header& h : headers) {
    if (equals_ignoring_case(h.name, name)) return h.value;
  }
  return {};
}

Response text_response(int status, std::string_view text) {
  Response response;
  response.status = status;
  response.body = text;
  response.add("Content-Type", "text/plain; charset=utf-8");
  return response;
}

Response html_response(int status, std::string html) {
  Response response;
  response.status = status;
  response.body = std::move(html);
  response.compress = true;
  response.add("Content-Type", "text/html; charset=utf-8");
  return response;
}

Response json_response(int status, std::string json, std::string_view type) {
  Response response;
  response.status = status;
  response.body = std::move(json);
  response.add("Content-Type", type);
  return response;
}

Response redirect_response(int status, std::string_view location) {
  Response response;
  response.status = status;
  response.add("Location", location);
  return response;
}

Response asset_response(const Asset& asset, std::string_view accept_encoding) {
  Response response;
  response.add("Content-Type", asset.content_type);
  if (asset.gzip || asset.brotli) response.add("Vary", "Accept-Encoding");
  if (asset.brotli && accepts_coding(accept_encoding, "br")) {
    response.shared_body = asset.brotli;
    response.add("Content-Encoding", "br");
  } else if (asset.gzip && accepts_coding(accept_encoding, "gzip")) {
    response.shared_body = asset.gzip;
    response.add("Content-Encoding", "gzip");
  } else {
    response.shared_body = asset.identity;
  }
  return response;
}

std::string_view reason_phrase(int status) {
  struct Entry {
    int status;
    std::string_view phrase;
  };

  static constexpr Entry kPhrases[] = {
      {200, "OK"},
      {201, "Created"},
      {202, "Accepted"},
      {204, "No Content"},
      {206, "Partial Content"},
      {301, "Moved Permanently"},
      {302, "Found"},
      {303, "See Other"},
      {304, "Not Modified"},
      {307, "Temporary Redirect"},
      {308, "Permanent Redirect"},
      {400, "Bad Request"},
      {401, "Unauthorized"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {406, "Not Acceptable"},
      {408, "Request Timeout"},
      {409, "Conflict"},
      {410, "Gone"},
      {411, "Length Required"},
      {412, "Precondition Failed"},
      {413, "Content Too Large"},
      {414, "URI Too Long"},
      {415, "Unsupported Media Type"},
      {416, "Range Not Satisfiable"},
      {417, "Expectation Failed"},
      {422, "Unprocessable Content"},
      {428, "Precondition Required"},
      {429, "Too Many Requests"},
      {431, "Request Header Fields Too Large"},
      {500, "Internal Server Error"},
      {501, "Not Implemented"},
      {503, "Service Unavailable"},
  };
  const auto* const found = std::find_if(std::begin(kPhrases), std::end(kPhrases),
                                         [status](const Entry& e) { return e.status == status; });
  return found == std::end(kPhrases) ? std::string_view{} : found->phrase;
}

}  // namespace formwork::http
