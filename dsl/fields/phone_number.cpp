#include "dsl/fields/phone_number.h"

#include <algorithm>
#include <vector>

#include "dsl/base/utf8.h"
#include "dsl/fields/calling_codes.h"
#include "dsl/fields/field_messages.h"
#include "dsl/fields/typed_text.h"

namespace formwork::fields {
namespace {

constexpr std::string_view kChina = "86";
constexpr std::size_t kMobileDigits = 11;
constexpr std::size_t kFewestDigits = 6;
constexpr std::size_t kMostDigits = 15;  // E.164, with the country code

std::string example_for(std::string_view region) {
  if (region == "CN") return "138 0571 6204";
  const std::string_view code = calling_code_of(region);
  return "+" + std::string(code.empty() ? "44" : code) + " …";
}

// Digits, with a + in front where the number is international. People write a trunk 0 that is left
// out when dialling from abroad in parentheses: +44 (0)20 7946 0958.
Read<std::string> bare_number(std::string_view input, std::string_view region) {
  std::string text = narrowed(input);
  const bool is_international = text.starts_with('+') || text.starts_with("00");
  if (const std::size_t trunk = text.find("(0)"); is_international && trunk != std::string::npos) {
    text.erase(trunk, 3);
  }
  std::string digits = text.starts_with('+') ? "+" : "";
  for (std::size_t at = digits.size(); at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(text, at);
    if (c < 0x80 && is_digit(static_cast<char>(c))) {
      digits += static_cast<char>(c);
    } else if (c >= 0x80 ||
               std::string_view(" -.()/").find(static_cast<char>(c)) == std::string_view::npos) {
      return Unexpected{
          say(Say::PhoneCharacter, {{"example", example_for(region)},
                                    {"character", repeated(text.substr(begin, at - begin))}})};
    }
  }
  if (digits.starts_with("00")) digits.replace(0, 2, "+");
  return digits;
}

// 10 and 2x are area codes of two digits, all others have three; given without the trunk 0.
std::size_t area_length(std::string_view national) {
  return national.starts_with("10") || national.starts_with('2') ? 2 : 3;
}

bool is_service(std::string_view national) {
  return national.starts_with("400") || national.starts_with("800");
}

Read<std::string> read_landline(std::string_view national) {
  const std::size_t area = std::min(area_length(national), national.size());
  const std::size_t rest = national.size() - area;
  const bool fits = area == 2 ? rest == 8 : rest == 7 || rest == 8;
  if (!fits) {
    return Unexpected{
        say(Say::PhoneLandlineLength, {{"area", "0" + std::string(national.substr(0, area))},
                                       {"expected", area == 2 ? "8" : "7–8"},
                                       {"actual", std::to_string(rest)}})};
  }
  return "+86" + std::string(national);
}

Read<std::string> read_mobile(std::string_view number) {
  if (number.size() != kMobileDigits) {
    return Unexpected{say(Say::PhoneMobileLength, {{"actual", std::to_string(number.size())}})};
  }
  if (number[1] < '3') {
    return Unexpected{say(Say::PhoneMobileStart, {{"actual", std::string(number.substr(0, 2))}})};
  }
  return "+86" + std::string(number);
}

// `number` is as dialled within China: a landline has its trunk 0.
Read<std::string> read_chinese(std::string_view number, std::string_view input) {
  if (number.starts_with('0')) return read_landline(number.substr(1));
  if (is_service(number)) {
    if (number.size() == 10) return "+86" + std::string(number);
    return Unexpected{say(Say::PhoneServiceLength, {{"prefix", std::string(number.substr(0, 3))},
                                                    {"actual", std::to_string(number.size())}})};
  }
  if (number.starts_with('1')) return read_mobile(number);
  return Unexpected{say(Say::PhoneAreaCode, {{"value", repeated(input)}})};
}

// `digits` follow +86, where the trunk 0 is left out. 10 is Beijing, and 1[3-9] are mobile numbers.
Read<std::string> read_chinese_from_abroad(std::string_view digits, std::string_view input) {
  const bool is_beijing = digits.starts_with("10") && digits.size() != kMobileDigits;
  const bool is_landline = !digits.empty() && !digits.starts_with('0') && !is_service(digits) &&
                           (is_beijing || digits.front() != '1');
  return is_landline ? read_landline(digits) : read_chinese(digits, input);
}

void append_group(std::string& text, std::string_view group) {
  if (group.empty()) return;
  if (!text.empty()) text += ' ';
  text += group;
}

// Groups of three or four from the front, no lonely digit at the end.
std::string in_threes(std::string_view digits) {
  std::string text;
  while (digits.size() > 4) {
    append_group(text, digits.substr(0, 3));
    digits.remove_prefix(3);
  }
  append_group(text, digits);
  return text;
}

std::string chinese_text(std::string_view national, bool has_trunk) {
  const bool is_mobile = national.starts_with('1') && national.size() == kMobileDigits;
  if (!is_mobile && !is_service(national)) {
    const std::size_t area = area_length(national);
    std::string text = (has_trunk ? "0" : "") + std::string(national.substr(0, area));
    const std::size_t middle = national.size() - area - 4;
    append_group(text, national.substr(area, middle));
    append_group(text, national.substr(area + middle));
    return text;
  }
  const std::size_t middle = is_mobile ? 4 : 3;
  std::string text(national.substr(0, 3));
  append_group(text, national.substr(3, middle));
  append_group(text, national.substr(3 + middle));
  return text;
}

}  // namespace

Read<std::string> read_phone(std::string_view input, std::string_view region) {
  FW_TRY(const std::string number, bare_number(input, region));
  if (!number.starts_with('+')) {
    if (region == "CN") return read_chinese(number, input);
    return Unexpected{
        say(Say::PhoneNoCountry, {{"example", example_for(region)}, {"value", repeated(input)}})};
  }
  const std::string_view digits = std::string_view(number).substr(1);
  const std::string_view code = calling_code_in(digits);
  if (code.empty()) {
    return Unexpected{
        say(Say::PhoneUnknownCountry, {{"example", "+86"}, {"value", repeated(input)}})};
  }
  if (code == kChina) return read_chinese_from_abroad(digits.substr(code.size()), input);
  if (digits.size() < kFewestDigits || digits.size() > kMostDigits) {
    return Unexpected{say(Say::PhoneLength, {{"actual", std::to_string(digits.size())}})};
  }
  return number;
}

std::string phone_text(std::string_view e164, std::string_view region) {
  const std::string_view digits = e164.substr(1);
  const std::string_view code = calling_code_in(digits);
  const std::string_view national = digits.substr(code.size());
  if (code != kChina) return "+" + std::string(code) + " " + in_threes(national);
  return region == "CN" ? chinese_text(national, true) : "+86 " + chinese_text(national, false);
}

}  // namespace formwork::fields
