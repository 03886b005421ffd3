// An assignment: by which rules records find their owners.
#include "dsl/compile/assignment.h"

#include <algorithm>

#include "dsl/compile/formulas.h"
#include "dsl/compile/keys.h"
#include "dsl/compile/people.h"
#include "dsl/compile/people_terms.h"
#include "dsl/compile/reading.h"
#include "dsl/model/scope.h"

namespace formwork::compile {
namespace {

using feel::TypeKind;
using model::Assignment;
using model::AssignmentRule;
using model::AssignTarget;
using model::PeopleTerm;
using model::Pick;

struct PickWord {
  std::string_view word;
  Pick pick;
};

constexpr PickWord kPicks[] = {{"round_robin", Pick::RoundRobin},
                               {"weighted", Pick::Weighted},
                               {"least_loaded", Pick::LeastLoaded},
                               {"first", Pick::First}};
// One of these says who gets it.
constexpr std::string_view kWho[] = {"people", "team", "role", "pool"};
// Of candidates only.
constexpr std::string_view kChoosing[] = {"pick", "weights", "max_open", "else"};
constexpr std::int64_t kMostOpen = 100'000;
constexpr std::int64_t kMostWeight = 100;

class AssignmentReader {
 public:
  AssignmentReader(const Document& document, Assignment& assignment, const model::Entity& entity,
                   Context& context)
      : document_(document),
        node_(*document.node),
        assignment_(assignment),
        entity_(entity),
        scope_(context.model.scopes->of(entity)),
        context_(context) {}

  void read() {
    assignment_.label = default_label(assignment_.name, context_);
    read_words(node_, "label", assignment_.label);
    read_words(node_, "why", assignment_.why);
    check_owner();
    read_rules();
    if (const yaml::Node* response = value_of(node_, "response")) {
      assignment_.response = read_response(*response, assignment_, context_);
    }
    if (const yaml::Node* recycle = value_of(node_, "recycle")) read_recycles(*recycle);
  }

 private:
  PeoplePlace place() const {
    return {
        .entity = entity_, .asker = assignment_.name, .scope = &scope_, .code = codes::kPeopleTerm};
  }

  void read_words(const yaml::Node& mapping, std::string_view key, Localized& into) {
    const yaml::Node* words = value_of(mapping, key);
    if (words == nullptr) return;
    if (auto text = read_localized(*words, context_)) into = std::move(*text);
  }

  void report_rule(const Span& where, std::string message, std::string remedy) {
    context_.diagnostics.error(codes::kAssignmentRule, where, std::move(message),
                               std::move(remedy));
  }

  // A field `owner` that is in error was reported.
  void check_owner() {
    if (entity_.owner) return;
    const fields::Field* field = model::find_field(entity_, "owner");
    if (field != nullptr && field->type == nullptr) return;
    auto& finding = context_.diagnostics.error(
        codes::kAssignmentOwner, value_of(node_, "of")->span,
        "nobody can own a record of `" + entity_.name + "`: it has no field `owner` of type user",
        "add the field: owner: { type: user }");
    finding.related.push_back({field != nullptr ? field->where : entity_.where,
                               field != nullptr ? "this is its `owner`" : "it is defined here"});
  }

  void read_rules() {
    const yaml::Node* rules = value_of(node_, "rules");
    if (rules == nullptr) {
      report_missing(codes::kDocumentMissingKey, document_.name_where,
                     "`" + assignment_.name + "` has no rules", "write `rules: [ … ]`", context_);
      return;
    }
    if (!rules->is_sequence() || rules->items.empty()) {
      report_wrong_type(*rules, "a list of rules", context_);
      return;
    }
    for (const yaml::Node& item : rules->items) read_rule(item);
  }

  void read_rule(const yaml::Node& item) {
    if (!item.is_mapping()) {
      report_wrong_type(item, "a rule: a mapping with `when` and `to`, or with `otherwise`",
                        context_);
      return;
    }
    const yaml::Entry* otherwise = item.find("otherwise");
    AssignmentRule rule;
    rule.where = otherwise != nullptr ? otherwise->key_span : item.entries.front().key_span;
    if (otherwise_) report_behind(rule.where, otherwise != nullptr);
    const bool is_good = otherwise != nullptr ? read_otherwise(item, *otherwise, rule)
                                              : read_conditional(item, rule);
    read_words(item, "why", rule.why);
    read_id(item, rule);
    if (is_good) assignment_.rules.push_back(std::move(rule));
  }

  void report_behind(const Span& where, bool is_otherwise) {
    context_.diagnostics
        .error(codes::kAssignmentRule, where,
               is_otherwise ? "there is an `otherwise` already"
                            : "no record comes to this rule: `otherwise` above it takes them all",
               is_otherwise ? "keep one, as the last rule" : "move `otherwise` behind it")
        .related.push_back({*otherwise_, "`otherwise` is here"});
  }

  bool read_otherwise(const yaml::Node& item, const yaml::Entry& otherwise, AssignmentRule& rule) {
    check_keys(item, keys::kOtherwise, "an `otherwise`", context_);
    if (!otherwise_) otherwise_ = otherwise.key_span;
    return read_target(otherwise.value, rule.to);
  }

