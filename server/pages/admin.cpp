// The pages of those who run the app: what automations did, what leaves the system, what comes
// next.
#include <algorithm>

#include "engine/automations/trigger.h"
#include "server/pages/clock.h"
#include "server/pages/compiled.h"
#include "server/pages/give_up.h"
#include "server/pages/page_texts.h"
#include "server/pages/post_form.h"

namespace formwork::pages {
namespace {

using engine::RunOutcome;

constexpr RunOutcome kOutcomes[] = {RunOutcome::Done,    RunOutcome::Declined, RunOutcome::Skipped,
                                    RunOutcome::Waiting, RunOutcome::Failed,   RunOutcome::Stopped};
constexpr engine::MessageState kStates[] = {
    engine::MessageState::Waiting, engine::MessageState::Dead, engine::MessageState::Delivered};

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

const MessageText& state_text(engine::MessageState state) {
  switch (state) {
    case engine::MessageState::Waiting:
      return texts::kMessageWaiting;
    case engine::MessageState::Delivered:
      return texts::kMessageDelivered;
    case engine::MessageState::Dead:
      return texts::kMessageDead;
  }
  return texts::kMessageWaiting;
}

std::string automation_path(std::string_view name) {
  return "/admin/automations/" + encode_query(name);
}

enum class Section : unsigned char { Automations, Runs, Outbox, Forecast };

// What all of these pages share: heading, the way between them, tables.
class AdminWriter {
 public:
  AdminWriter(Html& html, const Context& context) : html_(html), context_(context) {}

  void open(const std::string& title, Section section) {
    html_.markup("<div class=\"head\"><div class=\"head__text\"><h1>").text(title);
    html_.markup("</h1></div></div>\n<nav class=\"tabs\"");
    html_.attribute("aria-label", context_.words(texts::kAdmin)).markup(">");
    tab("/admin", texts::kAutomations, section == Section::Automations);
    tab("/admin/runs", texts::kRunLog, section == Section::Runs);
    tab("/admin/outbox", texts::kOutbox, section == Section::Outbox);
    tab("/admin/forecast", texts::kForecastTitle, section == Section::Forecast);
    html_.markup("</nav>\n");
  }

  void tab(const std::string& path, const MessageText& text, bool is_current) {
    html_.markup("<a class=\"tab\"").attribute("href", path);
    if (is_current) html_.markup(" aria-current=\"page\"");
    html_.markup(">").text(context_.words(text)).markup("</a>");
  }

  void open_table(const MessageText& caption, std::initializer_list<const MessageText*> heads) {
    html_.markup("<div class=\"scroll\"><table class=\"tbl\">\n<caption class=\"vh\">");
    html_.text(context_.words(caption)).markup("</caption>\n<thead><tr>");
    for (const MessageText* head : heads) {
      html_.markup("<th scope=\"col\">").text(context_.words(*head)).markup("</th>");
    }
    html_.markup("</tr></thead>\n<tbody>\n");
  }

  void close_table() { html_.markup("</tbody>\n</table></div>\n"); }

  void nothing(const MessageText& text) {
    html_.markup("<div class=\"empty\">").icon("history").markup("<h2>");
    html_.text(context_.words(text)).markup("</h2></div>\n");
  }

  void outcome(RunOutcome outcome) {
    const bool is_bad = outcome == RunOutcome::Failed || outcome == RunOutcome::Stopped;
    if (is_bad) {
      html_.markup("<span class=\"chip chip--danger\">").icon("triangle-alert");
    } else if (outcome == RunOutcome::Done) {
      html_.markup("<span class=\"chip chip--ok\">").icon("check");
    } else {
      html_.markup("<span class=\"chip chip--line\">");
    }
    html_.text(context_.words(outcome_text(outcome))).markup("</span>");
  }

  void record(const model::Entity* entity, engine::RecordId id, const std::string& title) {
    if (entity == nullptr) return;
    html_.markup("<a").attribute("href", path_of(*entity, id)).markup(">");
    html_.text(title.empty() ? context_.label(entity->label) + " " + std::to_string(id) : title);
    html_.markup("</a>");
  }

  void more(const std::string& path) {
    html_.markup("<p class=\"inbox__more\"><a class=\"btn btn--s\"").attribute("href", path);
    html_.markup(">").text(context_.words(texts::kNext)).markup("</a></p>\n");
  }

 protected:
  Html& html_;
  const Context& context_;
};

class AutomationsWriter : public AdminWriter {
 public:
  using AdminWriter::AdminWriter;

