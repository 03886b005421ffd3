// tag: options are added to the record's field `tags`, or taken from it.
#include <algorithm>
#include <array>

#include "dsl/compile/action.h"

namespace formwork::compile {
namespace {

constexpr std::array<std::string_view, 2> kParts{"add", "remove"};

std::vector<std::string> read_tags(const yaml::Node& node, AutomationPlace& place) {
  std::vector<std::string_view> options;
  for (const fields::Option& option : place.entity()->fields[*place.entity()->tags].options) {
    options.push_back(option.code);
  }
  std::vector<std::string> tags;
  for (PlacedText& tag : read_text_list(node, "a tag or a list of tags", place.context())) {
    if (std::find(options.begin(), options.end(), tag.text) != options.end()) {
      tags.push_back(std::move(tag.text));
      continue;
    }
    place.context().diagnostics.error(codes::kNameUnknown, tag.where,
                                      "`" + tag.text + "` is not one of the options of tags",
                                      suggest(tag.text, options));
  }
  return tags;
}

std::optional<ActionContents> read(const ActionText& text, AutomationPlace& place) {
  if (!place.entity()->tags) {
    report_action(text.verb.key_span, "records of " + place.entity()->name + " have no tags",
                  "add a field of type multi_choice called `tags`", place);
    return std::nullopt;
  }
  model::TagAction action;
  if (!text.value().is_mapping()) {
    action.add = read_tags(text.value(), place);
    return action;
  }
  const yaml::Node* parts = expect_parts(text, kParts, place);
  if (parts == nullptr) return std::nullopt;
  if (const yaml::Node* add = value_of(*parts, "add")) action.add = read_tags(*add, place);
  if (const yaml::Node* remove = value_of(*parts, "remove")) {
    action.remove = read_tags(*remove, place);
  }
  return action;
}

}  // namespace

const ActionType& tag_action() {
  static const ActionType type{
      .name = "tag",
      .summary = "Adds options to the record's field `tags`, or takes them away.",
      .parts = kParts,
      .changes_record = true,
      .read = read,
  };
  return type;
}

}  // namespace formwork::compile