  bool read_conditional(const yaml::Node& item, AssignmentRule& rule) {
    check_keys(item, keys::kAssignmentRule, "a rule of an assignment", context_);
    const yaml::Node* when = value_of(item, "when");
    const yaml::Node* to = value_of(item, "to");
    if (when == nullptr) {
      report_rule(rule.where, "this rule does not say for which records it counts",
                  "write `when: …`, or `otherwise: …` for all others");
    } else {
      rule.when = read_expression(*when, scope_, TypeKind::Boolean, context_);
    }
    if (to == nullptr) {
      report_rule(rule.where, "this rule does not say who gets the record",
                  "write `to: …`, such as `to: { team: east }`");
      return false;
    }
    return read_target(*to, rule.to) && rule.when.has_value();
  }

  void read_id(const yaml::Node& item, AssignmentRule& rule) {
    const yaml::Node* id = value_of(item, "id");
    if (id == nullptr) {
      rule.id = "rule " + std::to_string(assignment_.rules.size() + 1);
      return;
    }
    const auto name = read_text(*id, "a name", context_);
    if (!name || !check_name(*name, id->span, "a rule", context_)) return;
    rule.id = *name;
    check_twice(*name, id->span, "rule");
  }

  // Rules and recycles have names of their own kind.
  void check_twice(const std::string& id, const Span& where, std::string_view what) {
    auto& known = what == "rule" ? rule_ids_ : recycle_ids_;
    const auto [other, is_new] = known.emplace(id, where);
    if (is_new) return;
    context_.diagnostics
        .error(codes::kAssignmentRule, where, "two of these have the name `" + id + "`",
               "give one of them another name")
        .related.push_back({other->second, "the other is here"});
  }

  bool read_target(const yaml::Node& node, AssignTarget& target) {
    const std::size_t errors = context_.diagnostics.error_count();
    if (node.is_mapping()) {
      check_keys(node, keys::kAssignTarget, "whom a record goes to", context_);
      read_who(node, target);
    } else {
      target.people = read_people(node, place(), context_);
    }
    return context_.diagnostics.error_count() == errors;
  }

  void read_who(const yaml::Node& node, AssignTarget& target) {
    const yaml::Entry* who = nullptr;
    for (const yaml::Entry& entry : node.entries) {
      if (std::find(std::begin(kWho), std::end(kWho), entry.key) == std::end(kWho)) continue;
      if (who != nullptr) return report_two(*who, entry);
      who = &entry;
    }
    if (who == nullptr) {
      context_.diagnostics.error(codes::kAssignmentTarget, node.span,
                                 "this does not say who gets the record",
                                 "write `team: …`, `role: …`, `people: …` or `pool: …`");
      return;
    }
    if (who->key == "pool") {
      target.pool = find_pool(who->value, entity_, context_);
      return refuse_choosing(node);
    }
    read_candidates(*who, target);
    read_choosing(node, target);
  }

  void report_two(const yaml::Entry& first, const yaml::Entry& second) {
    context_.diagnostics
        .error(codes::kAssignmentTarget, second.key_span,
               "a record goes to `" + first.key + "` or to `" + second.key + "`, not to both",
               second.key == "pool"
                   ? "write `else: " + second.value.text + "` for when nobody is free"
                   : "write `people: [team …, role …]` for candidates of several kinds")
        .related.push_back({first.key_span, "the first is here"});
  }

  // A pool takes everything.
  void refuse_choosing(const yaml::Node& node) {
    for (const std::string_view key : kChoosing) {
      const yaml::Entry* entry = node.find(key);
      if (entry == nullptr) continue;
      context_.diagnostics.error(
          codes::kAssignmentTarget, entry->key_span,
          "a pool takes every record: `" + entry->key + "` is about choosing one of several people",
          "remove it");
    }
  }

  void read_candidates(const yaml::Entry& who, AssignTarget& target) {
    if (who.key == "people") {
      target.people = read_people(who.value, place(), context_);
      return;
    }
    const bool is_team = who.key == "team";
    const auto name =
        read_text(who.value, is_team ? "the name of a team" : "the name of a role", context_);
    if (!name) return;
    const PlacedText placed{*name, who.value.span};
    const auto index = is_team ? find_team(placed, context_) : find_role(placed, context_);
    if (!index) return;
    PeopleTerm term;
    term.kind = is_team ? PeopleTerm::Kind::Team : PeopleTerm::Kind::Role;
    term.index = *index;
    term.text = who.key + " " + *name;
    term.where = who.value.span;
    target.people.terms.push_back(std::move(term));
  }

  void read_choosing(const yaml::Node& node, AssignTarget& target) {
    if (const yaml::Node* pick = value_of(node, "pick")) read_pick(*pick, target);
    read_weights(node, target);
    if (const yaml::Node* limit = value_of(node, "max_open")) {
      const auto most = read_integer(*limit, "how many open records", 1, kMostOpen, context_);
      if (most) target.max_open = static_cast<std::size_t>(*most);
    }
    if (const yaml::Node* pool = value_of(node, "else")) {
      target.pool = find_pool(*pool, entity_, context_);
    }
  }

