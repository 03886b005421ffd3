// Queries, urlencoded forms, cookies and multipart/form-data.
#include <string>

#include <doctest/doctest.h>

#include "server/http/multipart.h"
#include "server/http/query.h"
#include "server/http/request.h"

namespace formwork::http {
namespace {

const std::string kType = "multipart/form-data; boundary=XX";

std::string part(const std::string& head, const std::string& content) {
  return "--XX\r\n" + head + "\r\n\r\n" + content + "\r\n";
}

const std::string kNamed = "Content-Disposition: form-data; name=\"a\"";

TEST_CASE("a query is decoded once, in order, with repeated and empty values") {
  const auto parameters = parse_query("a=1&b=%E6%8A%A5+%2B&&a=x%3Dy=z&flag&=empty&%2525=%2525");
  REQUIRE(parameters);
  std::string shown;
  for (const Parameter& p : *parameters) shown += "[" + p.name + "|" + p.value + "]";
  CHECK(shown == "[a|1][b|报 +][a|x=y=z][flag|][|empty][%25|%25]");
  CHECK(parse_query("")->empty());
}

TEST_CASE("a query with a broken escape, NUL or bytes that are no UTF-8 is refused") {
  for (const std::string text :
       {"a=%", "a=%2", "a=%g1", "a=%00", "a=%ff", "a=%C0%80", "%ED%A0%80=1"}) {
    CAPTURE(text);
    const auto parameters = parse_query(text);
    REQUIRE_FALSE(parameters);
    CHECK(parameters.error() == QueryProblem::Malformed);
  }
}

TEST_CASE("the parameters of a query are counted") {
  FormLimits limits;
  limits.parameters = 3;
  CHECK(parse_query("a&b&c", limits));
  const auto refused = parse_query("a&b&c&d", limits);
  REQUIRE_FALSE(refused);
  CHECK(refused.error() == QueryProblem::TooManyParameters);
}

TEST_CASE("a cookie is found by its exact name, in any Cookie field") {
  Request request;
  request.headers.add("cookie", "a=1; session=first=x;b=; session=second");
  request.headers.add("Cookie", "late=2");
  CHECK(request.cookie("session") == "first=x");
  CHECK(request.cookie("late") == "2");
  CHECK(request.cookie("b").empty());
  CHECK(request.cookie("sess").empty());
  CHECK(request.cookie("Session").empty());
}

TEST_CASE("header fields are found whatever their case") {
  Request request;
  request.headers.add("Content-TYPE", "text/plain ; charset=utf-8");
  CHECK(request.header("content-type") == "text/plain ; charset=utf-8");
  CHECK(request.content_type() == "text/plain");
  CHECK(request.header("Content-Typ").empty());
  CHECK(has_list_element("a, B ,c", "b"));
  CHECK_FALSE(has_list_element("ab, c", "b"));
}

TEST_CASE("multipart forms give controls and files") {
  const std::string file =
      "Content-Disposition: form-data; name=\"f\"; filename=\"报价 %22x%22.pdf\"\r\n"
      "Content-Type: application/pdf";
  const std::string body =
      part(kNamed, "one\r\n--X\r\ntwo") + part(file, std::string("\0\r\n", 3)) + "--XX--\r\n";
  const auto parts = parse_multipart("Multipart/Form-Data; Boundary=\"XX\"", body);
  REQUIRE(parts);
  REQUIRE(parts->size() == 2);
  CHECK((*parts)[0].name == "a");
  CHECK((*parts)[0].content == "one\r\n--X\r\ntwo");
  CHECK_FALSE((*parts)[0].filename.has_value());
  CHECK((*parts)[1].filename == "报价 \"x\".pdf");
  CHECK((*parts)[1].content_type == "application/pdf");
  CHECK((*parts)[1].content == std::string("\0\r\n", 3));
}

TEST_CASE("a form without controls has only its end") {
  const auto parts = parse_multipart(kType, "--XX--\r\n");
  REQUIRE(parts);
  CHECK(parts->empty());
}

TEST_CASE("a Content-Type without a usable boundary is refused") {
  for (const std::string type :
       {"multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=XX",
        "multipart/form-data; boundary=\"XX", "multipart/form-data; boundary=XX; boundary=YY",
        "multipart/form-data; boundary=\"a{b\""}) {
    CAPTURE(type);
    const auto parts = parse_multipart(type, "--XX--\r\n");
    REQUIRE_FALSE(parts);
    CHECK(parts.error() == MultipartProblem::NoBoundary);
  }
  const std::string longest(70, 'b');
  CHECK(parse_multipart("multipart/form-data; boundary=" + longest, "--" + longest + "--"));
  CHECK_FALSE(
      parse_multipart("multipart/form-data; boundary=" + longest + "b", "--" + longest + "b--"));
}

TEST_CASE("a multipart body that two readers could cut in two ways is refused") {
  const std::string end = "--XX--\r\n";
  for (const std::string& body :
       {std::string(),
        std::string("--XX"),
        "preamble\r\n" + part(kNamed, "1") + end,
        part(kNamed, "1"),
        part(kNamed, "1") + "--XX-",
        part(kNamed, "1") + end + "epilogue",
        part(kNamed, "1") + "--XXY\r\n" + end,
        "--XX \r\n" + kNamed + "\r\n\r\n1\r\n" + end,
        "--XX\n" + kNamed + "\n\n1\n" + end,
        part("X: y", "1") + end,
        part("Content-Type: text/plain", "1") + end,
        part(kNamed + "\r\n" + kNamed, "1") + end,
        part(kNamed + "; name=\"b\"", "1") + end,
        part(kNamed + "; filename*=UTF-8''x", "1") + end,
        part("Content-Disposition: form-data; name=\"a\\\"; filename=\"b\"", "1") + end,
        part("Content-Disposition: form-data", "1") + end,
        part("Content-Disposition: attachment; name=\"a\"", "1") + end,
        part("Content-Disposition: form-data; name=\"\xff\"", "1") + end,
        part("Content-Disposition : form-data; name=\"a\"", "1") + end,
        part(kNamed + "\r\nContent-Transfer-Encoding: base64", "1") + end,
        part(kNamed + "\r\n folded", "1") + end}) {
    CAPTURE(body);
    const auto parts = parse_multipart(kType, body);
    REQUIRE_FALSE(parts);
    CHECK(parts.error() == MultipartProblem::Malformed);
  }
}

TEST_CASE("the parts of a form and the header section of each are bounded") {
  FormLimits limits;
  limits.parts = 2;
  limits.part_header_bytes = kNamed.size() + 4;
  const std::string end = "--XX--\r\n";
  const std::string one = part(kNamed, "1");
  CHECK(parse_multipart(kType, one + one + end, limits));
  const auto many = parse_multipart(kType, one + one + one + end, limits);
  REQUIRE_FALSE(many);
  CHECK(many.error() == MultipartProblem::TooManyParts);
  limits.part_header_bytes -= 1;
  const auto large = parse_multipart(kType, one + end, limits);
  REQUIRE_FALSE(large);
  CHECK(large.error() == MultipartProblem::HeadersTooLarge);
}

}  // namespace
}  // namespace formwork::http
