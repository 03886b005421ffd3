// Texts for people, in every language that the product itself speaks.
//
// A sentence is defined once, as a MessageText beside the code that says it. A Message is that text with
// its arguments; it is rendered only where the reader's language is known (page, API answer, log).
// Placeholders are names in braces: "{label} must be at most {limit}".
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace formwork {

enum class Language : unsigned char { English, Chinese };

// The language in which the product's own texts are shown for a BCP 47 tag: any `zh…` is Chinese.
Language language_of(std::string_view locale);

struct MessageText {
  std::string_view code;  // stable, in words: "field.too-long"
  std::string_view english;
  std::string_view chinese;
};

struct Message {
  const MessageText* text = nullptr;
  std::vector<std::pair<std::string_view, std::string>> arguments;  // names are literals
};

// Replaces each `{name}`; an argument that the text does not name is left out.
std::string render(const Message& message, Language language);
std::string render(const MessageText& text, Language language);

}  // namespace formwork
