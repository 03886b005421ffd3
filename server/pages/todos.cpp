#include "server/pages/todos.h"

#include "server/pages/clock.h"
#include "server/pages/compiled.h"
#include "server/pages/page_texts.h"
#include "server/pages/post_form.h"

namespace formwork::pages {
namespace {

void append_line(Html& html, const Context& context, const ToDoItem& item, std::string_view next,
                 bool is_of_record) {
  const engine::ToDo& todo = item.todo;
  html.markup("<li class=\"todo\"><span><b>").text(todo.title);
  html.markup("</b><span class=\"inbox__meta\">");
  if (todo.due_at) {
    append_due(html, due_state(context.words, todo.created_at, *todo.due_at, context.frame.now));
  }
  if (is_of_record) {
    html.markup("<span>");
    html.text(context.words(texts::kToDoOf,
                            {{"person", context.frame.directory->full_name(todo.assignee)}}));
    html.markup("</span>");
  } else if (item.entity != nullptr) {
    html.markup("<a").attribute("href", path_of(*item.entity, todo.record)).markup(">");
    html.text(item.title).markup("</a>");
  }
  html.markup("</span></span>");
  if (item.may_finish) {
    open_post(html, context, "/todos/" + std::to_string(todo.id) + "/done", {});
    hidden(html, "next", next);
    html.markup("<button class=\"btn btn--s\"");
    html.attribute("aria-label", context.words(texts::kToDoFinish, {{"what", todo.title}}));
    html.markup(">").icon("check").text(context.words(texts::kToDoDone));
    html.markup("</button></form>");
  }
  html.markup("</li>\n");
}

}  // namespace

void append_todos(Html& html, const Context& context, std::span<const ToDoItem> items,
                  std::string_view next, bool is_of_record) {
  if (items.empty()) return;
  html.markup("<section class=\"card\" aria-labelledby=\"s-todos\">\n<div class=\"card__head\">");
  html.markup("<h2 id=\"s-todos\">").text(context.words(texts::kToDos));
  html.markup("</h2><span class=\"chip\">").number(static_cast<std::int64_t>(items.size()));
  html.markup("</span></div>\n<ul>\n");
  for (const ToDoItem& item : items) append_line(html, context, item, next, is_of_record);
  html.markup("</ul>\n</section>\n");
}

}  // namespace formwork::pages
