#include "dsl/fields/pattern.h"

#include <re2/re2.h>

namespace formwork::fields {
namespace {

// Authors' patterns are short. What needs more than this is `a{1000}{1000}` or a mistake, and RE2
// would spend the memory on every check.
constexpr std::size_t kLongestPattern = 1000;
constexpr std::int64_t kProgramBytes = 262'144;

class Re2Pattern : public Pattern {
 public:
  Re2Pattern(const std::string& text, const RE2::Options& options) : re_(text, options) {}

  bool matches(std::string_view text) const override {
    return RE2::FullMatch(re2::StringPiece(text.data(), text.size()), re_);
  }

  const std::string& text() const override { return re_.pattern(); }

  const RE2& re() const { return re_; }

 private:
  RE2 re_;
};

constexpr std::string_view kNoSuchClass = "there is no such character class";

// RE2's own words are about its parser; these are about the pattern.
std::string explain(const RE2& re) {
  switch (re.error_code()) {
    case RE2::ErrorBadEscape:
      return "there is no such escape; write \\\\ for a backslash";
    case RE2::ErrorBadCharClass:
      return std::string(kNoSuchClass);
    case RE2::ErrorBadCharRange:  // also of an unknown \p{…}
      if (re.error_arg().starts_with('\\')) return std::string(kNoSuchClass);
      return "a range runs from the lower to the higher character";
    case RE2::ErrorMissingBracket:
      return "missing closing ]";
    case RE2::ErrorMissingParen:
    case RE2::ErrorUnexpectedParen:
      return "a parenthesis without its partner";
    case RE2::ErrorTrailingBackslash:
      return "a backslash at the end; write \\\\ for one";
    case RE2::ErrorRepeatArgument:
      return "nothing to repeat before the repetition";
    case RE2::ErrorRepeatSize:
      return "a repetition counts to 1000 at most, the lower number first";
    case RE2::ErrorRepeatOp:
      return "two repetitions in a row; one is meant";
    case RE2::ErrorBadPerlOp:
      return "neither look-ahead, look-behind nor back-references are possible";
    case RE2::ErrorBadUTF8:
      return "the pattern is not valid UTF-8";
    case RE2::ErrorBadNamedCapture:
      return "a group is named (?P<name>…)";
    case RE2::ErrorPatternTooLarge:
      return "the pattern repeats too much to be checked quickly";
    default:
      return re.error();
  }
}

}  // namespace

Expected<std::shared_ptr<const Pattern>, Pattern::Problem> Pattern::compile(std::string_view text) {
  if (text.size() > kLongestPattern) {
    return Unexpected{
        Problem{"a pattern has at most 1000 bytes; this has " + std::to_string(text.size()), {}}};
  }
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kProgramBytes);
  auto pattern = std::make_shared<const Re2Pattern>(std::string(text), options);
  if (!pattern->re().ok()) {
    return Unexpected{Problem{explain(pattern->re()), pattern->re().error_arg()}};
  }
  return std::shared_ptr<const Pattern>(std::move(pattern));
}

}  // namespace formwork::fields
