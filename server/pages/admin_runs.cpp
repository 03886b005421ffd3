// What automations did, and what they would do.
#include <algorithm>

#include "engine/automations/trigger.h"
#include "server/pages/admin.h"
#include "server/pages/automation_words.h"
#include "server/pages/candidates.h"
#include "server/pages/history.h"
#include "server/pages/post_form.h"

namespace formwork::pages {
namespace {

std::string run_path(engine::RunId id) { return "/admin/runs/" + std::to_string(id); }

// Runs as lines, and what one of them did.
class RunWriter : public AdminWriter {
 public:
  using AdminWriter::AdminWriter;

 protected:
  // `of` is the automation that the page is about, `here` the run; then nobody has to be told of
  // them.
  void table(const std::vector<RunItem>& items, const model::Automation* of, engine::RunId here) {
    open_table(texts::kRunLog,
               {&texts::kRunWhen, of == nullptr ? &texts::kAutomationName : &texts::kRunRecord,
                &texts::kSetOffBy, &texts::kRunOutcome, &texts::kRunDid});
    for (const RunItem& item : items) row(item, of == nullptr, here);
    close_table();
  }

  void set_off(const RunItem& item) {
    html_.text(
        trigger_words(item.run.trigger, context_.model.find_entity(item.run.entity), context_));
    if (item.run.actor == 0) return;
    html_.markup("<span class=\"sub\">");
    html_.text(context_.frame.directory->full_name(item.run.actor)).markup("</span>");
  }

  void took(const engine::Run& run) { html_.number((run.microseconds + 500) / 1000).markup(" ms"); }

  // [{"action":"set","did":"owner = li.lei"},{"action":"tag","left_out":"score >= 70"},…]
  void actions(const engine::Run& run, bool is_folded) {
    const auto read = json::parse(run.actions, {});
    if (!read || !read->is_array()) return;
    const model::Entity* entity = context_.model.find_entity(run.entity);
    list(*read, "did", entity);
    const auto count =
        std::count_if(read->elements.begin(), read->elements.end(),
                      [](const json::Value& one) { return one.find("left_out") != nullptr; });
    if (count == 0) return;
    const std::string said = context_.words(texts::kRunLeftOut, {{"count", std::to_string(count)}});
    if (is_folded) {
      html_.markup("<details><summary>").text(said).markup("</summary>\n");
    } else {
      html_.markup("<p class=\"sub\">").text(said).markup("</p>\n");
    }
    list(*read, "left_out", nullptr);
    if (is_folded) html_.markup("</details>");
  }

 private:
  void row(const RunItem& item, bool with_automation, engine::RunId here) {
    const engine::Run& run = item.run;
    html_.markup("<tr><td>");
    when(run, here);
    html_.markup("</td><td>");
    if (with_automation) {
      if (run.depth > 0 && here != 0) {
        html_.markup("<span class=\"sub\">");
        html_.text(context_.words(texts::kRunStep, {{"n", std::to_string(run.depth + 1)}}));
        html_.markup("</span>");
      }
      html_.markup("<a class=\"name\"").attribute("href", automation_path(run.automation));
      html_.markup(">").text(automation_words(run.automation, context_)).markup("</a>");
    }
    if (item.entity != nullptr) {
      if (with_automation) html_.markup("<span class=\"sub\">");
      record(item.entity, run.record, item.title);
      if (with_automation) html_.markup("</span>");
    }
    html_.markup("</td><td>");
    set_off(item);
    html_.markup("</td><td>");
    outcome(run.outcome);
    if (!run.reason.empty()) {
      html_.markup("<span class=\"sub\">").text(run.reason).markup("</span>");
    }
    html_.markup("</td><td>");
    actions(run, true);
    html_.markup("</td></tr>\n");
  }

