// Small readers of YAML nodes that say what was expected when something else is there.
#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/base/json.h"
#include "dsl/compile/context.h"

namespace formwork::compile {

// "an app", "a lead".
std::string with_article(std::string_view noun);

// The value of that key in a mapping, or null.
const yaml::Node* value_of(const yaml::Node& mapping, std::string_view key);

// "expected <what>, but found <a list>" at the node.
void report_wrong_type(const yaml::Node& node, std::string_view what, Context& context);

// That something is absent. In a document whose text is broken this may only be unread, so nothing
// is said there.
void report_missing(std::string_view code, const Span& where, std::string message,
                    std::string remedy, Context& context);

// The entity that a document is of, `of: lead`; null when that is unknown, which is reported.
const model::Entity* read_entity_of(const Document& document, Context& context);

std::optional<std::string> read_text(const yaml::Node& node, std::string_view what,
                                     Context& context);
std::optional<bool> read_boolean(const yaml::Node& node, Context& context);
// A whole number within [min, max].
std::optional<std::int64_t> read_integer(const yaml::Node& node, std::string_view what,
                                         std::int64_t min, std::int64_t max, Context& context);

// A list of texts; a single text counts as a list of one. Each with its place.
struct PlacedText {
  std::string text;
  Span where;
};

std::vector<PlacedText> read_text_list(const yaml::Node& node, std::string_view what,
                                       Context& context);

// A text for people: one text for all locales, or a mapping of locales. Missing ones take the first
// given.
std::optional<Localized> read_localized(const yaml::Node& node, Context& context);

// `expected_close` as a label: "Expected close", in every locale.
Localized default_label(std::string_view name, const Context& context);

// How long something may take: `P3D`, `PT8H`. Nothing for what is none, which is then reported.
std::optional<calendar::Period> read_period(const yaml::Node& node, Context& context);

// The item of that name, as an index. Reports what is not there: "there is no <kind> `<name>`".
template <class Item>
std::optional<std::size_t> find_declared(const std::vector<Item>& items, std::string_view kind,
                                         const PlacedText& name, Context& context) {
  std::vector<std::string_view> names;
  for (const Item& item : items) {
    if (item.name == name.text) return static_cast<std::size_t>(&item - items.data());
    names.push_back(item.name);
  }
  context.diagnostics.error(codes::kNameUnknown, name.where,
                            "there is no " + std::string(kind) + " `" + name.text + "`",
                            suggest(name.text, names));
  return std::nullopt;
}

// The same of a name that stands in a document.
template <class Item>
std::optional<std::size_t> read_declared(const std::vector<Item>& items, std::string_view kind,
                                         const yaml::Node& node, Context& context) {
  const auto name = read_text(node, "the name of " + with_article(kind), context);
  return name ? find_declared(items, kind, {*name, node.span}, context) : std::nullopt;
}

// A field of the entity that has a type, as an index. Reports what is not there; of what is wrong
// with its type was told where it stands.
std::optional<std::size_t> find_field(const PlacedText& name, const model::Entity& entity,
                                      Context& context);

// The role or team of that name, as an index. Reports what is not there.
std::optional<std::size_t> find_role(const PlacedText& name, Context& context);
std::optional<std::size_t> find_team(const PlacedText& name, Context& context);

// A YAML value as JSON, for the readers of field types: plain numbers, true, false and null by
// YAML's core schema, everything else text.
json::Value to_json(const yaml::Node& node);

// Reports keys that are not in `known`; the first entry (the kind) is left out when `is_document`.
void check_keys(const yaml::Node& mapping, std::span<const std::string_view> known,
                std::string_view of_what, Context& context);

// Whether the name follows the rules for names; reports it otherwise.
bool check_name(const std::string& name, const Span& where, std::string_view of_what,
                Context& context);

}  // namespace formwork::compile
