// What went wrong, and what the caller can do about it.
#include "server/pages/compiled.h"
#include "server/pages/page_texts.h"

namespace formwork::pages {
namespace {

struct StatusText {
  const MessageText& title;
  const MessageText& sentence;  // when the caller gives none
  std::string_view icon;
};

StatusText text_of(int status) {
  switch (status) {
    case 401:
      return {texts::kNotSignedIn, texts::kNotSignedInHint, "lock"};
    case 403:
      return {texts::kNoAccess, texts::kNoAccessHint, "lock"};
    case 404:
    case 405:
    case 410:
      return {texts::kNotFound, texts::kNotFoundHint, "search"};
    case 409:
    case 412:
      return {texts::kClash, texts::kClashHint, "users"};
    case 413:
    case 414:
    case 431:
      return {texts::kTooLarge, texts::kTooLargeHint, "triangle-alert"};
    case 429:
      return {texts::kTooOften, texts::kTooOftenHint, "triangle-alert"};
    case 503:
    case 507:
      return {texts::kBusy, texts::kBusyHint, "triangle-alert"};
    default:
      break;
  }
  if (status >= 500) return {texts::kFailed, texts::kFailedHint, "server-crash"};
  return {texts::kNotUnderstood, texts::kNotUnderstoodHint, "triangle-alert"};
}

void append_card(Html& html, const Words& words, const ErrorPage& page, bool may_see_entity) {
  const StatusText text = text_of(page.status);
  html.markup("<div class=\"card\"><div class=\"empty\">").icon(text.icon).markup("<h1>");
  html.text(words(text.title)).markup("</h1><p>");
  html.text(page.message.empty() ? words(text.sentence) : as_sentence(page.message));
  if (page.retry_after_seconds > 0) {
    html.markup(" ").text(
        words(texts::kRetryIn, {{"seconds", std::to_string(page.retry_after_seconds)}}));
  }
  html.markup("</p>");
  if (page.status >= 500 && !page.request_id.empty()) {
    html.markup("<p class=\"small mono\">");
    html.text(words(texts::kReference, {{"id", std::string(page.request_id)}})).markup("</p>");
  }
  html.markup("<div class=\"actions\"><a class=\"btn\" href=\"/");
  if (may_see_entity) {
    const std::string plural = words.inside(page.entity->plural[words.locale]);
    html.segment(page.entity->name).markup("\">");
    html.text(words(texts::kAllRecords, {{"entities", plural}}));
  } else {
    html.markup("\">").text(words(texts::kStartPage));
  }
  html.markup("</a></div></div></div>\n");
}

}  // namespace

std::string Pages::error(std::size_t locale, const ErrorPage& page, const Frame* frame) const {
  const Words words = words_of(model_, locale);
  const FrameWriter writer(model_, compiled_->locales[locale].frame);
  const std::string title = words(text_of(page.status).title);
  Html html;
  html.reserve(8 * 1024);
  if (frame == nullptr) {
    writer.open_public(html, locale, title, true, {});
    append_card(html, words, page, false);
    writer.close_public(html);
    return html.take_document();
  }
  const Context context(model_, *frame);
  const bool may_see = page.entity != nullptr && context.may(model::Action::View, *page.entity);
  PageHead head{.title = title, .is_error = true, .current = may_see ? page.entity : nullptr};
  if (may_see) head.crumbs.push_back({path_of(*page.entity), context.label(page.entity->plural)});
  head.crumbs.push_back({{}, title});
  writer.open(html, context, head);
  append_card(html, words, page, may_see);
  writer.close_wrap(html);
  writer.close(html, context, head);
  return html.take_document();
}

}  // namespace formwork::pages
