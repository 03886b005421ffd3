// Sets of characters, as classes of regular expressions mean them: `[a-z-[aeiou]]`, `\p{Lu}`, `.`.
//
// RE2 knows the categories of Unicode but cannot subtract classes. A set is therefore kept as a
// union of terms, each a union of ranges and categories or the complement of one; these are closed
// under complement and intersection, and each is one class that RE2 reads.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

namespace formwork::feel {

inline constexpr char32_t kLastCodePoint = 0x10FFFF;

struct CharacterRange {
  char32_t first;
  char32_t last;

  bool operator==(const CharacterRange&) const = default;
};

using CharacterRanges = std::vector<CharacterRange>;  // sorted, apart from each other

class CharacterSet {
 public:
  CharacterSet() = default;

  static CharacterSet of(CharacterRanges ranges);
  static CharacterSet all();

  // Of `\s`, `\d`, `\w`, `\i`, `\c` and their opposites; nothing for other letters.
  static std::optional<CharacterSet> escape(char32_t letter);

  // Of `\p{name}`: a category (`Lu`) or a block (`IsGreek`). nullopt when there is no such name.
  static std::optional<CharacterSet> property(std::string_view name);

  CharacterSet united_with(const CharacterSet& other) const;
  CharacterSet complement() const;
  CharacterSet without(const CharacterSet& other) const;

  // With the other case of every letter that ranges name; categories stay.
  CharacterSet with_both_cases() const;

  // More terms than any pattern of sense has; the caller refuses it.
  bool is_too_complex() const { return terms_.size() > kMaxTerms; }

  // As RE2 reads it.
  std::string to_re2() const;

  // Null unless the set is ranges alone.
  const CharacterRanges* if_ranges() const;

 private:
  // A category of RE2 (`L`, `Lu`) or the characters outside of it.
  struct Category {
    std::string name;
    bool is_negated = false;

    bool operator==(const Category&) const = default;
  };

  struct Term {
    bool is_negated = false;
    CharacterRanges ranges;
    std::vector<Category> categories;
  };

  static constexpr std::size_t kMaxTerms = 64;

  static Term negation_of(const Term& term);
  static std::vector<Term> atoms_negated(const Term& term);
  static std::vector<Term> intersection(const Term& a, const Term& b);
  static void merge(Term& into, const Term& other);
  static CharacterSet of_categories(std::initializer_list<std::string_view> names);
  void add(Term term);

  std::vector<Term> terms_;  // at most one that is not negated
};

// Asks sets for single characters: for the matcher that does without RE2.
class CharacterTest {
 public:
  explicit CharacterTest(const CharacterSet& set);

  bool has(char32_t character) const;

 private:
  CharacterRanges ranges_;
  std::shared_ptr<const re2::RE2> categories_;  // null when ranges are all
};

}  // namespace formwork::feel
