// Texts for people, in every language that the product itself speaks.
//
// A sentence is defined once, as a MessageText beside the code that says it. A Message is that text
// with its arguments; it is rendered only where the reader's language is known (page, API answer,
// log). Placeholders are names in braces: "{label} must be at most {limit}".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "dsl/base/localized.h"

namespace formwork {

enum class Language : unsigned char { English, Chinese };

// The language in which the product's own texts are shown for a BCP 47 tag: any `zh…` is Chinese.
Language language_of(std::string_view locale);

struct MessageText {
  std::string_view code;  // stable, in words: "field.too-long"
  std::string_view english;
  std::string_view chinese;
};

// What stands for a placeholder: a text that is the same in every language, a text of the app in
// each of its locales (a label), or a word of ours in each of our languages.
using Argument = std::variant<std::string, Localized, const MessageText*>;

struct Message {
  const MessageText* text = nullptr;
  std::vector<std::pair<std::string_view, Argument>> arguments;  // names are literals
};

// Replaces each `{name}`; an argument that the text does not name is left out. `locale` is the
// reader's index into the app's locales.
std::string render(const Message& message, Language language, std::size_t locale = 0);
std::string render(const MessageText& text, Language language);

}  // namespace formwork
