#include "server/pages/stage.h"

#include <algorithm>

#include "server/pages/approval.h"
#include "server/pages/clock.h"
#include "server/pages/compiled.h"
#include "server/pages/page_texts.h"
#include "server/pages/post_form.h"

namespace formwork::pages {
namespace {

using lifecycle::MoveCheck;
using lifecycle::Unmet;

bool is_same(const Span& a, const Span& b) {
  return a.source == b.source && a.begin == b.begin && a.end == b.end;
}

bool is_open_end(const model::Stage& stage) {
  return stage.final && *stage.final != model::Final::Won;
}

// How long the record was there in all its stays.
std::optional<std::pair<Instant, Instant>> time_in(const engine::Standing& standing,
                                                   const std::string& stage, Instant now) {
  std::int64_t total = 0;
  bool was_there = false;
  for (const engine::Stay& stay : standing.stays) {
    if (stay.stage != stage) continue;
    was_there = true;
    total += stay.left_at.value_or(now).microseconds - stay.entered_at.microseconds;
  }
  if (!was_there) return std::nullopt;
  return std::pair(Instant{now.microseconds - total}, now);
}

bool has_missing_role(const MoveCheck& check) { return !check.allowed_role; }

}  // namespace

void append_stage(Html& html, const Context& context, const model::Stage& stage) {
  if (!stage.final) {
    html.markup("<span class=\"chip chip--accent\">");
    if (stage.approval) html.icon("clock");
  } else if (*stage.final == model::Final::Won) {
    html.markup("<span class=\"chip chip--ok\">").icon("check");
  } else if (*stage.final == model::Final::Lost) {
    html.markup("<span class=\"chip chip--danger\">").icon("x");
  } else {
    html.markup("<span class=\"chip\">");
  }
  html.text(context.label(stage.label)).markup("</span>");
}

void append_unmet(Html& html, const Context& context, const model::Entity& entity,
                  const Unmet& unmet) {
  html.markup("<b><span class=\"vh\">").text(context.words(texts::kNotMet)).markup("</span>");
  html.text(as_sentence(render(unmet.message, context.words.language, context.words.locale)));
  html.markup("</b>");
  if (unmet.saw.empty() || (unmet.field && !context.may_see(entity, *unmet.field))) return;
  html.markup("<p>").text(context.words(texts::kSaw)).markup("<span class=\"mono\">");
  html.text(unmet.saw).markup("</span></p>");
}

StageWriter::StageWriter(Html& html, const Context& context, const model::Entity& entity,
                         const engine::Standing& standing)
    : html_(html),
      context_(context),
      entity_(entity),
      standing_(standing),
      record_(standing.record),
      lifecycle_(*standing.lifecycle),
      stage_(*standing.stage),
      index_(static_cast<std::size_t>(standing.stage - standing.lifecycle->stages.data())) {
  for (const MoveCheck& check : standing.moves) {
    if (next_ == nullptr && is_forward(check)) next_ = &check;
  }
}

bool StageWriter::is_forward(const MoveCheck& check) const {
  return check.transition != nullptr && check.index > index_ && !is_open_end(*check.to);
}

std::string StageWriter::label_of(const MoveCheck& check) const {
  if (check.transition != nullptr && !check.transition->label.empty()) {
    return context_.label(check.transition->label);
  }
  return context_.words(texts::kMoveTo, {{"stage", context_.label(check.to->label)}});
}

std::string StageWriter::moves_path() const { return path_of(entity_, record_.id, "move"); }

const std::vector<Unmet>& StageWriter::unmet() const {
  return next_ == nullptr ? standing_.to_go_on : next_->unmet;
}

// Ends other than the good one are no part of the way, unless the record is there.
std::vector<StageWriter::Place> StageWriter::places() const {
  std::vector<Place> all;
  for (std::size_t i = 0; i < lifecycle_.stages.size(); ++i) {
    const model::Stage& stage = lifecycle_.stages[i];
    if (is_open_end(stage) && i != index_) continue;
    const bool was_there =
        std::any_of(standing_.stays.begin(), standing_.stays.end(),
                    [&](const engine::Stay& stay) { return stay.stage == stage.name; });
    all.push_back({&stage, i < index_ && (was_there || !is_open_end(stage_))});
  }
  return all;
}

void StageWriter::path() {
  html_.markup("<section class=\"card path-card\" aria-labelledby=\"s-stage\">\n");
  html_.markup("<div class=\"card__body\">\n<h2 class=\"vh\" id=\"s-stage\">");
  html_.text(context_.words(texts::kStage)).markup("</h2>\n<ol class=\"path\">\n");
  for (const Place& one : places()) place(one);
  html_.markup("</ol>\n");
  clock();
  html_.markup("</div>\n</section>\n");
}

void StageWriter::place(const Place& place) {
  const bool is_now = place.stage == &stage_;
  const DueState due = dwell_state(context_.words, standing_.dwell, context_.frame.now);
  html_.markup("<li class=\"path__step");
  if (place.is_passed) html_.markup(" is-passed");
  if (is_now) html_.markup(" is-now");
  if (is_now && due.kind != DueState::Kind::Calm) html_.markup(" is-late");
  if (is_now && is_open_end(stage_)) html_.markup(" is-end");
  html_.markup("\"");
  if (is_now) html_.markup(" aria-current=\"step\"");
  html_.markup("><span class=\"path__name\">").text(context_.label(place.stage->label));
  html_.markup("</span>");
  const auto time = time_in(standing_, place.stage->name, context_.frame.now);
  if (time && !(is_now && stage_.final)) {
    html_.markup("<small>").icon(is_now ? "clock" : "check");
    html_.text(span_text(context_.words, time->first, time->second)).markup("</small>");
  }
  html_.markup("</li>\n");
}

// Since when, until when, and what comes then.
void StageWriter::clock() {
  if (standing_.stays.empty()) return;
  const Instant since = standing_.stays.back().entered_at;
  html_.markup("<p class=\"path__clock\"><span>");
  html_.text(context_.words(stage_.final ? texts::kClosedSince : texts::kHereSince));
  append_moment(html_, context_, since);
  html_.markup("</span>");
  append_due(html_, dwell_state(context_.words, standing_.dwell, context_.frame.now));
  if (standing_.dwell.limit && stage_.dwell) {
    html_.markup("<span>").text(context_.words(texts::kLimit));
    append_moment(html_, context_, *standing_.dwell.limit);
    if (stage_.dwell->then) {
      const model::Stage& then = lifecycle_.stages[*stage_.dwell->then];
      html_.text(context_.words(texts::kLimitThen, {{"stage", context_.label(then.label)}}));
    }
    html_.markup("</span>");
  }
  html_.markup("</p>\n");
}

void StageWriter::go_on() {
  const bool is_deleted = record_.deleted_at.has_value();
  const bool has_list = !unmet().empty() || (next_ != nullptr && !stage_.exit.empty());
  if (is_deleted || (standing_.moves.empty() && !has_list && stage_.checklist.empty() &&
                     stage_.goal.empty() && stage_.risks.empty())) {
    return;
  }
  html_.markup("<section class=\"card\" aria-labelledby=\"s-go-on\">\n");
  heading();
  html_.markup("<div class=\"card__body stack\">\n");
  purpose();
  criteria();
  checklist();
  html_.markup("</div>\n");
  moves();
  html_.markup("</section>\n");
}

void StageWriter::heading() {
  html_.markup("<div class=\"card__head card__head--act\"><h2 id=\"s-go-on\">");
  const std::size_t count = unmet().size();
  const std::string stage = next_ == nullptr ? std::string() : context_.label(next_->to->label);
  if (next_ == nullptr) {
    html_.text(count == 0 ? context_.label(stage_.label)
                          : context_.words(count == 1 ? texts::kOneLeft : texts::kThingsLeft,
                                           {{"count", std::to_string(count)}}));
  } else if (count != 0) {
    html_.text(context_.words(count == 1 ? texts::kOneLeftBefore : texts::kThingsLeftBefore,
                              {{"count", std::to_string(count)}, {"stage", stage}}));
  } else {
    html_.text(context_.words(next_->is_possible() ? texts::kReadyFor : texts::kNextIs,
                              {{"stage", stage}}));
  }
  html_.markup("</h2>");
  if (next_ != nullptr) {
    html_.markup("<div class=\"actions\">");
    move_button(*next_, false);
    html_.markup("</div>");
  }
  html_.markup("</div>\n");
}

void StageWriter::purpose() {
  if (stage_.goal.empty() && stage_.risks.empty()) return;
  html_.markup("<dl class=\"purpose\">");
  for (const auto& [label, text] :
       {std::pair(&texts::kGoal, &stage_.goal), std::pair(&texts::kRisks, &stage_.risks)}) {
    if (text->empty()) continue;
    html_.markup("<div><dt>").text(context_.words(*label)).markup("</dt><dd>");
    html_.text(context_.label(*text)).markup("</dd></div>");
  }
  html_.markup("</dl>\n");
}

void StageWriter::criteria() {
  std::vector<const model::Criterion*> all;
  for (const model::Criterion& one : stage_.exit) all.push_back(&one);
  if (next_ != nullptr) {
    for (const model::Criterion& one : next_->to->entry) all.push_back(&one);
  }
  if (all.empty() && unmet().empty()) return;
  html_.markup("<ul class=\"crit\">\n");
  for (const Unmet& one : unmet()) missing(one);
  for (const model::Criterion* one : all) {
    const bool is_missing = std::any_of(unmet().begin(), unmet().end(), [&](const Unmet& missing) {
      return is_same(missing.where, one->where);
    });
    if (!is_missing) met(*one);
  }
  html_.markup("</ul>\n");
}

void StageWriter::missing(const Unmet& unmet) {
  html_.markup("<li class=\"no\">").icon("triangle-alert").markup("<div>");
  append_unmet(html_, context_, entity_, unmet);
  html_.markup("</div>");
  fix(unmet);
  html_.markup("</li>\n");
}

void StageWriter::met(const model::Criterion& criterion) {
  html_.markup("<li class=\"yes\">").icon("check").markup("<div><b><span class=\"vh\">");
  html_.text(context_.words(texts::kMet)).markup("</span>").text(context_.label(criterion.say));
  html_.markup("</b></div></li>\n");
}

// The way to where it can be mended, for whoever may.
void StageWriter::fix(const Unmet& unmet) {
  if (unmet.kind == Unmet::Kind::Item) {
    html_.markup("<a class=\"btn btn--s\" href=\"#i-").value(unmet.item).markup("\">");
    html_.text(context_.words(texts::kGoToItem)).markup("</a>");
    return;
  }
  if (!unmet.field || !standing_.may_edit) return;
  const fields::Field& field = entity_.fields[*unmet.field];
  if (!fields::takes_input(field) || !context_.may_see(entity_, *unmet.field)) return;
  const std::string path = path_of(entity_, record_.id, "edit") + "#f-" + field.name;
  html_.markup("<a class=\"btn btn--s\"").attribute("href", path).markup(">");
  html_.text(context_.words(unmet.kind == Unmet::Kind::Field ? texts::kFillIn : texts::kChange));
  html_.markup("<span class=\"vh\"> ").text(context_.label(field.label)).markup("</span></a>");
}

bool StageWriter::is_ticked(const std::string& code) const {
  if (!entity_.stage_fields || !entity_.stage_fields->checklist) return false;
  const feel::Value& ticked = record_.values[*entity_.stage_fields->checklist];
  if (ticked.is_null()) return false;
  const feel::List& codes = ticked.list();
  return std::any_of(codes.begin(), codes.end(),
                     [&](const feel::Value& one) { return one.string() == code; });
}

void StageWriter::checklist() {
  if (stage_.checklist.empty()) return;
  html_.markup("<div><h3 id=\"s-checklist\">").text(context_.words(texts::kChecklist));
  html_.markup("</h3>\n<ul class=\"ticks\" aria-labelledby=\"s-checklist\">\n");
  for (const model::ChecklistItem& one : stage_.checklist) item(one);
  html_.markup("</ul></div>\n");
}

// A button that is a box to tick, so that it works alike with and without a script.
void StageWriter::item(const model::ChecklistItem& item) {
  const bool is_done = is_ticked(item.code);
  const bool may_tick = standing_.may_edit && !record_.deleted_at;
  html_.markup("<li id=\"i-").value(item.code).markup("\"");
  if (is_done) html_.markup(" class=\"is-done\"");
  html_.markup(">");
  if (may_tick) {
    open_post(html_, context_, path_of(entity_, record_.id, "checklist"), {});
    hidden(html_, "_version", std::to_string(record_.version));
    hidden(html_, "item", item.code);
    hidden(html_, "done", is_done ? "false" : "true");
    html_.markup("<button class=\"tick\" role=\"checkbox\"");
    html_.attribute("aria-checked", is_done ? "true" : "false").markup(">");
  } else {
    html_.markup("<span class=\"tick\">");
  }
  html_.markup("<span class=\"tick__box\">");
  if (is_done) html_.icon("check");
  html_.markup("</span><span>");
  if (!may_tick && is_done) {
    html_.markup("<span class=\"vh\">").text(context_.words(texts::kMet)).markup("</span>");
  }
  html_.text(context_.label(item.label));
  if (item.required && !is_done) {
    html_.markup(" <span class=\"tag-stage\">").text(context_.words(texts::kNeededToGoOn));
    html_.markup("</span>");
  }
  html_.markup("</span>");
  if (may_tick) {
    html_.markup("</button></form>");
  } else {
    html_.markup("</span>");
  }
  if (!item.hint.empty()) {
    html_.markup("<p class=\"hint\">").text(context_.label(item.hint)).markup("</p>");
  }
  html_.markup("</li>\n");
}

void StageWriter::moves() {
  const bool has_more =
      std::any_of(standing_.moves.begin(), standing_.moves.end(),
                  [&](const MoveCheck& check) { return &check != next_ || !check.is_possible(); });
  if (!has_more) return;
  html_.markup("<div class=\"card__foot moves\">");
  // Why the next stage is out of reach, when it is not for what the list says.
  if (next_ != nullptr && !next_->is_possible() &&
      (has_missing_role(*next_) || next_->other.has_value())) {
    impossible(*next_);
  }
  for (const MoveCheck& check : standing_.moves) {
    if (&check != next_) move(check);
  }
  html_.markup("</div>\n");
}

void StageWriter::move(const MoveCheck& check) {
  if (check.is_possible()) {
    possible(check);
  } else {
    impossible(check);
  }
}

// The move that leads on; not possible, it leads to what is missing.
void StageWriter::move_button(const MoveCheck& check, bool is_small) {
  if (check.is_possible()) return possible(check);
  if (check.unmet.empty()) return;
  html_.markup("<a class=\"btn is-off");
  if (is_small) html_.markup(" btn--s");
  html_.markup("\" href=\"#s-go-on\">").icon("lock").text(label_of(check)).markup("</a>");
}

void StageWriter::possible(const MoveCheck& check) {
  const model::Transition& transition = *check.transition;
  const bool is_next = &check == next_;
  const bool asks = !transition.confirm.empty() || transition.needs_comment;
  const std::string label = label_of(check);
  if (asks) {
    html_.markup("<details class=\"ask\"><summary");
    html_.attribute("class", is_next ? "btn btn--primary" : "btn btn--s").markup(">");
    html_.text(label).markup("</summary>");
  }
  open_post(html_, context_, moves_path(), asks ? "ask__body" : "");
  hidden(html_, "_version", std::to_string(record_.version));
  hidden(html_, "to", check.to->name);
  if (!transition.confirm.empty()) {
    html_.markup("<p>").text(context_.label(transition.confirm)).markup("</p>");
  }
  if (asks) {
    append_comment(html_, context_, "m-" + check.to->name, transition.needs_comment);
  }
  std::string css = is_next ? "btn" : "btn btn--s";
  if (is_open_end(*check.to)) {
    css += " btn--danger";
  } else if (is_next) {
    css += " btn--primary";
  }
  html_.markup("<button").attribute("class", css).markup(">").text(label);
  html_.markup("</button></form>");
  if (asks) html_.markup("</details>");
}

void StageWriter::impossible(const MoveCheck& check) {
  html_.markup("<details class=\"ask\"><summary class=\"btn btn--s is-off\">").icon("lock");
  html_.text(label_of(check)).markup("<span class=\"vh\">");
  html_.text(context_.words(texts::kWhyNot)).markup("</span></summary><div class=\"ask__body\">");
  if (has_missing_role(check)) {
    std::string roles;
    for (const model::Role* role : check.who_could) {
      if (!roles.empty()) roles += context_.words(texts::kListSeparator);
      roles += context_.label(role->label);
    }
    html_.markup("<p>").icon("users");
    html_.text(roles.empty() ? context_.words(texts::kNotYours)
                             : context_.words(texts::kOnlyRoles, {{"roles", roles}}));
    html_.markup("</p>");
  }
  if (check.other) {
    html_.markup("<p>").icon("info").text(
        as_sentence(render(*check.other, context_.words.language, context_.words.locale)));
    html_.markup("</p>");
  }
  if (!check.unmet.empty() && &check != next_) {
    html_.markup("<ul class=\"crit\">\n");
    for (const Unmet& one : check.unmet) missing(one);
    html_.markup("</ul>");
  }
  html_.markup("</div></details>");
}

void StageWriter::routes() {
  for (const engine::Standing::Route& route : standing_.routes) {
    const std::optional<std::size_t> to = model::stage_index(lifecycle_, route.to);
    if (!to || route.steps.empty()) continue;
    html_.markup("<section class=\"card\" aria-labelledby=\"s-route-").value(route.to);
    html_.markup("\">\n<div class=\"card__head\"><h2 id=\"s-route-").value(route.to).markup("\">");
    html_.text(context_.words(texts::kWhoWouldDecide)).markup("</h2></div>\n");
    html_.markup("<div class=\"card__body\"><p class=\"hint\">");
    html_.text(context_.words(texts::kRouteHint,
                              {{"stage", context_.label(lifecycle_.stages[*to].label)}}));
    html_.markup("</p>\n");
    ApprovalWriter(html_, context_, entity_).route(route.steps);
    html_.markup("</div>\n</section>\n");
  }
}

}  // namespace formwork::pages
