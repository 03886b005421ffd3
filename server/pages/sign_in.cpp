// The page on which people say who they are.
#include "server/pages/compiled.h"
#include "server/pages/page_texts.h"

namespace formwork::pages {
namespace {

void append_problem(Html& html, const Words& words, std::string_view problem) {
  if (problem.empty()) return;
  html.markup("<div class=\"summary\" role=\"alert\" tabindex=\"-1\" autofocus>\n<h2>");
  html.icon("circle-alert").text(words(texts::kThingToFix));
  html.markup("</h2>\n<ul>\n<li><a href=\"#f-user\">").text(as_sentence(problem));
  html.markup("</a></li>\n</ul>\n</div>\n");
}

}  // namespace

std::string Pages::sign_in(const SignInPage& page) const {
  const Words words = words_of(model_, page.locale);
  const FrameWriter writer(model_, compiled_->locales[page.locale].frame);
  const std::string title = words(texts::kSignIn);
  const bool is_error = !page.problem.empty();
  Html html;
  html.reserve(4 * 1024);
  writer.open_public(html, page.locale, title, is_error, page.path);
  append_problem(html, words, page.problem);
  html.markup("<form class=\"card stack\" method=\"post\" action=\"/sign-in\" novalidate>\n<h1>");
  html.text(title).markup("</h1>\n");
  if (!page.csrf.empty()) {
    html.markup("<input type=\"hidden\" name=\"_csrf\"").attribute("value", page.csrf).markup(">");
  }
  html.markup("<input type=\"hidden\" name=\"next\"").attribute("value", page.next);
  html.markup(">\n<div class=\"field\"><label class=\"label\" for=\"f-user\">");
  html.text(words(texts::kUserName));
  html.markup("</label><input class=\"input\" id=\"f-user\" name=\"user\" required ");
  html.markup("autocomplete=\"username\" autocapitalize=\"none\" spellcheck=\"false\"");
  if (!page.name.empty()) html.attribute("value", page.name);
  if (is_error) html.markup(" aria-invalid=\"true\"");
  html.markup("></div>\n<div class=\"field\"><label class=\"label\" for=\"f-password\">");
  html.text(words(texts::kPassword));
  html.markup("</label><input class=\"input\" id=\"f-password\" name=\"password\" ");
  html.markup("type=\"password\" required autocomplete=\"current-password\"");
  if (is_error) html.markup(" aria-invalid=\"true\"");
  html.markup("></div>\n<button class=\"btn btn--primary btn--wide\">").text(title);
  html.markup("</button>\n</form>\n");
  writer.close_public(html);
  return html.take_document();
}

}  // namespace formwork::pages
