// Who has a record, why, and how the response clock stands.
#include "dsl/feel/json.h"
#include "server/routes/standing_json.h"

namespace formwork::routes {
namespace {

std::string_view state_name(engine::ResponseStanding::State state) {
  using enum engine::ResponseStanding::State;
  switch (state) {
    case Running:
      return "running";
    case Paused:
      return "paused";
    case Met:
      return "met";
    case Late:
      return "late";
  }
  return "running";
}

}  // namespace

void StandingWriter::owner(const engine::Standing& standing) {
  writer_.key("owner");
  if (!standing.owner) {
    writer_.null();
    return;
  }
  const engine::OwnerStanding& owner = *standing.owner;
  writer_.begin_object().key("account");
  person(owner.account);
  text_or_null("pool",
               owner.pool ? std::string_view(entity_.pools[*owner.pool].name) : std::string_view());
  writer_.key("since");
  instant(owner.since);
  text_or_null("action", owner.action);
  writer_.key("by");
  person(owner.by);
  text_or_null("comment", owner.comment);
  assignment(owner);
  writer_.end_object();
}

// The condition is told only to those who may see what it reads.
void StandingWriter::assignment(const engine::OwnerStanding& owner) {
  if (!owner.explanation) {
    writer_.key("assignment").null();
    return;
  }
  const assignment::Explanation& told = *owner.explanation;
  writer_.key("assignment").string(told.assignment);
  text_or_null("rule", told.rule);
  text_or_null("step", told.step);
  text_or_null("recycle", told.recycle);
  const Localized& why = owner.rule != nullptr ? owner.rule->why : Localized();
  text("why", why.empty() && owner.assignment != nullptr ? owner.assignment->why : why);
  const bool may_see = told.recycle.empty()
                           ? reasons_.may_see_rule(told.assignment, told.rule)
                           : reasons_.may_see_recycle(told.assignment, told.recycle);
  text_or_null("condition", may_see ? std::string_view(told.condition) : std::string_view());
  text_or_null("picked", told.pick);
  writer_.key("passed_over").begin_array();
  for (const assignment::Explanation::Candidate& one : told.candidates) {
    if (one.passed_over.empty()) continue;
    writer_.begin_object().key("account").string(one.account);
    writer_.key("because").string(one.passed_over).end_object();
  }
  writer_.end_array();
}

void StandingWriter::response(const engine::Standing& standing) {
  writer_.key("response");
  if (!standing.response) {
    writer_.null();
    return;
  }
  const engine::ResponseStanding& response = *standing.response;
  writer_.begin_object().key("state").string(state_name(response.state));
  writer_.key("respond_by");
  instant(response.respond_by);
  writer_.key("responded_at");
  instant(response.responded_at);
  writer_.key("within").string(calendar::to_string(response.response->within));
  writer_.key("used").string(to_string(response.used));
  writer_.key("business").boolean(response.response->within.business).end_object();
}

// How values came about that decision tables give: rules are counted from 1, as authors count them.
void StandingWriter::decisions(const engine::Standing& standing) {
  const TimeZone& zone = *exchange_.engine().model().app.time_zone;
  writer_.key("decisions").begin_array();
  for (const records::Contributions& told : standing.decisions) {
    writer_.begin_object().key("field").string(entity_.fields[told.field].name);
    writer_.key("decision").string(told.decision->name);
    writer_.key("is_default").boolean(told.is_default).key("inputs").begin_array();
    for (const records::Contributions::Input& input : told.inputs) {
      writer_.begin_object();
      text("label", input.label);
      writer_.key("value").raw(feel::to_json(input.value, zone)).end_object();
    }
    writer_.end_array().key("rules").begin_array();
    for (const records::Contribution& part : told.rules) {
      writer_.begin_object().key("rule").number(static_cast<std::int64_t>(part.rule + 1));
      text("why", told.decision->rules[part.rule].why);
      writer_.key("gives").raw(feel::to_json(part.value, zone)).key("asks").begin_array();
      for (const std::size_t input : part.asks) writer_.number(static_cast<std::int64_t>(input));
      writer_.end_array().end_object();
    }
    writer_.end_array().end_object();
  }
  writer_.end_array();
}

}  // namespace formwork::routes
