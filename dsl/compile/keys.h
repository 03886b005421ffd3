// The keys that documents and their blocks may have: the compile steps refuse all others, and a
// test holds the schemas for editors to the same lists.
#pragma once

#include <string_view>

namespace formwork::compile::keys {

inline constexpr std::string_view kApp[] = {"app",       "label",    "version",  "locales",
                                            "time_zone", "currency", "calendar", "navigation"};

inline constexpr std::string_view kDictionary[] = {"fields", "option_sets"};

inline constexpr std::string_view kEntity[] = {
    "entity", "label",    "plural", "icon", "number",    "title",     "fields",
    "rules",  "sections", "unique", "list", "lifecycle", "lifecycles"};

// Of every field; each type adds its settings.
inline constexpr std::string_view kField[] = {"use",      "type",          "label",     "hint",
                                              "required", "required_from", "visible",   "unique",
                                              "default",  "value",         "read_only", "say"};

inline constexpr std::string_view kRule[] = {"require", "say"};
inline constexpr std::string_view kUnique[] = {"fields", "say"};
inline constexpr std::string_view kSection[] = {"label", "fields"};
inline constexpr std::string_view kList[] = {"columns", "filters", "sort"};
inline constexpr std::string_view kDecision[] = {
    "decision", "label", "why", "of", "hit_policy", "inputs", "output", "outputs", "rules"};
inline constexpr std::string_view kDecisionInput[] = {"value", "label", "type"};
inline constexpr std::string_view kDecisionOutput[] = {"name", "type", "values", "default"};
inline constexpr std::string_view kDecisionRule[] = {"when", "then", "why"};
inline constexpr std::string_view kRole[] = {"role", "label", "admin", "on"};

inline constexpr std::string_view kApproval[] = {
    "approval",  "of",          "label",        "why",      "shows",   "steps", "on_empty",
    "submitter", "same_person", "after_return", "withdraw", "comment", "cc"};
inline constexpr std::string_view kApprovalStep[] = {"id",        "label", "why",    "when",
                                                     "approvers", "mode",  "within", "business",
                                                     "may",       "edit",  "shows",  "on_empty"};
inline constexpr std::string_view kApprovalParallel[] = {"parallel", "join"};
inline constexpr std::string_view kApprovalDeadline[] = {"action", "to", "business"};
inline constexpr std::string_view kApprovalOnEmpty[] = {"to"};

inline constexpr std::string_view kScenario[] = {"scenario", "as", "at", "cases", "steps"};
// What a step of a scenario does: one of these.
inline constexpr std::string_view kScenarioVerbs[] = {
    "create", "edit",   "delete",   "restore",      "move",     "check",     "uncheck", "approve",
    "reject", "return", "transfer", "add_approver", "withdraw", "take_back", "urge",    "resubmit",
    "read",   "claim",  "assign",   "dispatch",     "release",  "comment",   "done",    "away",
    "post",   "submit", "delegate", "leave",        "pass",     "expect"};
// What may stand beside it, by what it does.
inline constexpr std::string_view kScenarioStep[] = {"as", "refused", "with",  "times", "call_it",
                                                     "to", "comment", "where", "by",    "text"};
inline constexpr std::string_view kScenarioDelegate[] = {"to", "for"};
inline constexpr std::string_view kScenarioLeave[] = {"person", "hand_over_to"};
inline constexpr std::string_view kScenarioPass[] = {"business"};
inline constexpr std::string_view kScenarioAway[] = {"person", "for"};
inline constexpr std::string_view kScenarioDone[] = {"person", "title"};
inline constexpr std::string_view kScenarioPost[] = {"webhook", "body", "query"};
inline constexpr std::string_view kScenarioSubmit[] = {"form", "with", "query"};
// Of what is expected to have been sent.
inline constexpr std::string_view kScenarioSent[] = {"webhook", "event", "data"};
inline constexpr std::string_view kScenarioMail[] = {"mail", "subject", "text"};

inline constexpr std::string_view kLifecycle[] = {"initial", "backward", "skip", "stages"};
// Of one among several.
inline constexpr std::string_view kNamedLifecycle[] = {"label",    "when", "initial",
                                                       "backward", "skip", "stages"};
inline constexpr std::string_view kStage[] = {
    "label", "goal",  "risks",    "entry",    "exit",     "checklist", "to",
    "dwell", "final", "approval", "approved", "rejected", "withdrawn"};
inline constexpr std::string_view kCriterion[] = {"require", "say"};
inline constexpr std::string_view kChecklistItem[] = {"label", "hint", "required"};
inline constexpr std::string_view kTransition[] = {"stage", "roles",   "when",
                                                   "label", "confirm", "comment"};
// Of `backward` and `skip`: many moves at once.
inline constexpr std::string_view kMoves[] = {"roles", "when", "confirm", "comment"};
inline constexpr std::string_view kDwell[] = {"warn", "limit", "then", "business"};

inline constexpr std::string_view kAutomation[] = {
    "automation", "of",   "label",  "why",  "on",    "each",    "after", "business",
    "debounce",   "once", "window", "when", "order", "enabled", "do"};
// Triggers that are more than a word: one of these.
inline constexpr std::string_view kTriggers[] = {
    "updated", "stage", "left", "approval", "overdue", "form", "webhook", "cron", "date"};
// What may stand beside them.
inline constexpr std::string_view kApprovalTrigger[] = {"approval", "chain"};
inline constexpr std::string_view kDateTrigger[] = {"date", "before", "after", "at"};
inline constexpr std::string_view kWindow[] = {"days", "hours", "business", "outside"};
inline constexpr std::string_view kNotification[] = {"notification", "of",       "label", "title",
                                                     "text",         "channels", "urgent"};
inline constexpr std::string_view kAssignment[] = {"assignment", "of",    "label",    "why",
                                                   "pools",      "rules", "response", "recycle"};
inline constexpr std::string_view kPool[] = {"label", "claims_per_day", "max_open"};
inline constexpr std::string_view kAssignmentRule[] = {"id", "when", "why", "to"};
inline constexpr std::string_view kOtherwise[] = {"id", "otherwise", "why"};
// Whom it goes to: one of the first four.
inline constexpr std::string_view kAssignTarget[] = {"people", "team",    "role",     "pool",
                                                     "pick",   "weights", "max_open", "else"};
inline constexpr std::string_view kResponse[] = {"done", "pause", "within", "business", "steps"};
inline constexpr std::string_view kResponseStep[] = {"action", "to", "pool"};
inline constexpr std::string_view kRecycle[] = {"id", "after", "when", "to", "why", "business"};
inline constexpr std::string_view kWebhook[] = {"webhook", "label", "why", "receive", "send"};
inline constexpr std::string_view kWebhookReceive[] = {"secret", "when",  "create", "map",
                                                       "match",  "found", "always"};
inline constexpr std::string_view kWebhookSend[] = {"url", "secret"};
inline constexpr std::string_view kForm[] = {"form",   "of",  "label", "intro", "thanks",
                                             "fields", "set", "match", "found", "always"};

inline constexpr std::string_view kTeam[] = {"team", "label", "department", "part_of"};
inline constexpr std::string_view kCalendar[] = {"calendar", "label",    "time_zone", "days",
                                                 "hours",    "holidays", "workdays"};
inline constexpr std::string_view kWorkday[] = {"hours", "label"};
inline constexpr std::string_view kPeople[] = {"people"};
inline constexpr std::string_view kPerson[] = {"name",  "email", "roles", "manager",
                                               "teams", "heads", "locale"};

}  // namespace formwork::compile::keys
