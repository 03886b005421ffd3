// JSON in and out. Numbers keep their text, so that money never passes through a double; repeated
// keys, invalid UTF-8 and deep nesting are refused.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/base/expected.h"

namespace formwork::json {

class Value {
 public:
  enum class Kind : unsigned char { Null, False, True, Number, String, Array, Object };
  using Member = std::pair<std::string, Value>;

  // Defined where members are complete, which Clang asks for.
  Value();

  Kind kind = Kind::Null;
  std::string text;             // of a number, as it was written; of a string, decoded
  std::vector<Value> elements;  // of an array
  std::vector<Member> members;  // of an object, in the order of the text

  bool is_null() const { return kind == Kind::Null; }

  bool is_string() const { return kind == Kind::String; }

  bool is_object() const { return kind == Kind::Object; }

  bool is_array() const { return kind == Kind::Array; }

  // The member of that name, or null.
  const Value* find(std::string_view name) const;
};

struct Limits {
  std::size_t depth = 32;
  std::size_t nodes = 100'000;
};

struct Problem {
  std::size_t offset;   // byte at which reading stopped
  std::string message;  // English, one sentence without full stop: "expected a value"
};

Expected<Value, Problem> parse(std::string_view text, const Limits& limits = {});

// Appends JSON to a string, in calls that follow the structure; commas are its own business.
//
//   Writer w(out);
//   w.begin_object().key("id").number(42).key("tags").begin_array().string("a").end_array().end_object();
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  Writer& begin_object();
  Writer& end_object();
  Writer& begin_array();
  Writer& end_array();
  Writer& key(std::string_view name);
  Writer& string(std::string_view text);
  Writer& number(std::int64_t value);
  Writer& boolean(bool value);
  Writer& null();
  // A value that already is JSON text, such as a number with its exact digits.
  Writer& raw(std::string_view json);

 private:
  void separate();

  std::string& out_;
  bool needs_comma_ = false;
};

// Appends `text` as a JSON string with its quotes.
void append_string(std::string& out, std::string_view text);

// Writes a parsed value back, compact, members in their order.
void write(Writer& writer, const Value& value);

// A JSON Pointer (RFC 6901) token: `~` and `/` escaped.
std::string pointer_token(std::string_view name);

}  // namespace formwork::json
