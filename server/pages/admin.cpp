#include "server/pages/admin.h"

#include "engine/automations/trigger.h"
#include "server/pages/automation_words.h"

namespace formwork::pages {
namespace {

using engine::RunOutcome;

class AutomationsWriter : public AdminWriter {
 public:
  AutomationsWriter(Html& html, const Context& context, const AutomationsPage& page)
      : AdminWriter(html, context), page_(page) {}

  void content() {
    open(context_.words(texts::kAutomations), AdminSection::Automations);
    if (page_.entity != nullptr) to_try();
    open_card(texts::kAutomations);
    if (page_.states.empty()) {
      nothing(page_.entity == nullptr ? texts::kNoAutomations : texts::kDryRunNone, "settings");
    } else {
      open_table(texts::kAutomations, {&texts::kAutomationName, &texts::kSetOffBy,
                                       &texts::kRunOutcome, &texts::kLastRun});
      for (const engine::AutomationState& state : page_.states) row(state);
      close_table();
    }
    close_card();
    close();
  }

 private:
  void to_try() {
    html_.markup("<div class=\"note\">").icon("info").markup("<div><p>");
    html_.text(context_.words(texts::kDryRunOn, {{"title", page_.title}})).markup("</p>\n");
    html_.markup("<div class=\"actions\"><a class=\"btn btn--s\"");
    html_.attribute("href", path_of(*page_.entity, page_.record)).markup(">");
    html_.text(context_.words(texts::kBackTo, {{"name", page_.title}})).markup("</a>");
    html_.markup("<a class=\"btn btn--s\" href=\"/admin\">");
    html_.text(context_.words(texts::kDryRunAgain)).markup("</a></div></div></div>\n");
  }

  void row(const engine::AutomationState& state) {
    const model::Automation& automation = *state.automation;
    std::string path = automation_path(automation.name);
    if (page_.entity != nullptr) path += "?record=" + std::to_string(page_.record);
    html_.markup("<tr><td><a class=\"name\"").attribute("href", path);
    html_.markup(">").text(context_.label(automation.label)).markup("</a>");
    if (!automation.enabled) {
      html_.markup(" <span class=\"chip chip--line\">").text(context_.words(texts::kSwitchedOff));
      html_.markup("</span>");
    }
    if (!automation.why.empty()) {
      html_.markup("<span class=\"sub\">").text(context_.label(automation.why)).markup("</span>");
    }
    html_.markup("</td><td>");
    if (automation.entity && page_.entity == nullptr) {
      html_.markup("<span class=\"sub\">");
      html_.text(context_.label(context_.model.entities[*automation.entity].label));
      html_.markup("</span>");
    }
    triggers(automation);
    html_.markup("</td><td>");
    counts(state);
    html_.markup("</td><td>");
    if (state.last) {
      append_moment(html_, context_, state.last->at);
    } else {
      html_.text(context_.words(texts::kNeverRan));
    }
    html_.markup("</td></tr>\n");
  }

  void counts(const engine::AutomationState& state) {
    bool is_first = true;
    for (const RunOutcome one : kOutcomes) {
      const std::size_t count = state.runs[static_cast<std::size_t>(one)];
      if (count == 0) continue;
      if (!is_first) html_.markup("<br>");
      is_first = false;
      outcome(one);
      html_.markup(" ").number(static_cast<std::int64_t>(count));
    }
  }

  const AutomationsPage& page_;
};

class ForecastWriter : public AdminWriter {
 public:
  using AdminWriter::AdminWriter;

  void content(const ForecastPage& page) {
    open(context_.words(texts::kForecastTitle), AdminSection::Forecast);
    open_card(texts::kForecastTitle);
    if (page.lines.empty()) {
      nothing(texts::kNothingComes, "clock");
    } else {
      html_.markup("<div class=\"card__head\"><h2>").text(context_.words(texts::kForecastTill));
      html_.markup("</h2></div>\n");
      open_table(texts::kForecastTitle, {&texts::kRunWhen, &texts::kRunRecord,
                                         &texts::kForecastWhat, &texts::kForecastRule});
      for (const engine::Coming& coming : page.lines) row(coming);
      close_table();
    }
    if (page.more) {
      html_.markup("<div class=\"card__foot\">");
      html_.text(
          context_.words(texts::kMoreToCome, {{"count", std::to_string(page.lines.size())}}));
      html_.markup("</div>\n");
    }
    close_card();
    close();
  }

