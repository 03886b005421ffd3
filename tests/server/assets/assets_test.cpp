#include "server/assets/assets.h"

#include <stdexcept>
#include <string>

#include <doctest/doctest.h>
#include <zlib.h>

namespace formwork::assets {
namespace {

std::string gunzip(std::string_view packed, std::size_t size) {
  z_stream stream{};
  constexpr int kGzipWrapper = 15 + 16;
  REQUIRE(inflateInit2(&stream, kGzipWrapper) == Z_OK);
  std::string in{packed};
  std::string out(size, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
  inflateEnd(&stream);
  return out;
}

const Asset& named(std::string_view name) {
  const Asset* asset =
      find_by_hashed_name(url_of(name).substr(std::string_view{"/assets/"}.size()));
  REQUIRE(asset != nullptr);
  return *asset;
}

TEST_CASE("every asset unpacks to its plain bytes and shrinks by packing") {
  for (const Asset& asset : all()) {
    CAPTURE(asset.name);
    CHECK(gunzip(asset.gzip, asset.identity.size()) == asset.identity);
    CHECK(asset.brotli.size() <= asset.gzip.size());
    CHECK(asset.gzip.size() < asset.identity.size());
  }
}

TEST_CASE("the hashed name keeps stem and ending around eight hex digits") {
  const Asset& css = named("ui.css");
  CHECK(css.hashed_name.size() == std::string_view{"ui.1a2b3c4d.css"}.size());
  CHECK(css.hashed_name.starts_with("ui."));
  CHECK(css.hashed_name.ends_with(".css"));
  CHECK(css.hashed_name.substr(3, 8).find_first_not_of("0123456789abcdef") ==
        std::string_view::npos);
  CHECK(css.url == "/assets/" + std::string{css.hashed_name});
}

TEST_CASE("an asset is served with its type and charset") {
  CHECK(named("ui.css").content_type == "text/css; charset=utf-8");
  CHECK(named("ui.js").content_type == "text/javascript; charset=utf-8");
  CHECK(named("favicon.svg").content_type == "image/svg+xml");
}

TEST_CASE("what a page loads stays within its budget") {
  constexpr std::size_t kStyleBudget = 12 * 1024;
  constexpr std::size_t kScriptBudget = 4 * 1024;
  CHECK(named("ui.css").gzip.size() <= kStyleBudget);
  CHECK(named("ui.js").gzip.size() <= kScriptBudget);
}

TEST_CASE("names without a hash, or with an old one, are not found") {
  for (const std::string_view name : {"ui.css", "ui.00000000.css", "", "../ui.css"}) {
    CAPTURE(name);
    CHECK(find_by_hashed_name(name) == nullptr);
  }
  CHECK_THROWS_AS(url_of("other.css"), std::invalid_argument);
}

TEST_CASE("icons are complete drawings that leave size and colour to the style sheet") {
  CHECK(icons().size() >= 50);
  for (const Icon& each : icons()) {
    CAPTURE(each.name);
    CHECK(icon(each.name) == each.markup);
    CHECK(each.markup.starts_with(R"(<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><)"));
    CHECK(each.markup.ends_with("/></svg>"));
    CHECK(each.markup.find("stroke") == std::string_view::npos);
    CHECK(each.markup.find('\n') == std::string_view::npos);
    CHECK(each.markup.find("style=") == std::string_view::npos);
  }
  CHECK(icon("no-such-icon").empty());
}

}  // namespace
}  // namespace formwork::assets
