#include "dsl/feel/builtins/character_set.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <re2/re2.h>

#include "dsl/base/utf8.h"
#include "dsl/feel/builtins/letter_case.h"
#include "dsl/feel/builtins/unicode_blocks.h"

namespace formwork::feel {
namespace {

// NameStartChar of XML, and what NameChar adds.
const CharacterRanges kNameStart = {
    {':', ':'},       {'A', 'Z'},       {'_', '_'},       {'a', 'z'},
    {0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},    {0x370, 0x37D},
    {0x37F, 0x1FFF},  {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF},
    {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF},
};
const CharacterRanges kNameFurther = {
    {'-', '.'}, {'0', '9'}, {0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}};

constexpr std::string_view kCategories[] = {"L",  "Ll", "Lm", "Lo", "Lt", "Lu", "M",  "Mc", "Me",
                                            "Mn", "N",  "Nd", "Nl", "No", "P",  "Pc", "Pd", "Pe",
                                            "Pf", "Pi", "Po", "Ps", "S",  "Sc", "Sk", "Sm", "So",
                                            "Z",  "Zl", "Zp", "Zs", "Cc", "Cf", "Co"};

CharacterRanges normalized(CharacterRanges ranges) {
  std::sort(ranges.begin(), ranges.end(),
            [](const CharacterRange& a, const CharacterRange& b) { return a.first < b.first; });
  CharacterRanges result;
  for (const CharacterRange& range : ranges) {
    if (!result.empty() && range.first <= result.back().last + 1) {
      result.back().last = std::max(result.back().last, range.last);
    } else {
      result.push_back(range);
    }
  }
  return result;
}

CharacterRanges complement_of(const CharacterRanges& ranges) {
  CharacterRanges result;
  char32_t next = 0;
  for (const CharacterRange& range : ranges) {
    if (range.first > next) result.push_back({next, range.first - 1});
    next = range.last + 1;
  }
  if (next <= kLastCodePoint) result.push_back({next, kLastCodePoint});
  return result;
}

bool has_character(const CharacterRanges& ranges, char32_t character) {
  const auto after =
      std::upper_bound(ranges.begin(), ranges.end(), character,
                       [](char32_t c, const CharacterRange& range) { return c < range.first; });
  return after != ranges.begin() && character <= std::prev(after)->last;
}

// `IsLatin-1Supplement` and `IsLatin1Supplement` alike.
std::string block_name(std::string_view name) {
  std::string result = to_lower_ascii(name);
  std::erase(result, '-');
  return result;
}

const UnicodeBlock* find_block(std::string_view name) {
  const std::string wanted = block_name(name);
  const auto found = std::lower_bound(
      std::begin(kUnicodeBlocks), std::end(kUnicodeBlocks), wanted,
      [](const UnicodeBlock& block, const std::string& text) { return block.name < text; });
  return found != std::end(kUnicodeBlocks) && found->name == wanted ? &*found : nullptr;
}

}  // namespace

CharacterSet CharacterSet::of(CharacterRanges ranges) {
  CharacterSet set;
  set.add({false, normalized(std::move(ranges)), {}});
  return set;
}

CharacterSet CharacterSet::all() { return of({{0, kLastCodePoint}}); }

CharacterSet CharacterSet::of_categories(std::initializer_list<std::string_view> names) {
  Term term;
  for (const std::string_view name : names) term.categories.push_back({std::string(name), false});
  CharacterSet set;
  set.add(std::move(term));
  return set;
}

std::optional<CharacterSet> CharacterSet::escape(char32_t letter) {
  switch (letter) {
    case U's':
      return of({{'\t', '\n'}, {'\r', '\r'}, {' ', ' '}});
    case U'd':
      return of_categories({"Nd"});
    case U'w':  // all but punctuation, separators and others
      return of_categories({"L", "M", "N", "S"});
    case U'i':
      return of(kNameStart);
    case U'c':
      return of(kNameStart).united_with(of(kNameFurther));
    case U'S':
    case U'D':
    case U'W':
    case U'I':
    case U'C':
      return escape(letter - U'A' + U'a')->complement();
    default:
      return std::nullopt;
  }
}

std::optional<CharacterSet> CharacterSet::property(std::string_view name) {
  if (name.starts_with("Is")) {
    const UnicodeBlock* block = find_block(name.substr(2));
    if (block == nullptr) return std::nullopt;
    return of({{block->first, block->last}});
  }
  // RE2 leaves unassigned characters out of C.
  if (name == "C") return of_categories({"L", "M", "N", "P", "S", "Z"}).complement();
  if (name == "Cn") {
    return of_categories({"L", "M", "N", "P", "S", "Z", "Cc", "Cf", "Co"}).complement();
  }
  if (std::find(std::begin(kCategories), std::end(kCategories), name) == std::end(kCategories)) {
    return std::nullopt;
  }
  return of_categories({name});
}

void CharacterSet::merge(Term& into, const Term& other) {
  into.ranges.insert(into.ranges.end(), other.ranges.begin(), other.ranges.end());
  into.ranges = normalized(std::move(into.ranges));
  for (const Category& category : other.categories) {
    if (std::find(into.categories.begin(), into.categories.end(), category) ==
        into.categories.end()) {
      into.categories.push_back(category);
    }
  }
}

void CharacterSet::add(Term term) {
  if (term.is_negated && term.categories.empty()) term = {false, complement_of(term.ranges), {}};
  if (term.is_negated) {
    terms_.push_back(std::move(term));
    return;
  }
  const auto positive = std::find_if(terms_.begin(), terms_.end(),
                                     [](const Term& other) { return !other.is_negated; });
  if (positive == terms_.end()) {
    terms_.push_back(std::move(term));
  } else {
    merge(*positive, term);
  }
}

CharacterSet CharacterSet::united_with(const CharacterSet& other) const {
  CharacterSet result = *this;
  for (const Term& term : other.terms_) result.add(term);
  return result;
}

CharacterSet::Term CharacterSet::negation_of(const Term& term) {
  Term result = term;
  result.is_negated = !result.is_negated;
  return result;
}

// The complement of each range set and category that a term unites, as something to be negated
// again: a ∩ b is ¬(¬a ∪ ¬b).
std::vector<CharacterSet::Term> CharacterSet::atoms_negated(const Term& term) {
  std::vector<Term> atoms;
  if (!term.ranges.empty()) atoms.push_back({true, complement_of(term.ranges), {}});
  for (const Category& category : term.categories) {
    atoms.push_back({true, {}, {{category.name, !category.is_negated}}});
  }
  return atoms;
}

std::vector<CharacterSet::Term> CharacterSet::intersection(const Term& a, const Term& b) {
  const std::vector<Term> from_a = a.is_negated ? std::vector<Term>{a} : atoms_negated(a);
  const std::vector<Term> from_b = b.is_negated ? std::vector<Term>{b} : atoms_negated(b);
  std::vector<Term> result;
  for (const Term& x : from_a) {
    for (const Term& y : from_b) {
      result.push_back(x);
      merge(result.back(), y);
    }
  }
  return result;
}

CharacterSet CharacterSet::complement() const {
  CharacterSet result = all();
  for (const Term& term : terms_) {
    CharacterSet next;
    const Term negated = negation_of(term);
    for (const Term& so_far : result.terms_) {
      for (Term& both : intersection(so_far, negated)) next.add(std::move(both));
      if (next.is_too_complex()) return next;
    }
    result = std::move(next);
  }
  return result;
}

CharacterSet CharacterSet::without(const CharacterSet& other) const {
  const CharacterSet kept = other.complement();
  CharacterSet result;
  for (const Term& a : terms_) {
    for (const Term& b : kept.terms_) {
      for (Term& both : intersection(a, b)) result.add(std::move(both));
      if (result.is_too_complex()) return result;
    }
  }
  return result;
}

CharacterSet CharacterSet::with_both_cases() const {
  CharacterSet result;
  for (const Term& term : terms_) {
    Term closed = term;
    if (!term.is_negated) {
      std::vector<char32_t> folded;
      for (const CasedLetter& cased : cased_letters()) {
        if (has_character(term.ranges, cased.letter)) folded.push_back(cased.folded);
      }
      std::sort(folded.begin(), folded.end());
      for (const CasedLetter& cased : cased_letters()) {
        if (std::binary_search(folded.begin(), folded.end(), cased.folded)) {
          closed.ranges.push_back({cased.letter, cased.letter});
        }
      }
      closed.ranges = normalized(std::move(closed.ranges));
    }
    result.add(std::move(closed));
  }
  return result;
}

std::string CharacterSet::to_re2() const {
  std::string text;
  for (const Term& term : terms_) {
    if (!term.is_negated && term.ranges.empty() && term.categories.empty()) continue;
    text += text.empty() ? "" : "|";
    text += term.is_negated ? "[^" : "[";
    for (const CharacterRange& range : term.ranges) {
      text += fmt::format("\\x{{{:X}}}-\\x{{{:X}}}", std::uint32_t{range.first},
                          std::uint32_t{range.last});
    }
    for (const Category& category : term.categories) {
      text += fmt::format("\\{}{{{}}}", category.is_negated ? 'P' : 'p', category.name);
    }
    text += "]";
  }
  if (text.empty()) return "[^\\x{0}-\\x{10FFFF}]";
  return terms_.size() == 1 ? text : "(?:" + text + ")";
}

const CharacterRanges* CharacterSet::if_ranges() const {
  static const CharacterRanges kNone;
  if (terms_.empty()) return &kNone;
  if (terms_.size() > 1 || terms_[0].is_negated || !terms_[0].categories.empty()) return nullptr;
  return &terms_[0].ranges;
}

CharacterTest::CharacterTest(const CharacterSet& set) {
  if (const CharacterRanges* ranges = set.if_ranges(); ranges != nullptr) {
    ranges_ = *ranges;
  } else {
    categories_ = std::make_shared<const RE2>(set.to_re2(), RE2::Quiet);
  }
}

bool CharacterTest::has(char32_t character) const {
  if (categories_ == nullptr) return has_character(ranges_, character);
  std::string text;
  append_utf8(text, character);
  return RE2::FullMatch(text, *categories_);
}

}  // namespace formwork::feel
