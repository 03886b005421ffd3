// Upper and lower case of all scripts, by the Unicode Character Database. Not by the C library,
// whose answers depend on the locales of the machine: the same form must decide alike everywhere.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace formwork::feel {

// Of one letter; itself when it has no other case, or one of several letters (ß).
char32_t to_upper(char32_t letter);
char32_t to_lower(char32_t letter);

// The same for all letters that differ only in case.
inline char32_t fold_case(char32_t letter) { return to_lower(to_upper(letter)); }

// All letters that have another case, in their order, with what they fold to.
struct CasedLetter {
  char32_t letter;
  char32_t folded;
};

const std::vector<CasedLetter>& cased_letters();

// Of a valid UTF-8 text. Results can be longer: "straße" becomes "STRASSE". A sigma that ends a
// word becomes ς.
std::string upper_case(std::string_view text);
std::string lower_case(std::string_view text);

}  // namespace formwork::feel