 private:
  void row(const engine::Coming& coming) {
    html_.markup("<tr><td>");
    append_moment(html_, context_, coming.timer.due_at);
    html_.markup("</td><td>");
    if (coming.entity != nullptr) {
      record(coming.entity, coming.record.id,
             permissions::title_of(*coming.entity, coming.record, context_.showing));
    }
    html_.markup("</td><td>");
    html_.text(render(coming.what, context_.words.language, context_.frame.locale));
    html_.markup("</td><td><code>").text(engine::place_of(coming.rule));
    html_.markup("</code></td></tr>\n");
  }
};

}  // namespace

const MessageText& outcome_text(RunOutcome outcome) {
  switch (outcome) {
    case RunOutcome::Done:
      return texts::kOutcomeDone;
    case RunOutcome::Declined:
      return texts::kOutcomeDeclined;
    case RunOutcome::Skipped:
      return texts::kOutcomeSkipped;
    case RunOutcome::Waiting:
      return texts::kOutcomeWaiting;
    case RunOutcome::Failed:
      return texts::kOutcomeFailed;
    case RunOutcome::Stopped:
      return texts::kOutcomeStopped;
  }
  return texts::kOutcomeDone;
}

std::string automation_path(std::string_view name) {
  return "/admin/automations/" + encode_query(name);
}

void AdminWriter::open(const std::string& title, AdminSection section) {
  html_.markup("<div class=\"head\"><div class=\"head__text\"><h1 class=\"vh-phone\">");
  html_.text(title).markup("</h1></div></div>\n<nav class=\"tabs\"");
  html_.attribute("aria-label", context_.words(texts::kAdmin)).markup(">");
  tab("/admin", texts::kAutomations, section == AdminSection::Automations);
  tab("/admin/runs", texts::kRunLog, section == AdminSection::Runs);
  tab("/admin/outbox", texts::kOutbox, section == AdminSection::Outbox);
  tab("/admin/forecast", texts::kForecastTitle, section == AdminSection::Forecast);
  html_.markup("</nav>\n<div class=\"stack\">\n");
}

void AdminWriter::close() { html_.markup("</div>\n"); }

void AdminWriter::open_card(const MessageText& label) {
  html_.markup("<section class=\"card\"").attribute("aria-label", context_.words(label));
  html_.markup(">\n");
}

void AdminWriter::close_card() { html_.markup("</section>\n"); }

void AdminWriter::tab(const std::string& path, const MessageText& text, bool is_current) {
  html_.markup("<a class=\"tab\"").attribute("href", path);
  if (is_current) html_.markup(" aria-current=\"page\"");
  html_.markup(">").text(context_.words(text)).markup("</a>");
}

void AdminWriter::open_table(const MessageText& caption,
                             std::initializer_list<const MessageText*> heads) {
  html_.markup("<div class=\"scroll\"><table class=\"tbl tbl--log\">\n<caption class=\"vh\">");
  html_.text(context_.words(caption)).markup("</caption>\n<thead><tr>");
  for (const MessageText* head : heads) {
    html_.markup("<th scope=\"col\">").text(context_.words(*head)).markup("</th>");
  }
  html_.markup("</tr></thead>\n<tbody>\n");
}

void AdminWriter::close_table() { html_.markup("</tbody>\n</table></div>\n"); }

void AdminWriter::figure(const MessageText& label, std::int64_t number) {
  html_.markup("<td").attribute("data-l", context_.words(label)).markup(">").number(number);
  html_.markup("</td>");
}

void AdminWriter::open_fact(const MessageText& text, bool is_wide) {
  html_.markup("<div");
  if (is_wide) html_.markup(" class=\"wide\"");
  html_.markup("><dt>").text(context_.words(text)).markup("</dt><dd>");
}

void AdminWriter::close_fact() { html_.markup("</dd></div>\n"); }

void AdminWriter::nothing(const MessageText& text, std::string_view icon) {
  html_.markup("<div class=\"empty\">").icon(icon).markup("<h2>");
  html_.text(context_.words(text)).markup("</h2></div>\n");
}

void AdminWriter::outcome(RunOutcome outcome) {
  if (outcome == RunOutcome::Failed || outcome == RunOutcome::Stopped) {
    html_.markup("<span class=\"chip chip--danger\">").icon("triangle-alert");
  } else if (outcome == RunOutcome::Done) {
    html_.markup("<span class=\"chip chip--ok\">").icon("check");
  } else {
    html_.markup("<span class=\"chip chip--line\">");
  }
  html_.text(context_.words(outcome_text(outcome))).markup("</span>");
}

void AdminWriter::record(const model::Entity* entity, engine::RecordId id,
                         const std::string& title) {
  if (entity == nullptr) return;
  html_.markup("<a").attribute("href", path_of(*entity, id)).markup(">");
  html_.text(title.empty() ? context_.label(entity->label) + " " + std::to_string(id) : title);
  html_.markup("</a>");
}

void AdminWriter::triggers(const model::Automation& automation) {
  const model::Entity* entity =
      automation.entity ? &context_.model.entities[*automation.entity] : nullptr;
  bool is_first = true;
  for (const model::Trigger& trigger : automation.on) {
    if (!is_first) html_.markup("<br>");
    is_first = false;
    const std::string text = automations::trigger_text(trigger, automation, context_.model);
    html_.text(trigger_words(text, entity, context_));
  }
}

void AdminWriter::more(const std::string& path) {
  html_.markup("<p class=\"inbox__more\"><a class=\"btn btn--s\"").attribute("href", path);
  html_.markup(">").text(context_.words(texts::kNext)).markup("</a></p>\n");
}

std::string Pages::automations(const Frame& frame, const AutomationsPage& page) const {
  const Words words = words_of(model_, frame.locale);
  return admin_page(frame, words(texts::kAutomations), AdminSection::Automations,
                    [&](Html& html, const Context& context) {
                      AutomationsWriter(html, context, page).content();
                    });
}

std::string Pages::forecast(const Frame& frame, const ForecastPage& page) const {
  const Words words = words_of(model_, frame.locale);
  return admin_page(
      frame, words(texts::kForecastTitle), AdminSection::Forecast,
      [&](Html& html, const Context& context) { ForecastWriter(html, context).content(page); });
}

}  // namespace formwork::pages
