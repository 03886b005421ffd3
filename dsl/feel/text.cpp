// Values as texts: for people (string()) and as FEEL that gives the value back.
#include "dsl/feel/function.h"
#include "dsl/feel/operators.h"
#include "dsl/feel/temporal.h"

namespace formwork::feel {
namespace {

using Kind = Value::Kind;

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += c;
    }
  }
  out += '"';
}

bool is_word_character(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9');
}

// Keys that read back as names stand without quotes.
bool is_plain_key(std::string_view key) {
  if (key.empty() || (key.front() >= '0' && key.front() <= '9')) return false;
  if (key.front() == ' ' || key.back() == ' ') return false;
  for (const char c : key) {
    if (c != ' ' && !is_word_character(c)) return false;
  }
  return true;
}

// How texts and temporal values are written: for people, or to be read back.
enum class Style : unsigned char { Text, Literal };

class Writer {
 public:
  Writer(Style style, const TimeZone& zone) : style_(style), zone_(zone) {}

  void write(const Value& value) {
    switch (value.kind()) {
      case Kind::Null:
        out += "null";
        break;
      case Kind::Boolean:
        out += value.boolean() ? "true" : "false";
        break;
      case Kind::Number:
        value.number().append_to(out);
        break;
      case Kind::String:
        append_quoted(out, value.string());
        break;
      case Kind::List:
        write_list(value.list());
        break;
      case Kind::Context:
        write_context(value.context());
        break;
      case Kind::Range:
        write_range(value.range());
        break;
      case Kind::Function:
        write_function(*value.function());
        break;
      case Kind::Record:
        out += "#" + std::to_string(value.record().id);
        break;
      default:
        write_temporal(value);
    }
  }

  std::string out;

 private:
  void write_temporal(const Value& value) {
    if (style_ == Style::Literal) out += "@\"";
    out += text_of(value);
    if (style_ == Style::Literal) out += '"';
  }

  std::string text_of(const Value& value) const {
    switch (value.kind()) {
      case Kind::Date:
        return to_string(value.date());
      case Kind::Time:
        return feel::to_text(value.zoned_time());
      case Kind::Instant:
        return feel::to_text(to_date_time(value.instant(), zone_));
      case Kind::DateTime:
        return feel::to_text(value.date_time());
      case Kind::DaysDuration:
        return to_string(value.days_duration());
      default:
        return to_string(value.months_duration());
    }
  }

  void write_list(const List& list) {
    out += '[';
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (i > 0) out += ", ";
      write(list[i]);
    }
    out += ']';
  }

  void write_context(const Context& context) {
    out += '{';
    for (std::size_t i = 0; i < context.values.size(); ++i) {
      if (i > 0) out += ", ";
      const std::string& key = context.shape->names[i];
      if (is_plain_key(key)) {
        out += key;
      } else {
        append_quoted(out, key);
      }
      out += ": ";
      write(context.values[i]);
    }
    out += '}';
  }

  void write_range(const Range& range) {
    using Form = Range::Form;
    const auto comparison = [&](std::string_view sign, const Value& bound) {
      out.append("(").append(sign).append(" ");
      write(bound);
      out += ')';
    };
    switch (range.form) {
      case Form::Less:
        return comparison("<", range.end);
      case Form::LessEqual:
        return comparison("<=", range.end);
      case Form::Greater:
        return comparison(">", range.start);
      case Form::GreaterEqual:
        return comparison(">=", range.start);
      case Form::Equal:
        return comparison("=", range.start);
      case Form::NotEqual:
        return comparison("!=", range.start);
      case Form::Interval:
        break;
    }
    out += range.start_included ? '[' : '(';
    write(range.start);
    out += "..";
    write(range.end);
    out += range.end_included ? ']' : ')';
  }

  void write_function(const Function& function) {
    out += "function(";
    for (const Member& parameter : function.parameters) {
      if (out.back() != '(') out += ", ";
      out += parameter.name;
    }
    out += ')';
  }

  Style style_;
  const TimeZone& zone_;
};

}  // namespace

std::string to_text(const Value& value, const TimeZone& zone) {
  if (value.kind() == Kind::String) return value.string();
  Writer writer(Style::Text, zone);
  writer.write(value);
  return std::move(writer.out);
}

std::string to_literal(const Value& value, const TimeZone& zone) {
  Writer writer(Style::Literal, zone);
  writer.write(value);
  return std::move(writer.out);
}

}  // namespace formwork::feel
