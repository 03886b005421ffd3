#include "engine/command/refusal.h"

#include "dsl/base/json.h"

namespace formwork::engine {
namespace {

std::string label_of(const FieldProblem& problem, const model::Entity& entity, Language language,
                     std::size_t locale) {
  if (!problem.field) return problem.name;
  const fields::Field& field = entity.fields[*problem.field];
  std::string label = field.label[locale];
  const bool chinese = language == Language::Chinese;
  if (problem.row) {
    label += chinese ? "，第 " : ", line ";
    label += std::to_string(*problem.row + 1);
    if (chinese) label += " 行";
  }
  if (problem.column) {
    label += chinese ? "，" : ", ";
    label += field.fields[*problem.column].label[locale];
  }
  if (!problem.name.empty()) {
    label += chinese ? "，" : ", ";
    label += problem.name;
  }
  return label;
}

}  // namespace

Refusal refusal_of(RefusalKind kind, const MessageText& text,
                   std::vector<std::pair<std::string_view, Argument>> arguments) {
  return {kind, {&text, std::move(arguments)}, {}, {}, 0};
}

std::string describe(const FieldProblem& problem, const model::Entity& entity, Language language,
                     std::size_t locale) {
  // What is about several fields has no label; the sentence says it all.
  std::string text = label_of(problem, entity, language, locale);
  if (text.empty()) return render(problem.message, language, locale);
  text += language == Language::Chinese ? "：" : ": ";
  return text + render(problem.message, language, locale);
}

std::string pointer_to(const FieldProblem& problem, const model::Entity& entity) {
  if (!problem.field && problem.name.empty()) return {};  // the whole body
  if (!problem.field) return "/" + json::pointer_token(problem.name);
  const fields::Field& field = entity.fields[*problem.field];
  std::string pointer = "/" + json::pointer_token(field.name);
  if (problem.row) pointer += "/" + std::to_string(*problem.row);
  if (problem.column) pointer += "/" + json::pointer_token(field.fields[*problem.column].name);
  if (!problem.name.empty()) pointer += "/" + json::pointer_token(problem.name);
  return pointer;
}

}  // namespace formwork::engine
