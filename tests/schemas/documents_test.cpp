// What editors are told agrees with what the compiler takes: the same keys, and the same documents.
#include <set>

#include <doctest/doctest.h>

#include "dsl/compile/action.h"
#include "dsl/compile/compile.h"
#include "dsl/compile/keys.h"
#include "dsl/compile/reading.h"
#include "dsl/fields/field_type.h"
#include "dsl/yaml/parse.h"
#include "tests/schemas/json_schema.h"

namespace formwork::schemas {
namespace {

using Names = std::set<std::string, std::less<>>;

Names keys_of(const Value& object) {
  Names keys;
  for (const auto& [key, member] : object.members) keys.insert(key);
  return keys;
}

Names texts_of(const Value& list) {
  Names texts;
  for (const Value& element : list.elements) texts.insert(element.text);
  return texts;
}

template <class List>
Names names_of(const List& list) {
  return Names(std::begin(list), std::end(list));
}

// The schema's own properties or those of one of its definitions.
const Value& properties(const Value& schema, std::string_view definition = {}) {
  const Value* block = &schema;
  if (!definition.empty()) block = schema.find("definitions")->find(definition);
  REQUIRE(block != nullptr);
  REQUIRE(block->find("properties") != nullptr);
  return *block->find("properties");
}

std::vector<yaml::Document> documents_in(const SourcePtr& source) {
  Diagnostics diagnostics;
  auto documents = yaml::parse(source, diagnostics);
  REQUIRE_FALSE(diagnostics.has_errors());
  return documents;
}

Value as_json(std::string text) {
  const auto source = std::make_shared<const Source>("f.yaml", std::move(text));
  return compile::to_json(documents_in(source).at(0).root);
}

TEST_CASE("schemas have the keys that the compiler knows, no more and no fewer") {
  Schemas schemas;
  const auto keys = [&](const char* file, std::string_view definition = {}) {
    return keys_of(properties(schemas.load(file), definition));
  };
  CHECK(keys("app.schema.json") == names_of(compile::keys::kApp));
  CHECK(keys("fields.schema.json") == names_of(compile::keys::kDictionary));
  CHECK(keys("entity.schema.json") == names_of(compile::keys::kEntity));
  CHECK(keys("entity.schema.json", "rule") == names_of(compile::keys::kRule));
  CHECK(keys("entity.schema.json", "unique") == names_of(compile::keys::kUnique));
  CHECK(keys("entity.schema.json", "section") == names_of(compile::keys::kSection));
  CHECK(keys("entity.schema.json", "list") == names_of(compile::keys::kList));
  CHECK(keys("decision.schema.json") == names_of(compile::keys::kDecision));
  CHECK(keys("decision.schema.json", "input") == names_of(compile::keys::kDecisionInput));
  CHECK(keys("decision.schema.json", "output") == names_of(compile::keys::kDecisionOutput));
  CHECK(keys("decision.schema.json", "rule") == names_of(compile::keys::kDecisionRule));
  CHECK(keys("entity.schema.json", "lifecycle") == names_of(compile::keys::kLifecycle));
  CHECK(keys("entity.schema.json", "named_lifecycle") == names_of(compile::keys::kNamedLifecycle));
  CHECK(keys("entity.schema.json", "stage") == names_of(compile::keys::kStage));
  CHECK(keys("entity.schema.json", "criterion") == names_of(compile::keys::kCriterion));
  CHECK(keys("entity.schema.json", "checklist_item") == names_of(compile::keys::kChecklistItem));
  CHECK(keys("entity.schema.json", "transition") == names_of(compile::keys::kTransition));
  CHECK(keys("entity.schema.json", "moves") == names_of(compile::keys::kMoves));
  CHECK(keys("entity.schema.json", "dwell") == names_of(compile::keys::kDwell));
  CHECK(keys("team.schema.json") == names_of(compile::keys::kTeam));
  CHECK(keys("calendar.schema.json") == names_of(compile::keys::kCalendar));
  CHECK(keys("calendar.schema.json", "workday") == names_of(compile::keys::kWorkday));
  CHECK(keys("webhook.schema.json") == names_of(compile::keys::kWebhook));
  CHECK(keys("webhook.schema.json", "receive") == names_of(compile::keys::kWebhookReceive));
  CHECK(keys("webhook.schema.json", "send") == names_of(compile::keys::kWebhookSend));
  CHECK(keys("form.schema.json") == names_of(compile::keys::kForm));
  CHECK(keys("people.schema.json") == names_of(compile::keys::kPeople));
  CHECK(keys("people.schema.json", "person") == names_of(compile::keys::kPerson));
  CHECK(keys("role.schema.json") == names_of(compile::keys::kRole));
  CHECK(keys("approval.schema.json") == names_of(compile::keys::kApproval));
  CHECK(keys("approval.schema.json", "step") == names_of(compile::keys::kApprovalStep));
  CHECK(keys("approval.schema.json", "branches") == names_of(compile::keys::kApprovalParallel));
  CHECK(keys("approval.schema.json", "deadline") == names_of(compile::keys::kApprovalDeadline));
  CHECK(keys("approval.schema.json", "fallback") == names_of(compile::keys::kApprovalOnEmpty));
  CHECK(keys("notification.schema.json") == names_of(compile::keys::kNotification));
  CHECK(keys("automation.schema.json") == names_of(compile::keys::kAutomation));
  CHECK(keys("automation.schema.json", "window") == names_of(compile::keys::kWindow));
  CHECK(keys("automation.schema.json", "approval") == names_of(compile::keys::kApprovalTrigger));
  CHECK(keys("automation.schema.json", "date") == names_of(compile::keys::kDateTrigger));
  CHECK(keys("assignment.schema.json") == names_of(compile::keys::kAssignment));
  CHECK(keys("assignment.schema.json", "pool") == names_of(compile::keys::kPool));
  CHECK(keys("assignment.schema.json", "rule") == names_of(compile::keys::kAssignmentRule));
  CHECK(keys("assignment.schema.json", "otherwise") == names_of(compile::keys::kOtherwise));
  CHECK(keys("assignment.schema.json", "target") == names_of(compile::keys::kAssignTarget));
  CHECK(keys("assignment.schema.json", "response") == names_of(compile::keys::kResponse));
  CHECK(keys("assignment.schema.json", "step") == names_of(compile::keys::kResponseStep));
  CHECK(keys("assignment.schema.json", "recycle") == names_of(compile::keys::kRecycle));
  CHECK(keys("scenario.schema.json") == names_of(compile::keys::kScenario));
  Names step = names_of(compile::keys::kScenarioVerbs);
  step.merge(names_of(compile::keys::kScenarioStep));
  CHECK(keys("scenario.schema.json", "step") == step);
  CHECK(keys("scenario.schema.json", "delegation") == names_of(compile::keys::kScenarioDelegate));
  CHECK(keys("scenario.schema.json", "leave") == names_of(compile::keys::kScenarioLeave));
  CHECK(keys("scenario.schema.json", "working_time") == names_of(compile::keys::kScenarioPass));
  CHECK(keys("field.schema.json") == names_of(compile::keys::kField));
  Names actions;
  for (std::size_t i = 0; i < model::kActionCount; ++i) {
    actions.emplace(model::action_name(static_cast<model::Action>(i)));
  }
  CHECK(keys("role.schema.json", "grant") == actions);
}

// The schemas that a list of alternatives refers to, by name.
Names references_of(const Value& alternatives) {
  Names names;
  for (const Value& each : alternatives.find("oneOf")->elements) {
    const Value* reference = each.find("$ref");
    if (reference != nullptr) names.insert(reference->text);
  }
  return names;
}

TEST_CASE("the schema of automations knows every trigger") {
  Schemas schemas;
  const Value& definitions = *schemas.load("automation.schema.json").find("definitions");
  Names expected;
  for (const std::string_view key : compile::keys::kTriggers) {
    expected.insert("#/definitions/" + std::string(key));
    CHECK(properties(schemas.load("automation.schema.json"), key).find(key) != nullptr);
  }
  CHECK(references_of(*definitions.find("trigger")) == expected);
}

TEST_CASE("every verb of automations has a schema with its keys and no others") {
  Schemas schemas;
  const Value& definitions = *schemas.load("automation.schema.json").find("definitions");
  Names expected;
  for (const compile::ActionType* type : compile::all_action_types()) {
    const std::string file = "actions/" + std::string(type->name) + ".json";
    CAPTURE(file);
    expected.insert(file);
    const Value& schema = schemas.load(file);
    CHECK(schema.find("description")->text == type->summary);
    Names keys = names_of(type->keys);
    keys.emplace(type->name);
    keys.emplace("when");
    CHECK(keys_of(properties(schema)) == keys);
    const Value* parts = properties(schema).find(type->name)->find("properties");
    if (!type->parts.empty() && parts != nullptr) CHECK(keys_of(*parts) == names_of(type->parts));
  }
  CHECK(references_of(*definitions.find("action")) == expected);
}

TEST_CASE("every kind of document has a schema, and so has a file of any kind") {
  Schemas schemas;
  for (const std::string_view kind : compile::document_kinds()) {
    const std::string name = kind == "option_sets" ? "fields" : std::string(kind);
    CAPTURE(name);
    CHECK(properties(schemas.load(name + ".schema.json")).find(kind) != nullptr);
  }
  CHECK(schemas.load("formwork.schema.json").find("if") != nullptr);
}

// The rule of the field schema for one type: which keys beside it are known.
const Value* rule_of(const Value& field, std::string_view type) {
  for (const Value& rule : field.find("allOf")->elements) {
    const Value* properties = rule.find("if")->find("properties");
    if (properties != nullptr && properties->find("type")->find("const")->text == type) {
      return rule.find("then");
    }
  }
  return nullptr;
}

void check_field_schema(const Value& field, const fields::FieldType& type) {
  CAPTURE(type.name);
  const Value* rule = rule_of(field, type.name);
  REQUIRE(rule != nullptr);
  Names expected = names_of(compile::keys::kField);
  for (const fields::Setting setting : type.settings) {
    expected.emplace(fields::info(setting).key);
  }
  CHECK(texts_of(*rule->find("propertyNames")->find("enum")) == expected);
  CHECK(rule->find("allOf")->elements.at(0).find("$ref")->text ==
        "fields/" + std::string(type.name) + ".json");
}

TEST_CASE("the field schema knows every type, with its settings and no others") {
  Schemas schemas;
  const Value& field = schemas.load("field.schema.json");
  const Value& column = *field.find("definitions")->find("column");
  Names types;
  Names columns;
  for (const fields::FieldType* type : fields::all_field_types()) {
    check_field_schema(field, *type);
    types.emplace(type->name);
    if (!type->may_be_in_table) continue;
    check_field_schema(column, *type);
    columns.emplace(type->name);
  }
  CHECK(texts_of(*field.find("properties")->find("type")->find("enum")) == types);
  CHECK(texts_of(*column.find("properties")->find("type")->find("enum")) == columns);
}

void check_descriptions(const Value& schema, const std::string& place) {
  for (const auto& [key, property] : schema.members) {
    CAPTURE(place + "/" + key);
    const Value* description = property.find("description");
    REQUIRE(description != nullptr);
    CHECK(description->text.ends_with('.'));
  }
}

TEST_CASE("every key has a description that an editor shows") {
  Schemas schemas;
  for (const char* kind :
       {"app", "field", "fields", "entity", "decision", "role", "team", "calendar", "people",
        "approval", "assignment", "webhook", "form", "notification", "automation", "scenario"}) {
    const Value& schema = schemas.load(std::string(kind) + ".schema.json");
    check_descriptions(properties(schema), kind);
    const Value* definitions = schema.find("definitions");
    if (definitions == nullptr) continue;
    for (const auto& [name, definition] : definitions->members) {
      if (definition.find("properties") == nullptr && definition.find("oneOf") != nullptr) continue;
      check_descriptions(properties(schema, name), std::string(kind) + "/" + name);
    }
  }
}

TEST_CASE("every key of every action has a description that an editor shows") {
  Schemas schemas;
  for (const compile::ActionType* type : compile::all_action_types()) {
    const Value& schema = schemas.load("actions/" + std::string(type->name) + ".json");
    check_descriptions(properties(schema), std::string(type->name));
    const Value* parts = properties(schema).find(type->name)->find("properties");
    if (parts != nullptr) check_descriptions(*parts, std::string(type->name) + "/parts");
  }
}

TEST_CASE("every document of templates and examples fits the schema that its file names") {
  Schemas schemas;
  for (const auto& folder : compile::app_folders()) {
    for (const SourcePtr& source : compile::sources_in(folder)) {
      const std::string_view first = source->line(1);
      const std::string schema(first.substr(first.rfind('/') + 1));
      for (const yaml::Document& document : documents_in(source)) {
        CAPTURE(source->name());
        const Value value = compile::to_json(document.root);
        CHECK(schemas.problems(schema, value) == "");
        CHECK(schemas.problems("formwork.schema.json", value) == "");
      }
    }
  }
}

TEST_CASE("an editor marks what the compiler refuses, where one document can show it") {
  Schemas schemas;
  for (
      const std::string_view text : {
          "app: a\ntheme: dark",
          "app: a\nlocales: [english!]",
          "app: a\nversion: 1.0",
          "app: a\ncurrency: YUAN",
          "app: 2nd app",
          "entity: a",
          "entity: a\nfields: {}",
          "entity: a\nlable: A\nfields: { b: { type: text } }",
          "entity: a\nfields: { b c: { type: text } }",
          "entity: a\nfields: { b: text }",
          "entity: a\nfields: { b: { label: B } }",
          "entity: a\nfields: { b: { type: txt } }",
          "entity: a\nfields: { b: { type: text, min: 3 } }",
          "entity: a\nfields: { b: { type: text, requierd: true } }",
          "entity: a\nfields: { b: { type: text, required: 'true' } }",
          "entity: a\nfields: { b: { type: text, max_length: 0 } }",
          "entity: a\nfields: { b: { type: text, max_length: 40000 } }",
          "entity: a\nfields: { b: { type: date, min: soon } }",
          "entity: a\nfields: { b: { type: number, scale: 12 } }",
          "entity: a\nfields: { b: { type: duration, kind: weeks } }",
          "entity: a\nfields: { b: { type: choice } }",
          "entity: a\nfields: { b: { type: choice, options: [] } }",
          "entity: a\nfields: { b: { type: choice, options: [a, a] } }",
          "entity: a\nfields: { b: { type: reference } }",
          "entity: a\nfields: { b: { type: serial, format: A } }",
          "entity: a\nfields: { b: { type: attachment, max_files: 800 } }",
          "entity: a\nfields: { b: { use: c, type: text } }",
          "entity: a\nfields: { b: { use: c, colour: red } }",
          "entity: a\nfields: { b: { type: table } }",
          "entity: a\nfields: { b: { type: table, fields: { c: { type: attachment } } } }",
          "entity: a\nfields: { b: { type: table, fields: { c: { type: text, to: d } } } }",
          "entity: a\nfields: { b: { type: text, visible: [c] } }",
          "entity: a\nfields: { b: { type: table, fields: { c: { type: text, read_only: true } } "
          "} }",
          "entity: a\nfields: { b: { type: text } }\nrules: [{ say: Known }]",
          "entity: a\nfields: { b: { type: text } }\nunique: b",
          "entity: a\nfields: { b: { type: text } }\nunique: [{ say: Known }]",
          "entity: a\nfields: { b: { type: text } }\nsections: [{ label: One }]",
          "entity: a\nfields: { b: { type: text } }\nlist: { order: b }",
          "entity: a\nnumber: A\nfields: { b: { type: text } }",
          "fields: { b: { use: c } }",
          "fields: { b: { type: text } }\noptionsets: {}",
          "option_sets: { b: low }",
          "notification: a\nof: lead",
          "notification: a\nof: lead\ntitle: Hello\nchannels: [sms]",
          "automation: a\nof: lead\non: created",
          "automation: a\nof: lead\non: craeted\ndo: { stop: true }",
          "automation: a\nof: lead\non: []\ndo: { stop: true }",
          "automation: a\nof: lead\non: { approval: aproved }\ndo: { stop: true }",
          "automation: a\nof: lead\non: { date: b, before: P1D, after: P1D }\ndo: { stop: true }",
          "automation: a\non: { cron: \"0 9 * *\" }\ndo: { stop: true }",
          "automation: a\nof: lead\non: created\nwhn: b\ndo: { stop: true }",
          "automation: a\nof: lead\non: created\nafter: P1D\ndebounce: P1D\ndo: { stop: true }",
          "automation: a\nof: lead\non: created\nbusiness: true\ndo: { stop: true }",
          "automation: a\nof: lead\non: created\nwindow: {}\ndo: { stop: true }",
          "automation: a\nof: lead\non: created\ndo: { stopp: true }",
          "automation: a\nof: lead\non: created\ndo: { stop: false }",
          "automation: a\nof: lead\non: created\ndo: { set: {} }",
          "automation: a\nof: lead\non: created\ndo: { set: { b: 1 }, comment: c }",
          "automation: a\nof: lead\non: created\ndo: { assign: { to: owner, pool: public } }",
          "automation: a\nof: lead\non: created\ndo: { assign: { to: owner, except: user } }",
          "automation: a\nof: lead\non: created\ndo: { notify: { to: owner } }",
          "automation: a\nof: lead\non: created\ndo: { notify: { to: owner, use: b, title: c } }",
          "automation: a\nof: lead\non: created\ndo: { mail: { to: email, subject: b } }",
          "automation: a\nof: lead\non: created\ndo: { task: { to: owner, within: P1D } }",
          "automation: a\nof: lead\non: created\ndo: { webhook: { to: b, event: a b } }",
          "automation: a\nof: lead\non: created\ndo: { update: lead, set: { b: 1 } }",
          "people: { li.lei: { email: li lei } }",
          "decision: a\noutput: b\nrules: [[\"-\", 1]]",
          "decision: a\ninputs: [c]\nrules: [[\"-\", 1]]",
          "decision: a\ninputs: [c]\noutput: b\nrules: []",
          "decision: a\ninputs: [c]\noutput: b\nrules: [30]",
          "decision: a\ninputs: [c]\noutput: b\noutputs: [b]\nrules: [[\"-\", 1]]",
          "decision: a\ninputs: [c]\noutput: b\nrules: [{ when: [\"-\"] }]",
          "decision: a\ninputs: [c]\noutput: { unit: b }\nrules: [[\"-\", 1]]",
          "decision: a\nhit_policy: best\ninputs: [c]\noutput: b\nrules: [[\"-\", 1]]",
          "assignment: a\nof: b\nrules: []",
          "assignment: a\nrules: [{ otherwise: role c }]",
          "assignment: a\nof: b\nrules: [{ to: role c }]",
          "assignment: a\nof: b\nrules: [{ otherwise: { team: c, pool: d } }]",
          "assignment: a\nof: b\nrules: [{ otherwise: { pool: d, pick: first } }]",
          "assignment: a\nof: b\nrules: [{ otherwise: { team: c, pick: robin } }]",
          "assignment: a\nof: b\nrules: [{ otherwise: { team: c, max_open: 0 } }]",
          "assignment: a\nof: b\npools: { c: { claims_per_day: 0 } }\nrules: [{ otherwise: { pool: "
          "c } }]",
          "assignment: a\nof: b\nrules: [{ otherwise: role c }]\nresponse: { within: PT1H }",
          "assignment: a\nof: b\nrules: [{ otherwise: role c }]\nresponse: { done: d, within: "
          "PT1H, steps: { PT1H: escalate } }",
          "assignment: a\nof: b\nrules: [{ otherwise: role c }]\nrecycle: [{ after: P7D }]",
          "approval: a\nsteps: [{ id: b, approvers: role c }]",
          "approval: a\nof: d\nsteps: []",
          "approval: a\nof: d\nsteps: [{ id: b }]",
          "approval: a\nof: d\nsteps: [{ approvers: role c }]",
          "approval: a\nof: d\nsubmitter: no\nsteps: [{ id: b, approvers: role c }]",
          "approval: a\nof: d\nsteps: [{ id: b, approvers: role c, mode: { quorum: 0 } }]",
          "approval: a\nof: d\nsteps: [{ id: b, approvers: role c, mode: { percent: 101 } }]",
          "approval: a\nof: d\nsteps: [{ id: b, approvers: role c, within: { P1D: escalate } }]",
          "approval: a\nof: d\nsteps: [{ parallel: [{ id: b, approvers: role c }] }]",
          "approval: a\nof: d\ncomment: [rejct]\nsteps: [{ id: b, approvers: role c }]",
          "scenario: a",
          "scenario: a\nsteps: []",
          "scenario: a\nsteps: [{ aprove: q }]",
          "scenario: a\nsteps: [{ move: { q: review, r: review } }]",
          "scenario: a\nsteps: [{ delegate: { to: b } }]",
          "role: a\non: { b: { aprove: true } }",
          "role: a\non: { b: { view: yes } }",
          "role: a\non: { b: { view: [c] } }",
          "role: a\nlable: A",
          "entity: a\nfields: { b: { type: text } }\nlifecycle: { initial: c }",
          "entity: a\nfields: { b: { type: text } }\nlifecycle: { stages: {} }",
          "entity: a\nfields: { b: { type: text } }\nlifecycle: { stages: [c] }",
          "entity: a\nfields: { b: { type: text } }\nlifecycle: { when: b, stages: { c: } }",
          "entity: a\nfields: { b: { type: text } }\nlifecycle: { stages: { c d: } }",
          "entity: a\nfields: { b: { type: text } }\nlifecycle: { stages: { c: 3 } }",
          "entity: a\nfields: { b: { type: text } }\nlifecycle: { stages: { c: { colour: red } } }",
          "entity: a\nfields: { b: { type: text } }\nlifecycle: { stages: { c: { final: gone } } }",
          "entity: a\nfields: { b: { type: text } }\nlifecycle: { stages: { c: { entry: [b] } } }",
          "entity: a\nfields: { b: { type: text } }\nlifecycle: { stages: { c: { exit: [{ require: "
          "b }] } } }",
          "entity: a\nfields: { b: { type: text } }\nlifecycle: { stages: { c: { to: [{ roles: d "
          "}] } } }",
          "entity: a\nfields: { b: { type: text } }\nlifecycle: { stages: { c: { to: [{ stage: d, "
          "comment: true }] } } }",
          "entity: a\nfields: { b: { type: text } }\nlifecycle: { stages: { c: { dwell: { then: d "
          "} } } }",
          "entity: a\nfields: { b: { type: text } }\nlifecycle: { stages: { c: { dwell: { limit: "
          "10 days } } } }",
          "entity: a\nfields: { b: { type: text } }\nlifecycle: { stages: { c: { dwell: { limit: "
          "P1M } } } }",
          "entity: a\nfields: { b: { type: text } }\nlifecycle: { stages: { c: { approval: d } } }",
          "entity: a\nfields: { b: { type: text } }\nlifecycle: { stages: { c: { approved: d } } }",
          "entity: a\nfields: { b: { type: text } }\nlifecycle: { stages: { c: { checklist: [d] } "
          "} }",
          "entity: a\nfields: { b: { type: text } }\nlifecycle: { stages: { c: { checklist: { d: { "
          "label: D, needed: true } } } } }",
          "entity: a\nfields: { b: { type: text } }\nlifecycle: { skip: often, stages: { c: } }",
          "entity: a\nfields: { b: { type: text } }\nlifecycles: { c: { stages: { d: } } "
          "}\nlifecycle: { stages: { c: } }",
          "entity: a\nfields: { b: { type: text, required_from: [c] } }",
          "entity: a\nfields: { b: { type: table, fields: { c: { type: text, required_from: d } } "
          "} }",
          "team: a\nlead: b",
          "team: a\ndepartment: yes",
          "calendar: a\ndays: Mon-Fri",
          "calendar: a\nhours: 9-18",
          "calendar: a\nholidays: [2026-10-01]",
          "calendar: a\nholidays: { 2026-13-01: b }",
          "calendar: a\nworkdays: { 2026-10-01..2026-10-02: b }",
          "people: [a]",
          "people: { a b: { name: C } }",
          "people: { a: { office: 3 } }",
          "people: { a: C }",
      }) {
    CAPTURE(std::string(text));
    CHECK_FALSE(schemas.problems("formwork.schema.json", as_json(std::string(text))).empty());
  }
}

}  // namespace
}  // namespace formwork::schemas