  void read_pick(const yaml::Node& node, AssignTarget& target) {
    const auto text = read_text(node, "a way to pick one, such as round_robin", context_);
    if (!text) return;
    std::vector<std::string_view> words;
    for (const auto& [word, pick] : kPicks) {
      words.push_back(word);
      if (word != *text) continue;
      target.pick = pick;
      return;
    }
    context_.diagnostics.error(codes::kAssignmentTarget, node.span,
                               "`" + *text + "` is no way to pick somebody", suggest(*text, words));
  }

  void read_weights(const yaml::Node& node, AssignTarget& target) {
    const yaml::Entry* weights = node.find("weights");
    const bool is_weighted = target.pick == Pick::Weighted;
    if (weights == nullptr) {
      if (is_weighted) {
        context_.diagnostics.error(codes::kAssignmentTarget, value_of(node, "pick")->span,
                                   "nothing says what anybody's weight is",
                                   "write `weights: { li.lei: 3 }`; others count 1");
      }
      return;
    }
    if (!is_weighted) {
      context_.diagnostics.error(codes::kAssignmentTarget, weights->key_span,
                                 "weights count only where the pick is by weights",
                                 "write `pick: weighted`");
    }
    if (!weights->value.is_mapping()) {
      report_wrong_type(weights->value, "weights: a mapping of people to numbers", context_);
      return;
    }
    for (const yaml::Entry& entry : weights->value.entries) read_weight(entry, target);
  }

  // Accounts are a store's: only where documents name people is a strange one a slip.
  void read_weight(const yaml::Entry& entry, AssignTarget& target) {
    if (!context_.model.people.empty()) check_person({entry.key, entry.key_span}, context_);
    const auto weight = read_integer(entry.value, "a weight", 1, kMostWeight, context_);
    if (weight) target.weights[entry.key] = static_cast<std::size_t>(*weight);
  }

  void read_recycles(const yaml::Node& node) {
    if (!node.is_sequence() || node.items.empty()) {
      report_wrong_type(node, "a list of mappings with `after` and `to`", context_);
      return;
    }
    for (const yaml::Node& item : node.items) read_recycle(item);
  }

  void read_recycle(const yaml::Node& item) {
    if (!item.is_mapping() || item.entries.empty()) {
      report_wrong_type(item, "a mapping with `after` and `to`", context_);
      return;
    }
    check_keys(item, keys::kRecycle, "a recycle rule", context_);
    model::Recycle recycle;
    recycle.where = item.entries.front().key_span;
    read_words(item, "why", recycle.why);
    if (const yaml::Node* when = value_of(item, "when")) {
      recycle.when = read_expression(*when, scope_, TypeKind::Boolean, context_);
    }
    const bool has_time = read_after(item, recycle);
    const bool has_pool = read_recycle_pool(item, recycle);
    recycle.id = "recycle " + std::to_string(assignment_.recycle.size() + 1);
    if (const yaml::Node* id = value_of(item, "id")) {
      const auto name = read_text(*id, "a name", context_);
      if (name && check_name(*name, id->span, "a recycle rule", context_)) {
        recycle.id = *name;
        check_twice(*name, id->span, "recycle");
      }
    }
    if (has_time && has_pool) assignment_.recycle.push_back(std::move(recycle));
  }

  bool read_after(const yaml::Node& item, model::Recycle& recycle) {
    const yaml::Node* after = value_of(item, "after");
    if (after == nullptr) {
      report_missing(codes::kDocumentMissingKey, recycle.where,
                     "this does not say when a record goes back", "write `after: P7D`", context_);
      return false;
    }
    const auto period = read_period(*after, context_);
    if (!period) return false;
    recycle.after = *period;
    if (const yaml::Node* business = value_of(item, "business")) {
      recycle.after.business = read_boolean(*business, context_).value_or(false);
    }
    return true;
  }

  bool read_recycle_pool(const yaml::Node& item, model::Recycle& recycle) {
    const yaml::Node* to = value_of(item, "to");
    if (to == nullptr) {
      report_missing(codes::kDocumentMissingKey, recycle.where,
                     "this does not say to which pool a record goes back", "write `to: …`",
                     context_);
      return false;
    }
    const auto pool = find_pool(*to, entity_, context_);
    recycle.pool = pool.value_or(0);
    return pool.has_value();
  }

  const Document& document_;
  const yaml::Node& node_;
  Assignment& assignment_;
  const model::Entity& entity_;
  const feel::Scope& scope_;
  Context& context_;
  std::optional<Span> otherwise_;
  std::map<std::string, Span> rule_ids_;
  std::map<std::string, Span> recycle_ids_;
};

}  // namespace

void compile_assignment(const Document& document, Assignment& assignment, Context& context) {
  check_keys(*document.node, keys::kAssignment, "an assignment", context);
  const model::Entity* entity = read_entity_of(document, context);
  if (entity == nullptr) return;
  assignment.entity = entity->index;
  AssignmentReader(document, assignment, *entity, context).read();
}

}  // namespace formwork::compile
