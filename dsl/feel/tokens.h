// Words, blanks and literals of FEEL texts, below any grammar.
//
// All functions look at the start of a valid UTF-8 text and tell how many bytes the thing there
// takes, 0 when it is something else.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace formwork::feel::tokens {

// White space of DMN (1.5, grammar rule 61) and comments. A comment without end takes the rest.
std::size_t blank_length(std::string_view text);

// Letters, digits, `_` and what is beyond ASCII, save blanks and the punctuation that an input
// method types for ours (`，` `（` `“`). A word in a name may be a number: `item 1`.
std::size_t word_length(std::string_view text);

// A word that may begin a name: it does not start with a digit.
std::size_t name_start_length(std::string_view text);

// One character, whatever it is.
std::size_t character_length(std::string_view text);

// What a name consists of: a word, or one of the characters that names may hold besides.
std::size_t name_part_length(std::string_view text);

// The name that is declared here: parts and the blanks between them, until what names cannot hold
// or until the word `stop`.
std::size_t declared_name_length(std::string_view text, std::string_view stop = {});

// `12`, `1.5`, `.5`, `1.23e+4`. The points of `1..5` are none of a number.
std::size_t number_length(std::string_view text);

// With its quotes; text without a closing quote is no string.
std::size_t string_length(std::string_view text);

// What a string literal means. An escape that FEEL does not know stands for itself, as the patterns
// of matches() and split() are often written (DMN TCK 0067).
std::string decode(std::string_view literal);

// The literal that means a text.
std::string quote(std::string_view text);

// Words that cannot be the first of a name where an expression is expected.
bool is_keyword(std::string_view word);

}  // namespace formwork::feel::tokens
