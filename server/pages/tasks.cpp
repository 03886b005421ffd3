// The inbox, with the decision panel of a task beside it.
#include <algorithm>

#include "server/pages/clock.h"
#include "server/pages/compiled.h"
#include "server/pages/decision.h"
#include "server/pages/inbox.h"
#include "server/pages/page_texts.h"
#include "server/pages/people.h"
#include "server/pages/post_form.h"
#include "server/pages/refused.h"

namespace formwork::pages {
namespace {

const MessageText& name_of(TaskBox box) {
  switch (box) {
    case TaskBox::ToDo:
      return texts::kBoxToDo;
    case TaskBox::Done:
      return texts::kBoxDone;
    case TaskBox::Mine:
      return texts::kBoxByMe;
    case TaskBox::Copies:
      return texts::kBoxCopies;
    case TaskBox::Held:
      return texts::kBoxHeld;
  }
  return texts::kBoxToDo;
}

const MessageText& empty_text(TaskBox box) {
  switch (box) {
    case TaskBox::ToDo:
      return texts::kNothingToDo;
    case TaskBox::Done:
      return texts::kNothingDone;
    case TaskBox::Mine:
      return texts::kNothingMine;
    case TaskBox::Copies:
      return texts::kNoCopies;
    case TaskBox::Held:
      return texts::kNothingHeld;
  }
  return texts::kNothingToDo;
}

std::string path_of_box(TaskBox box) {
  return box == TaskBox::ToDo ? "/tasks" : "/tasks?box=" + std::string(box_code(box));
}

class TasksWriter {
 public:
  TasksWriter(Html& html, const Context& context, const TasksPage& page, DecisionWriter* panel)
      : html_(html), context_(context), page_(page), panel_(panel) {}

  void content() {
    html_.markup("<div class=\"inbox");
    if (panel_ != nullptr) html_.markup(" inbox--detail");
    html_.markup("\">\n");
    list();
    if (panel_ != nullptr) {
      html_.markup("<article class=\"inbox__main\" aria-labelledby=\"s-task\">\n");
      panel_->content();
      html_.markup("</article>\n");
    } else {
      html_.markup("<div class=\"inbox__main stack\">\n");
      choose();
      delegations();
      html_.markup("</div>\n");
    }
    html_.markup("</div>\n");
  }

 private:
  void list() {
    // A page has one first heading: that of the task, when there is one.
    html_.markup("<section class=\"inbox__list\"");
    html_.attribute("aria-label", context_.words(name_of(page_.box))).markup(">\n");
    if (panel_ == nullptr) {
      html_.markup("<h1 class=\"vh\">").text(context_.words(texts::kTasks)).markup("</h1>\n");
    }
    tabs();
    if (page_.items.empty()) {
      html_.markup("<p class=\"inbox__none\">").text(context_.words(empty_text(page_.box)));
      html_.markup("</p>\n");
    } else {
      html_.markup("<ul>\n");
      for (const InboxItem& item : page_.items) {
        const bool is_current =
            panel_ != nullptr && item.task && item.task->id == page_.panel->detail->task.id;
        append_inbox_line(html_, context_, item, page_.box, is_current);
      }
      html_.markup("</ul>\n");
    }
    if (page_.next != 0) {
      html_.markup("<p class=\"inbox__more\"><a class=\"btn btn--s\" href=\"/tasks?box=");
      html_.segment(box_code(page_.box)).markup("&amp;after=").number(page_.next).markup("\">");
      html_.text(context_.words(texts::kNext)).markup("</a></p>\n");
    }
    html_.markup("</section>\n");
  }

  void tabs() {
    html_.markup("<nav class=\"tabs\"").attribute("aria-label", context_.words(texts::kBoxes));
    html_.markup(">");
    for (const TaskBox box :
         {TaskBox::ToDo, TaskBox::Mine, TaskBox::Copies, TaskBox::Done, TaskBox::Held}) {
      if (box == TaskBox::Held && !page_.has_held) continue;
      html_.markup("<a class=\"tab\"").attribute("href", path_of_box(box));
      if (box == page_.box) html_.markup(" aria-current=\"page\"");
      html_.markup(">").text(context_.words(name_of(box)));
      const std::optional<std::int64_t>& count = page_.counts[static_cast<std::size_t>(box)];
      if (count && *count > 0) {
        html_.markup(" <span class=\"n\">").text(count_text(*count)).markup("</span>");
      }
      html_.markup("</a>");
    }
    html_.markup("</nav>\n");
  }

