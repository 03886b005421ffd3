#include "server/http/multipart.h"

#include <algorithm>
#include <utility>

#include "dsl/base/utf8.h"
#include "server/http/characters.h"

namespace formwork::http {
namespace {

using Problem = MultipartProblem;

constexpr std::size_t kBoundaryBytes = 70;

bool is_boundary_char(char c) {
  return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'z') ||
         std::string_view("'()+_,-./:=? ").find(c) != std::string_view::npos;
}

struct FieldParameter {
  std::string_view name;
  std::string_view value;  // without quotes, otherwise as written
};

// Takes `; name=value` or `; name="value"` from the front of `rest`. A quote behind a backslash is
// refused, because some writers mean an escape by it and others a path that ends in a backslash.
std::optional<FieldParameter> take_parameter(std::string_view& rest) {
  if (rest.empty() || rest.front() != ';') return std::nullopt;
  rest = trim_blanks(rest.substr(1));
  const std::size_t equals = rest.find('=');
  if (equals == std::string_view::npos || !is_token(rest.substr(0, equals))) return std::nullopt;
  FieldParameter parameter{rest.substr(0, equals), {}};
  rest.remove_prefix(equals + 1);
  if (rest.starts_with('"')) {
    const std::size_t end = rest.find('"', 1);
    if (end == std::string_view::npos || rest[end - 1] == '\\') return std::nullopt;
    parameter.value = rest.substr(1, end - 1);
    rest.remove_prefix(end + 1);
  } else {
    parameter.value = rest.substr(0, rest.find_first_of("; \t"));
    if (!is_token(parameter.value)) return std::nullopt;
    rest.remove_prefix(parameter.value.size());
  }
  rest = trim_blanks(rest);
  return parameter;
}

std::optional<std::string> boundary_of(std::string_view content_type) {
  const std::size_t end = content_type.find(';');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view type = trim_blanks(content_type.substr(0, end));
  if (!equals_ignoring_case(type, "multipart/form-data")) return std::nullopt;
  std::string_view rest = content_type.substr(end);
  std::optional<std::string> boundary;
  while (!rest.empty()) {
    const std::optional<FieldParameter> parameter = take_parameter(rest);
    if (!parameter) return std::nullopt;
    if (!equals_ignoring_case(parameter->name, "boundary")) continue;
    const std::string_view value = parameter->value;
    const bool usable = !value.empty() && value.size() <= kBoundaryBytes && value.back() != ' ' &&
                        std::all_of(value.begin(), value.end(), is_boundary_char);
    if (!usable || boundary) return std::nullopt;
    boundary = std::string(value);
  }
  return boundary;
}

// Browsers escape exactly the three characters that would break the header.
std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view escape = text.substr(i, 3);
    const char meant = escape == "%22"   ? '"'
                       : escape == "%0D" ? '\r'
                       : escape == "%0A" ? '\n'
                                         : '\0';
    out += meant == '\0' ? text[i] : meant;
    if (meant != '\0') i += 2;
  }
  return out;
}

bool read_disposition(std::string_view value, Part& part) {
  const std::size_t end = std::min(value.find(';'), value.size());
  if (!equals_ignoring_case(trim_blanks(value.substr(0, end)), "form-data")) return false;
  std::string_view rest = value.substr(end);
  std::optional<std::string> name;
  while (!rest.empty()) {
    const std::optional<FieldParameter> parameter = take_parameter(rest);
    if (!parameter || !is_valid_utf8(parameter->value)) return false;
    std::optional<std::string>* target = nullptr;
    if (equals_ignoring_case(parameter->name, "name")) target = &name;
    if (equals_ignoring_case(parameter->name, "filename")) target = &part.filename;
    if (target == nullptr || target->has_value()) return false;
    *target = unescaped(parameter->value);
  }
  if (!name) return false;
  part.name = std::move(*name);
  return true;
}

// A line of a part's header section, up to its line feed, as name and value.
std::optional<FieldParameter> split_line(std::string_view line) {
  if (!line.ends_with('\r')) return std::nullopt;
  line.remove_suffix(1);
  const auto is_forbidden = [](char c) { return is_control(c) && c != '\t'; };
  if (std::any_of(line.begin(), line.end(), is_forbidden)) return std::nullopt;
  std::string_view value = line;
  const std::string_view name = take_until(value, ':');
  if (name.size() == line.size() || !is_token(name)) return std::nullopt;
  return FieldParameter{name, trim_blanks(value)};
}

// `head` is the header section of a part without its empty line; each line in it ends with CR LF.
// Other fields are refused: Content-Transfer-Encoding would change what the bytes mean.
bool read_head(std::string_view head, Part& part) {
  bool disposed = false;
  bool typed = false;
  while (!head.empty()) {
    const std::optional<FieldParameter> field = split_line(take_until(head, '\n'));
    if (!field) return false;
    if (equals_ignoring_case(field->name, "Content-Disposition")) {
      if (std::exchange(disposed, true) || !read_disposition(field->value, part)) return false;
    } else if (equals_ignoring_case(field->name, "Content-Type")) {
      if (std::exchange(typed, true) || !is_valid_utf8(field->value)) return false;
      part.content_type = field->value;
    } else {
      return false;
    }
  }
  return disposed;
}

// Takes one part from the front of `rest`, which begins behind a delimiter's line.
Expected<Part, Problem> take_part(std::string_view& rest, std::string_view delimiter,
                                  const FormLimits& limits) {
  const std::size_t head_end = rest.substr(0, limits.part_header_bytes).find("\r\n\r\n");
  if (head_end == std::string_view::npos) {
    return Unexpected(rest.size() > limits.part_header_bytes ? Problem::HeadersTooLarge
                                                             : Problem::Malformed);
  }
  Part part;
  if (!read_head(rest.substr(0, head_end + 2), part)) return Unexpected(Problem::Malformed);
  rest.remove_prefix(head_end + 4);
  const std::size_t end = rest.find(delimiter);
  if (end == std::string_view::npos) return Unexpected(Problem::Malformed);
  part.content = rest.substr(0, end);
  rest.remove_prefix(end + delimiter.size());
  return part;
}

}  // namespace

Expected<std::vector<Part>, MultipartProblem> parse_multipart(std::string_view content_type,
                                                              std::string_view body,
                                                              const FormLimits& limits) {
  const std::optional<std::string> boundary = boundary_of(content_type);
  if (!boundary) return Unexpected(Problem::NoBoundary);
  const std::string delimiter = "\r\n--" + *boundary;
  std::string_view rest = body;
  if (!rest.starts_with(std::string_view(delimiter).substr(2)))
    return Unexpected(Problem::Malformed);
  rest.remove_prefix(delimiter.size() - 2);
  std::vector<Part> parts;
  while (rest.starts_with("\r\n")) {
    if (parts.size() == limits.parts) return Unexpected(Problem::TooManyParts);
    rest.remove_prefix(2);
    FW_TRY(Part part, take_part(rest, delimiter, limits));
    parts.push_back(std::move(part));
  }
  if (rest != "--" && rest != "--\r\n") return Unexpected(Problem::Malformed);
  return parts;
}

}  // namespace formwork::http
