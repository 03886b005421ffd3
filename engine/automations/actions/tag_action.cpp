// tag: adds to the record's tags and takes away from them, whatever others it has.
#include <algorithm>

#include "engine/automations/action.h"
#include "engine/automations/values.h"

namespace formwork::automations {
namespace {

bool has(const std::vector<std::string>& codes, const std::string& code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

std::vector<std::string> codes_of(const feel::Value& tags) {
  std::vector<std::string> codes;
  if (tags.is_null()) return codes;
  for (const feel::Value& code : tags.list()) codes.push_back(code.string());
  return codes;
}

// In the order of the options, as such fields keep them.
feel::Value tagged(const model::TagAction& tag, const fields::Field& field,
                   const std::vector<std::string>& before) {
  feel::List after;
  for (const fields::Option& option : field.options) {
    const bool stays = has(before, option.code) && !has(tag.remove, option.code);
    if (stays || has(tag.add, option.code)) after.emplace_back(option.code);
  }
  return after.empty() ? feel::Value() : feel::Value(std::move(after));
}

Expected<Done, Refusal> run(const model::AutomationAction& action, Occasion& occasion,
                            Doing& doing) {
  const auto& tag = std::get<model::TagAction>(action.what);
  const std::size_t index = *occasion.entity->tags;
  const fields::Field& field = occasion.entity->fields[index];
  engine::Changes changes{{index, tagged(tag, field, codes_of(occasion.record.values[index]))}};
  return change_record(std::move(changes), occasion, doing);
}

}  // namespace

const ActionType& tag_action() {
  static const ActionType type{
      .name = "tag", .alternative = alternative_of<model::TagAction>(), .run = run};
  return type;
}

}  // namespace formwork::automations
