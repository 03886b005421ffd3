#include "dsl/compile/action.h"

#include <algorithm>

#include "dsl/compile/keys.h"
#include "dsl/model/scope.h"

namespace formwork::compile {
namespace {

const ActionType* find_action_type(std::string_view name) {
  const auto types = all_action_types();
  const auto found = std::find_if(types.begin(), types.end(),
                                  [&](const ActionType* type) { return type->name == name; });
  return found == types.end() ? nullptr : *found;
}

bool has_key(const ActionType& type, std::string_view key) {
  return std::find(type.keys.begin(), type.keys.end(), key) != type.keys.end();
}

std::vector<std::string_view> all_verbs() {
  std::vector<std::string_view> verbs;
  for (const ActionType* type : all_action_types()) verbs.push_back(type->name);
  return verbs;
}

class ActionReader {
 public:
  ActionReader(const yaml::Node& node, AutomationPlace& place) : node_(node), place_(place) {}

  std::optional<model::AutomationAction> read() {
    if (!node_.is_mapping() || node_.entries.empty()) {
      report_wrong_type(node_, "an action, such as `set: { … }`", place_.context());
      return std::nullopt;
    }
    const yaml::Entry* verb = find_verb();
    if (verb == nullptr) return std::nullopt;
    const ActionType& type = *find_action_type(verb->key);
    check_keys_beside(*verb, type);
    model::AutomationAction action;
    action.where = verb->key_span;
    if (const yaml::Node* when = value_of(node_, "when"))
      action.when = place_.read_condition(*when);
    if (type.needs_record && place_.entity() == nullptr) {
      report_action(verb->key_span, "there is no record to " + std::string(type.name),
                    "say which records this is about: `of: …`", place_);
      return std::nullopt;
    }
    if (type.changes_record && place_.is_deleted()) {
      report_action(verb->key_span, "the record is deleted then, and nothing changes it any more",
                    "tell people, or change others with `create` and `update`", place_);
      return std::nullopt;
    }
    auto what = type.read({node_, *verb}, place_);
    if (!what) return std::nullopt;
    action.what = std::move(*what);
    return action;
  }

 private:
  // The verb beside which the other keys may stand: in `update: lead, set: { … }` that is `update`.
  // Null when there is none, which is then reported.
  const yaml::Entry* find_verb() {
    const yaml::Entry* first = nullptr;
    for (const yaml::Entry& entry : node_.entries) {
      const ActionType* type = find_action_type(entry.key);
      if (type == nullptr) continue;
      if (first == nullptr || has_key(*type, first->key)) first = &entry;
    }
    if (first == nullptr) {
      const yaml::Entry& entry = node_.entries.front();
      report_action(entry.key_span, "`" + entry.key + "` is nothing that an automation does",
                    suggest_verb(entry.key), place_);
    }
    return first;
  }

  static std::string suggest_verb(std::string_view word) {
    const std::vector<std::string_view> verbs = all_verbs();
    std::string text = suggest(word, verbs);
    if (!text.empty()) return text;
    for (const std::string_view verb : verbs)
      text += (text.empty() ? "" : ", ") + std::string(verb);
    return "possible: " + text;
  }

  void check_keys_beside(const yaml::Entry& verb, const ActionType& type) {
    std::vector<std::string_view> known(type.keys.begin(), type.keys.end());
    known.push_back("when");
    for (const yaml::Entry& entry : node_.entries) {
      const bool is_known = std::find(known.begin(), known.end(), entry.key) != known.end();
      if (is_known || &entry == &verb) continue;
      if (find_action_type(entry.key) != nullptr) {
        report_action(entry.key_span,
                      "an action does one thing, and `" + verb.key + "` is there already",
                      "write it as an action of its own: `- " + entry.key + ": …`", place_);
        continue;
      }
      place_.context().diagnostics.error(
          codes::kDocumentUnknownKey, entry.key_span,
          "`" + entry.key + "` is not a key of the action `" + verb.key + "`",
          suggest(entry.key, known));
    }
  }

  const yaml::Node& node_;
  AutomationPlace& place_;
};

}  // namespace

std::vector<model::AutomationAction> read_actions(const yaml::Node& node, AutomationPlace& place) {
  std::vector<model::AutomationAction> actions;
  if (node.is_sequence() && node.items.empty()) {
    report_wrong_type(node, "at least one action", place.context());
  }
  const std::span<const yaml::Node> all =
      node.is_sequence() ? std::span(node.items) : std::span(&node, 1);
  for (const yaml::Node& item : all) {
    auto action = ActionReader(item, place).read();
    if (action) actions.push_back(std::move(*action));
  }
  return actions;
}

const yaml::Node* expect_parts(const ActionText& text, std::span<const std::string_view> parts,
                               AutomationPlace& place) {
  if (!text.value().is_mapping() || text.value().entries.empty()) {
    std::string names;
    for (const std::string_view part : parts) {
      names += (names.empty() ? "`" : ", `") + std::string(part) + "`";
    }
    report_wrong_type(text.value(), "a mapping with some of " + names, place.context());
    return nullptr;
  }
  check_keys(text.value(), parts, "the action `" + text.verb.key + "`", place.context());
  return &text.value();
}

void report_action(const Span& where, std::string message, std::string remedy,
                   AutomationPlace& place) {
  place.context().diagnostics.error(codes::kAutomationAction, where, std::move(message),
                                    std::move(remedy));
}

std::optional<std::string> read_stage(const yaml::Node& node, const model::Entity& entity,
                                      const Span& verb, AutomationPlace& place) {
  const auto name = read_text(node, "the name of a stage", place.context());
  if (!name) return std::nullopt;
  if (!entity.stage_fields) {
    report_action(verb, "records of " + entity.name + " have no stages",
                  "add a `lifecycle` to the entity", place);
    return std::nullopt;
  }
  std::vector<std::string_view> stages;
  for (const fields::Option& option : entity.fields[entity.stage_fields->stage].options) {
    stages.push_back(option.code);
  }
  if (std::find(stages.begin(), stages.end(), *name) != stages.end()) return name;
  report_missing(codes::kNameUnknown, node.span, "`" + *name + "` is not a stage of " + entity.name,
                 suggest(*name, stages), place.context());
  return std::nullopt;
}

std::optional<calendar::Period> read_business_period(const yaml::Node& mapping,
                                                     std::string_view key, Context& context) {
  const yaml::Node* node = value_of(mapping, key);
  const yaml::Entry* business = mapping.find("business");
  bool counts = false;
  if (business != nullptr) counts = read_boolean(business->value, context).value_or(false);
  if (node == nullptr) {
    if (business == nullptr) return std::nullopt;
    context.diagnostics.error(codes::kAutomationTime, business->key_span,
                              "`business` says how a time is counted, and there is none",
                              "write `" + std::string(key) + ": PT30M`, or leave it out");
    return std::nullopt;
  }
  auto period = read_period(*node, context);
  if (period) period->business = counts;
  return period;
}

}  // namespace formwork::compile
