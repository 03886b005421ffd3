// A response as a handler writes it. Framing, Date, X-Request-Id, the application's security
// headers and compression are added on the way out.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/headers.h"

namespace formwork::http {

// Bytes that many answers share and none changes.
using SharedBytes = std::shared_ptr<const std::string>;

struct Response {
  int status = 200;
  std::vector<Header> headers;  // a name given here replaces the application's default of that name
  std::string body;
  SharedBytes shared_body;  // when set, sent instead of `body`
  bool compress =
      false;  // may be sent as gzip; leave it off where secrets stand beside echoed input
  std::string log_user;  // for the access log; empty when nobody is signed in

  std::string_view content() const { return shared_body ? std::string_view(*shared_body) : body; }

  // Replaces the fields of that name, whatever their case.
  Response& set(std::string_view name, std::string_view value);

  // Adds a field beside others of that name, such as a second Set-Cookie.
  Response& add(std::string_view name, std::string_view value);

  // The first field of that name, whatever its case; empty when there is none.
  std::string_view header(std::string_view name) const;
};

Response text_response(int status, std::string_view text);

// Pages are compressed when the client accepts it.
Response html_response(int status, std::string html);

Response json_response(int status, std::string json, std::string_view type = "application/json");

// 303 when the answer to a POST is another page, 302 otherwise. `location` must be a checked local
// path.
Response redirect_response(int status, std::string_view location);

// A file of ours with the encodings made beforehand; an encoding that is not there is null.
struct Asset {
  std::string content_type;
  SharedBytes identity;
  SharedBytes gzip;
  SharedBytes brotli;
};

// The smallest encoding that the client accepts, with Content-Encoding and Vary.
Response asset_response(const Asset& asset, std::string_view accept_encoding);

// The reason phrase of a status; empty for one that has none.
std::string_view reason_phrase(int status);

}  // namespace formwork::http
