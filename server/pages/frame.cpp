#include "server/pages/frame.h"

#include <algorithm>
#include <set>

#include "dsl/base/utf8.h"
#include "server/assets/assets.h"
#include "server/pages/page_texts.h"
#include "server/pages/person.h"

namespace formwork::pages {
namespace {

constexpr std::size_t kTabs = 4;  // places of the bar on a phone; the rest is under More

// The letter after G that leads to each entity: the first of its name that is still free.
std::vector<std::string> keys_of(const model::Model& model) {
  std::set<char> taken;
  if (!model.approvals.empty()) taken.insert('t');  // of the tasks
  std::vector<std::string> keys;
  for (const model::Entity& entity : model.entities) {
    std::string key;
    for (const char c : entity.name) {
      if (c >= 'a' && c <= 'z' && taken.insert(c).second) {
        key = c;
        break;
      }
    }
    keys.push_back(std::move(key));
  }
  return keys;
}

Fragment side_place(const model::Entity& entity, std::size_t locale, const std::string& key,
                    bool is_current) {
  Html html;
  html.markup("<li><a href=\"/").segment(entity.name).markup("\"");
  if (is_current) html.markup(" aria-current=\"page\"");
  if (!key.empty()) html.attribute("data-key", key);
  html.markup(">");
  append_entity_icon(html, entity, locale);
  html.markup("<span>").text(entity.plural[locale]).markup("</span></a></li>\n");
  return html.take();
}

Fragment tab_place(const model::Entity& entity, std::size_t locale, bool is_current) {
  Html html;
  html.markup("<a href=\"/").segment(entity.name).markup("\"");
  if (is_current) html.markup(" aria-current=\"page\"");
  html.markup(">");
  append_entity_icon(html, entity, locale);
  html.text(entity.plural[locale]).markup("</a>\n");
  return html.take();
}

Fragment brand(const model::Model& model, std::size_t locale) {
  Html html;
  html.markup(
      "<svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"M3 4.5A1.5 1.5 0 0 1 4.5 3H7a1 1 "
      "0 "
      "0 1 1 1v11a1 1 0 0 0 1 1h11a1 1 0 0 1 1 1v2.5a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 "
      "19.5z\"/><rect x=\"11\" y=\"3\" width=\"10\" height=\"10\" rx=\"1.5\"/></svg><span>");
  return html.text(model.app.label[locale]).markup("</span>").take();
}

Fragment head_of(const model::Model& model, std::size_t locale) {
  Html html;
  html.markup("<!doctype html>\n<html").attribute("lang", model.app.locales[locale]);
  html.markup(
      ">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, "
      "initial-scale=1, viewport-fit=cover\">\n<meta name=\"color-scheme\" content=\"light "
      "dark\">\n<title>");
  return html.take();
}

Fragment links_of() {
  Html html;
  html.markup("</title>\n<link rel=\"icon\"").attribute("href", assets::url_of("favicon.svg"));
  html.markup(" type=\"image/svg+xml\">\n<link rel=\"stylesheet\"");
  html.attribute("href", assets::url_of("ui.css")).markup(">\n<noscript><link rel=\"stylesheet\"");
  html.attribute("href", assets::url_of("noscript.css")).markup("></noscript>\n<script");
  html.attribute("src", assets::url_of("ui.js")).markup(" defer></script>\n</head>\n<body");
  return html.take();
}

std::string_view query_of(std::string_view path) {
  const std::size_t mark = path.find('?');
  return mark == std::string_view::npos ? std::string_view() : path.substr(mark + 1);
}

std::string_view short_name(std::string_view tag) {
  if (language_of(tag) == Language::Chinese) return "中文";
  return tag == "en" || tag.starts_with("en-") ? "EN" : tag;
}

void toast(Html& html, const Words& words, Done done) {
  static constexpr const MessageText* kTexts[] = {
      nullptr,
      &texts::kToastCreated,
      &texts::kToastChanged,
      &texts::kToastDeleted,
      &texts::kToastRestored,
      &texts::kToastMoved,
      &texts::kToastAssigned,
      &texts::kToastClaimed,
      &texts::kToastApproved,
      &texts::kToastRejected,
      &texts::kToastReturned,
      &texts::kToastTransferred,
      &texts::kToastApproverAdded,
      &texts::kToastTakenBack,
      &texts::kToastResubmitted,
      &texts::kToastWithdrawn,
      &texts::kToastUrged,
      &texts::kToastRead,
      &texts::kToastDelegated,
      &texts::kToastDelegationEnded,
      &texts::kToastToDoDone,
      &texts::kToastPreferences,
      &texts::kToastAbsence,
      &texts::kToastAbsenceEnded,
      &texts::kToastReleased,
      &texts::kToastCommented,
      &texts::kToastSentAgain,
      &texts::kToastDestination,
  };
  const MessageText* text = kTexts[static_cast<std::size_t>(done)];
  if (text == nullptr) return;
  html.markup("<div class=\"toasts\" role=\"status\"><div class=\"toast toast--ok\">");
  html.icon("check").markup("<p>").text(words(*text));
  html.markup("</p><button class=\"btn btn--quiet btn--icon btn--s\" type=\"button\" data-dismiss");
  html.attribute("aria-label", words(texts::kDismiss)).markup(">").icon("x");
  html.markup("</button></div></div>\n");
}

}  // namespace

FrameParts::FrameParts(const model::Model& model, std::size_t locale) {
  const Words words = words_of(model, locale);
  head_ = head_of(model, locale);
  behind_title_ = Html().markup(" – ").text(model.app.label[locale]).take();
  to_body_ = links_of();
  brand_ = brand(model, locale);
  Html html;
  html.markup("<div class=\"app\">\n<nav class=\"side nav\"");
  html.attribute("aria-label", words(texts::kMain)).markup(">\n<a class=\"brand\" href=\"/\">");
  side_open_ = html.fragment(brand_).markup("</a>\n<ul>\n").take();
  side_foot_ =
      html.markup("</ul>\n<div class=\"side__foot\"><details class=\"menu\"><summary>").take();
  html.markup("<a href=\"/preferences\">").icon("settings").text(words(texts::kPreferences));
  html.markup("</a>\n<button type=\"button\" data-keys-toggle aria-pressed=\"true\" hidden>");
  html.icon("keyboard").text(words(texts::kSingleKeys)).markup("</button>\n");
  html.markup("<form method=\"post\" action=\"/sign-out\"><input type=\"hidden\" name=\"_csrf\"");
  account_menu_ = html.markup(" value=\"").take();
  html.markup("\"><button>").icon("log-out").text(words(texts::kSignOut));
  menu_end_ = html.markup("</button></form>\n</div></details>").take();
  html.markup("</div>\n</nav>\n<div class=\"page\">\n<header class=\"top\">\n");
  html.markup("<nav class=\"crumbs\"").attribute("aria-label", words(texts::kBreadcrumb));
  top_open_ = html.markup(">").take();
  html.markup("<nav class=\"tabbar\"").attribute("aria-label", words(texts::kBottom));
  tabbar_open_ = html.markup(">\n").take();
  html.markup("<details class=\"menu\"><summary>").icon("ellipsis").text(words(texts::kMore));
  tab_more_ = html.markup("</summary>\n<div class=\"menu__pop\">\n").take();
  const std::vector<std::string> keys = keys_of(model);
  for (const model::Entity& entity : model.entities) {
    const std::string& key = keys[entity.index];
    places_.push_back({side_place(entity, locale, key, false),
                       side_place(entity, locale, key, true), tab_place(entity, locale, false),
                       tab_place(entity, locale, true)});
  }
}

void FrameWriter::open_document(Html& html, std::string_view title, bool is_error,
                                const Words& words) const {
  html.fragment(parts_.head_);
  html.text(is_error ? words(texts::kErrorTitle, {{"title", std::string(title)}})
                     : std::string(title));
  html.fragment(parts_.behind_title_).fragment(parts_.to_body_);
}

void FrameWriter::open(Html& html, const Context& context, const PageHead& head) const {
  open_document(html, head.title, head.is_error, context.words);
  if (head.has_phonebar) html.markup(" class=\"has-phonebar\"");
  html.markup(">\n<a class=\"skip\" href=\"#main\">").text(context.words(texts::kSkip));
  html.markup("</a>\n").fragment(parts_.side_open_);
  places(html, context, head);
  html.fragment(parts_.side_foot_);
  append_avatar(html, context.frame.actor->account, context.frame.actor->full_name,
                AvatarSize::Normal);
  html.markup("<span class=\"who\">");
  person(html, context);
  html.markup("</span></summary>\n<div class=\"menu__pop\">\n");
  menu(html, context);
  html.fragment(parts_.top_open_);
  crumbs(html, context, head);
  html.markup("</nav>\n<div class=\"top__end\">");
  bell(html, context, head);
  html.markup("<span class=\"hide-phone\">");
  append_languages(html, model_, context.frame.locale, context.frame.path);
  html.markup("</span></div>\n</header>\n<main id=\"main\" tabindex=\"-1\">\n<div class=\"wrap");
  if (head.is_narrow) html.markup(" wrap--narrow");
  html.markup("\">\n");
  toast(html, context.words, context.frame.done);
}

void FrameWriter::close_wrap(Html& html) const { html.markup("</div>\n"); }

void FrameWriter::close(Html& html, const Context& context, const PageHead& head) const {
  html.markup("</main>\n</div>\n</div>\n");
  tabbar(html, context, head);
  html.markup("</body>\n</html>\n");
}

std::string count_text(std::int64_t count) {
  constexpr std::int64_t kMost = 99;
  return count > kMost ? std::to_string(kMost) + "+" : std::to_string(count);
}

// The inbox, for apps in which anything has to be approved.
void FrameWriter::tasks_place(Html& html, const Context& context, const PageHead& head,
                              bool is_tab) const {
  html.markup("<a href=\"/tasks\"");
  if (head.place == Place::Tasks) html.markup(" aria-current=\"page\"");
  if (!is_tab) html.markup(" data-key=\"t\"");
  html.markup(">").icon("list-checks").markup("<span>").text(context.words(texts::kTasks));
  html.markup("</span>");
  if (context.frame.tasks > 0) {
    html.markup("<span class=\"count\">").text(count_text(context.frame.tasks));
    html.markup("</span>");
  }
  html.markup("</a>");
}

void FrameWriter::places(Html& html, const Context& context, const PageHead& head) const {
  if (!model_.approvals.empty()) {
    html.markup("<li>");
    tasks_place(html, context, head, false);
    html.markup("</li>\n");
  }
  for (const model::Entity& entity : model_.entities) {
    if (!context.may(model::Action::View, entity)) continue;
    const FrameParts::Place& place = parts_.places_[entity.index];
    html.fragment(&entity == head.current ? place.side_current : place.side);
  }
}

void FrameWriter::crumbs(Html& html, const Context& context, const PageHead& head) const {
  const auto back = std::find_if(head.crumbs.rbegin(), head.crumbs.rend(),
                                 [](const Crumb& crumb) { return !crumb.url.empty(); });
  if (back != head.crumbs.rend()) {
    html.markup("<a class=\"back\"").attribute("href", back->url);
    html.attribute("aria-label", context.words(texts::kBackTo, {{"name", back->text}}));
    html.markup(">").icon("chevron-left").markup("</a>");
  }
  html.markup("<ol>");
  for (const Crumb& crumb : head.crumbs) {
    html.markup("<li>");
    if (crumb.url.empty()) {
      html.markup("<span aria-current=\"page\">").text(crumb.text).markup("</span></li>");
    } else {
      html.markup("<a").attribute("href", crumb.url).markup(">").text(crumb.text);
      html.markup("</a></li>");
    }
  }
  html.markup("</ol>");
}

void FrameWriter::bell(Html& html, const Context& context, const PageHead& head) const {
  const std::string count = count_text(context.frame.unread);
  html.markup("<a class=\"bell\" href=\"/notifications\"");
  html.attribute("aria-label",
                 context.frame.unread == 0
                     ? context.words(texts::kNotifications)
                     : context.words(texts::kNotificationsUnread, {{"count", count}}));
  if (head.place == Place::Notifications) html.markup(" aria-current=\"page\"");
  html.markup(">").icon("bell");
  if (context.frame.unread > 0) html.markup("<span class=\"count\">").text(count).markup("</span>");
  html.markup("</a>");
}

void FrameWriter::person(Html& html, const Context& context) const {
  const engine::Actor& actor = *context.frame.actor;
  html.text(actor.full_name.empty() ? actor.name : actor.full_name);
  html.markup(" <span class=\"muted\">");
  bool is_first = true;
  for (const std::size_t role : actor.roles) {
    if (!is_first) html.markup(", ");
    html.text(context.label(model_.roles[role].label));
    is_first = false;
  }
  html.markup("</span>");
}

void FrameWriter::menu(Html& html, const Context& context) const {
  if (context.frame.gate->is_admin(*context.frame.actor)) {
    html.markup("<a href=\"/admin\">").icon("settings").text(context.words(texts::kAdmin));
    html.markup("</a>");
  }
  html.fragment(parts_.account_menu_).value(context.frame.csrf).fragment(parts_.menu_end_);
}

void FrameWriter::tabbar(Html& html, const Context& context, const PageHead& head) const {
  html.fragment(parts_.tabbar_open_);
  std::size_t shown = 0;
  if (!model_.approvals.empty()) {
    tasks_place(html, context, head, true);
    html.markup("\n");
    ++shown;
  }
  const auto place = [&](const model::Entity& entity) {
    const FrameParts::Place& parts = parts_.places_[entity.index];
    html.fragment(&entity == head.current ? parts.tab_current : parts.tab);
  };
  std::vector<const model::Entity*> rest;
  for (const model::Entity& entity : model_.entities) {
    if (!context.may(model::Action::View, entity)) continue;
    if (shown++ < kTabs) {
      place(entity);
    } else {
      rest.push_back(&entity);
    }
  }
  html.fragment(parts_.tab_more_);
  for (const model::Entity* entity : rest) place(*entity);
  html.markup("<p>");
  person(html, context);
  html.markup("</p>\n");
  if (model_.app.locales.size() > 1) {
    html.markup("<p>");
    append_languages(html, model_, context.frame.locale, context.frame.path);
    html.markup("</p>\n");
  }
  menu(html, context);
  html.markup("\n</nav>\n");
}

void FrameWriter::open_public(Html& html, std::size_t locale, std::string_view title, bool is_error,
                              std::string_view path) const {
  const Words words = words_of(model_, locale);
  open_document(html, title, is_error, words);
  html.markup(">\n<a class=\"skip\" href=\"#main\">").text(words(texts::kSkip));
  html.markup("</a>\n<div class=\"public\">\n<header class=\"public__top\"><span class=\"brand\">");
  html.fragment(parts_.brand_).markup("</span>");
  if (!path.empty()) append_languages(html, model_, locale, path);
  html.markup("</header>\n<main class=\"public__main\" id=\"main\" tabindex=\"-1\">\n");
}

void FrameWriter::close_public(Html& html) const {
  html.markup("</main>\n</div>\n</body>\n</html>\n");
}

void append_languages(Html& html, const model::Model& model, std::size_t locale,
                      std::string_view path) {
  if (model.app.locales.size() < 2) return;
  html.markup("<span class=\"langs\" role=\"group\"");
  html.attribute("aria-label", words_of(model, locale)(texts::kLanguage)).markup(">");
  const std::string_view query = query_of(path);
  for (std::size_t i = 0; i < model.app.locales.size(); ++i) {
    const std::string& tag = model.app.locales[i];
    html.markup("<a href=\"?").value(query);
    if (!query.empty()) html.markup("&amp;");
    html.markup("lang=").segment(tag).markup("\"");
    html.attribute("lang", tag).attribute("hreflang", tag);
    if (i == locale) html.markup(" aria-current=\"true\"");
    html.markup(">").text(short_name(tag)).markup("</a>");
  }
  html.markup("</span>");
}

void append_entity_icon(Html& html, const model::Entity& entity, std::size_t locale) {
  if (!entity.icon.empty() && !assets::icon(entity.icon).empty()) {
    html.icon(entity.icon);
    return;
  }
  html.markup("<span class=\"glyph\" aria-hidden=\"true\">");
  html.text(take_characters(entity.label[locale], 1)).markup("</span>");
}

}  // namespace formwork::pages
