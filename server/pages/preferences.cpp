// How somebody wants to be told things, and when they are away.
#include "engine/pipeline/turn_texts.h"
#include "server/pages/clock.h"
#include "server/pages/compiled.h"
#include "server/pages/page_texts.h"
#include "server/pages/post_form.h"
#include "server/pages/refused.h"

namespace formwork::pages {
namespace {

using engine::Preferences;

class PreferencesWriter {
 public:
  PreferencesWriter(Html& html, const Context& context, const PreferencesPage& page)
      : html_(html), context_(context), page_(page) {}

  void content() {
    html_.markup("<div class=\"head\"><div class=\"head__text\"><h1 class=\"vh-phone\">");
    html_.text(context_.words(texts::kPreferences)).markup("</h1></div></div>\n");
    if (page_.refused) append_refused(html_, context_, *page_.refused->refusal);
    html_.markup("<div class=\"stack\">\n");
    telling();
    absence();
    html_.markup("</div>\n");
  }

 private:
  void open_card(std::string_view id, const MessageText& title) {
    html_.markup("<section class=\"card\"").attribute("aria-labelledby", id).markup(">\n");
    html_.markup("<div class=\"card__head\"><h2").attribute("id", id).markup(">");
    html_.text(context_.words(title)).markup("</h2></div>\n<div class=\"card__body stack\">\n");
  }

  void telling() {
    open_card("s-told", texts::kHowToBeTold);
    open_post(html_, context_, "/preferences", "fields");
    mail();
    digest();
    quiet_hours();
    html_.markup("<div class=\"field--wide\"><button class=\"btn btn--primary\">");
    html_.text(context_.words(texts::kSaveChanges)).markup("</button></div></form>\n");
    html_.markup("</div>\n</section>\n");
  }

  void mail() {
    const engine::Account* account =
        context_.frame.directory->account(context_.frame.actor->account);
    const std::string address = account == nullptr ? std::string() : account->email;
    html_.markup("<fieldset class=\"field--wide\"><legend class=\"label\">");
    html_.text(context_.words(texts::kMail)).markup("</legend><p class=\"hint\">");
    html_.text(address.empty() ? context_.words(texts::kMailNowhere)
                               : context_.words(texts::kMailTo, {{"address", address}}));
    html_.markup("</p><label class=\"check\"><input type=\"checkbox\" name=\"mail\"");
    html_.markup(" value=\"true\"");
    if (has_sent() ? sent("mail") == "true" : page_.preferences.mail) html_.markup(" checked");
    html_.markup("><span>").text(context_.words(texts::kWantMail));
    html_.markup("</span></label></fieldset>");
  }

  void digest() {
    static constexpr std::pair<std::string_view, const MessageText*> kChoices[] = {
        {"none", &texts::kDigestNone},
        {"hourly", &texts::kDigestHourly},
        {"daily", &texts::kDigestDaily}};
    const std::string_view kept =
        kChoices[static_cast<std::size_t>(page_.preferences.digest)].first;
    const std::string chosen = has_sent() ? sent("digest") : std::string(kept);
    html_.markup("<fieldset class=\"field\"><legend class=\"label\">");
    html_.text(context_.words(texts::kDigestQuestion)).markup("</legend><div class=\"choices\">");
    for (const auto& [value, text] : kChoices) {
      html_.markup("<label class=\"choice\"><input type=\"radio\" name=\"digest\"");
      html_.attribute("value", value);
      if (value == chosen) html_.markup(" checked");
      html_.markup("><span>").text(context_.words(*text)).markup("</span></label>");
    }
    html_.markup("</div></fieldset>");
    time("digest_at", texts::kDigestAt, page_.preferences.digest_at);
  }

  void quiet_hours() {
    html_.markup("<fieldset class=\"field--wide\"><legend class=\"label\">");
    html_.text(context_.words(texts::kQuietHours)).markup("</legend><p class=\"hint\">");
    html_.text(context_.words(texts::kQuietHoursHint,
                              {{"zone", std::string(context_.showing.zone->name())}}));
    html_.markup("</p><div class=\"fields\">");
    time("quiet_from", texts::kQuietFrom, page_.preferences.quiet_from);
    time("quiet_to", texts::kQuietTo, page_.preferences.quiet_to);
    html_.markup("</div></fieldset>");
  }

