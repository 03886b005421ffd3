#include "dsl/fields/serial_number.h"

#include <algorithm>

#include "dsl/base/utf8.h"
#include "dsl/fields/typed_text.h"

namespace formwork::fields {
namespace {

using Kind = SerialPart::Kind;

constexpr std::size_t kLongestFormat = 60;  // characters; the number has to fit a column
constexpr int kWidestSequence = 12;

std::string padded(std::int64_t number, int width) {
  std::string digits = std::to_string(number);
  const auto wanted = static_cast<std::size_t>(width);
  if (digits.size() < wanted) digits.insert(0, wanted - digits.size(), '0');
  return digits;
}

// What stands between braces, or nothing.
std::optional<SerialPart> placeholder(std::string_view name) {
  if (name == "yyyy") return SerialPart{Kind::Year, {}, 4};
  if (name == "yy") return SerialPart{Kind::Year, {}, 2};
  if (name == "mm") return SerialPart{Kind::Month, {}, 2};
  if (name == "dd") return SerialPart{Kind::Day, {}, 2};
  constexpr std::string_view kSequence = "seq:";
  if (!name.starts_with(kSequence)) return std::nullopt;
  const std::string_view width = name.substr(kSequence.size());
  if (!is_digits(width) || width.size() > 2) return std::nullopt;
  const int count = std::stoi(std::string(width));
  if (count < 1 || count > kWidestSequence) return std::nullopt;
  return SerialPart{Kind::Sequence, {}, count};
}

bool has(const std::vector<SerialPart>& parts, Kind kind) {
  return std::any_of(parts.begin(), parts.end(),
                     [&](const SerialPart& part) { return part.kind == kind; });
}

Unexpected<SerialProblem> problem(std::size_t offset, std::size_t length, std::string message) {
  return Unexpected{SerialProblem{offset, length, std::move(message)}};
}

std::size_t find_control(std::string_view text) {
  const auto* found = std::find_if(text.begin(), text.end(),
                                   [](char c) { return (c >= 0 && c < 0x20) || c == 0x7F; });
  return found == text.end() ? std::string_view::npos
                             : static_cast<std::size_t>(found - text.begin());
}

// A placeholder ends behind its }, a literal before the next brace.
std::size_t end_of_part(std::string_view text, std::size_t at) {
  if (text[at] == '}') return at + 1;
  const std::size_t end =
      std::min(text[at] == '{' ? text.find('}', at) : text.find_first_of("{}", at), text.size());
  return text[at] == '{' && end < text.size() ? end + 1 : end;
}

// What the parts must be as a whole.
Expected<std::vector<SerialPart>, SerialProblem> check_whole(std::vector<SerialPart> parts,
                                                             std::string_view text) {
  if (!has(parts, Kind::Sequence)) {
    return problem(0, text.size(), "a serial number needs its running number, such as {seq:5}");
  }
  if (has(parts, Kind::Month) && !has(parts, Kind::Year)) {
    return problem(text.find("{mm}"), 4,
                   "{mm} needs {yyyy} or {yy}: else each year gives the same numbers");
  }
  if (has(parts, Kind::Day) && !has(parts, Kind::Month)) {
    return problem(text.find("{dd}"), 4, "{dd} needs {mm}: else each month gives the same numbers");
  }
  return parts;
}

}  // namespace

Expected<std::vector<SerialPart>, SerialProblem> parse_serial_format(std::string_view text) {
  if (const std::size_t length = count_characters(text); length > kLongestFormat) {
    return problem(0, text.size(),
                   "a format has at most 60 characters; this has " + std::to_string(length));
  }
  if (const std::size_t at = find_control(text); at != std::string_view::npos) {
    return problem(at, 1, "a format has no control characters");
  }
  std::vector<SerialPart> parts;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = end_of_part(text, at);
    const std::string_view part = text.substr(at, end - at);
    if (part.front() == '}') return problem(at, 1, "} without its {");
    if (part.front() != '{') {
      parts.push_back({Kind::Literal, std::string(part), 0});
    } else if (part.back() != '}') {
      return problem(at, part.size(), "{ without its }");
    } else {
      const std::optional<SerialPart> known = placeholder(part.substr(1, part.size() - 2));
      if (!known) {
        return problem(
            at, part.size(),
            "possible here: {yyyy}, {yy}, {mm}, {dd}, and {seq:N} with 1 to 12 digits N");
      }
      if (has(parts, known->kind)) return problem(at, part.size(), "this part is there already");
      parts.push_back(*known);
    }
    at = end;
  }
  return check_whole(std::move(parts), text);
}

std::string format_serial(const std::vector<SerialPart>& parts, const Date& today,
                          std::int64_t sequence) {
  std::string text;
  for (const SerialPart& part : parts) {
    switch (part.kind) {
      case Kind::Literal:
        text += part.literal;
        break;
      case Kind::Year:
        text += padded(part.width == 2 ? today.year % 100 : today.year, part.width);
        break;
      case Kind::Month:
        text += padded(today.month, part.width);
        break;
      case Kind::Day:
        text += padded(today.day, part.width);
        break;
      case Kind::Sequence:
        text += padded(sequence, part.width);
        break;
    }
  }
  return text;
}

std::string serial_period(const std::vector<SerialPart>& parts, const Date& today) {
  std::string period;
  if (has(parts, Kind::Year)) period += padded(today.year, 4);
  if (has(parts, Kind::Month)) period += padded(today.month, 2);
  if (has(parts, Kind::Day)) period += padded(today.day, 2);
  return period;
}

}  // namespace formwork::fields