  void content(const AutomationsPage& page) {
    open(context_.words(texts::kAutomations), Section::Automations);
    html_.markup("<section class=\"card\"");
    html_.attribute("aria-label", context_.words(texts::kAutomations)).markup(">\n");
    open_table(texts::kAutomations,
               {&texts::kAutomationName, &texts::kSetOffBy, &texts::kRunOutcome, &texts::kLastRun});
    for (const engine::AutomationState& state : page.states) row(state);
    close_table();
    html_.markup("</section>\n");
  }

 private:
  void row(const engine::AutomationState& state) {
    const model::Automation& automation = *state.automation;
    html_.markup("<tr><td><a class=\"name\"").attribute("href", automation_path(automation.name));
    html_.markup(">").text(context_.label(automation.label)).markup("</a>");
    if (!automation.enabled) {
      html_.markup(" <span class=\"chip chip--line\">").text(context_.words(texts::kSwitchedOff));
      html_.markup("</span>");
    }
    html_.markup("<span class=\"sub\">");
    if (!automation.why.empty()) html_.text(context_.label(automation.why));
    html_.markup("</span></td><td>");
    if (automation.entity) {
      html_.text(context_.label(context_.model.entities[*automation.entity].label)).markup(": ");
    }
    bool is_first = true;
    for (const model::Trigger& trigger : automation.on) {
      if (!is_first) html_.markup("<br>");
      is_first = false;
      html_.markup("<code>");
      html_.text(automations::trigger_text(trigger, automation, context_.model));
      html_.markup("</code>");
    }
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
    for (const RunOutcome one : kOutcomes) {
      const std::size_t count = state.runs[static_cast<std::size_t>(one)];
      if (count == 0) continue;
      outcome(one);
      html_.markup(" ").number(static_cast<std::int64_t>(count)).markup("<br>");
    }
  }
};

class RunsWriter : public AdminWriter {
 public:
  RunsWriter(Html& html, const Context& context, const RunsPage& page)
      : AdminWriter(html, context), page_(page) {}

  void content(const std::string& title) {
    open(title, page_.automation == nullptr ? Section::Runs : Section::Automations);
    if (page_.automation != nullptr) {
      about(*page_.automation);
      trial(*page_.automation);
    }
    html_.markup("<section class=\"card\" aria-label=\"").value(context_.words(texts::kRunLog));
    html_.markup("\">\n<nav class=\"tabs\"");
    html_.attribute("aria-label", context_.words(texts::kRunOutcome)).markup(">");
    tab(base(), texts::kAllOutcomes, !page_.outcome);
    for (const RunOutcome one : kOutcomes) {
      tab(base() + "?outcome=" + std::string(engine::run_outcome_name(one)), outcome_text(one),
          page_.outcome == one);
    }
    html_.markup("</nav>\n");
    if (page_.runs.empty()) {
      nothing(texts::kNoRuns);
    } else {
      table(page_.runs);
    }
    if (page_.next != 0) {
      std::string path = base() + "?after=" + std::to_string(page_.next);
      if (page_.outcome)
        path += "&outcome=" + std::string(engine::run_outcome_name(*page_.outcome));
      more(path);
    }
    html_.markup("</section>\n");
  }

 private:
  std::string base() const {
    return page_.automation == nullptr ? "/admin/runs" : automation_path(page_.automation->name);
  }

  void about(const model::Automation& automation) {
    html_.markup("<section class=\"card\" aria-label=\"").value(context_.words(texts::kSetOffBy));
    html_.markup("\"><div class=\"card__body\">");
    if (!automation.why.empty()) {
      html_.markup("<p>").text(context_.label(automation.why)).markup("</p>");
    }
    html_.markup("<dl class=\"kv\"><dt>").text(context_.words(texts::kSetOffBy));
    html_.markup("</dt><dd>");
    bool is_first = true;
    for (const model::Trigger& trigger : automation.on) {
      if (!is_first) html_.markup("<br>");
      is_first = false;
      html_.markup("<code>");
      html_.text(automations::trigger_text(trigger, automation, context_.model));
      html_.markup("</code>");
    }
    html_.markup("</dd>");
    if (automation.when) {
      html_.markup("<dt>").text(context_.words(texts::kAssignedBecause)).markup("</dt><dd><code>");
      html_.text(automation.when->text()).markup("</code></dd>");
    }
    html_.markup("<dt>").text(context_.words(texts::kForecastRule)).markup("</dt><dd>");
    html_.text(engine::place_of(automation.where)).markup("</dd></dl></div></section>\n");
  }

