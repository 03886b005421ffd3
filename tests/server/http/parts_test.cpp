// The small parts: dates, ids, content codings, assets.
#include <set>
#include <string>

#include <doctest/doctest.h>
#include <zlib.h>

#include "server/http/content_coding.h"
#include "server/http/http_date.h"
#include "server/http/request_id.h"

namespace formwork::http {
namespace {

std::string inflated(std::string_view bytes, std::size_t size) {
  std::string out(size + 1, '\0');
  z_stream stream{};
  REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

TEST_CASE("HTTP dates name the day of the week, before 1970 too") {
  CHECK(to_http_date(Instant{0}) == "Thu, 01 Jan 1970 00:00:00 GMT");
  CHECK(to_http_date(Instant{-1}) == "Wed, 31 Dec 1969 23:59:59 GMT");
  CHECK(to_http_date(Instant{784'111'777'999'999}) == "Sun, 06 Nov 1994 08:49:37 GMT");
  CHECK(cached_http_date(Instant{784'111'777'000'000}) == "Sun, 06 Nov 1994 08:49:37 GMT");
  CHECK(cached_http_date(Instant{784'111'778'000'000}) == "Sun, 06 Nov 1994 08:49:38 GMT");
}

TEST_CASE("request ids are 128 bits in hexadecimal and do not repeat") {
  std::set<std::string> ids;
  for (int i = 0; i < 1000; ++i) ids.insert(random_request_id());
  CHECK(ids.size() == 1000);
  for (const std::string& id : ids) {
    CHECK(id.size() == 32);
    CHECK(id.find_first_not_of("0123456789abcdef") == std::string::npos);
  }
}

TEST_CASE("Accept-Encoding is read with weights and the asterisk") {
  struct Row {
    std::string_view value;
    bool gzip;
  };

  for (const Row& row : {Row{"gzip", true}, Row{"deflate, GZIP;q=0.5", true}, Row{"", false},
                         Row{"*", true}, Row{"*;q=0", false}, Row{"gzip;q=0, *", false},
                         Row{"gzip; q=0.000", false}, Row{"x-gzip", false}, Row{"br", false}}) {
    CAPTURE(row.value);
    CHECK(accepts_coding(row.value, "gzip") == row.gzip);
  }
}

TEST_CASE("gzip gives back what went in, again and again") {
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{100'000}}) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) text += static_cast<char>(i * i % 251);
    CHECK(inflated(gzip(text), size) == text);
  }
}

TEST_CASE("a body with a strong ETag is not compressed, one with a weak ETag is") {
  for (const bool weak : {false, true}) {
    Response response = html_response(200, std::string(5000, 'x'));
    response.set("ETag", weak ? "W/\"1\"" : "\"1\"");
    compress_if_accepted(response, "gzip");
    CHECK(response.header("Content-Encoding") == (weak ? "gzip" : ""));
  }
}

TEST_CASE("an asset is given in the smallest encoding that is there and accepted") {
  const auto bytes = [](const char* text) { return std::make_shared<const std::string>(text); };
  Asset asset{"text/css", bytes("plain"), bytes("gz"), bytes("br")};
  CHECK(asset_response(asset, "gzip, br").content() == "br");
  CHECK(asset_response(asset, "gzip").content() == "gz");
  CHECK(asset_response(asset, "").content() == "plain");
  CHECK(asset_response(asset, "gzip").header("Vary") == "Accept-Encoding");
  asset.brotli = nullptr;
  CHECK(asset_response(asset, "gzip, br").header("Content-Encoding") == "gzip");
  asset.gzip = nullptr;
  CHECK(asset_response(asset, "gzip, br").content() == "plain");
  CHECK(asset_response(asset, "gzip, br").header("Vary").empty());
}

}  // namespace
}  // namespace formwork::http
