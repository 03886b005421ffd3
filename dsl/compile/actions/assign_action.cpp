// assign: the record gets an owner, or waits in a pool for one.
#include <array>

#include "dsl/compile/action.h"

namespace formwork::compile {
namespace {

constexpr std::array<std::string_view, 4> kParts{"by", "to", "pool", "except"};

bool read_by(const yaml::Node& node, model::AssignAction& action, AutomationPlace& place) {
  const model::Model& model = place.context().model;
  action.by = read_declared(model.assignments, "assignment", node, place.context());
  if (!action.by) return false;
  const model::Assignment& assignment = model.assignments[*action.by];
  if (assignment.entity == place.entity()->index) return true;
  const std::string& of = model.entities[assignment.entity].name;
  report_action(
      node.span,
      "`" + assignment.name + "` gives out records of " + of + ", not of " + place.entity()->name,
      "name an assignment that is `of: " + place.entity()->name + "`", place);
  return false;
}

bool read_pool(const yaml::Node& node, model::AssignAction& action, AutomationPlace& place) {
  action.pool = read_declared(place.entity()->pools, "pool", node, place.context());
  return action.pool.has_value();
}

// Which of the three it says; null when it is none or several, which is then reported.
const yaml::Entry* find_way(const yaml::Node& parts, const ActionText& text,
                            AutomationPlace& place) {
  const yaml::Entry* way = nullptr;
  for (const std::string_view key : {"by", "to", "pool"}) {
    const yaml::Entry* entry = parts.find(key);
    if (entry == nullptr) continue;
    if (way != nullptr) {
      report_action(entry->key_span, "`" + way->key + "` says already who gets the record",
                    "keep one of them", place);
      return nullptr;
    }
    way = entry;
  }
  if (way == nullptr) {
    report_action(text.verb.key_span, "nothing says who gets the record",
                  "write `by: ASSIGNMENT`, `to: PEOPLE` or `pool: POOL`", place);
  }
  return way;
}

std::optional<ActionContents> read(const ActionText& text, AutomationPlace& place) {
  if (!place.entity()->owner) {
    report_action(text.verb.key_span, "nobody owns records of " + place.entity()->name,
                  "add a field of type user called `owner`", place);
    return std::nullopt;
  }
  const yaml::Node* parts = expect_parts(text, kParts, place);
  if (parts == nullptr) return std::nullopt;
  model::AssignAction action;
  const yaml::Entry* way = find_way(*parts, text, place);
  if (const yaml::Entry* except = parts->find("except")) {
    action.except = place.read_people(except->value);
    if (way != nullptr && way->key != "by") {
      report_action(except->key_span, "`except` leaves people out of an assignment's rules",
                    "write it beside `by`", place);
    }
  }
  if (way == nullptr) return std::nullopt;
  bool is_good = true;
  if (way->key == "by") is_good = read_by(way->value, action, place);
  if (way->key == "to") action.to = place.read_people(way->value);
  if (way->key == "pool") is_good = read_pool(way->value, action, place);
  if (!is_good) return std::nullopt;
  return action;
}

}  // namespace

const ActionType& assign_action() {
  static const ActionType type{
      .name = "assign",
      .summary = "Gives the record an owner, by an assignment or by name, or sends it to a pool.",
      .parts = kParts,
      .changes_record = true,
      .read = read,
  };
  return type;
}

}  // namespace formwork::compile