  void trial(const model::Automation& automation) {
    html_.markup("<section class=\"card\" aria-labelledby=\"s-trial\"><div class=\"card__head\">");
    html_.markup("<h2 id=\"s-trial\">").text(context_.words(texts::kDryRun));
    html_.markup("</h2></div>\n<div class=\"card__body\">\n<p>");
    html_.text(context_.words(texts::kDryRunHint)).markup("</p>\n");
    if (!page_.trial_problem.empty()) {
      html_.markup("<div class=\"note note--warn\" role=\"alert\">").icon("triangle-alert");
      html_.markup("<div>").text(page_.trial_problem).markup("</div></div>\n");
    }
    open_post(html_, context_, automation_path(automation.name) + "/dry-run", "stack");
    if (automation.entity) {
      html_.markup("<div class=\"field\"><label for=\"trial-record\">");
      html_.text(context_.words(texts::kDryRunRecord));
      html_.markup("</label><input class=\"input\" id=\"trial-record\" name=\"record\"");
      html_.attribute("value", page_.trial_record).markup(" inputmode=\"numeric\" required></div>");
    }
    html_.markup("<div class=\"actions\"><button class=\"btn\">");
    html_.text(context_.words(texts::kDryRunGo)).markup("</button></div></form>\n");
    if (page_.trial) {
      html_.markup("<h3 id=\"trial-result\">").text(context_.words(texts::kDryRunResult));
      html_.markup("</h3>\n");
      if (page_.trial->empty()) {
        html_.markup("<p>").text(context_.words(texts::kNothingWouldHappen)).markup("</p>\n");
      } else {
        table(*page_.trial);
      }
    }
    html_.markup("</div></section>\n");
  }

  void table(const std::vector<RunItem>& items) {
    open_table(texts::kRunLog,
               {&texts::kRunWhen, &texts::kAutomationName, &texts::kRunRecord, &texts::kSetOffBy,
                &texts::kRunOutcome, &texts::kRunDid, &texts::kRunTook});
    for (const RunItem& item : items) row(item);
    close_table();
  }

  void row(const RunItem& item) {
    const engine::Run& run = item.run;
    html_.markup("<tr><td>");
    append_moment(html_, context_, run.at);
    html_.markup("</td><td>");
    const model::Automation* automation = context_.model.find_automation(run.automation);
    html_.markup("<a").attribute("href", automation_path(run.automation)).markup(">");
    html_.text(automation == nullptr ? run.automation : context_.label(automation->label));
    html_.markup("</a></td><td>");
    record(item.entity, run.record, item.title);
    html_.markup("</td><td><code>").text(run.trigger).markup("</code>");
    if (run.actor != 0) {
      html_.markup("<span class=\"sub\">");
      html_.text(context_.frame.directory->full_name(run.actor)).markup("</span>");
    }
    html_.markup("</td><td>");
    outcome(run.outcome);
    if (!run.reason.empty()) {
      html_.markup("<span class=\"sub\">").text(run.reason).markup("</span>");
    }
    html_.markup("</td><td>");
    actions(run.actions);
    html_.markup("</td><td class=\"num\">").number((run.microseconds + 500) / 1000);
    html_.markup(" ms</td></tr>\n");
  }

  // [{"action":"set","did":"owner = li.lei"},{"action":"tag","left_out":"score >= 70"},…]
  void actions(const std::string& text) {
    const auto read = json::parse(text, {});
    if (!read || !read->is_array()) return;
    html_.markup("<ul class=\"plain\">\n");
    for (const json::Value& one : read->elements) {
      if (const json::Value* did = one.find("did")) action(one, *did);
    }
    html_.markup("</ul>");
    left_out(*read);
  }

  void action(const json::Value& one, const json::Value& said) {
    const json::Value* action = one.find("action");
    if (action == nullptr) return;
    html_.markup("<li><b>").text(action->text).markup("</b> ").text(said.text).markup("</li>\n");
  }

  // Folded away, since conditions are long.
  void left_out(const json::Value& actions) {
    const auto count =
        std::count_if(actions.elements.begin(), actions.elements.end(),
                      [](const json::Value& one) { return one.find("left_out") != nullptr; });
    if (count == 0) return;
    html_.markup("<details><summary>").text(context_.words(texts::kOutcomeDeclined));
    html_.markup(" (").number(count).markup(")</summary>\n<ul class=\"plain\">\n");
    for (const json::Value& one : actions.elements) {
      if (const json::Value* why = one.find("left_out")) action(one, *why);
    }
    html_.markup("</ul></details>");
  }

