#include "server/pages/context.h"

namespace formwork::pages {

std::string Words::operator()(const MessageText& text,
                              std::initializer_list<Argument> arguments) const {
  Message message{&text, {}};
  for (const Argument& argument : arguments) {
    message.arguments.emplace_back(argument.first, argument.second);
  }
  return render(message, language, locale);
}

std::string Words::inside(std::string_view label) const {
  std::string text(label);
  const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  // An abbreviation such as "SKU" stays as it is.
  if (text.size() > 1 && is_capital(text[0]) && is_small(text[1])) {
    text[0] = static_cast<char>(text[0] + 32);
  }
  return text;
}

Words words_of(const model::Model& model, std::size_t locale) {
  return {language_of(model.app.locales[locale]), locale};
}

std::string as_sentence(std::string_view message) {
  std::string text(message);
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
  return text;
}

Context::Context(const model::Model& of_model, const Frame& of_frame)
    : model(of_model),
      frame(of_frame),
      words(words_of(of_model, of_frame.locale)),
      showing{.language = words.language,
              .locale = of_frame.locale,
              .zone = of_model.app.time_zone,
              .people = of_frame.directory} {}

}  // namespace formwork::pages
