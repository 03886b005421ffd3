// Forms that anybody may fill in, and what is said when one was sent.
#include <algorithm>

#include "server/pages/compiled.h"
#include "server/pages/form_render.h"
#include "server/pages/page_texts.h"

namespace formwork::pages {
namespace {

// Nobody sees this field, so whoever fills it in is no person.
void append_trap(Html& html, const Words& words) {
  html.markup("<div hidden><label for=\"f-_url\">").text(words(texts::kLeaveEmpty));
  html.markup("</label><input id=\"f-_url\"").attribute("name", kTrapControl);
  html.markup(" tabindex=\"-1\" autocomplete=\"off\"></div>\n");
}

void append_problem(Html& html, const Words& words, std::string_view problem) {
  if (problem.empty()) return;
  html.markup("<div class=\"summary\" role=\"alert\" tabindex=\"-1\" autofocus>\n<h2>");
  html.icon("circle-alert").text(words(texts::kNotSent)).markup("</h2>\n<p>");
  html.text(as_sentence(problem)).markup("</p>\n</div>\n");
}

void append_intro(Html& html, const Localized& intro, std::size_t locale) {
  if (intro.empty()) return;
  html.markup("<p class=\"prose\">").text(intro[locale]).markup("</p>\n");
}

bool asks_for_something(const model::Entity& entity, const model::PublicForm& form) {
  return std::any_of(form.fields.begin(), form.fields.end(), [&](std::size_t field) {
    return entity.fields[field].required || entity.fields[field].required_when;
  });
}

void open_form(Html& html, const Context& context, const PublicFormPage& page,
               const model::Entity& entity) {
  html.markup("<form class=\"card stack\" id=\"record\" method=\"post\"");
  html.attribute("action", page.action).markup(" novalidate");
  if (!page.live.empty()) html.attribute("data-live", page.live);
  html.markup(">\n");
  append_trap(html, context.words);
  if (asks_for_something(entity, *page.form)) {
    html.markup("<p class=\"small muted\"><span class=\"req\" aria-hidden=\"true\">*</span>");
    html.text(context.words(texts::kMeansRequired)).markup("</p>\n");
  }
}

}  // namespace

std::string Pages::public_form(const PublicFormPage& page) const {
  const model::Entity& entity = model_.entities[page.form->intake.entity];
  // As the program itself sees it: a form asks for its fields, whoever may see records of them.
  engine::Actor actor;
  actor.cause = engine::Cause::Form;
  const Frame frame{
      .actor = &actor, .gate = page.gate, .directory = page.directory, .locale = page.locale};
  const Context context(model_, frame);
  const FormPage inner{
      .entity = &entity, .typed = page.typed, .preview = page.preview, .problems = page.problems};
  const FormTemplate& form = compiled_->locales[page.locale].public_forms[entity.index];
  const FormState state = read_state(context, inner, form, page.form->fields);
  const FrameWriter writer(model_, compiled_->locales[page.locale].frame);
  const std::string& title = page.form->label[page.locale];
  const bool is_error = !page.problems.empty() || !page.problem.empty();
  Html html;
  html.reserve(16 * 1024);
  writer.open_public(html, page.locale, title, is_error, page.path);
  html.markup("<h1>").text(title).markup("</h1>\n");
  append_intro(html, page.form->intro, page.locale);
  append_problem(html, context.words, page.problem);
  append_summary(html, context.words, state);
  open_form(html, context, page, entity);
  html.markup("<div class=\"fields\">\n");
  FormRenderer(html, context, inner, form).render_only(state, page.form->fields);
  html.markup("</div>\n<button class=\"btn btn--primary btn--wide\">");
  html.text(context.words(texts::kSend)).markup("</button>\n</form>\n");
  writer.close_public(html);
  return html.take_document();
}

std::string Pages::public_thanks(const PublicThanksPage& page) const {
  const Words words = words_of(model_, page.locale);
  const FrameWriter writer(model_, compiled_->locales[page.locale].frame);
  const std::string& title = page.form->label[page.locale];
  Html html;
  html.reserve(4 * 1024);
  writer.open_public(html, page.locale, title, false, page.path);
  html.markup("<div class=\"card\"><div class=\"empty\" role=\"status\">").icon("check");
  html.markup("<h1>").text(title).markup("</h1><p>");
  html.text(page.form->thanks.empty() ? words(texts::kThanks) : page.form->thanks[page.locale]);
  html.markup("</p></div></div>\n");
  writer.close_public(html);
  return html.take_document();
}

}  // namespace formwork::pages