  const RunsPage& page_;
};

class OutboxWriter : public AdminWriter {
 public:
  using AdminWriter::AdminWriter;

  void content(const OutboxPage& page) {
    open(context_.words(texts::kOutbox), Section::Outbox);
    destinations(page.destinations);
    html_.markup("<section class=\"card\" aria-label=\"").value(context_.words(texts::kOutbox));
    html_.markup("\">\n<nav class=\"tabs\"");
    html_.attribute("aria-label", context_.words(texts::kMessageState)).markup(">");
    tab("/admin/outbox", texts::kAllOutcomes, !page.state);
    for (const engine::MessageState state : kStates) {
      tab("/admin/outbox?state=" + std::string(engine::message_state_name(state)),
          state_text(state), page.state == state);
    }
    html_.markup("</nav>\n");
    if (page.messages.empty()) {
      nothing(texts::kNoMessages);
    } else {
      open_table(texts::kOutbox, {&texts::kRunWhen, &texts::kDestination, &texts::kMessageSubject,
                                  &texts::kMessageState, &texts::kAttempts, &texts::kLastProblem});
      for (const engine::OutboxMessage& message : page.messages) row(message);
      close_table();
    }
    if (page.next != 0) {
      std::string path = "/admin/outbox?after=" + std::to_string(page.next);
      if (page.state) path += "&state=" + std::string(engine::message_state_name(*page.state));
      more(path);
    }
    html_.markup("</section>\n");
  }

  void message(const engine::MessageDetail& detail) {
    const engine::OutboxMessage& message = detail.message;
    open(context_.words(texts::kMessageTitle, {{"id", std::to_string(message.id)}}),
         Section::Outbox);
    html_.markup("<section class=\"card\" aria-label=\"")
        .value(context_.words(texts::kMessageBody));
    html_.markup("\"><div class=\"card__body\"><dl class=\"kv\"><dt>");
    html_.text(context_.words(texts::kDestination)).markup("</dt><dd>").text(message.destination);
    if (!message.to.empty()) html_.markup(" ").text(message.to);
    html_.markup("</dd><dt>").text(context_.words(texts::kMessageState)).markup("</dt><dd>");
    state(message.state);
    html_.markup("</dd><dt>").text(context_.words(texts::kMessageSubject)).markup("</dt><dd>");
    html_.text(message.subject).markup("</dd></dl>\n<pre class=\"scroll\" tabindex=\"0\">");
    html_.text(message.body).markup("</pre>\n");
    if (message.state != engine::MessageState::Delivered) {
      open_post(html_, context_, "/admin/outbox/" + std::to_string(message.id) + "/resend", {});
      html_.markup("<button class=\"btn btn--primary\">").icon("send");
      html_.text(context_.words(texts::kSendAgain)).markup("</button></form>\n");
    }
    append_give_up(html_, context_, message);
    html_.markup("</div></section>\n");
    if (!detail.attempts.empty()) attempts(detail.attempts);
  }

 private:
  void state(engine::MessageState state) {
    if (state == engine::MessageState::Dead) {
      html_.markup("<span class=\"chip chip--danger\">").icon("triangle-alert");
    } else if (state == engine::MessageState::Delivered) {
      html_.markup("<span class=\"chip chip--ok\">").icon("check");
    } else {
      html_.markup("<span class=\"chip chip--line\">");
    }
    html_.text(context_.words(state_text(state))).markup("</span>");
  }

  void destinations(const std::vector<engine::Destination>& all) {
    if (all.empty()) return;
    html_.markup("<section class=\"card\" aria-label=\"")
        .value(context_.words(texts::kDestinations));
    html_.markup("\">\n");
    open_table(texts::kDestinations, {&texts::kDestination, &texts::kMessageWaiting,
                                      &texts::kMessageDead, &texts::kMessageState});
    for (const engine::Destination& one : all) {
      html_.markup("<tr><td>").text(one.name).markup("</td><td class=\"num\">");
      html_.number(one.waiting).markup("</td><td class=\"num\">").number(one.dead);
      html_.markup("</td><td>");
      if (one.disabled) {
        html_.markup("<span class=\"chip chip--danger\">").text(context_.words(texts::kIsDisabled));
        html_.markup("</span> <span class=\"sub\">").text(one.why).markup("</span>");
      }
      open_post(
          html_, context_,
          "/admin/destinations/" + encode_query(one.name) + (one.disabled ? "/enable" : "/disable"),
          {});
      html_.markup("<button class=\"btn btn--s\">");
      html_.text(context_.words(one.disabled ? texts::kEnable : texts::kDisable));
      html_.markup("</button></form></td></tr>\n");
    }
    close_table();
    html_.markup("</section>\n");
  }

