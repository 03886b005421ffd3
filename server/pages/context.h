// context: whom a page is rendered for, and in which words.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "dsl/base/message.h"
#include "server/pages/html.h"
#include "server/pages/pages.h"

namespace formwork::pages {

// The product's words in one language, with the app's labels in one locale.
struct Words {
  Language language = Language::English;
  std::size_t locale = 0;

  using Argument = std::pair<std::string_view, std::string>;

  std::string operator()(const MessageText& text) const { return render(text, language); }

  std::string operator()(const MessageText& text, std::initializer_list<Argument> arguments) const;

  // A label in the middle of a sentence: English writes it small.
  std::string inside(std::string_view label) const;
};

Words words_of(const model::Model& model, std::size_t locale);

// Refusals are worded to stand behind a label, so they begin small; alone they are sentences.
std::string as_sentence(std::string_view message);

struct Context {
  const model::Model& model;
  const Frame& frame;
  Words words;
  fields::Showing showing;

  Context(const model::Model& of_model, const Frame& of_frame);

  bool may(model::Action action, const model::Entity& entity) const {
    return frame.gate->may(*frame.actor, action, entity);
  }

  bool may_see(const model::Entity& entity, std::size_t field) const {
    return frame.gate->may_see_field(*frame.actor, entity, field);
  }

  const std::string& label(const Localized& text) const { return text[frame.locale]; }

  // The value as people read it; not for null.
  std::string show(const fields::Field& field, const feel::Value& value) const {
    return field.type->show(value, field, showing);
  }
};

}  // namespace formwork::pages
