// The reference of documents says what the compiler takes: its examples compile, and no key is
// forgotten.
#include <doctest/doctest.h>

#include "dsl/compile/action.h"
#include "dsl/compile/compile.h"
#include "dsl/compile/keys.h"
#include "dsl/lint/lint.h"
#include "tests/dsl/compile/app_folder.h"

namespace formwork::compile {
namespace {

constexpr const char* kReference = "docs/reference/documents.md";

// The fenced examples of a page, each as a file of its own.
std::vector<SourcePtr> examples(const char* path) {
  const SourcePtr page = read_source(path);
  std::string_view text = page->text();
  constexpr std::string_view kOpen = "\n```yaml\n";
  constexpr std::string_view kClose = "```\n";
  std::vector<SourcePtr> sources;
  for (std::size_t at = text.find(kOpen); at != std::string_view::npos; at = text.find(kOpen)) {
    text.remove_prefix(at + kOpen.size());
    const std::string name = "example " + std::to_string(sources.size() + 1);
    sources.push_back(
        std::make_shared<const Source>(name, std::string(text.substr(0, text.find(kClose)))));
  }
  return sources;
}

TEST_CASE("the examples of each page of the reference are one app without a finding") {
  for (const char* page : {kReference, "docs/reference/automations.md"}) {
    CAPTURE(page);
    const auto sources = examples(page);
    CHECK(sources.size() >= 4);
    Diagnostics diagnostics;
    const auto model = compile({sources, ""}, diagnostics);
    if (model != nullptr) lint::check(*model, diagnostics);
    std::string findings;
    for (const Diagnostic& diagnostic : diagnostics.all()) findings += to_text(diagnostic);
    CHECK(findings == "");
    CHECK(model != nullptr);
  }
}

TEST_CASE("the reference of automations has every trigger and every verb") {
  const SourcePtr page = read_source("docs/reference/automations.md");
  for (const std::string_view trigger : keys::kTriggers) {
    if (trigger == "updated") continue;
    CHECK_MESSAGE(page->text().find("`{ " + std::string(trigger) + ": ") != std::string::npos,
                  trigger);
  }
  for (const ActionType* type : all_action_types()) {
    const std::string row = "\n| `" + std::string(type->name) + ": ";
    CHECK_MESSAGE(page->text().find(row) != std::string::npos, row);
  }
}

// The part of the page from this heading to the next of its level.
std::string_view part(std::string_view page, const std::string& heading) {
  const std::size_t begin = page.find("\n## " + heading + "\n");
  REQUIRE_MESSAGE(begin != std::string_view::npos, heading);
  return page.substr(begin, page.find("\n## ", begin + 1) - begin);
}

template <std::size_t N>
void check_keys_in(std::string_view text, const std::string_view (&keys)[N]) {
  for (const std::string_view key : keys) {
    const std::string row = "\n| `" + std::string(key) + "` | ";
    CHECK_MESSAGE(text.find(row) != std::string_view::npos, row);
  }
}

TEST_CASE("the reference has a row for every key of every document") {
  const SourcePtr source = read_source(kReference);
  const std::string_view page = source->text();
  check_keys_in(part(page, "app"), keys::kApp);
  check_keys_in(part(page, "fields and option_sets"), keys::kDictionary);
  const std::string_view entity = part(page, "entity");
  check_keys_in(entity, keys::kEntity);
  check_keys_in(entity, keys::kUnique);
  check_keys_in(entity, keys::kSection);
  check_keys_in(entity, keys::kList);
  check_keys_in(entity, keys::kField);
  const std::string_view decision = part(page, "decision");
  check_keys_in(decision, keys::kDecision);
  check_keys_in(decision, keys::kDecisionInput);
  check_keys_in(decision, keys::kDecisionOutput);
  check_keys_in(decision, keys::kDecisionRule);
  check_keys_in(entity, keys::kLifecycle);
  check_keys_in(entity, keys::kNamedLifecycle);
  check_keys_in(entity, keys::kStage);
  check_keys_in(entity, keys::kCriterion);
  check_keys_in(entity, keys::kChecklistItem);
  check_keys_in(entity, keys::kTransition);
  check_keys_in(entity, keys::kMoves);
  check_keys_in(entity, keys::kDwell);
  check_keys_in(part(page, "role"), keys::kRole);
  const std::string_view approval = part(page, "approval");
  check_keys_in(approval, keys::kApproval);
  check_keys_in(approval, keys::kApprovalStep);
  check_keys_in(approval, keys::kApprovalParallel);
  check_keys_in(approval, keys::kApprovalDeadline);
  check_keys_in(part(page, "notification"), keys::kNotification);
  const std::string_view automation = part(page, "automation");
  check_keys_in(automation, keys::kAutomation);
  check_keys_in(automation, keys::kWindow);
  const std::string_view assignment = part(page, "assignment");
  check_keys_in(assignment, keys::kAssignment);
  check_keys_in(assignment, keys::kPool);
  check_keys_in(assignment, keys::kAssignmentRule);
  check_keys_in(assignment, keys::kOtherwise);
  check_keys_in(assignment, keys::kAssignTarget);
  check_keys_in(assignment, keys::kResponse);
  check_keys_in(assignment, keys::kResponseStep);
  check_keys_in(assignment, keys::kRecycle);
  const std::string_view scenario = part(page, "scenario");
  check_keys_in(scenario, keys::kScenario);
  check_keys_in(scenario, keys::kScenarioVerbs);
  check_keys_in(scenario, keys::kScenarioStep);
  check_keys_in(scenario, keys::kScenarioDelegate);
  check_keys_in(scenario, keys::kScenarioLeave);
  check_keys_in(scenario, keys::kScenarioPass);
  check_keys_in(part(page, "team"), keys::kTeam);
  const std::string_view calendar = part(page, "calendar");
  check_keys_in(calendar, keys::kCalendar);
  check_keys_in(calendar, keys::kWorkday);
  const std::string_view people = part(page, "people");
  check_keys_in(people, keys::kPeople);
  check_keys_in(people, keys::kPerson);
  const std::string_view webhook = part(page, "webhook");
  check_keys_in(webhook, keys::kWebhook);
  check_keys_in(webhook, keys::kWebhookReceive);
  check_keys_in(webhook, keys::kWebhookSend);
  check_keys_in(part(page, "form"), keys::kForm);
  for (const std::string_view kind : document_kinds()) {
    CHECK_MESSAGE(page.find("| [`" + std::string(kind) + "`](#") != std::string_view::npos, kind);
  }
}

}  // namespace
}  // namespace formwork::compile