  void when(const engine::Run& run, engine::RunId here) {
    const bool is_here = run.id == here;
    if (run.id != 0 && !is_here) {
      html_.markup("<a").attribute("href", run_path(run.id)).markup(">");
      append_moment(html_, context_, run.at);
      html_.markup("<span class=\"vh\"> ");
      html_.text(context_.words(texts::kRunOpen, {{"id", std::to_string(run.id)}}));
      html_.markup("</span></a>");
    } else {
      append_moment(html_, context_, run.at);
    }
    html_.markup("<span class=\"sub\">");
    if (is_here && here != 0) {
      html_.text(context_.words(texts::kRunThis));
    } else {
      took(run);
    }
    html_.markup("</span>");
  }

  // The changes of `entity` are said in its words; conditions stand as they are written.
  void list(const json::Value& actions, std::string_view member, const model::Entity* entity) {
    bool is_first = true;
    for (const json::Value& one : actions.elements) {
      const json::Value* said = one.find(member);
      const json::Value* action = one.find("action");
      if (said == nullptr || action == nullptr) continue;
      if (is_first) html_.markup("<ul class=\"plain\">\n");
      is_first = false;
      html_.markup("<li><b>").text(action_words(action->text, context_)).markup("</b> ");
      const std::string_view name = action->text;
      const bool is_change = name == "set" || name == "assign" || name == "tag" || name == "move";
      html_.text(change_words(said->text, is_change ? entity : nullptr, context_));
      html_.markup("</li>\n");
    }
    if (!is_first) html_.markup("</ul>");
  }
};

class RunsWriter : public RunWriter {
 public:
  RunsWriter(Html& html, const Context& context, const RunsPage& page)
      : RunWriter(html, context), page_(page) {}

  void content(const std::string& title) {
    open(title, page_.automation == nullptr ? AdminSection::Runs : AdminSection::Automations);
    if (page_.automation != nullptr) {
      about(*page_.automation);
      trial(*page_.automation);
    }
    open_card(texts::kRunLog);
    if (page_.automation != nullptr) {
      html_.markup("<div class=\"card__head\"><h2>").text(context_.words(texts::kRunLog));
      html_.markup("</h2></div>\n");
    }
    html_.markup("<nav class=\"tabs\"");
    html_.attribute("aria-label", context_.words(texts::kRunOutcome)).markup(">");
    tab(base(), texts::kAllOutcomes, !page_.outcome);
    for (const engine::RunOutcome one : kOutcomes) {
      tab(base() + "?outcome=" + std::string(engine::run_outcome_name(one)), outcome_text(one),
          page_.outcome == one);
    }
    html_.markup("</nav>\n");
    if (page_.runs.empty()) {
      nothing(page_.outcome ? texts::kNoRunsOf : texts::kNoRuns, "history");
    } else {
      table(page_.runs, page_.automation, 0);
    }
    if (page_.next != 0) {
      std::string path = base() + "?after=" + std::to_string(page_.next);
      if (page_.outcome) {
        path += "&outcome=" + std::string(engine::run_outcome_name(*page_.outcome));
      }
      more(path);
    }
    close_card();
    close();
  }

 private:
  std::string base() const {
    return page_.automation == nullptr ? "/admin/runs" : automation_path(page_.automation->name);
  }

  void about(const model::Automation& automation) {
    open_card(texts::kSetOffBy);
    html_.markup("<div class=\"card__body stack\">");
    if (!automation.why.empty()) {
      html_.markup("<p>").text(context_.label(automation.why)).markup("</p>");
    }
    html_.markup("<dl class=\"facts\">");
    if (automation.entity) {
      open_fact(texts::kRunRecord);
      html_.text(context_.label(context_.model.entities[*automation.entity].label));
      close_fact();
    }
    open_fact(texts::kSetOffBy);
    triggers(automation);
    close_fact();
    if (automation.when) {
      open_fact(texts::kAssignedBecause);
      html_.markup("<code>").text(automation.when->text()).markup("</code>");
      close_fact();
    }
    open_fact(texts::kForecastRule);
    html_.markup("<code>").text(engine::place_of(automation.where));
    html_.markup("</code>");
    close_fact();
    html_.markup("</dl></div>");
    close_card();
  }

