#include "dsl/compile/options.h"

#include <algorithm>

#include "dsl/base/utf8.h"
#include "dsl/compile/reading.h"

namespace formwork::compile {
namespace {

// Codes are stored, sent and written into addresses; the comma separates them in the store.
bool check_code(const std::string& code, const Span& where, Context& context) {
  const bool fits =
      !code.empty() && code.size() <= 60 && code.find_first_of(", \t\n\"") == std::string::npos;
  if (fits) return true;
  context.diagnostics.error(
      codes::kNameInvalid, where,
      "`" + std::string(take_characters(code, 40)) + "` cannot be the code of an option",
      "use 1 to 60 bytes without blanks, commas and quotes");
  return false;
}

void add(std::vector<fields::Option>& options, const std::string& code, Localized label,
         const Span& where, Context& context) {
  if (!check_code(code, where, context)) return;
  const bool again = std::any_of(options.begin(), options.end(),
                                 [&](const fields::Option& option) { return option.code == code; });
  if (again) {
    context.diagnostics.error(codes::kDocumentDuplicate, where,
                              "the option `" + code + "` is listed twice", "remove one");
    return;
  }
  options.push_back({code, std::move(label)});
}

Localized label_of(const yaml::Entry& entry, Context& context) {
  if (!entry.value.is_null()) {
    if (auto label = read_localized(entry.value, context)) return std::move(*label);
  }
  return default_label(entry.key, context);
}

std::vector<fields::Option> find_shared(const yaml::Node& node, Context& context) {
  const auto found = context.option_sets.find(node.text);
  if (found != context.option_sets.end()) {
    found->second.used = true;
    return found->second.options;
  }
  context.diagnostics.error(codes::kFieldOptions, node.span,
                            "there is no option set `" + node.text + "`",
                            suggest(node.text, names_of(context.option_sets)));
  return {};
}

}  // namespace

std::vector<fields::Option> read_options(const yaml::Node& node, Context& context) {
  std::vector<fields::Option> options;
  if (node.is_scalar()) return find_shared(node, context);
  if (node.is_mapping() && !node.entries.empty()) {
    for (const yaml::Entry& entry : node.entries) {
      add(options, entry.key, label_of(entry, context), entry.key_span, context);
    }
  } else if (node.is_sequence() && !node.items.empty()) {
    for (const PlacedText& code : read_text_list(node, "a list of options", context)) {
      add(options, code.text, default_label(code.text, context), code.where, context);
    }
  } else {
    report_wrong_type(node, "options: the name of a set, a mapping or a list", context);
  }
  return options;
}

}  // namespace formwork::compile
