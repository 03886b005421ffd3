// What is wrong inside strings, before any grammar: it can be told exactly, and the grammar then
// takes strings and comments as they are.
#include <algorithm>
#include <utility>

#include "dsl/base/utf8.h"
#include "dsl/diagnostics/codes.h"
#include "dsl/feel/fault.h"
#include "dsl/feel/tokens.h"

namespace formwork::feel {
namespace {

class LiteralCheck {
 public:
  explicit LiteralCheck(std::string_view text) : text_(text) {}

  std::vector<Problem> run() {
    if (const auto bad = find_invalid_utf8(text_)) {
      error(*bad, *bad + 1, "the text is not valid UTF-8", "save it as UTF-8");
      return std::move(problems_);
    }
    while (at_ < text_.size() && !failed_) step();
    return std::move(problems_);
  }

 private:
  void step() {
    const std::string_view rest = text_.substr(at_);
    if (rest.front() == '"') return string();
    if (rest.starts_with("//")) {
      at_ += std::min(rest.find_first_of("\r\n"), rest.size());
    } else if (!rest.starts_with("/*")) {
      ++at_;
    } else if (const std::size_t end = rest.find("*/", 2); end != rest.npos) {
      at_ += end + 2;
    } else {
      error(at_, at_ + 2, "the comment that begins here does not end", "end it with */");
    }
  }

  void string() {
    const std::size_t begin = at_;
    is_warned_ = false;
    for (++at_; at_ < text_.size() && !failed_;) {
      if (text_[at_] == '"') {
        ++at_;
        return;
      }
      if (text_[at_] == '\\') {
        escape();
      } else {
        ++at_;
      }
    }
    if (!failed_)
      error(begin, begin + 1, "the text that begins here does not end", "end it with \"");
  }

  void escape() {
    const std::string_view rest = text_.substr(at_);
    const char kind = rest.size() > 1 ? rest[1] : '\0';
    if (kind == 'u') {
      utf16();
    } else if (kind == 'U') {
      code_point();
    } else if (kind == '\0' || std::string_view{"ntr\"'\\"}.find(kind) != std::string_view::npos) {
      at_ += 2;
    } else {
      unknown(rest.substr(0, 1 + tokens::character_length(rest.substr(1))));
    }
  }

  // Told once for each string: patterns are full of them.
  void unknown(std::string_view escape) {
    const std::string shown{escape};
    at_ += escape.size();
    if (std::exchange(is_warned_, true)) return;
    problems_.push_back({.code = codes::kFeelSyntax,
                         .is_warning = true,
                         .begin = at_ - escape.size(),
                         .end = at_,
                         .message = "`" + shown + "` is no escape and stands for itself",
                         .remedy = "write \\" + shown});
  }

  // Digits behind the `\u` or `\U` at a place; 0 unless all `count` are there.
  bool has_digits(std::size_t at, std::size_t count) const {
    const std::string_view digits = text_.substr(std::min(at + 2, text_.size()), count);
    return digits.size() == count &&
           digits.find_first_not_of("0123456789abcdefABCDEF") == digits.npos;
  }

  unsigned long value(std::size_t at, std::size_t count) const {
    return std::stoul(std::string{text_.substr(at + 2, count)}, nullptr, 16);
  }

  void utf16() {
    if (!has_digits(at_, 4)) {
      error(at_, at_ + 2, "\\u needs four hexadecimal digits", "write \\u4E2D for 中");
      return;
    }
    const unsigned long first = value(at_, 4);
    if (first < 0xD800 || first > 0xDFFF) {
      at_ += 6;
      return;
    }
    const std::size_t next = at_ + 6;
    const bool is_pair = first < 0xDC00 && text_.substr(next).starts_with("\\u") &&
                         has_digits(next, 4) && (value(next, 4) & 0xFC00) == 0xDC00;
    if (!is_pair) {
      error(at_, next, "the escape is half of a character",
            "write both halves, \\uD83D\\uDC0E, or the whole, \\U01F40E");
      return;
    }
    at_ = next + 6;
  }

  void code_point() {
    if (!has_digits(at_, 6)) {
      error(at_, at_ + 2, "\\U needs six hexadecimal digits", "write \\U01F40E for 🐎");
      return;
    }
    const unsigned long point = value(at_, 6);
    if (point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) {
      error(at_, at_ + 8, "the escape is no character", "characters go up to \\U10FFFF");
      return;
    }
    at_ += 8;
  }

  void error(std::size_t begin, std::size_t end, std::string message, std::string remedy) {
    failed_ = true;
    problems_.push_back({.code = codes::kFeelSyntax,
                         .begin = begin,
                         .end = end,
                         .message = std::move(message),
                         .remedy = std::move(remedy)});
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool failed_ = false;
  bool is_warned_ = false;
  std::vector<Problem> problems_;
};

}  // namespace

std::vector<Problem> check_literals(std::string_view text) { return LiteralCheck{text}.run(); }

}  // namespace formwork::feel