  void time(std::string_view name, const MessageText& label, std::optional<TimeOfDay> kept) {
    std::string value;
    if (kept) value = to_string(*kept).substr(0, 5);
    input(name, label, "time", has_sent() ? sent(name) : value, false);
  }

  void input(std::string_view name, const MessageText& label, std::string_view type,
             std::string_view value, bool is_required, std::size_t most_characters = 0) {
    const std::string id = "p-" + std::string(name);
    html_.markup("<div class=\"field\"><label class=\"label\"").attribute("for", id).markup(">");
    html_.text(context_.words(label)).markup("</label><input class=\"input\"");
    html_.attribute("type", type).attribute("id", id).attribute("name", name);
    if (!value.empty()) html_.attribute("value", value);
    if (most_characters != 0) html_.attribute("maxlength", std::to_string(most_characters));
    if (is_required) html_.markup(" required");
    html_.markup("></div>");
  }

  void absence() {
    open_card("s-absence", texts::kAbsenceTitle);
    html_.markup("<p class=\"hint\">").text(context_.words(texts::kAbsenceHint));
    html_.markup(" <a href=\"/tasks\">").text(context_.words(texts::kAbsenceLink));
    html_.markup("</a></p>\n");
    if (!page_.absences.empty()) {
      html_.markup("<ul class=\"stack\">\n");
      for (const engine::Absence& one : page_.absences) line(one);
      html_.markup("</ul>\n");
    }
    const std::string today = day_text(context_, context_.frame.now);
    open_post(html_, context_, "/absences", "fields");
    input("starts", texts::kFirstDay, "date", sent("starts").empty() ? today : sent("starts"),
          true);
    input("ends", texts::kLastDay, "date", sent("ends").empty() ? today : sent("ends"), true);
    input("reason", texts::kAbsenceReason, "text", sent("reason"), false,
          engine::kMostReasonCharacters);
    html_.markup("<div class=\"field--wide\"><button class=\"btn\">");
    html_.text(context_.words(texts::kAbsenceDo)).markup("</button></div></form>\n");
    html_.markup("</div>\n</section>\n");
  }

  void line(const engine::Absence& one) {
    html_.markup("<li class=\"row\"><span>");
    html_.text(
        context_.words(texts::kAbsentFromTo, {{"from", day_text(context_, one.starts_at)},
                                              {"to", last_day_text(context_, one.ends_at)}}));
    html_.markup("</span>");
    if (!one.reason.empty()) {
      html_.markup("<span class=\"muted\">").text(one.reason).markup("</span>");
    }
    if (one.starts_at > context_.frame.now) {
      html_.markup("<span class=\"chip\">").text(context_.words(texts::kNotYet)).markup("</span>");
    }
    open_post(html_, context_, "/absences/" + std::to_string(one.id) + "/end", {});
    html_.markup("<button class=\"btn btn--s\">").text(context_.words(texts::kEndNow));
    html_.markup("</button></form></li>\n");
  }

  // Whether the form above was refused and is shown as it was sent.
  bool has_sent() const {
    return page_.refused && page_.refused->sent != nullptr && !sent("digest").empty();
  }

  std::string sent(std::string_view name) const {
    return page_.refused ? sent_value(*page_.refused, name) : std::string();
  }

  Html& html_;
  const Context& context_;
  const PreferencesPage& page_;
};

}  // namespace

std::string Pages::preferences(const Frame& frame, const PreferencesPage& page) const {
  const Context context(model_, frame);
  const std::string title = context.words(texts::kPreferences);
  const PageHead head{
      .title = title,
      .is_error = page.refused.has_value(),
      .crumbs = {{"/notifications", context.words(texts::kNotifications)}, {{}, title}},
      .is_narrow = true};
  const FrameWriter writer(model_, compiled_->locales[frame.locale].frame);
  Html html;
  html.reserve(24 * 1024);
  writer.open(html, context, head);
  PreferencesWriter(html, context, page).content();
  writer.close_wrap(html);
  writer.close(html, context, head);
  return html.take_document();
}

}  // namespace formwork::pages
