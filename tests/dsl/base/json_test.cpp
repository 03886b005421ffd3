#include "dsl/base/json.h"

#include <doctest/doctest.h>

namespace formwork::json {
namespace {

using std::string_literals::operator""s;

std::string rewritten(std::string_view text) {
  const auto value = parse(text);
  if (!value)
    return "refused at " + std::to_string(value.error().offset) + ": " + value.error().message;
  std::string out;
  Writer writer(out);
  write(writer, *value);
  return out;
}

TEST_CASE("What is valid comes back compact, in its order") {
  struct Row {
    std::string_view text;
    std::string_view written;
  };

  for (const Row& row : {
           Row{"null", "null"},
           Row{" [ true , false ] ", "[true,false]"},
           Row{"\t{\"b\": 1,\r\n \"a\": {}, \"\": []}", R"({"b":1,"a":{},"":[]})"},
           Row{R"("\"\\\/\b\f\n\r\t\u0041\u62a5")", R"("\"\\/\b\f\n\r\tA报")"},
           Row{R"("\ud83d\ude00")", "\"😀\""},
           Row{R"({"a":[{"b":[null]}]})", R"({"a":[{"b":[null]}]})"},
           Row{R"({"a":{"x":1},"b":{"x":1}})", R"({"a":{"x":1},"b":{"x":1}})"},
           Row{R"("\u001f")", R"("\u001f")"},
       }) {
    CAPTURE(row.text);
    CHECK(rewritten(row.text) == row.written);
  }
}

TEST_CASE("Numbers keep every character of their text") {
  for (const std::string_view number :
       {"0", "-0", "0.10", "1e400", "-1E-400", "123456789012345678901234567890.1234567890",
        "9223372036854775808", "18446744073709551616", "1.0000000000000000000000000000000001",
        "1E+2"}) {
    CAPTURE(number);
    CHECK(rewritten(number) == number);
    CHECK(rewritten("[" + std::string(number) + ",1]") == "[" + std::string(number) + ",1]");
  }
  const std::string long_number(5'000, '7');
  CHECK(rewritten(long_number) == long_number);
}

TEST_CASE("What is not valid is refused at its place") {
  struct Row {
    std::string text;
    std::size_t offset;
    std::string_view message;
  };

  for (const Row& row : {
           Row{"", 0, "the text ends too early"},
           Row{"  ", 2, "the text ends too early"},
           Row{"[1", 2, "the text ends too early"},
           Row{"\"a", 2, "the text ends too early"},
           Row{"{\"a\":", 5, "the text ends too early"},
           Row{"[1,]", 3, "not valid JSON here"},
           Row{"{a:1}", 1, "not valid JSON here"},
           Row{"{'a':1}", 1, "not valid JSON here"},
           Row{"// x\n1", 0, "not valid JSON here"},
           Row{"nul", 3, "the text ends too early"},
           Row{"NaN", 0, "not valid JSON here"},
           Row{"+1", 0, "not valid JSON here"},
           Row{"01", 1, "unexpected text after the end"},
           Row{"1 2", 2, "unexpected text after the end"},
           Row{"{} x", 3, "unexpected text after the end"},
           Row{"[\"a\tb\"]", 3, "not valid JSON here"},
           Row{"\"\\x\"", 2, "not valid JSON here"},
           Row{"\"\\u12g4\"", 5, "expected four hexadecimal digits after \\u"},
           Row{"\"\\ud83d\"", 7, "not valid JSON here"},
           Row{"\"\\ude00\"", 7, "half of a surrogate pair is not a character"},
           Row{"\"\\ud83d\\u0041\"", 9, "half of a surrogate pair is not a character"},
           Row{"\"a\xFF\"", 2, "the text is not valid UTF-8"},
           Row{"\"\xED\xA0\x80\"", 1, "the text is not valid UTF-8"},
           Row{"\xEF\xBB\xBF{}", 0, "not valid JSON here"},
           Row{"\0"s, 0, "not valid JSON here"},
       }) {
    CAPTURE(row.text);
    const auto value = parse(row.text);
    REQUIRE_FALSE(value.has_value());
    CHECK(value.error().message == row.message);
    CHECK(value.error().offset == row.offset);
  }
}

TEST_CASE("U+0000 is refused in strings and keys, also as an escape") {
  for (const std::string& text : {R"("a\u0000b")"s, R"({"\u0000":1})"s, R"(["\u0000"])"s}) {
    CAPTURE(text);
    const auto value = parse(text);
    REQUIRE_FALSE(value.has_value());
    CHECK(value.error().message == "the character U+0000 is not allowed");
  }
}

TEST_CASE("A repeated key is refused, also when written differently or among many") {
  for (const std::string_view text :
       {R"({"a":1,"a":2})", R"({"a":1,"\u0061":2})", R"([{"a":{},"a":[]}])"}) {
    CAPTURE(text);
    const auto value = parse(text);
    REQUIRE_FALSE(value.has_value());
    CHECK(value.error().message == "repeated key \"a\"");
  }
  std::string many = "{";
  for (int i = 0; i < 50; ++i) many += "\"k" + std::to_string(i) + "\":0,";
  CHECK(parse(many + "\"k50\":0}").has_value());
  for (const std::string_view key : {"k0", "k15", "k16", "k49"}) {
    const auto value = parse(many + "\"" + std::string(key) + "\":0}");
    REQUIRE_FALSE(value.has_value());
    CHECK(value.error().message == "repeated key \"" + std::string(key) + "\"");
  }
}

TEST_CASE("Depth is limited exactly") {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  CHECK(parse(nested(32)).has_value());
  const auto value = parse(nested(33));
  REQUIRE_FALSE(value.has_value());
  CHECK(value.error().message == "nested too deeply");
  CHECK_FALSE(parse(std::string(1'000'000, '[')).has_value());
  CHECK(parse(nested(3), {.depth = 3}).has_value());
  CHECK_FALSE(parse(nested(4), {.depth = 3}).has_value());
}

TEST_CASE("The number of values is limited exactly") {
  CHECK(parse("[1,2,{\"a\":3}]", {.nodes = 5}).has_value());
  const auto value = parse("[1,2,{\"a\":3}]", {.nodes = 4});
  REQUIRE_FALSE(value.has_value());
  CHECK(value.error().message == "too many values");
}

TEST_CASE("Long strings and keys arrive whole") {
  std::string text = "报";
  for (int i = 0; i < 100'000; ++i) text += i % 1000 == 0 ? "é" : "x";
  std::string json = "{";
  append_string(json, text);
  json += ":";
  append_string(json, text);
  json += "}";
  const auto value = parse(json);
  REQUIRE(value.has_value());
  REQUIRE(value->find(text) != nullptr);
  CHECK(value->find(text)->text == text);
  CHECK(value->find("x") == nullptr);
}

TEST_CASE("The writer sets its own commas") {
  std::string out;
  Writer writer(out);
  writer.begin_object().key("id").number(-42).key("ok").boolean(true).key("tags").begin_array();
  writer.string("a\"b").null().raw("1.50").begin_object().end_object().begin_array().end_array();
  writer.end_array().key("报").string("\x01").end_object();
  CHECK(out == R"({"id":-42,"ok":true,"tags":["a\"b",null,1.50,{},[]],"报":"\u0001"})");
  CHECK(rewritten(out) == out);
}

TEST_CASE("Pointer tokens escape what the pointer itself uses") {
  CHECK(pointer_token("a/b~c") == "a~1b~0c");
  CHECK(pointer_token("报价") == "报价");
}

}  // namespace
}  // namespace formwork::json
