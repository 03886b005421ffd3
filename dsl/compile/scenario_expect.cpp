#include "dsl/compile/scenario_expect.h"

#include <algorithm>

#include "dsl/compile/keys.h"

namespace formwork::compile {
namespace {

constexpr std::string_view kOfAll[] = {"waiting_for",  "tasks", "sound", "notified",
                                       "not_notified", "todos", "sent",  "records"};

// Of a record, beside its fields; a word hides a field of its name.
constexpr std::string_view kOfRecord[] = {
    "waiting_for", "approval", "steps", "history", "can",      "cannot",  "visible_to",
    "hidden_from", "overdue",  "why",   "runs",    "response", "given_by"};

constexpr std::string_view kApprovalStates[] = {"running",  "returned",  "approved",
                                                "rejected", "withdrawn", "cancelled"};
constexpr std::string_view kStepStates[] = {"pending",  "skipped", "open",     "held",
                                            "approved", "passed",  "rejected", "cancelled"};

// How a run of an automation ended, and how far the response clock is.
constexpr std::string_view kRuns[] = {"done",    "declined", "skipped",
                                      "waiting", "failed",   "stopped"};
constexpr std::string_view kResponses[] = {"running", "late", "paused", "met", "stopped"};

// What somebody may do with a record, as steps of scenarios say it.
constexpr std::string_view kAbilities[] = {
    "view",      "edit",   "delete",   "restore",  "move",         "check",
    "approve",   "reject", "return",   "transfer", "add_approver", "withdraw",
    "take_back", "urge",   "resubmit", "claim",    "assign"};

bool is_in(std::span<const std::string_view> words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

model::ScenarioStep::Expect ScenarioExpect::read(const yaml::Node& node) {
  model::ScenarioStep::Expect expect;
  if (!node.is_mapping() || node.entries.empty()) {
    report_wrong_type(node, "a mapping of what is expected: { q.stage: review }", context_);
    return expect;
  }
  for (const yaml::Entry& entry : node.entries) {
    check_entry(entry);
    expect.that.emplace_back(entry.key, model::PlacedValue{to_json(entry.value), entry.value.span});
  }
  return expect;
}

void ScenarioExpect::check_entry(const yaml::Entry& entry) {
  const std::size_t dot = entry.key.find('.');
  if (dot != std::string::npos) {
    const model::Entity* entity = names_.check_record({entry.key.substr(0, dot), entry.key_span});
    if (entity != nullptr) check_of_record(*entity, entry, dot);
    return;
  }
  if (entry.key == "tasks") return check_count(entry.value);
  if (entry.key == "sound") {
    read_boolean(entry.value, context_);
    return;
  }
  const bool is_of_people =
      entry.key == "notified" || entry.key == "not_notified" || entry.key == "todos";
  if (is_of_people) return check_people_texts(entry.value);
  if (entry.key == "sent") return check_sent(entry.value);
  if (entry.key == "records") return check_records(entry.value);
  if (entry.key == "waiting_for") {
    for (const PlacedText& text : texts_of(entry.value)) names_.check_waiting(text);
    return;
  }
  std::string remedy = suggest(entry.key, kOfAll);
  if (is_in(kOfRecord, entry.key)) remedy = "write `NAME." + entry.key + "`";
  context_.diagnostics.error(codes::kScenarioExpect, entry.key_span,
                             "`" + entry.key + "` does not say of which record", std::move(remedy));
}

// `{ han.mei: [ … ] }`: texts that somebody has got.
void ScenarioExpect::check_people_texts(const yaml::Node& node) {
  if (!node.is_mapping()) {
    report_wrong_type(node, "a mapping of people to texts: { han.mei: [ … ] }", context_);
    return;
  }
  for (const yaml::Entry& entry : node.entries) {
    names_.check_person({entry.key, entry.key_span});
    texts_of(entry.value);
  }
}

// `[{ webhook: erp, event: order.placed }, { mail: a@b.example, subject: Hello }]`
void ScenarioExpect::check_sent(const yaml::Node& node) {
  if (!node.is_sequence()) {
    report_wrong_type(node, "a list of what was sent: [{ webhook: erp, event: … }]", context_);
    return;
  }
  for (const yaml::Node& item : node.items) check_message(item);
}

void ScenarioExpect::check_message(const yaml::Node& node) {
  const bool is_mail = node.is_mapping() && node.find("mail") != nullptr;
  if (!is_mail && (!node.is_mapping() || node.find("webhook") == nullptr)) {
    report_wrong_type(node, "{ webhook: NAME, event: … } or { mail: ADDRESS, subject: … }",
                      context_);
    return;
  }
  if (is_mail) {
    check_keys(node, keys::kScenarioMail, "a mail", context_);
  } else {
    check_keys(node, keys::kScenarioSent, "what was sent", context_);
  }
  for (const yaml::Entry& entry : node.entries) {
    if (entry.key == "data") {
      check_sent_data(entry.value);
      continue;
    }
    if (!read_text(entry.value, "a text", context_) || entry.key != "webhook") continue;
    for (const PlacedText& name : cases_.texts_of(entry.value)) names_.check_outbound(name);
  }
}

void ScenarioExpect::check_sent_data(const yaml::Node& node) {
  if (node.is_mapping()) return;
  report_wrong_type(node, "a mapping of names to values: { company: Acme }", context_);
}

// `{ contact: { name: Ann } }`: a record of the entity that has these values, or a list of such.
void ScenarioExpect::check_records(const yaml::Node& node) {
  if (!node.is_mapping()) {
    report_wrong_type(node, "a mapping of entities to values: { contact: { name: Ann } }",
                      context_);
    return;
  }
  for (const yaml::Entry& entry : node.entries) {
    const model::Entity* entity = names_.check_entity({entry.key, entry.key_span});
    if (entity == nullptr) continue;
    const std::span<const yaml::Node> items =
        entry.value.is_sequence() ? std::span(entry.value.items) : std::span(&entry.value, 1);
    for (const yaml::Node& item : items) check_values(*entity, item);
  }
}

void ScenarioExpect::check_values(const model::Entity& entity, const yaml::Node& node) {
  if (!node.is_mapping()) {
    report_wrong_type(node, "fields and their values: { name: Ann }", context_);
    return;
  }
  for (const yaml::Entry& entry : node.entries) {
    if (const fields::Field* field = model::find_field(entity, entry.key)) {
      values_.check_value(*field, entry.value);
      continue;
    }
    std::vector<std::string_view> names;
    for (const fields::Field& field : entity.fields) names.push_back(field.name);
    context_.diagnostics.error(codes::kScenarioExpect, entry.key_span,
                               "`" + entity.name + "` has no field `" + entry.key + "`",
                               suggest(entry.key, names));
  }
}

void ScenarioExpect::check_runs(const yaml::Node& node) {
  if (!node.is_mapping()) {
    report_wrong_type(node, "a mapping of automations to how they ended: { assign: done }",
                      context_);
    return;
  }
  for (const yaml::Entry& entry : node.entries) {
    names_.check_automation({entry.key, entry.key_span});
    for (const PlacedText& outcome : texts_of(entry.value)) {
      names_.check_word(outcome, kRuns, "way in which an automation ends");
    }
  }
}

void ScenarioExpect::check_response(const yaml::Node& node) {
  if (node.is_null()) return;
  for (const PlacedText& text : texts_of(node)) {
    names_.check_word(text, kResponses, "state of a response clock");
  }
}

void ScenarioExpect::check_rule(const model::Entity& entity, const yaml::Node& node) {
  if (node.is_null()) return;
  std::vector<std::string_view> rules;
  for (const model::Assignment& assignment : context_.model.assignments) {
    if (assignment.entity != entity.index) continue;
    for (const model::AssignmentRule& rule : assignment.rules) rules.push_back(rule.id);
  }
  for (const PlacedText& text : texts_of(node)) {
    names_.check_word(text, rules, "rule of an assignment");
  }
}

// A path through references: `q.account.name`.
const model::Entity* ScenarioExpect::follow(const model::Entity& entity, std::string_view name) {
  const fields::Field* field = model::find_field(entity, name);
  const bool leads_on =
      field != nullptr && field->type != nullptr && field->type->column == fields::Column::Record;
  return leads_on ? &context_.model.entities[field->target] : nullptr;
}

void ScenarioExpect::check_of_record(const model::Entity& entity, const yaml::Entry& entry,
                                     std::size_t dot) {
  const std::string_view name = std::string_view(entry.key).substr(dot + 1);
  if (const std::size_t next = name.find('.'); next != std::string_view::npos) {
    if (const model::Entity* other = follow(entity, name.substr(0, next))) {
      return check_of_record(*other, entry, dot + 1 + next);
    }
  }
  if (check_word(entity, name, entry)) return;
  if (const fields::Field* field = model::find_field(entity, name)) {
    values_.check_value(*field, entry.value);
    return;
  }
  if (name == model::system_column_name(model::SystemColumn::Id)) return check_id(entry.value);
  if (model::find_column(entity, name)) return;
  std::vector<std::string_view> names(std::begin(kOfRecord), std::end(kOfRecord));
  for (const fields::Field& field : entity.fields) names.push_back(field.name);
  context_.diagnostics.error(codes::kScenarioExpect, entry.key_span,
                             "`" + entity.name + "` has no field `" + std::string(name) +
                                 "`, and it is no word for what to expect",
                             suggest(name, names));
}

// A number, or the name of a record that it has to be.
void ScenarioExpect::check_id(const yaml::Node& node) {
  for (const PlacedText& text : texts_of(node)) {
    if (text.text.find_first_not_of("0123456789") != std::string::npos) names_.check_record(text);
  }
}

bool ScenarioExpect::check_word(const model::Entity& entity, std::string_view word,
                                const yaml::Entry& entry) {
  if (!is_in(kOfRecord, word)) return false;
  if (check_approval_word(entity, word, entry)) return true;
  if (word == "overdue") {
    read_boolean(entry.value, context_);
    return true;
  }
  if (word == "runs") {
    check_runs(entry.value);
    return true;
  }
  if (word == "response") {
    check_response(entry.value);
    return true;
  }
  if (word == "given_by") {
    check_rule(entity, entry.value);
    return true;
  }
  for (const PlacedText& text : texts_of(entry.value)) {
    if (word == "can" || word == "cannot") check_ability(entity, text);
    if (word == "visible_to" || word == "hidden_from") names_.check_person(text);
  }
  return true;
}

bool ScenarioExpect::check_approval_word(const model::Entity& entity, std::string_view word,
                                         const yaml::Entry& entry) {
  const bool is_one = word == "approval" || word == "steps" || word == "waiting_for";
  if (!is_one || !names_.check_approval(entity, entry.key_span)) return is_one;
  if (word == "steps") {
    check_steps(entity, entry.value);
  } else if (!entry.value.is_null()) {
    for (const PlacedText& text : texts_of(entry.value)) {
      if (word == "waiting_for") names_.check_waiting(text);
      if (word == "approval") names_.check_word(text, kApprovalStates, "state of an approval");
    }
  }
  return true;
}

void ScenarioExpect::check_steps(const model::Entity& entity, const yaml::Node& node) {
  if (!node.is_mapping()) {
    report_wrong_type(node, "a mapping of steps to their states: { manager: approved }", context_);
    return;
  }
  for (const yaml::Entry& step : node.entries) {
    names_.check_approval_step(entity, {step.key, step.key_span});
    for (const PlacedText& state : texts_of(step.value)) {
      names_.check_word(state, kStepStates, "state of a step");
    }
  }
}

void ScenarioExpect::check_ability(const model::Entity& entity, const PlacedText& text) {
  const std::size_t blank = text.text.find(' ');
  const std::string verb = text.text.substr(0, blank);
  names_.check_word({verb, text.where}, kAbilities, "word for what somebody may do");
  if (verb != "move" || blank == std::string::npos) return;
  names_.check_stage(entity, {text.text.substr(blank + 1), text.where});
}

void ScenarioExpect::check_count(const yaml::Node& node) {
  constexpr std::int64_t kMost = 1'000'000;
  const bool is_text = node.is_scalar() && node.text.find('{') != std::string::npos;
  if (!is_text) read_integer(node, "a number of tasks", 0, kMost, context_);
}

std::vector<PlacedText> ScenarioExpect::texts_of(const yaml::Node& node) {
  std::vector<PlacedText> texts;
  const std::span<const yaml::Node> items =
      node.is_sequence() ? std::span(node.items) : std::span(&node, 1);
  for (const yaml::Node& item : items) {
    if (!read_text(item, "a text", context_)) continue;
    for (PlacedText& text : cases_.texts_of(item)) texts.push_back(std::move(text));
  }
  return texts;
}

}  // namespace formwork::compile
