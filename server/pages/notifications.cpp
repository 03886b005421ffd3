// What somebody was told.
//
// Opening one marks it as read, so an unread one is a button of a form; one that was read is a
// link.
#include "server/pages/clock.h"
#include "server/pages/compiled.h"
#include "server/pages/page_texts.h"
#include "server/pages/post_form.h"

namespace formwork::pages {
namespace {

class NotificationsWriter {
 public:
  NotificationsWriter(Html& html, const Context& context, const NotificationsPage& page)
      : html_(html), context_(context), page_(page) {}

  void content() {
    heading();
    html_.markup("<section class=\"card\"");
    html_.attribute("aria-label", context_.words(texts::kNotifications)).markup(">\n");
    html_.markup("<nav class=\"tabs\"");
    html_.attribute("aria-label", context_.words(texts::kNotifications)).markup(">");
    tab("/notifications", texts::kAllNotifications, !page_.unread);
    tab("/notifications?unread=true", texts::kUnreadNotifications, page_.unread);
    html_.markup("</nav>\n");
    if (page_.lines.empty()) {
      nothing();
    } else {
      html_.markup("<ul class=\"inbox__lines\">\n");
      for (const NotificationsPage::Line& one : page_.lines) line(one);
      html_.markup("</ul>\n");
    }
    if (page_.next != 0) {
      html_.markup("<p class=\"inbox__more\"><a class=\"btn btn--s\" href=\"/notifications?");
      if (page_.unread) html_.markup("unread=true&amp;");
      html_.markup("after=").number(page_.next).markup("\">");
      html_.text(context_.words(texts::kNext)).markup("</a></p>\n");
    }
    html_.markup("</section>\n");
  }

 private:
  void heading() {
    html_.markup("<div class=\"head\"><div class=\"head__text\"><h1 class=\"vh-phone\">");
    html_.text(context_.words(texts::kNotifications)).markup("</h1></div><div class=\"actions\">");
    if (context_.frame.unread > 0) {
      open_post(html_, context_, "/notifications/read", {});
      html_.markup("<button class=\"btn\">").icon("check");
      html_.text(context_.words(texts::kMarkAllRead)).markup("</button></form>");
    }
    html_.markup("<a class=\"btn\" href=\"/preferences\">").icon("settings");
    html_.text(context_.words(texts::kHowToBeTold)).markup("</a></div></div>\n");
  }

  void tab(std::string_view path, const MessageText& text, bool is_current) {
    html_.markup("<a class=\"tab\"").attribute("href", path);
    if (is_current) html_.markup(" aria-current=\"page\"");
    html_.markup(">").text(context_.words(text)).markup("</a>");
  }

  void nothing() {
    html_.markup("<div class=\"empty\">").icon("bell").markup("<h2>");
    html_.text(context_.words(page_.unread ? texts::kNothingUnread : texts::kNothingTold));
    html_.markup("</h2><p>").text(context_.words(texts::kNothingToldHint));
    html_.markup("</p></div>\n");
  }

  void line(const NotificationsPage::Line& one) {
    const engine::Notification& told = one.notification;
    html_.markup("<li>");
    if (!told.read_at) {
      open_post(html_, context_, "/notifications/" + std::to_string(told.id) + "/read", {});
      html_.markup("<button class=\"inbox__item inbox__item--plain\" data-nav>");
      text(one);
      html_.markup("</button></form>");
    } else if (one.entity != nullptr) {
      html_.markup("<a class=\"inbox__item inbox__item--plain is-read\"");
      html_.attribute("href", path_of(*one.entity, told.record)).markup(" data-nav>");
      text(one);
      html_.markup("</a>");
    } else {
      html_.markup("<div class=\"inbox__item inbox__item--plain is-read\">");
      text(one);
      html_.markup("</div>");
    }
    html_.markup("</li>\n");
  }

  void text(const NotificationsPage::Line& one) {
    const engine::Notification& told = one.notification;
    html_.markup("<span><span class=\"inbox__who\"><span>");
    if (one.entity != nullptr) html_.text(context_.label(one.entity->label));
    html_.markup("</span>");
    append_moment(html_, context_, told.at);
    html_.markup("</span><b>").text(told.title).markup("</b><span class=\"inbox__meta\">");
    if (!told.read_at) {
      html_.markup("<span class=\"chip chip--accent\">").text(context_.words(texts::kUnread));
      html_.markup("</span>");
    }
    if (told.urgent) {
      html_.markup("<span class=\"chip chip--danger\">").icon("triangle-alert");
      html_.text(context_.words(texts::kUrgent)).markup("</span>");
    }
    html_.markup("<span class=\"told\">").text(told.text).markup("</span></span></span>");
  }

  Html& html_;
  const Context& context_;
  const NotificationsPage& page_;
};

}  // namespace

std::string Pages::notifications(const Frame& frame, const NotificationsPage& page) const {
  const Context context(model_, frame);
  const std::string title = context.words(texts::kNotifications);
  const PageHead head{
      .title = title, .place = Place::Notifications, .crumbs = {{{}, title}}, .is_narrow = true};
  const FrameWriter writer(model_, compiled_->locales[frame.locale].frame);
  Html html;
  html.reserve(24 * 1024);
  writer.open(html, context, head);
  NotificationsWriter(html, context, page).content();
  writer.close_wrap(html);
  writer.close(html, context, head);
  return html.take_document();
}

}  // namespace formwork::pages