  void row(const engine::OutboxMessage& message) {
    html_.markup("<tr><td>");
    append_moment(html_, context_, message.created_at);
    html_.markup("</td><td>").text(message.destination);
    if (!message.to.empty()) {
      html_.markup("<span class=\"sub\">").text(message.to).markup("</span>");
    }
    html_.markup("</td><td><a href=\"/admin/outbox/").number(message.id).markup("\">");
    html_.text(message.subject).markup("</a></td><td>");
    state(message.state);
    html_.markup("</td><td class=\"num\">").number(message.attempts).markup("</td><td>");
    html_.text(message.problem).markup("</td></tr>\n");
  }

  void attempts(const std::vector<engine::Attempt>& all) {
    html_.markup("<section class=\"card\" aria-label=\"").value(context_.words(texts::kAttempts));
    html_.markup("\">\n");
    open_table(texts::kAttempts,
               {&texts::kRunWhen, &texts::kAttemptStatus, &texts::kLastProblem, &texts::kRunTook});
    for (const engine::Attempt& one : all) {
      html_.markup("<tr><td>");
      append_moment(html_, context_, one.at);
      html_.markup("</td><td class=\"num\">").number(one.status).markup("</td><td>");
      html_.text(one.problem).markup("</td><td class=\"num\">").number(one.milliseconds);
      html_.markup(" ms</td></tr>\n");
    }
    close_table();
    html_.markup("</section>\n");
  }
};

class ForecastWriter : public AdminWriter {
 public:
  using AdminWriter::AdminWriter;

  void content(const ForecastPage& page) {
    open(context_.words(texts::kForecastTitle), Section::Forecast);
    html_.markup("<section class=\"card\"");
    html_.attribute("aria-label", context_.words(texts::kForecastTitle)).markup(">\n");
    if (page.lines.empty()) {
      nothing(texts::kNothingComes);
    } else {
      open_table(texts::kForecastTitle, {&texts::kRunWhen, &texts::kRunRecord,
                                         &texts::kForecastWhat, &texts::kForecastRule});
      for (const engine::Coming& coming : page.lines) row(coming);
      close_table();
    }
    html_.markup("</section>\n");
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

// `write` fills the page inside the frame.
template <class Write>
std::string Pages::admin_page(const Frame& frame, const std::string& title,
                              const Write& write) const {
  const Context context(model_, frame);
  PageHead head{.title = title, .crumbs = {{"/admin", context.words(texts::kAdmin)}, {{}, title}}};
  const FrameWriter writer(model_, compiled_->locales[frame.locale].frame);
  Html html;
  html.reserve(48 * 1024);
  writer.open(html, context, head);
  write(html, context);
  writer.close_wrap(html);
  writer.close(html, context, head);
  return html.take_document();
}

std::string Pages::automations(const Frame& frame, const AutomationsPage& page) const {
  const Words words = words_of(model_, frame.locale);
  return admin_page(frame, words(texts::kAutomations), [&](Html& html, const Context& context) {
    AutomationsWriter(html, context).content(page);
  });
}

std::string Pages::runs(const Frame& frame, const RunsPage& page) const {
  const Words words = words_of(model_, frame.locale);
  const std::string title =
      page.automation == nullptr ? words(texts::kRunLog) : page.automation->label[frame.locale];
  return admin_page(frame, title, [&](Html& html, const Context& context) {
    RunsWriter(html, context, page).content(title);
  });
}

std::string Pages::outbox(const Frame& frame, const OutboxPage& page) const {
  const Words words = words_of(model_, frame.locale);
  return admin_page(frame, words(texts::kOutbox), [&](Html& html, const Context& context) {
    OutboxWriter(html, context).content(page);
  });
}

std::string Pages::message(const Frame& frame, const MessagePage& page) const {
  const Words words = words_of(model_, frame.locale);
  const std::string id = std::to_string(page.detail.message.id);
  return admin_page(frame, words(texts::kMessageTitle, {{"id", id}}),
                    [&](Html& html, const Context& context) {
                      OutboxWriter(html, context).message(page.detail);
                    });
}

std::string Pages::forecast(const Frame& frame, const ForecastPage& page) const {
  const Words words = words_of(model_, frame.locale);
  return admin_page(frame, words(texts::kForecastTitle), [&](Html& html, const Context& context) {
    ForecastWriter(html, context).content(page);
  });
}

}  // namespace formwork::pages
