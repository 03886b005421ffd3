// What sets automations off, without any store.
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "engine/automations/action.h"
#include "engine/automations/listeners.h"
#include "engine/automations/texts.h"
#include "engine/automations/trigger.h"
#include "engine/automations/waiting.h"
#include "tests/support/crm_app.h"

namespace formwork::automations {
namespace {

using formwork::testing::crm_model;

constexpr std::string_view kDates = R"(
automation: dates
of: lead
on:
  - { date: due_on, before: P3D, at: "09:00" }
  - { date: due_on }
  - { date: call_at, after: PT2H }
do: { comment: hello }
)";

TEST_CASE("dates come in the app's zone, so long before or behind what the field says") {
  const auto model = crm_model(kDates);
  const auto& on = model->automations.front().on;
  const feel::Value date(Date{2026, 3, 10});
  CHECK(to_rfc3339(date_times(on[0], date, *model)->due) == "2026-03-07T01:00:00Z");
  CHECK(to_rfc3339(date_times(on[0], date, *model)->date) == "2026-03-10T01:00:00Z");
  CHECK(to_rfc3339(date_times(on[1], date, *model)->due) == "2026-03-09T16:00:00Z");
  const feel::Value moment(parse_instant("2026-03-10T08:00:00Z").value());
  CHECK(to_rfc3339(date_times(on[2], moment, *model)->due) == "2026-03-10T10:00:00Z");
  CHECK_FALSE(date_times(on[1], feel::Value(), *model));
}

TEST_CASE("a reminder before a date is of no use behind it") {
  const auto model = crm_model(kDates);
  const auto& on = model->automations.front().on;
  const DateTimes times{.due = {10}, .date = {20}};
  CHECK(still_counts(on[0], times, {15}));
  CHECK_FALSE(still_counts(on[0], times, {20}));
  CHECK(still_counts(on[2], times, {30}));
}

TEST_CASE("triggers are called what the documents call them") {
  const auto model = crm_model(R"(
automation: many
of: lead
on:
  - created
  - { updated: [budget, region] }
  - { stage: won }
  - { overdue: stage }
  - { cron: "0 9 * * *" }
  - { date: due_on, before: P3D, at: "09:00" }
do: { comment: hello }
)");
  const model::Automation& many = model->automations.front();
  std::string text;
  for (const model::Trigger& trigger : many.on) text += trigger_text(trigger, many, *model) + "\n";
  CHECK(text ==
        "created\nupdated: budget, region\nstage: won\noverdue: stage\ncron: 0 9 * * *\n"
        "date: due_on, before: P3D, at: 09:00\n");
  Event event{.entity = model->find_entity("lead")};
  event.changed = {model::field_index(*event.entity, "region").value()};
  CHECK(trigger_text(many.on[1], many, *model, &event) == "updated: region");
}

TEST_CASE("what waits remembers what set it off") {
  const Waiting waiting{.trigger = "stage: \"fresh\"",
                        .stage = "fresh",
                        .actor = 7,
                        .cause = 42,
                        .deleted = true,
                        .path = {"a", "b"}};
  const Waiting read = from_payload(to_payload(waiting));
  CHECK(read.trigger == waiting.trigger);
  CHECK(read.stage == "fresh");
  CHECK(read.actor == 7);
  CHECK(read.cause == 42);
  CHECK(read.deleted);
  CHECK((read.path == waiting.path));
  CHECK(from_payload("nonsense").trigger.empty());
}

TEST_CASE("nobody is asked about an entity that no automation is about") {
  const auto model = crm_model(kDates);
  const Listeners listeners(*model);
  CHECK(listeners.any(*model->find_entity("lead")));
  CHECK_FALSE(listeners.any(*model->find_entity("account")));
  Event event{.entity = model->find_entity("account")};
  event.created = true;
  CHECK(listeners.of(event).empty());
}

TEST_CASE("every action of the model has somebody who carries it out") {
  std::vector<bool> known(std::variant_size_v<decltype(model::AutomationAction::what)>);
  for (const ActionType* type : all_actions()) {
    CHECK_FALSE(known[type->alternative]);
    known[type->alternative] = true;
  }
  for (std::size_t i = 0; i < known.size(); ++i) CHECK_MESSAGE(known[i], i);
}

TEST_CASE("refusals of automations are in both languages and in the reference") {
  std::ostringstream page;
  page << std::ifstream("docs/reference/problems.md").rdbuf();
  for (const MessageText* text : all_texts()) {
    CHECK_FALSE(text->chinese.empty());
    CHECK_MESSAGE(page.str().find("`" + std::string(text->code) + "`") != std::string::npos,
                  text->code);
  }
}

}  // namespace
}  // namespace formwork::automations
