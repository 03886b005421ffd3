#include "dsl/fields/option_list.h"

#include <algorithm>
#include <set>

#include "dsl/base/utf8.h"
#include "dsl/fields/field_messages.h"

namespace formwork::fields {

Read<std::size_t> find_option(std::string_view code, const Field& field) {
  const std::string_view wanted = trimmed(code);
  const auto found = std::find_if(field.options.begin(), field.options.end(),
                                  [&](const Option& option) { return option.code == wanted; });
  if (found == field.options.end()) {
    return Unexpected{say(Say::NotAnOption, {{"value", repeated(wanted)}})};
  }
  return static_cast<std::size_t>(found - field.options.begin());
}

std::string option_label(std::string_view code, const Field& field, std::size_t locale) {
  for (const Option& option : field.options) {
    if (option.code == code && !option.label.empty()) return option.label[locale];
  }
  return std::string(code);
}

feel::Type option_type(const Field& field) {
  std::vector<std::string> codes;
  for (const Option& option : field.options) codes.push_back(option.code);
  return feel::Type::choice(std::move(codes), "the options of " + field.name);
}

std::optional<std::string> settle_options(const Field& field) {
  if (field.options.empty()) return "`options` has no option; give at least one";
  std::set<std::string_view> codes;
  for (const Option& option : field.options) {
    const std::string_view code = option.code;
    if (code.empty() || code != trimmed(code) || code.find(',') != std::string_view::npos) {
      return "an option's code has no comma and no blank at its ends; this is \"" + option.code +
             "\"";
    }
    if (!codes.insert(code).second) return "option \"" + option.code + "\" occurs twice";
  }
  return std::nullopt;
}

}  // namespace formwork::fields