  void trial(const model::Automation& automation) {
    html_.markup("<section class=\"card\" aria-labelledby=\"s-trial\"><div class=\"card__head\">");
    html_.markup("<h2 id=\"s-trial\">").text(context_.words(texts::kDryRun));
    html_.markup("</h2></div>\n<div class=\"card__body stack\">\n<p>");
    html_.text(context_.words(texts::kDryRunHint)).markup("</p>\n");
    if (!page_.trial_problem.empty()) {
      html_.markup("<div class=\"note note--warn\" role=\"alert\">").icon("triangle-alert");
      html_.markup("<div>").text(as_sentence(page_.trial_problem)).markup("</div></div>\n");
    }
    open_post(html_, context_, automation_path(automation.name) + "/dry-run", "stack");
    if (automation.entity) choice(context_.model.entities[*automation.entity]);
    html_.markup("<div class=\"actions\"><button class=\"btn\">");
    html_.text(context_.words(texts::kDryRunGo)).markup("</button></div></form>\n");
    if (!page_.trial_matches.empty()) matches(automation);
    if (page_.trial) {
      html_.markup("<h3 id=\"trial-result\">").text(context_.words(texts::kDryRunResult));
      html_.markup("</h3>\n");
      if (page_.trial->empty()) {
        html_.markup("<p>").text(context_.words(texts::kNothingWouldHappen)).markup("</p>\n");
      } else {
        table(*page_.trial, nullptr, 0);
      }
    }
    html_.markup("</div></section>\n");
  }

  // The control of a field that refers to these records.
  void choice(const model::Entity& entity) {
    fields::Field field;
    field.name = "record";
    field.type = fields::find_field_type("reference");
    field.target = entity.index;
    Candidates candidates(context_, page_.options_of, page_.title_of);
    const bool is_select = candidates.of(field).is_select;
    html_.markup("<div class=\"field\"><label class=\"label\" for=\"trial-record\">");
    html_.text(context_.label(entity.label)).markup("</label>");
    if (is_select) {
      html_.markup("<select class=\"select\" id=\"trial-record\" name=\"record\" required>");
      append_options(html_, candidates, field, page_.trial_record,
                     context_.words(texts::kChooseOne));
      html_.markup("</select></div>\n");
      return;
    }
    html_.markup("<p class=\"hint\" id=\"trial-record-hint\">");
    html_.text(context_.words(texts::kReferenceHint)).markup("</p><input class=\"input\"");
    html_.markup(" id=\"trial-record\" name=\"record\" list=\"trial-record-list\"");
    html_.attribute("data-suggest", suggest_path(entity)).markup(" autocomplete=\"off\" required");
    html_.markup(" aria-describedby=\"trial-record-hint\"");
    if (!page_.trial_record.empty()) {
      const std::string title = candidates.title_of(field, page_.trial_record);
      html_.attribute("value", title == page_.trial_record
                                   ? title
                                   : suggestion(field, {page_.trial_record, title}));
    }
    html_.markup("><datalist id=\"trial-record-list\">");
    append_suggestions(html_, candidates, field);
    html_.markup("</datalist></div>\n");
  }

  // Each a button, so that one of them is chosen without a script.
  void matches(const model::Automation& automation) {
    constexpr std::size_t kMany = 20;
    const std::size_t count = page_.trial_matches.size();
    html_.markup("<div><p role=\"status\">");
    html_.text(context_.words(
        count > kMany ? texts::kDryRunMany : texts::kDryRunMatches,
        {{"count", std::to_string(std::min(count, kMany))}, {"text", page_.trial_record}}));
    html_.markup("</p>\n");
    open_post(html_, context_, automation_path(automation.name) + "/dry-run", {});
    html_.markup("<ul class=\"plain picks\">\n");
    for (std::size_t i = 0; i < std::min(count, kMany); ++i) {
      const RecordOption& match = page_.trial_matches[i];
      html_.markup("<li><button class=\"btn btn--s\" name=\"record\" value=\"").number(match.id);
      html_.markup("\">").number(match.id).markup(" · ").text(match.title);
      html_.markup("</button></li>\n");
    }
    html_.markup("</ul></form></div>\n");
  }

