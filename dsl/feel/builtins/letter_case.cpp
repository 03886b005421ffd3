#include "dsl/feel/builtins/letter_case.h"

#include <algorithm>
#include <iterator>
#include <span>

#include "dsl/base/utf8.h"
#include "dsl/feel/builtins/letter_case_table.h"

namespace formwork::feel {
namespace {

constexpr char32_t kCapitalSigma = 0x3A3;
constexpr char32_t kFinalSigma = 0x3C2;
constexpr char32_t kCapitalDottedI = 0x130;
constexpr char32_t kDotAbove = 0x307;

char32_t mapped(char32_t letter, std::span<const CaseRun> runs) {
  const auto after = std::upper_bound(runs.begin(), runs.end(), letter,
                                      [](char32_t c, const CaseRun& run) { return c < run.first; });
  if (after == runs.begin()) return letter;
  const CaseRun& run = *std::prev(after);
  if (letter > run.last || (letter - run.first) % run.step != 0) return letter;
  return static_cast<char32_t>(static_cast<std::int32_t>(letter) + run.delta);
}

const char32_t* long_upper(char32_t letter) {
  const auto found =
      std::lower_bound(std::begin(kLongUpper), std::end(kLongUpper), letter,
                       [](const LongUpper& entry, char32_t c) { return entry.from < c; });
  return found != std::end(kLongUpper) && found->from == letter ? found->to : nullptr;
}

bool has_case(char32_t letter) {
  return to_upper(letter) != letter || to_lower(letter) != letter || long_upper(letter) != nullptr;
}

bool ends_word(std::string_view text, std::size_t behind, bool after_letter) {
  if (!after_letter) return false;
  return behind == text.size() || !has_case(next_code_point(text, behind));
}

}  // namespace

char32_t to_upper(char32_t letter) { return mapped(letter, kToUpper); }

char32_t to_lower(char32_t letter) { return mapped(letter, kToLower); }

const std::vector<CasedLetter>& cased_letters() {
  static const std::vector<CasedLetter> kLetters = [] {
    std::vector<CasedLetter> letters;
    const auto add = [&](std::span<const CaseRun> runs) {
      for (const CaseRun& run : runs) {
        for (char32_t c = run.first; c <= run.last; c += run.step) {
          letters.push_back({c, fold_case(c)});
        }
      }
    };
    add(kToUpper);
    add(kToLower);
    const auto before = [](const CasedLetter& a, const CasedLetter& b) {
      return a.letter < b.letter;
    };
    const auto is_same = [](const CasedLetter& a, const CasedLetter& b) {
      return a.letter == b.letter;
    };
    std::sort(letters.begin(), letters.end(), before);
    letters.erase(std::unique(letters.begin(), letters.end(), is_same), letters.end());
    return letters;
  }();
  return kLetters;
}

std::string upper_case(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char32_t letter = next_code_point(text, at);
    if (const char32_t* several = long_upper(letter); several != nullptr) {
      for (; *several != 0; ++several) append_utf8(result, *several);
    } else {
      append_utf8(result, to_upper(letter));
    }
  }
  return result;
}

std::string lower_case(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  bool after_letter = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t letter = next_code_point(text, at);
    if (letter == kCapitalSigma && ends_word(text, at, after_letter)) {
      append_utf8(result, kFinalSigma);
    } else if (letter == kCapitalDottedI) {
      append_utf8(result, U'i');
      append_utf8(result, kDotAbove);
    } else {
      append_utf8(result, to_lower(letter));
    }
    after_letter = has_case(letter);
  }
  return result;
}

}  // namespace formwork::feel
