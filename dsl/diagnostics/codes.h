// The register of diagnostic codes. A code is words, so a log needs no table; each has a page in
// docs/diagnostics/, which a test walks.
#pragma once

#include <span>
#include <string_view>

namespace formwork::codes {

struct Entry {
  std::string_view code;
  std::string_view summary;  // one line for the index page
};

std::span<const Entry> all();

// Reading YAML.
inline constexpr std::string_view kYamlSyntax = "yaml.syntax";
inline constexpr std::string_view kYamlEncoding = "yaml.encoding";
inline constexpr std::string_view kYamlDuplicateKey = "yaml.duplicate-key";
inline constexpr std::string_view kYamlAlias = "yaml.alias";
inline constexpr std::string_view kYamlTag = "yaml.tag";
inline constexpr std::string_view kYamlLimit = "yaml.limit";

// Shape of documents.
inline constexpr std::string_view kDocumentKind = "document.kind";
inline constexpr std::string_view kDocumentUnknownKey = "document.unknown-key";
inline constexpr std::string_view kDocumentMissingKey = "document.missing-key";
inline constexpr std::string_view kDocumentWrongType = "document.wrong-type";
inline constexpr std::string_view kDocumentDuplicate = "document.duplicate";
inline constexpr std::string_view kDocumentEmpty = "document.empty";

// Names and texts.
inline constexpr std::string_view kNameInvalid = "name.invalid";
inline constexpr std::string_view kNameReserved = "name.reserved";
inline constexpr std::string_view kNameUnknown = "name.unknown";
inline constexpr std::string_view kTextLocale = "text.locale";
inline constexpr std::string_view kTextMissingLocale = "text.missing-locale";
inline constexpr std::string_view kTextTemplate = "text.template";

// The app document.
inline constexpr std::string_view kAppMissing = "app.missing";
inline constexpr std::string_view kAppTimeZone = "app.time-zone";
inline constexpr std::string_view kAppCurrency = "app.currency";
inline constexpr std::string_view kAppLocale = "app.locale";
inline constexpr std::string_view kAppVersion = "app.version";

// Fields.
inline constexpr std::string_view kFieldUnknownType = "field.unknown-type";
inline constexpr std::string_view kFieldSetting = "field.setting";
inline constexpr std::string_view kFieldUse = "field.use";
inline constexpr std::string_view kFieldOptions = "field.options";
inline constexpr std::string_view kFieldDefault = "field.default";
inline constexpr std::string_view kFieldPattern = "field.pattern";
inline constexpr std::string_view kFieldRange = "field.range";
inline constexpr std::string_view kFieldReference = "field.reference";
inline constexpr std::string_view kFieldNested = "field.nested";
inline constexpr std::string_view kFieldUnused = "field.unused";
inline constexpr std::string_view kFieldValue = "field.value";
inline constexpr std::string_view kFieldCycle = "field.cycle";
inline constexpr std::string_view kFieldClock = "field.clock";
inline constexpr std::string_view kFieldRequiredFrom = "field.required-from";
inline constexpr std::string_view kFieldNoInput = "field.no-input";

// Entities.
inline constexpr std::string_view kEntityTitle = "entity.title";
inline constexpr std::string_view kEntityUnique = "entity.unique";
inline constexpr std::string_view kEntityNumber = "entity.number";
inline constexpr std::string_view kEntityList = "entity.list";
inline constexpr std::string_view kEntityNoRole = "entity.no-role";
inline constexpr std::string_view kRuleUnsaid = "rule.unsaid";

// Stages.
inline constexpr std::string_view kLifecycleWhen = "lifecycle.when";
inline constexpr std::string_view kLifecycleEndless = "lifecycle.endless";
inline constexpr std::string_view kLifecycleNoRole = "lifecycle.no-role";
inline constexpr std::string_view kStageInitial = "stage.initial";
inline constexpr std::string_view kStageShared = "stage.shared";
inline constexpr std::string_view kStageMove = "stage.move";
inline constexpr std::string_view kStageFinal = "stage.final";
inline constexpr std::string_view kStageDwell = "stage.dwell";
inline constexpr std::string_view kStageApproval = "stage.approval";
inline constexpr std::string_view kStageUnreachable = "stage.unreachable";
inline constexpr std::string_view kStageStuck = "stage.stuck";

// FEEL.
inline constexpr std::string_view kFeelSyntax = "feel.syntax";
inline constexpr std::string_view kFeelLimit = "feel.limit";
inline constexpr std::string_view kFeelUnknownName = "feel.unknown-name";
inline constexpr std::string_view kFeelUnknownFunction = "feel.unknown-function";
inline constexpr std::string_view kFeelUnknownOption = "feel.unknown-option";
inline constexpr std::string_view kFeelArguments = "feel.arguments";
inline constexpr std::string_view kFeelTypeMismatch = "feel.type-mismatch";
inline constexpr std::string_view kFeelConstant = "feel.constant";
inline constexpr std::string_view kFeelUnused = "feel.unused";
inline constexpr std::string_view kFeelUnsupported = "feel.unsupported";
inline constexpr std::string_view kFeelNull = "feel.null";

// Roles.
inline constexpr std::string_view kRoleAction = "role.action";

// Approvals.
inline constexpr std::string_view kApprovalStep = "approval.step";
inline constexpr std::string_view kApprovalApprover = "approval.approver";
inline constexpr std::string_view kApprovalMode = "approval.mode";
inline constexpr std::string_view kApprovalDeadline = "approval.deadline";
inline constexpr std::string_view kApprovalSetting = "approval.setting";
inline constexpr std::string_view kApprovalEdit = "approval.edit";
inline constexpr std::string_view kApprovalUnused = "approval.unused";
inline constexpr std::string_view kApprovalNever = "approval.never";
inline constexpr std::string_view kApprovalNoRight = "approval.no-right";
inline constexpr std::string_view kApprovalUnsaid = "approval.unsaid";
inline constexpr std::string_view kApprovalOnEmpty = "approval.on-empty";

// What automations do together.
inline constexpr std::string_view kAutomationLoop = "automation.loop";
inline constexpr std::string_view kAutomationLoopInTime = "automation.loop-in-time";
inline constexpr std::string_view kAutomationIdle = "automation.idle";

// Automations.
inline constexpr std::string_view kAutomationTrigger = "automation.trigger";
inline constexpr std::string_view kAutomationCron = "automation.cron";
inline constexpr std::string_view kAutomationTime = "automation.time";
inline constexpr std::string_view kAutomationOld = "automation.old";
inline constexpr std::string_view kAutomationAction = "automation.action";
inline constexpr std::string_view kAutomationValue = "automation.value";
inline constexpr std::string_view kAutomationName = "automation.name";
inline constexpr std::string_view kAutomationUnsaid = "automation.unsaid";
inline constexpr std::string_view kAutomationDisabled = "automation.disabled";
inline constexpr std::string_view kAutomationOrder = "automation.order";
inline constexpr std::string_view kNotificationUnused = "notification.unused";
// Assignments.
inline constexpr std::string_view kAssignmentOwner = "assignment.owner";
inline constexpr std::string_view kAssignmentPool = "assignment.pool";
inline constexpr std::string_view kAssignmentRule = "assignment.rule";
inline constexpr std::string_view kAssignmentTarget = "assignment.target";
inline constexpr std::string_view kAssignmentResponse = "assignment.response";
inline constexpr std::string_view kAssignmentStep = "assignment.step";
inline constexpr std::string_view kAssignmentOpen = "assignment.open";
inline constexpr std::string_view kAssignmentUnused = "assignment.unused";
inline constexpr std::string_view kAssignmentUnsaid = "assignment.unsaid";
inline constexpr std::string_view kAssignmentNever = "assignment.never";

// Scenarios.
inline constexpr std::string_view kScenarioStep = "scenario.step";
inline constexpr std::string_view kScenarioValue = "scenario.value";
inline constexpr std::string_view kScenarioExpect = "scenario.expect";
inline constexpr std::string_view kScenarioCase = "scenario.case";

// What comes in and where it is sent.
inline constexpr std::string_view kWebhookWay = "webhook.way";
inline constexpr std::string_view kWebhookUrl = "webhook.url";
inline constexpr std::string_view kWebhookSecret = "webhook.secret";
inline constexpr std::string_view kWebhookUnused = "webhook.unused";
inline constexpr std::string_view kFormField = "form.field";
inline constexpr std::string_view kIntakeField = "intake.field";
inline constexpr std::string_view kIntakeMatch = "intake.match";
inline constexpr std::string_view kIntakeFound = "intake.found";
inline constexpr std::string_view kIntakeRequired = "intake.required";
inline constexpr std::string_view kIntakeUnique = "intake.unique";

// Teams and people.
inline constexpr std::string_view kTeamCircle = "team.circle";
inline constexpr std::string_view kPeopleCircle = "people.circle";
inline constexpr std::string_view kPeopleTerm = "people.term";
inline constexpr std::string_view kPeopleEmail = "people.email";

// Time.
inline constexpr std::string_view kCalendarDays = "calendar.days";
inline constexpr std::string_view kCalendarHours = "calendar.hours";
inline constexpr std::string_view kCalendarDate = "calendar.date";
inline constexpr std::string_view kCalendarUnused = "calendar.unused";
inline constexpr std::string_view kPeriodInvalid = "period.invalid";

// Decision tables.
inline constexpr std::string_view kDecisionHitPolicy = "decision.hit-policy";
inline constexpr std::string_view kDecisionRule = "decision.rule";
inline constexpr std::string_view kDecisionType = "decision.type";
inline constexpr std::string_view kDecisionOf = "decision.of";
inline constexpr std::string_view kDecisionUnused = "decision.unused";
inline constexpr std::string_view kDecisionGap = "decision.gap";
inline constexpr std::string_view kDecisionOverlap = "decision.overlap";
inline constexpr std::string_view kDecisionMasked = "decision.masked";

// What playing a scenario finds.
inline constexpr std::string_view kScenarioFailed = "scenario.failed";
inline constexpr std::string_view kScenarioRefused = "scenario.refused";
inline constexpr std::string_view kScenarioGranted = "scenario.granted";
inline constexpr std::string_view kScenarioImpossible = "scenario.impossible";

// DMN models.
inline constexpr std::string_view kDmnSyntax = "dmn.syntax";
inline constexpr std::string_view kDmnLimit = "dmn.limit";
inline constexpr std::string_view kDmnUnsupported = "dmn.unsupported";
inline constexpr std::string_view kDmnUnknownReference = "dmn.unknown-reference";
inline constexpr std::string_view kDmnCycle = "dmn.cycle";

}  // namespace formwork::codes
