// Reading JSON on Boost.JSON's event parser. Its own values are not used: they turn 34 digits into
// 17 and keep the last of repeated keys.
#include "dsl/base/json.h"

#include <algorithm>
#include <unordered_set>

#include <boost/json/basic_parser_impl.hpp>

#include "dsl/base/utf8.h"

namespace formwork::json {
namespace {

namespace bj = boost::json;

// What a refusal says, chosen by the first check that fails; Boost's own errors are mapped
// afterwards.
enum class Trouble : unsigned char { None, RepeatedKey, TooManyValues, NullCharacter };

// From this many members on, a set beats looking through them all.
constexpr std::size_t kManyMembers = 16;

class Handler {
 public:
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);

  explicit Handler(const Limits& limits) : nodes_left_(limits.nodes) {}

  Trouble trouble() const { return trouble_; }

  const std::string& repeated_key() const { return key_; }

  Value take_result() { return std::move(result_); }

  bool on_document_begin(bj::error_code&) { return true; }

  bool on_document_end(bj::error_code&) { return true; }

  bool on_array_begin(bj::error_code& error) { return open(Value::Kind::Array, error); }

  bool on_array_end(std::size_t, bj::error_code&) { return close(); }

  bool on_object_begin(bj::error_code& error) { return open(Value::Kind::Object, error); }

  bool on_object_end(std::size_t, bj::error_code&) { return close(); }

  bool on_key_part(bj::string_view part, std::size_t, bj::error_code& error) {
    return collect(part, error);
  }

  bool on_key(bj::string_view part, std::size_t, bj::error_code& error) {
    if (!collect(part, error)) return false;
    key_ = std::move(text_);
    text_.clear();
    return is_new_key() || refuse(Trouble::RepeatedKey, error);
  }

  bool on_string_part(bj::string_view part, std::size_t, bj::error_code& error) {
    return collect(part, error);
  }

  bool on_string(bj::string_view part, std::size_t, bj::error_code& error) {
    return collect(part, error) && add_text(Value::Kind::String, error);
  }

  bool on_number_part(bj::string_view part, bj::error_code&) {
    text_.append(part.data(), part.size());
    return true;
  }

  bool on_int64(std::int64_t, bj::string_view part, bj::error_code& error) {
    return add_number(part, error);
  }

  bool on_uint64(std::uint64_t, bj::string_view part, bj::error_code& error) {
    return add_number(part, error);
  }

  bool on_double(double, bj::string_view part, bj::error_code& error) {
    return add_number(part, error);
  }

  bool on_bool(bool value, bj::error_code& error) {
    return add_text(value ? Value::Kind::True : Value::Kind::False, error);
  }

  bool on_null(bj::error_code& error) { return add_text(Value::Kind::Null, error); }

  bool on_comment_part(bj::string_view, bj::error_code&) { return true; }

  bool on_comment(bj::string_view, bj::error_code&) { return true; }

 private:
  // An array or object whose end has not been read yet.
  struct Open {
    Value value;
    std::string key;  // under which it will stand in the object around it
    std::unordered_set<std::string> keys;
  };

  bool refuse(Trouble trouble, bj::error_code& error) {
    trouble_ = trouble;
    error = bj::error::syntax;
    return false;
  }

  bool count(bj::error_code& error) {
    if (nodes_left_ == 0) return refuse(Trouble::TooManyValues, error);
    --nodes_left_;
    return true;
  }

  bool collect(bj::string_view part, bj::error_code& error) {
    if (part.find('\0') != bj::string_view::npos) return refuse(Trouble::NullCharacter, error);
    text_.append(part.data(), part.size());
    return true;
  }

  bool add_number(bj::string_view part, bj::error_code& error) {
    text_.append(part.data(), part.size());
    return add_text(Value::Kind::Number, error);
  }

  bool add_text(Value::Kind kind, bj::error_code& error) {
    if (!count(error)) return false;
    Value value;
    value.kind = kind;
    value.text = std::move(text_);
    text_.clear();
    attach(std::move(value), std::move(key_));
    return true;
  }

  bool open(Value::Kind kind, bj::error_code& error) {
    if (!count(error)) return false;
    open_.emplace_back();
    open_.back().value.kind = kind;
    open_.back().key = std::move(key_);
    return true;
  }

  bool close() {
    Open done = std::move(open_.back());
    open_.pop_back();
    attach(std::move(done.value), std::move(done.key));
    return true;
  }

  void attach(Value value, std::string key) {
    if (open_.empty()) {
      result_ = std::move(value);
    } else if (open_.back().value.kind == Value::Kind::Array) {
      open_.back().value.elements.push_back(std::move(value));
    } else {
      open_.back().value.members.emplace_back(std::move(key), std::move(value));
    }
  }

  bool is_new_key() {
    Open& object = open_.back();
    const auto& members = object.value.members;
    if (members.size() < kManyMembers) return object.value.find(key_) == nullptr;
    if (object.keys.empty()) {
      for (const Value::Member& member : members) object.keys.insert(member.first);
    }
    return object.keys.insert(key_).second;
  }

  std::size_t nodes_left_;
  Trouble trouble_ = Trouble::None;
  std::string text_;
  std::string key_;
  std::vector<Open> open_;
  Value result_;
};

std::string message_of(const Handler& handler, const bj::error_code& error) {
  switch (handler.trouble()) {
    case Trouble::RepeatedKey:
      return "repeated key \"" + handler.repeated_key() + "\"";
    case Trouble::TooManyValues:
      return "too many values";
    case Trouble::NullCharacter:
      return "the character U+0000 is not allowed";
    case Trouble::None:
      break;
  }
  if (error == bj::error::incomplete) return "the text ends too early";
  if (error == bj::error::too_deep) return "nested too deeply";
  if (error == bj::error::exponent_overflow) return "the exponent of the number is too large";
  if (error == bj::error::illegal_leading_surrogate ||
      error == bj::error::illegal_trailing_surrogate || error == bj::error::expected_utf16_escape) {
    return "half of a surrogate pair is not a character";
  }
  if (error == bj::error::expected_hex_digit) return "expected four hexadecimal digits after \\u";
  return "not valid JSON here";
}

// Boost reports most offences at the character that offends; blanks before it are skipped, so that
// an unexpected character is named where it stands.
std::size_t skip_blanks(std::string_view text, std::size_t offset) {
  const std::size_t next = text.find_first_not_of(" \t\r\n", offset);
  return next == std::string_view::npos ? text.size() : next;
}

}  // namespace

Value::Value() = default;

const Value* Value::find(std::string_view name) const {
  const auto found = std::find_if(members.begin(), members.end(),
                                  [name](const Member& member) { return member.first == name; });
  return found == members.end() ? nullptr : &found->second;
}

Expected<Value, Problem> parse(std::string_view text, const Limits& limits) {
  if (const auto invalid = find_invalid_utf8(text)) {
    return Unexpected{Problem{*invalid, "the text is not valid UTF-8"}};
  }
  bj::parse_options options;
  options.max_depth = limits.depth;
  bj::basic_parser<Handler> parser(options, limits);
  bj::error_code error;
  const std::size_t read = parser.write_some(false, text.data(), text.size(), error);
  if (error)
    return Unexpected{Problem{std::min(read, text.size()), message_of(parser.handler(), error)}};
  const std::size_t end = skip_blanks(text, read);
  if (end < text.size()) return Unexpected{Problem{end, "unexpected text after the end"}};
  return parser.handler().take_result();
}

}  // namespace formwork::json