  void choose() {
    html_.markup("<div class=\"card hide-phone\"><div class=\"empty\">").icon("list-checks");
    if (page_.items.empty()) {
      html_.markup("<h2>").text(context_.words(texts::kAllDone)).markup("</h2><p>");
      html_.text(context_.words(texts::kAllDoneHint));
    } else {
      html_.markup("<h2>").text(context_.words(texts::kChooseTask)).markup("</h2><p>");
      html_.text(context_.words(texts::kChooseTaskHint));
    }
    html_.markup("</p></div></div>\n");
  }

  void delegations() {
    html_.markup("<section class=\"card\" aria-labelledby=\"s-away\">\n<div class=\"card__head\">");
    html_.markup("<h2 id=\"s-away\">").text(context_.words(texts::kAway));
    html_.markup("</h2></div>\n<div class=\"card__body stack\">\n");
    if (page_.refused) append_refused(html_, context_, *page_.refused->refusal);
    html_.markup("<p class=\"hint\">").text(context_.words(texts::kAwayHint)).markup("</p>\n");
    if (!page_.delegations.empty()) {
      html_.markup("<ul class=\"stack\">\n");
      for (const engine::Delegation& one : page_.delegations) delegation(one);
      html_.markup("</ul>\n");
    }
    new_delegation();
    html_.markup("</div>\n</section>\n");
  }

  void delegation(const engine::Delegation& one) {
    const accounts::Directory& people = *context_.frame.directory;
    const bool is_mine = one.from == context_.frame.actor->account;
    html_.markup("<li class=\"row\"><span>");
    html_.text(context_.words(is_mine ? texts::kActsForYou : texts::kYouActFor,
                              {{"person", people.full_name(is_mine ? one.to : one.from)},
                               {"from", day_text(context_, one.starts_at)},
                               {"to", last_day_text(context_, one.ends_at)}}));
    html_.markup("</span>");
    if (one.starts_at > context_.frame.now) {
      html_.markup("<span class=\"chip\">").text(context_.words(texts::kNotYet)).markup("</span>");
    }
    if (is_mine) {
      open_post(html_, context_, "/delegations/" + std::to_string(one.id) + "/end", {});
      html_.markup("<button class=\"btn btn--s\">").text(context_.words(texts::kEndNow));
      html_.markup("</button></form>");
    }
    html_.markup("</li>\n");
  }

  void new_delegation() {
    open_post(html_, context_, "/delegations", "fields");
    append_people_field(html_, context_,
                        {.id = "away-to",
                         .name = "to",
                         .label = context_.words(texts::kDelegate),
                         .chosen = sent("to")});
    html_.markup("<div></div>");
    const std::string today = day_text(context_, context_.frame.now);
    for (const auto& [name, text] :
         {std::pair("starts", &texts::kFirstDay), std::pair("ends", &texts::kLastDay)}) {
      const std::string id = std::string("away-") + name;
      const std::string value = sent(name).empty() ? today : sent(name);
      html_.markup("<div class=\"field\"><label class=\"label\"").attribute("for", id).markup(">");
      html_.text(context_.words(*text)).markup("</label><input class=\"input\" type=\"date\"");
      html_.attribute("id", id).attribute("name", name).attribute("value", value);
      html_.markup(" required></div>");
    }
    html_.markup("<div class=\"field--wide\"><button class=\"btn\">");
    html_.text(context_.words(texts::kDelegateDo)).markup("</button></div></form>\n");
  }

  std::string sent(std::string_view name) const {
    return page_.refused ? sent_value(*page_.refused, name) : std::string();
  }

  Html& html_;
  const Context& context_;
  const TasksPage& page_;
  DecisionWriter* panel_;
};

}  // namespace

std::string Pages::tasks(const Frame& frame, const TasksPage& page) const {
  const Context context(model_, frame);
  const Compiled::PerLocale& compiled = compiled_->locales[frame.locale];
  const std::string name = context.words(texts::kTasks);
  Html html;
  html.reserve(48 * 1024);
  std::optional<DecisionWriter> panel;
  if (page.panel != nullptr) {
    panel.emplace(html, context, page, compiled.forms[page.panel->detail->entity->index]);
  }
  PageHead head{.title = name, .is_error = page.refused.has_value(), .place = Place::Tasks};
  if (panel) {
    head.title = panel->title();
    head.is_error = page.panel->refused.has_value();
    head.crumbs = {{path_of_box(page.box), name}, {{}, panel->title()}};
    head.has_phonebar = panel->may_decide();
  } else {
    head.crumbs = {{{}, name}};
  }
  const FrameWriter writer(model_, compiled.frame);
  writer.open(html, context, head);
  TasksWriter(html, context, page, panel ? &*panel : nullptr).content();
  writer.close_wrap(html);
  if (panel) panel->phone_bar();
  writer.close(html, context, head);
  return html.take_document();
}

}  // namespace formwork::pages
