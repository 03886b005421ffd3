// What documents about stages, calendars and rights become.
#include <doctest/doctest.h>

#include "dsl/compile/compile.h"
#include "dsl/model/scope.h"
#include "tests/dsl/compile/app_folder.h"

namespace formwork::compile {
namespace {

std::shared_ptr<const model::Model> compile_text(const std::string& text) {
  Diagnostics diagnostics;
  const auto source = std::make_shared<const Source>("f.yaml", "app: a\n---\n" + text);
  auto model = compile({{source}, ""}, diagnostics);
  std::string findings;
  for (const Diagnostic& diagnostic : diagnostics.all()) findings += to_text(diagnostic);
  REQUIRE(findings == "");
  return model;
}

std::shared_ptr<const model::Model> compile_example(const std::string& name) {
  Diagnostics diagnostics;
  auto model = compile({sources_in("examples/" + name), ""}, diagnostics);
  REQUIRE(model != nullptr);
  return model;
}

// The moves of each stage: `draft: review sent`.
std::string moves_of(const model::Lifecycle& lifecycle) {
  std::string text;
  for (const model::Stage& stage : lifecycle.stages) {
    text += (text.empty() ? "" : "; ") + stage.name + ":";
    for (const model::Transition& move : stage.to) text += " " + lifecycle.stages[move.to].name;
  }
  return text;
}

std::string options_of(const fields::Field& field) {
  std::string text;
  for (const fields::Option& option : field.options) {
    text += (text.empty() ? "" : " ") + option.code;
  }
  return text;
}

const char* const kQuote = R"(entity: quote
fields:
  name: { type: text, required: true }
)";

TEST_CASE("skips lead up to the next approval, and ways back to stages where work is done") {
  const auto model = compile_text(std::string(kQuote) + R"(lifecycle:
  skip: true
  backward: { comment: required }
  stages:
    a: { to: [{ stage: c, label: Right to C }] }
    b:
    c:
    check: { approval: both, approved: d, rejected: a }
    d: { to: [won] }
    e: { to: lost }
    won: { final: won }
    lost: { final: lost }
---
approval: both
of: quote
steps: [{ id: one, approvers: user li.lei }]
)");
  const model::Lifecycle& lifecycle = model->entities[0].lifecycles[0];
  CHECK(moves_of(lifecycle) ==
        "a: c b check; b: c check a; c: check b a; check:; d: won e c b a; e: lost d c b a; won:; "
        "lost:");
  CHECK(lifecycle.stages[0].to[0].label[0] == "Right to C");
  CHECK_FALSE(lifecycle.stages[0].to[0].needs_comment);
  CHECK_FALSE(lifecycle.stages[1].to[0].needs_comment);
  CHECK(lifecycle.stages[1].to[2].needs_comment);
  REQUIRE(lifecycle.stages[3].approval.has_value());
  CHECK(lifecycle.stages[3].approval->approved == 4);
  CHECK(lifecycle.stages[3].approval->rejected == 0);
  CHECK_FALSE(lifecycle.stages[3].approval->withdrawn.has_value());
}

TEST_CASE(
    "the fields that are kept stand behind all others, are labelled in each locale, and take no "
    "input") {
  const auto model = compile_example("stages");
  const model::Entity& deal = model->entities[0];
  REQUIRE(deal.stage_fields.has_value());
  const auto field = [&](std::size_t index) -> const fields::Field& { return deal.fields[index]; };
  CHECK(field(deal.stage_fields->stage).name == "stage");
  CHECK(field(deal.stage_fields->stage).label.by_locale ==
        std::vector<std::string>{"Stage", "阶段"});
  CHECK(options_of(field(deal.stage_fields->stage)) == "new qualified offered won lost");
  CHECK(field(deal.stage_fields->since).name == "stage_since");
  CHECK(options_of(field(deal.stage_fields->final)) == "won lost neutral");
  CHECK(field(deal.stage_fields->final).options[0].label.by_locale ==
        std::vector<std::string>{"Won", "赢单"});
  CHECK(field(deal.stage_fields->closed_at).name == "closed_at");
  REQUIRE(deal.stage_fields->checklist.has_value());
  CHECK(options_of(field(*deal.stage_fields->checklist)) == "call website decider");
  CHECK_FALSE(deal.stage_fields->lifecycle.has_value());
  for (std::size_t i = deal.stage_fields->stage; i < deal.fields.size(); ++i) {
    CAPTURE(field(i).name);
    CHECK_FALSE(fields::takes_input(field(i)));
    for (const model::Section& section : deal.sections) {
      CHECK(std::find(section.fields.begin(), section.fields.end(), i) == section.fields.end());
    }
  }
  CHECK(model::find_field(deal, "need")->required_from == 1);
  CHECK(deal.owner == model::field_index(deal, "owner"));
}

TEST_CASE("stages of several lifecycles are one choice, in an order that suits each") {
  const auto model = compile_example("two_lifecycles");
  const model::Entity& ticket = model->entities[0];
  REQUIRE(ticket.stage_fields.has_value());
  CHECK(options_of(ticket.fields[ticket.stage_fields->stage]) ==
        "open planned refused solved closed");
  CHECK(options_of(ticket.fields[*ticket.stage_fields->lifecycle]) == "incident request");
  CHECK(ticket.lifecycles[0].when.has_value());
  CHECK_FALSE(ticket.lifecycles[1].when.has_value());
  // A label that one of them gives is the label of both.
  CHECK(ticket.lifecycles[1].stages[0].checklist[0].label[0] == "Tell who reported it");
}

TEST_CASE("criteria know the fields that they read, and a dwell its working time") {
  const auto model = compile_example("stages");
  const model::Entity& deal = model->entities[0];
  const model::Stage& offered = deal.lifecycles[0].stages[2];
  REQUIRE(offered.entry.size() == 2);
  CHECK(offered.entry[1].fields == std::vector<std::size_t>{*model::field_index(deal, "budget"),
                                                            *model::field_index(deal, "price")});
  CHECK(offered.entry[1].say[1] == "报价不得超过预算");
  const model::Stage& first = deal.lifecycles[0].stages[0];
  REQUIRE(first.dwell.has_value());
  CHECK(first.dwell->warn->business);
  CHECK(first.dwell->limit == calendar::Period{.days = 14, .time = {}, .business = true});
  CHECK(first.dwell->then == 4);
  CHECK(first.checklist[0].required);
  CHECK(first.to[1].roles == std::vector<std::size_t>{1});
}

TEST_CASE("four hours of work that begin before National Day end on the first morning after it") {
  const auto model = compile_example("business_calendar");
  calendar::Period four_hours = *calendar::parse_period("PT4H");
  four_hours.business = true;
  CHECK(model->calendar().add(*parse_instant("2026-09-30T17:00:00+08:00"), four_hours) ==
        *parse_instant("2026-10-08T12:00:00+08:00"));
  CHECK(model->calendar().is_working(*parse_instant("2026-02-28T10:00:00+08:00")));
  CHECK_FALSE(model->calendar().is_working(*parse_instant("2026-02-28T14:00:00+08:00")));
}

TEST_CASE("without a calendar an app works from nine to six in its zone") {
  const auto model = compile_example("hello");
  REQUIRE(model->calendars.size() == 1);
  CHECK(model->calendar().hours_on({2026, 3, 2}).size() == 1);
  CHECK(&model->calendar().zone() == model->app.time_zone);
}

TEST_CASE("an action is allowed, forbidden, or allowed where a rule holds") {
  const auto model = compile_example("teams_and_rules");
  const model::Grant& seller = model->find_role("seller")->grants[0];
  CHECK(seller.may(model::Action::View));
  REQUIRE(seller.rule(model::Action::View) != nullptr);
  CHECK(seller.rule(model::Action::View)->text().starts_with("owner = user"));
  CHECK_FALSE(seller.may(model::Action::Delete));
  CHECK_FALSE(seller.may(model::Action::Assign));
  CHECK(seller.may(model::Action::Claim));
  const model::Grant& manager = model->find_role("manager")->grants[0];
  CHECK(manager.may(model::Action::Assign));
  CHECK(manager.rule(model::Action::Assign) == nullptr);
}

TEST_CASE("teams make a tree, and people of all documents are one list") {
  const auto model = compile_text(std::string(kQuote) + R"(---
team: east
part_of: sales
---
team: sales
department: true
---
people:
  ann.lee: { name: Ann Lee, manager: bea.hall, teams: east }
---
people:
  bea.hall:
)");
  CHECK(model->teams[0].parent == 1);
  CHECK(model->teams[1].is_department);
  REQUIRE(model->people.size() == 2);
  CHECK(model->people[0].manager == "bea.hall");
  CHECK(model->people[0].teams == std::vector<std::string>{"east"});
  CHECK(model->people[1].full_name == "bea.hall");
}

}  // namespace
}  // namespace formwork::compile
