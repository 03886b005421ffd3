#include "dsl/base/message.h"

#include <algorithm>

#include "dsl/base/utf8.h"

namespace formwork {
namespace {

std::string_view text_in(const MessageText& text, Language language) {
  return language == Language::Chinese ? text.chinese : text.english;
}

std::string text_of(const Argument& argument, Language language, std::size_t locale) {
  if (const auto* label = std::get_if<Localized>(&argument)) return (*label)[locale];
  if (const auto* word = std::get_if<const MessageText*>(&argument))
    return render(**word, language);
  return std::get<std::string>(argument);
}

}  // namespace

Language language_of(std::string_view locale) {
  const std::string_view primary = locale.substr(0, locale.find_first_of("-_"));
  return to_lower_ascii(primary) == "zh" ? Language::Chinese : Language::English;
}

// One pass, so that braces inside an argument stay what the user typed.
std::string render(const Message& message, Language language, std::size_t locale) {
  if (message.text == nullptr) return {};
  std::string_view rest = text_in(*message.text, language);
  std::string out;
  while (true) {
    const std::size_t open = rest.find('{');
    const std::size_t close = rest.find('}', open);
    out += rest.substr(0, open);
    if (open == std::string_view::npos) break;
    if (close == std::string_view::npos) {
      out += rest.substr(open);
      break;
    }
    const std::string_view name = rest.substr(open + 1, close - open - 1);
    const auto argument = std::find_if(message.arguments.begin(), message.arguments.end(),
                                       [name](const auto& pair) { return pair.first == name; });
    if (argument != message.arguments.end()) {
      out += text_of(argument->second, language, locale);
    } else {
      out += rest.substr(open, close - open + 1);
    }
    rest.remove_prefix(close + 1);
  }
  return out;
}

std::string render(const MessageText& text, Language language) {
  return std::string(text_in(text, language));
}

}  // namespace formwork
