// The field dictionary: `fields` and `option_sets` documents.
#include "dsl/compile/keys.h"
#include "dsl/compile/options.h"
#include "dsl/compile/reading.h"

namespace formwork::compile {
namespace {

bool expect_mapping(const yaml::Node& node, std::string_view what, Context& context) {
  if (node.is_mapping()) return true;
  report_wrong_type(node, what, context);
  return false;
}

void report_twice(std::string_view what, const yaml::Entry& entry, const Span& first,
                  Context& context) {
  context.diagnostics
      .error(codes::kDocumentDuplicate, entry.key_span,
             "the " + std::string(what) + " `" + entry.key + "` is defined twice", "remove one")
      .related.push_back({first, "it is defined here too"});
}

void collect_fields(const yaml::Node& node, Context& context) {
  if (!expect_mapping(node, "a mapping of names to fields", context)) return;
  for (const yaml::Entry& entry : node.entries) {
    if (!check_name(entry.key, entry.key_span, "a field", context)) continue;
    const auto [place, added] =
        context.dictionary.emplace(entry.key, DictionaryField{&entry.value, entry.key_span});
    if (!added) report_twice("field", entry, place->second.where, context);
  }
}

void collect_option_sets(const yaml::Node& node, Context& context) {
  if (!expect_mapping(node, "a mapping of names to option sets", context)) return;
  for (const yaml::Entry& entry : node.entries) {
    if (!check_name(entry.key, entry.key_span, "an option set", context)) continue;
    const auto known = context.option_sets.find(entry.key);
    if (known != context.option_sets.end()) {
      report_twice("option set", entry, known->second.where, context);
      continue;
    }
    if (entry.value.is_scalar()) {
      report_wrong_type(entry.value, "a mapping of codes to labels, or a list of codes", context);
      // It exists, so that fields which name it are not reported too.
      context.option_sets.emplace(entry.key, OptionSet{{}, entry.key_span, true});
      continue;
    }
    context.option_sets.emplace(entry.key,
                                OptionSet{read_options(entry.value, context), entry.key_span});
  }
}

}  // namespace

void collect_dictionary(const Document& document, Context& context) {
  check_keys(*document.node, keys::kDictionary, "a field dictionary", context);
  if (const yaml::Node* node = value_of(*document.node, "option_sets"))
    collect_option_sets(*node, context);
  if (const yaml::Node* node = value_of(*document.node, "fields")) collect_fields(*node, context);
}

void compile_dictionary(Context& context) {
  for (const auto& [name, entry] : context.dictionary) {
    if (entry.used) continue;
    // Nothing uses it, so nothing has checked it yet.
    fields::Field field;
    compile_field(name, entry.where, *entry.node, context, field);
    context.diagnostics.warning(codes::kFieldUnused, entry.where,
                                "no entity uses the field `" + name + "` of the dictionary",
                                "use it, or remove it");
  }
  for (const auto& [name, set] : context.option_sets) {
    if (set.used) continue;
    context.diagnostics.warning(codes::kFieldUnused, set.where,
                                "no field uses the option set `" + name + "`",
                                "use it, or remove it");
  }
}

}  // namespace formwork::compile
