#include "dsl/yaml/encoding.h"

#include <algorithm>
#include <optional>

#include "dsl/base/utf8.h"
#include "dsl/diagnostics/codes.h"

namespace formwork::yaml {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kSaveAsUtf8 = "save the file as UTF-8";

// UTF-16 and UTF-32 show by their byte order mark, or by the zero bytes beside Latin letters.
bool is_wide_encoding(std::string_view text) {
  return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF") ||
         text.substr(0, 4).find('\0') != std::string_view::npos;
}

// The first control character that a text file cannot hold, or nothing. A carriage return belongs
// to a line feed; alone it would end a line for some readers and not for others.
std::optional<std::size_t> find_control(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte == 0xC2 && at + 1 < text.size()) {
      const auto next = static_cast<unsigned char>(text[at + 1]);
      if (next < 0xA0 && next != 0x85) return at;
    }
    if (byte == '\r' && text.substr(at + 1, 1) != "\n") return at;
    if (byte == 0x7F || (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r')) return at;
  }
  return std::nullopt;
}

std::string control_name(char32_t code_point) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  return std::string("U+00") + kHex[code_point >> 4U & 0xFU] + kHex[code_point & 0xFU];
}

}  // namespace

std::size_t byte_order_mark(std::string_view text) {
  return text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
}

bool check_encoding(const SourcePtr& source, Diagnostics& diagnostics) {
  const std::string_view text = source->text();
  const auto refuse = [&](std::size_t begin, std::size_t length, std::string message,
                          std::string_view remedy) {
    diagnostics.error(codes::kYamlEncoding, {source, begin, begin + length}, std::move(message),
                      std::string(remedy));
    return false;
  };
  if (is_wide_encoding(text)) {
    return refuse(0, 0, "the file is not UTF-8 but UTF-16 or UTF-32", kSaveAsUtf8);
  }
  if (const auto invalid = find_invalid_utf8(text)) {
    return refuse(*invalid, 1, "the file is not UTF-8: this byte is no character", kSaveAsUtf8);
  }
  if (const auto control = find_control(text)) {
    std::size_t end = *control;
    const char32_t code_point = next_code_point(text, end);
    if (code_point == '\r') {
      return refuse(*control, 1, "a carriage return stands without a line feed",
                    "save the file with LF or CRLF line ends");
    }
    return refuse(*control, end - *control,
                  "the control character " + control_name(code_point) + " is not allowed",
                  "remove it");
  }
  const std::size_t inner = text.find(kByteOrderMark, byte_order_mark(text));
  if (inner != std::string_view::npos) {
    return refuse(inner, kByteOrderMark.size(), "a byte order mark stands inside the text",
                  "remove the invisible character");
  }
  return true;
}

}  // namespace formwork::yaml
