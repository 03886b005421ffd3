#include "server/pages/ownership.h"

#include "dsl/feel/operators.h"
#include "engine/permissions/visible_reasons.h"
#include "server/pages/clock.h"
#include "server/pages/page_texts.h"

namespace formwork::pages {
namespace {

// Why a candidate was passed over, as explanations name it.
const MessageText& reason_text(std::string_view reason) {
  if (reason == "absent") return texts::kPassedAbsent;
  if (reason == "full") return texts::kPassedFull;
  if (reason == "closed") return texts::kPassedClosed;
  if (reason == "owner") return texts::kPassedOwner;
  return texts::kPassedExcepted;
}

const MessageText& pick_text(std::string_view pick) {
  if (pick == "weighted") return texts::kPickWeighted;
  if (pick == "least_loaded") return texts::kPickLeastLoaded;
  if (pick == "first") return texts::kPickFirst;
  return texts::kPickRoundRobin;
}

bool is_running(const engine::ResponseStanding& response) {
  using State = engine::ResponseStanding::State;
  return response.state == State::Running || response.state == State::Late;
}

}  // namespace

void OwnershipWriter::open_card(Markup id, const MessageText& title) {
  html_.markup("<section class=\"card\" aria-labelledby=\"").markup(id);
  html_.markup("\">\n<div class=\"card__head\"><h2 id=\"").markup(id).markup("\">");
  html_.text(context_.words(title)).markup("</h2></div>\n<div class=\"card__body\">");
}

void OwnershipWriter::close_card() { html_.markup("</div>\n</section>\n"); }

void OwnershipWriter::row(const MessageText& name, const std::string& text) {
  html_.markup("<dt>").text(context_.words(name)).markup("</dt><dd>").text(text);
  html_.markup("</dd>");
}

void OwnershipWriter::owner() {
  if (!standing_.owner) return;
  const engine::OwnerStanding& owner = *standing_.owner;
  open_card("s-owner", texts::kOwnership);
  response();
  html_.markup("<dl class=\"kv\"><dt>").text(context_.words(texts::kWhoHasIt)).markup("</dt><dd>");
  if (owner.account != 0) {
    values_.account(html_, owner.account);
  } else if (owner.pool) {
    html_.text(context_.label(entity_.pools[*owner.pool].label));
  } else {
    html_.text(context_.words(texts::kNobodyHasIt));
  }
  html_.markup("</dd>");
  if (owner.since) {
    html_.markup("<dt>").text(context_.words(texts::kOwnedSince)).markup("</dt><dd>");
    values_.instant(html_, *owner.since, false);
    html_.markup("</dd>");
  }
  reason(owner);
  html_.markup("</dl>");
  if (owner.explanation) passed_over(*owner.explanation);
  close_card();
}

void OwnershipWriter::clock() {
  if (!standing_.owner || !standing_.response) return;
  if (standing_.response->state == engine::ResponseStanding::State::Met) return;
  html_.markup("<a class=\"stage\" href=\"#s-owner\">");
  html_.text(context_.words(texts::kFirstResponse)).markup(" ");
  response_chip(*standing_.response);
  html_.markup("</a>");
}

void OwnershipWriter::response() {
  if (!standing_.response) return;
  const engine::ResponseStanding& response = *standing_.response;
  html_.markup("<p class=\"stage\"><b>").text(context_.words(texts::kFirstResponse));
  html_.markup("</b> ");
  response_chip(response);
  if (is_running(response) && response.respond_by) {
    html_.markup(" ");
    append_moment(html_, context_, *response.respond_by);
  }
  html_.markup("</p>\n");
}

// In words and a colour, so that colour is not all that tells.
void OwnershipWriter::response_chip(const engine::ResponseStanding& response) {
  using State = engine::ResponseStanding::State;
  if (response.state == State::Met) {
    html_.markup("<span class=\"chip chip--ok\">").icon("check");
    html_.text(context_.words(texts::kResponseMet)).markup("</span>");
  } else if (response.state == State::Paused) {
    html_.markup("<span class=\"chip chip--line\">").icon("clock");
    html_.text(context_.words(texts::kResponsePaused)).markup("</span>");
  } else if (response.respond_by) {
    const Instant since = standing_.owner->since.value_or(context_.frame.now);
    append_due(html_, due_state(context_.words, since, *response.respond_by, context_.frame.now));
  }
}

void OwnershipWriter::reason(const engine::OwnerStanding& owner) {
  if (owner.assignment != nullptr) {
    row(texts::kByAssignment, context_.label(owner.assignment->label));
  } else if (owner.by != 0) {
    html_.markup("<dt>").text(context_.words(texts::kGivenBy)).markup("</dt><dd>");
    values_.account(html_, owner.by);
    html_.markup("</dd>");
  }
  if (owner.rule != nullptr) {
    const Localized& why = owner.rule->why;
    row(texts::kAssignedWhy, why.empty() ? owner.rule->id : context_.label(why));
  }
  if (!owner.explanation) return;
  const assignment::Explanation& explanation = *owner.explanation;
  const permissions::VisibleReasons reasons(*context_.frame.gate, *context_.frame.actor, entity_);
  const bool may_see = reasons.may_see_rule(explanation.assignment, explanation.rule);
  if (may_see && !explanation.condition.empty())
    row(texts::kAssignedBecause, explanation.condition);
  if (!explanation.pick.empty()) {
    row(texts::kPickedBy, context_.words(pick_text(explanation.pick)));
  }
}

void OwnershipWriter::passed_over(const assignment::Explanation& why) {
  bool is_first = true;
  for (const assignment::Explanation::Candidate& candidate : why.candidates) {
    if (candidate.passed_over.empty()) continue;
    if (is_first) {
      html_.markup("<p class=\"sub\">").text(context_.words(texts::kPassedOver));
      html_.markup("</p>\n<ul class=\"plain\">\n");
    }
    is_first = false;
    const auto account = context_.frame.directory->find_account(candidate.account);
    html_.markup("<li>");
    html_.text(account ? context_.frame.directory->full_name(*account) : candidate.account);
    html_.markup(": ").text(context_.words(reason_text(candidate.passed_over))).markup("</li>\n");
  }
  if (!is_first) html_.markup("</ul>\n");
}

void OwnershipWriter::decisions() {
  for (const records::Contributions& told : standing_.decisions) decision(told);
}

std::string OwnershipWriter::value_text(const records::Contributions::Input& input) const {
  if (input.value.is_null()) return context_.words(texts::kNoValue);
  if (input.field) return context_.show(entity_.fields[*input.field], input.value);
  return feel::to_literal(input.value, *context_.showing.zone);
}

// What each rule that hit gives, behind what it asks for.
void OwnershipWriter::decision(const records::Contributions& told) {
  const fields::Field& field = entity_.fields[told.field];
  const feel::Value& value = standing_.record.values[told.field];
  if (told.rules.empty() || value.is_null()) return;
  const std::string id = "s-decision-" + field.name;
  html_.markup("<section class=\"card\"").attribute("aria-labelledby", id);
  html_.markup(">\n<div class=\"card__head\"><h2").attribute("id", id).markup(">");
  html_.text(context_.label(field.label)).markup(" ").text(context_.show(field, value));
  html_.markup("</h2><span class=\"sub\">").text(context_.label(told.decision->label));
  html_.markup(
      "</span></div>\n<div class=\"card__body\"><table class=\"tbl\"><caption class=\"vh\">");
  html_.text(context_.words(texts::kHowItCame)).markup("</caption>\n<tbody>\n");
  for (const records::Contribution& part : told.rules) {
    html_.markup("<tr><td>");
    bool is_first = true;
    for (const std::size_t input : part.asks) {
      if (!is_first) html_.markup("<br>");
      is_first = false;
      const records::Contributions::Input& asked = told.inputs[input];
      html_.text(context_.label(asked.label)).markup(": ").text(value_text(asked));
    }
    const Localized& why = told.decision->rules[part.rule].why;
    if (!why.empty()) {
      html_.markup("<span class=\"sub\">").text(context_.label(why)).markup("</span>");
    }
    html_.markup("</td><td class=\"num\"><b>");
    html_.text(feel::to_literal(part.value, *context_.showing.zone)).markup("</b></td></tr>\n");
  }
  html_.markup("</tbody></table></div>\n</section>\n");
}

std::string quota_id(const model::Pool& pool) { return "quota-" + pool.name; }

void append_quota(Html& html, const Context& context, const model::Pool& pool,
                  const engine::ClaimQuota& quota) {
  html.markup("<p class=\"head__meta\"").attribute("id", quota_id(pool)).markup(">");
  html.text(context.words(quota.left > 0 ? texts::kPoolQuota : texts::kPoolUsedUp,
                          {{"pool", context.label(pool.label)},
                           {"left", std::to_string(quota.left)},
                           {"count", std::to_string(quota.most)}}));
  html.markup("</p>");
}

}  // namespace formwork::pages