  const RunsPage& page_;
};

class OneRunWriter : public RunWriter {
 public:
  OneRunWriter(Html& html, const Context& context, const RunPage& page)
      : RunWriter(html, context), page_(page), run_(page.run.run) {}

  void content(const std::string& title) {
    open(title, AdminSection::Runs);
    facts();
    did();
    causes();
    if (page_.chain.size() > 1) {
      open_card(texts::kRunChain);
      html_.markup("<div class=\"card__head\"><h2>").text(context_.words(texts::kRunChain));
      html_.markup("</h2></div>\n");
      table(page_.chain, nullptr, run_.id);
      close_card();
    }
    close();
  }

 private:
  void facts() {
    open_card(texts::kRunOutcome);
    html_.markup("<div class=\"card__body\"><dl class=\"facts\">");
    open_fact(texts::kAutomationName);
    html_.markup("<a").attribute("href", automation_path(run_.automation)).markup(">");
    html_.text(automation_words(run_.automation, context_)).markup("</a>");
    close_fact();
    if (page_.run.entity != nullptr) {
      open_fact(texts::kRunRecord);
      record(page_.run.entity, run_.record, page_.run.title);
      close_fact();
    }
    open_fact(texts::kRunWhen);
    ValueWriter(context_, page_.title_of).instant(html_, run_.at, false);
    close_fact();
    open_fact(texts::kSetOffBy);
    set_off(page_.run);
    close_fact();
    open_fact(texts::kRunOutcome);
    outcome(run_.outcome);
    close_fact();
    open_fact(texts::kRunTook);
    took(run_);
    close_fact();
    if (!run_.reason.empty()) {
      open_fact(texts::kRunReason, true);
      html_.markup("<code>").text(run_.reason).markup("</code>");
      close_fact();
    }
    html_.markup("</dl></div>");
    close_card();
  }

  void did() {
    open_card(texts::kRunDid);
    html_.markup("<div class=\"card__head\"><h2>").text(context_.words(texts::kRunDid));
    html_.markup("</h2></div>\n<div class=\"card__body\">");
    if (run_.actions.empty() || run_.actions == "[]") {
      html_.markup("<p>").text(context_.words(texts::kRunDidNothing)).markup("</p>");
    } else {
      actions(run_, false);
    }
    html_.markup("</div>\n");
    close_card();
  }

  void causes() {
    open_card(texts::kRunCauses);
    html_.markup("<div class=\"card__head\"><h2>").text(context_.words(texts::kRunCauses));
    html_.markup("</h2></div>\n<div class=\"card__body\">");
    if (page_.causes.empty()) {
      html_.markup("<p>");
      html_.text(context_.words(run_.cause == 0 ? texts::kRunNoCause : texts::kRunCauseElsewhere));
      html_.markup("</p>");
    } else {
      const DetailPage page{
          .entity = page_.run.entity, .history = page_.causes, .title_of = page_.title_of};
      HistoryWriter history(html_, context_, page);
      html_.markup("<ol class=\"tl\">\n");
      for (const engine::HistoryEntry& entry : page_.causes) history.entry(entry);
      html_.markup("</ol>");
    }
    html_.markup("</div>\n");
    close_card();
  }

  const RunPage& page_;
  const engine::Run& run_;
};

}  // namespace

std::string Pages::runs(const Frame& frame, const RunsPage& page) const {
  const Words words = words_of(model_, frame.locale);
  const std::string title =
      page.automation == nullptr ? words(texts::kRunLog) : page.automation->label[frame.locale];
  return admin_page(
      frame, title, page.automation == nullptr ? AdminSection::Runs : AdminSection::Automations,
      [&](Html& html, const Context& context) { RunsWriter(html, context, page).content(title); });
}

std::string Pages::run(const Frame& frame, const RunPage& page) const {
  const Words words = words_of(model_, frame.locale);
  const std::string title = words(texts::kRunOf, {{"id", std::to_string(page.run.run.id)}});
  return admin_page(frame, title, AdminSection::Runs, [&](Html& html, const Context& context) {
    OneRunWriter(html, context, page).content(title);
  });
}

}  // namespace formwork::pages
