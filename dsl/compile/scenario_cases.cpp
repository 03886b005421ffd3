#include "dsl/compile/scenario_cases.h"

#include <algorithm>

namespace formwork::compile {
namespace {

struct Placeholder {
  std::size_t begin;  // of the brace
  std::size_t end;    // behind the other one
  std::string name;
};

bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::vector<Placeholder> placeholders_in(std::string_view text) {
  std::vector<Placeholder> found;
  for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
    const std::size_t end = text.find('}', at);
    if (end == std::string_view::npos) break;
    const std::string_view name = text.substr(at + 1, end - at - 1);
    if (!name.empty() && std::all_of(name.begin(), name.end(), is_name_byte)) {
      found.push_back({at, end + 1, std::string(name)});
    }
  }
  return found;
}

}  // namespace

void ScenarioCases::read(const yaml::Node& node) {
  if (!node.is_sequence() || node.items.empty()) {
    report_wrong_type(node, "a list of cases, each a mapping of columns to values", context_);
    return;
  }
  for (const yaml::Node& row : node.items) read_row(row);
}

void ScenarioCases::read_row(const yaml::Node& node) {
  if (!node.is_mapping() || node.entries.empty()) {
    report_wrong_type(node, "a case: a mapping of columns to values", context_);
    return;
  }
  const bool is_first = scenario_.cases.empty();
  auto& row = scenario_.cases.emplace_back();
  for (const yaml::Entry& entry : node.entries) {
    const auto column = std::find_if(columns_.begin(), columns_.end(),
                                     [&](const auto& each) { return each.text == entry.key; });
    if (is_first && check_name(entry.key, entry.key_span, "a column", context_)) {
      columns_.push_back({entry.key, entry.key_span});
    } else if (!is_first && column == columns_.end()) {
      context_.diagnostics.error(codes::kScenarioCase, entry.key_span,
                                 "the first case has no `" + entry.key + "`",
                                 suggest(entry.key, names()));
    }
    row.emplace(entry.key, model::PlacedValue{to_json(entry.value), entry.value.span});
  }
  for (const PlacedText& column : columns_) {
    if (row.contains(column.text)) continue;
    context_.diagnostics.error(codes::kScenarioCase, node.span,
                               "this case does not say `" + column.text + "`",
                               "write it as the first case does");
  }
}

std::vector<std::string_view> ScenarioCases::names() const {
  std::vector<std::string_view> names;
  for (const PlacedText& column : columns_) names.push_back(column.text);
  return names;
}

void ScenarioCases::note_uses(const yaml::Node& node) {
  if (columns_.empty()) return;
  if (node.is_scalar()) note_text(node);
  for (const yaml::Node& item : node.items) note_uses(item);
  for (const yaml::Entry& entry : node.entries) note_uses(entry.value);
  report_bare(node);
}

void ScenarioCases::note_text(const yaml::Node& node) {
  const std::vector<std::string_view> known = names();
  for (const Placeholder& placeholder : placeholders_in(node.text)) {
    if (std::find(known.begin(), known.end(), placeholder.name) != known.end()) {
      used_.insert(placeholder.name);
      continue;
    }
    context_.diagnostics.error(
        codes::kScenarioCase, node.span_of(placeholder.begin, placeholder.end),
        "the cases have no column `" + placeholder.name + "`", suggest(placeholder.name, known));
    // The column that is meant is used.
    for (const std::string_view near : nearest(placeholder.name, known)) used_.emplace(near);
  }
}

// YAML takes `{discount}` without quotes for a mapping.
void ScenarioCases::report_bare(const yaml::Node& node) {
  if (!node.is_mapping() || node.entries.size() != 1) return;
  const yaml::Entry& entry = node.entries.front();
  const std::vector<std::string_view> known = names();
  if (!entry.value.is_null() || std::find(known.begin(), known.end(), entry.key) == known.end()) {
    return;
  }
  used_.insert(entry.key);
  context_.diagnostics.error(
      codes::kScenarioCase, node.span,
      "YAML takes this for a mapping, and not for the column `" + entry.key + "`",
      "write it in quotes: \"{" + entry.key + "}\"");
}

void ScenarioCases::report_unused() const {
  for (const PlacedText& column : columns_) {
    if (used_.contains(column.text)) continue;
    context_.diagnostics.warning(codes::kScenarioCase, column.where,
                                 "no step uses the column `" + column.text + "`",
                                 "write \"{" + column.text + "}\" where it belongs, or remove it");
  }
}

std::vector<PlacedText> ScenarioCases::texts_of(const yaml::Node& scalar) const {
  const std::vector<Placeholder> found = placeholders_in(scalar.text);
  if (columns_.empty() || found.empty()) return {{scalar.text, scalar.span}};
  if (found.size() > 1 || found[0].begin != 0 || found[0].end != scalar.text.size()) return {};
  std::vector<PlacedText> texts;
  for (const auto& row : scenario_.cases) {
    const auto value = row.find(found[0].name);
    if (value == row.end() || value->second.value.text.empty()) continue;
    texts.push_back({value->second.value.text, value->second.where});
  }
  return texts;
}

}  // namespace formwork::compile
