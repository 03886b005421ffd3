#include "server/pages/refused.h"

#include <algorithm>

#include "server/pages/compiled.h"
#include "server/pages/page_texts.h"

namespace formwork::pages {
namespace {

void open(Html& html, const Context& context, const engine::Refusal& refusal) {
  html.markup("<div class=\"note note--danger\" role=\"alert\">").icon("circle-alert");
  html.markup("<div><b>");
  html.text(as_sentence(render(refusal.message, context.words.language, context.words.locale)));
  html.markup("</b>");
}

}  // namespace

void append_refused(Html& html, const Context& context, const model::Entity& entity,
                    engine::RecordId record, const engine::Refusal& refusal,
                    const std::vector<std::size_t>& here) {
  open(html, context, refusal);
  if (!refusal.fields.empty()) html.markup("\n<ul>\n");
  for (const engine::FieldProblem& problem : refusal.fields) {
    html.markup("<li>");
    const std::string sentence =
        describe(problem, entity, context.words.language, context.words.locale);
    const bool has_place = problem.field && context.may_see(entity, *problem.field) &&
                           fields::takes_input(entity.fields[*problem.field]);
    if (has_place) {
      const bool is_here = std::find(here.begin(), here.end(), *problem.field) != here.end();
      const std::string path = (is_here ? std::string() : path_of(entity, record, "edit")) + "#f-" +
                               entity.fields[*problem.field].name;
      html.markup("<a").attribute("href", path).markup(">").text(sentence).markup("</a>");
    } else {
      html.text(as_sentence(sentence));
    }
    if (!problem.saw.empty()) {
      html.markup(" <span class=\"mono\">").text(problem.saw).markup("</span>");
    }
    html.markup("</li>\n");
  }
  if (!refusal.fields.empty()) html.markup("</ul>");
  html.markup("</div></div>\n");
}

void append_refused(Html& html, const Context& context, const engine::Refusal& refusal) {
  open(html, context, refusal);
  html.markup("</div></div>\n");
}

std::string sent_value(const RefusedForm& refused, std::string_view name) {
  if (refused.sent == nullptr) return {};
  for (const auto& [key, value] : *refused.sent) {
    if (key == name) return value;
  }
  return {};
}

}  // namespace formwork::pages
