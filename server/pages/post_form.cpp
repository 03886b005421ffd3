#include "server/pages/post_form.h"

#include "server/pages/page_texts.h"

namespace formwork::pages {

void open_post(Html& html, const Context& context, std::string_view path, std::string_view css) {
  html.markup("<form");
  if (!css.empty()) html.attribute("class", css);
  html.markup(" method=\"post\"").attribute("action", path).markup(">");
  hidden(html, "_csrf", context.frame.csrf);
}

void hidden(Html& html, Markup name, std::string_view value) {
  html.markup("<input type=\"hidden\"").attribute("name", name.text()).attribute("value", value);
  html.markup(">");
}

void append_comment(Html& html, const Context& context, std::string_view id, bool is_required,
                    std::string_view typed) {
  html.markup("<div class=\"field\"><label class=\"label\" for=\"").value(id).markup("\">");
  html.text(context.words(texts::kComment));
  if (is_required) {
    html.markup("<span class=\"req\" aria-hidden=\"true\">*</span>");
  }
  html.markup("</label><textarea class=\"textarea\" id=\"").value(id);
  html.markup("\" name=\"comment\" rows=\"2\"");
  if (is_required) html.markup(" required");
  html.markup(">").text(typed).markup("</textarea></div>");
}

}  // namespace formwork::pages
