// create: another record is made, or one that is there already is taken instead.
#include <algorithm>
#include <array>

#include "dsl/compile/action.h"
#include "dsl/fields/field_type.h"

namespace formwork::compile {
namespace {

constexpr std::array<std::string_view, 3> kKeys{"with", "match", "call_it"};

std::vector<std::size_t> read_match(const yaml::Node& node, const yaml::Node* with,
                                    const model::Entity& entity, AutomationPlace& place) {
  std::vector<std::size_t> match;
  for (const PlacedText& name : read_text_list(node, "a list of fields", place.context())) {
    const auto field = find_field(name, entity, place.context());
    if (!field) continue;
    if (with == nullptr || with->find(name.text) == nullptr) {
      report_action(name.where,
                    "records are looked for by `" + name.text +
                        "`, and nothing says which value it would have",
                    "write `with: { " + name.text + ": … }`", place);
      continue;
    }
    if (!entity.fields[*field].type->filterable) {
      report_action(name.where, "records cannot be looked for by `" + name.text + "`",
                    "name another field", place);
      continue;
    }
    match.push_back(*field);
  }
  return match;
}

std::optional<ActionContents> read(const ActionText& text, AutomationPlace& place) {
  Context& context = place.context();
  const auto index = read_declared(context.model.entities, "entity", text.value(), context);
  if (!index) return std::nullopt;
  const model::Entity& entity = context.model.entities[*index];
  model::CreateAction action{.entity = *index, .values = {}, .match = {}, .result = {}};
  const yaml::Node* with = text.find("with");
  if (with != nullptr) action.values = place.read_values(*with, entity);
  check_required(with, entity, text.verb.value.span, context);
  if (const yaml::Node* match = text.find("match")) {
    action.match = read_match(*match, with, entity, place);
  }
  if (const yaml::Node* name = text.find("call_it"))
    action.result = place.add_record(*name, entity);
  return action;
}

}  // namespace

const ActionType& create_action() {
  static const ActionType type{
      .name = "create",
      .summary = "Makes a record, of any entity; with `match` it takes one that is there instead.",
      .keys = kKeys,
      .needs_record = false,
      .read = read,
  };
  return type;
}

}  // namespace formwork::compile
