#include "dsl/compile/text_template.h"

#include <algorithm>

#include "dsl/compile/reading.h"

namespace formwork::compile {
namespace {

using feel::TypeKind;
using Part = model::TextTemplate::Part;
constexpr std::size_t kNowhere = std::string_view::npos;

// The place behind the text literal that begins there.
std::size_t behind_literal(std::string_view text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] == '\\') ++at;
  }
  return std::min(at + 1, text.size());
}

// Of the brace that closes the one at `open`. FEEL has braces of its own, in contexts and texts.
std::size_t closing_brace(std::string_view text, std::size_t open) {
  int depth = 0;
  for (std::size_t at = open; at < text.size();) {
    if (text[at] == '"') {
      at = behind_literal(text, at);
      continue;
    }
    if (text[at] == '{') ++depth;
    if (text[at] == '}' && --depth == 0) return at;
    ++at;
  }
  return kNowhere;
}

class TemplateReader {
 public:
  TemplateReader(const Phrase& phrase, const PhraseCompiler& compile, Context& context)
      : phrase_(phrase), text_(phrase.text), compile_(compile), context_(context) {}

  std::vector<Part> read() {
    std::size_t at = 0;
    while (at < text_.size()) {
      const std::size_t brace = text_.find('{', at);
      plain_ += text_.substr(at, brace - at);
      if (brace == kNowhere) break;
      at = text_.substr(brace).starts_with("{{") ? read_double(brace) : read_value(brace);
    }
    end_plain();
    return std::move(parts_);
  }

 private:
  void error(std::size_t begin, std::size_t end, std::string message, std::string remedy) {
    context_.diagnostics.error(codes::kTextTemplate, phrase_.place(begin, end), std::move(message),
                               std::move(remedy));
  }

  // `{{name}}` is how other programs write a value, and people would read `{name}}`.
  std::size_t read_double(std::size_t at) {
    const std::size_t close = text_.find_first_of("{}", at + 2);
    const bool is_value = close != kNowhere && text_.substr(close).starts_with("}}");
    if (is_value) {
      const std::string inner(text_.substr(at + 2, close - at - 2));
      error(at, close + 2, "`{{` is a brace, and no value stands behind it",
            "write `{" + inner + "}` for the value");
    }
    plain_ += '{';
    return at + 2;
  }

  // The place behind it.
  std::size_t read_value(std::size_t open) {
    const std::size_t close = closing_brace(text_, open);
    if (close == kNowhere) {
      error(open, open + 1, "this `{` is not closed",
            "write `}` behind the value, or `{{` for a brace");
      return text_.size();
    }
    const Phrase words = phrase_.part(open + 1, close);
    if (words.text.empty()) {
      error(open, close + 1, "no value stands between the braces",
            "name a field, or write `{{` for a brace");
      return close + 1;
    }
    end_plain();
    auto value = compile_(words, TypeKind::Any);
    if (value && is_shown(*value, words)) parts_.push_back({.text = {}, .value = std::move(value)});
    return close + 1;
  }

  bool is_shown(const feel::Expression& value, const Phrase& words) {
    const TypeKind kind = value.type().kind();
    const bool is_never =
        kind == TypeKind::Function || kind == TypeKind::Range || kind == TypeKind::Context;
    if (!is_never) return true;
    context_.diagnostics.error(codes::kTextTemplate, words.where(),
                               "a text cannot show " + value.type().to_string(),
                               "name what of it is to be read");
    return false;
  }

  void end_plain() {
    if (!plain_.empty()) parts_.push_back({.text = std::move(plain_), .value = {}});
    plain_.clear();
  }

  const Phrase& phrase_;
  std::string_view text_;
  const PhraseCompiler& compile_;
  Context& context_;
  std::string plain_;
  std::vector<Part> parts_;
};

// What stands in the template's own words for each locale, the first given for those that are
// missing.
std::vector<const yaml::Node*> nodes_by_locale(const yaml::Node& node, const Context& context) {
  const std::vector<std::string>& locales = context.model.app.locales;
  if (node.is_scalar()) return std::vector<const yaml::Node*>(locales.size(), &node);
  std::vector<const yaml::Node*> nodes;
  for (const std::string& locale : locales) nodes.push_back(value_of(node, locale));
  const yaml::Node* first = nullptr;
  for (const yaml::Node* each : nodes) {
    if (first == nullptr) first = each;
  }
  if (first == nullptr) return {};
  for (const yaml::Node*& each : nodes) {
    if (each == nullptr) each = first;
  }
  return nodes;
}

void check_one_line(const Phrase& phrase, Context& context) {
  const std::size_t end = phrase.text.find('\n');
  if (end == kNowhere) return;
  context.diagnostics.error(codes::kTextTemplate, phrase.part(end).where(), "this is one line only",
                            "keep the rest for `text`");
}

}  // namespace

model::TextTemplate read_template(const yaml::Node& node, Lines lines,
                                  const PhraseCompiler& compile, Context& context) {
  model::TextTemplate made;
  if (!read_localized(node, context)) return made;
  const std::vector<const yaml::Node*> nodes = nodes_by_locale(node, context);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const auto known =
        std::find(nodes.begin(), nodes.begin() + static_cast<std::ptrdiff_t>(i), nodes[i]) -
        nodes.begin();
    if (static_cast<std::size_t>(known) < i) {
      made.by_locale.push_back(made.by_locale[static_cast<std::size_t>(known)]);
      continue;
    }
    const Phrase whole = phrase_of(*nodes[i]);
    const Phrase phrase = lines == Lines::One ? whole.part(0) : whole;
    if (lines == Lines::One) check_one_line(phrase, context);
    made.by_locale.push_back(TemplateReader(phrase, compile, context).read());
  }
  return made;
}

}  // namespace formwork::compile
