// A decision document: from its text to a TableText.
#include "dsl/compile/decision.h"

#include <array>

#include "dsl/compile/context.h"
#include "dsl/compile/keys.h"
#include "dsl/compile/reading.h"

namespace formwork::compile {
namespace {

using decision::HitPolicy;
using decision::Text;

constexpr std::array<std::string_view, 11> kPolicies{
    "unique",  "any",         "priority",    "first",       "rule order",   "output order",
    "collect", "collect sum", "collect min", "collect max", "collect count"};

constexpr std::array<std::string_view, 9> kTypes{"number",
                                                 "string",
                                                 "boolean",
                                                 "date",
                                                 "time",
                                                 "date and time",
                                                 "Any",
                                                 "days and time duration",
                                                 "years and months duration"};

std::string count_of(std::size_t count, std::string_view what) {
  return std::to_string(count) + " " + std::string(what) + (count == 1 ? "" : "s");
}

class DecisionReader {
 public:
  DecisionReader(const Document& document, Context& context)
      : document_(document), node_(*document.node), context_(context) {}

  DecisionText read() {
    const std::size_t errors = context_.diagnostics.error_count();
    text_.decision.name = document_.name;
    text_.decision.where = text_.table.where = document_.name_where;
    check_keys(node_, keys::kDecision, "a decision", context_);
    text_.decision.label = default_label(document_.name, context_);
    read_words("label", node_, text_.decision.label);
    read_words("why", node_, text_.decision.why);
    text_.of = value_of(node_, "of");
    read_policy();
    read_inputs();
    read_outputs();
    read_rules();
    check_order();
    text_.is_whole = context_.diagnostics.error_count() == errors && is_complete_;
    return std::move(text_);
  }

 private:
  void read_words(std::string_view key, const yaml::Node& mapping, Localized& into) {
    const yaml::Node* words = value_of(mapping, key);
    if (words == nullptr) return;
    if (auto text = read_localized(*words, context_)) into = std::move(*text);
  }

  // A text of FEEL. A plain `null` is one too.
  std::optional<Text> read_feel(const yaml::Node& node, std::string_view what) {
    const bool is_word = node.is_null() && !node.text.empty();
    if (!is_word && !node.is_scalar()) {
      report_wrong_type(node, what, context_);
      return std::nullopt;
    }
    text_.nodes.emplace(std::pair{node.span.begin, node.span.end}, &node);
    return Text{node.text, node.span};
  }

  const yaml::Node* need(std::string_view key, std::string message, std::string remedy) {
    const yaml::Node* node = value_of(node_, key);
    if (node != nullptr) return node;
    is_complete_ = false;
    report_missing(codes::kDocumentMissingKey, document_.name_where, std::move(message),
                   std::move(remedy), context_);
    return nullptr;
  }

  void read_policy() {
    const yaml::Node* node = value_of(node_, "hit_policy");
    if (node == nullptr) return;
    const auto words = read_text(*node, "a hit policy", context_);
    if (!words) return;
    if (const auto policy = decision::parse_policy(*words)) {
      text_.table.policy = *policy;
      return;
    }
    std::string remedy = nearest(*words, kPolicies).empty() ? "" : suggest(*words, kPolicies);
    if (remedy.empty()) {
      remedy = "write unique, any, priority, first, rule order, output order or collect";
    }
    context_.diagnostics.error(codes::kDecisionHitPolicy, node->span,
                               "there is no hit policy `" + *words + "`", std::move(remedy));
  }

  void read_inputs() {
    const yaml::Node* node = need("inputs", "the decision `" + document_.name + "` has no inputs",
                                  "write `inputs: [ … ]`");
    if (node == nullptr) return;
    if (!node->is_sequence() || node->items.empty()) {
      report_wrong_type(*node, "a list of inputs, each a field or an expression in FEEL", context_);
      return;
    }
    for (const yaml::Node& item : node->items) read_input(item);
  }

  void read_input(const yaml::Node& node) {
    const yaml::Node* value = &node;
    if (node.is_mapping()) {
      check_keys(node, keys::kDecisionInput, "an input", context_);
      value = value_of(node, "value");
      if (value == nullptr) {
        report_missing(codes::kDocumentMissingKey, node.span, "an input says what it looks at",
                       "write `value: …`", context_);
        is_complete_ = false;
        return;
      }
    }
    const auto text = read_feel(*value, "a field or an expression in FEEL");
    if (!text) return;
    decision::InputText input;
    input.expression = *text;
    Localized label = default_label(text->text, context_);
    if (node.is_mapping()) {
      read_words("label", node, label);
      input.type = read_type(node);
    }
    text_.table.inputs.push_back(std::move(input));
    text_.decision.inputs.push_back(std::move(label));
  }

  std::string read_type(const yaml::Node& mapping) {
    const yaml::Node* node = value_of(mapping, "type");
    if (node == nullptr) return {};
    const auto name = read_text(*node, "a type of FEEL", context_);
    if (!name) return {};
    if (feel::Type::parse(*name)) return *name;
    const bool is_near = !nearest(*name, kTypes).empty();
    context_.diagnostics.error(
        codes::kDecisionType, node->span, "there is no type `" + *name + "`",
        is_near ? suggest(*name, kTypes) : "write a type of FEEL, such as number or string");
    return {};
  }

  void read_outputs() {
    const yaml::Node* one = value_of(node_, "output");
    const yaml::Entry* many = node_.find("outputs");
    if (one != nullptr && many != nullptr) {
      context_.diagnostics.error(codes::kDocumentDuplicate, many->key_span,
                                 "a decision has `output` or `outputs`, and this one has both",
                                 "write all outputs below `outputs`");
    }
    if (one == nullptr && many == nullptr) {
      need("output", "the decision `" + document_.name + "` gives nothing", "write `output: …`");
      return;
    }
    if (many == nullptr) {
      read_output(*one);
    } else if (!many->value.is_sequence() || many->value.items.empty()) {
      report_wrong_type(many->value, "a list of outputs", context_);
    } else {
      for (const yaml::Node& item : many->value.items) read_output(item);
    }
  }

  void read_output(const yaml::Node& node) {
    const yaml::Node* name = node.is_mapping() ? value_of(node, "name") : &node;
    decision::OutputText output;
    if (node.is_mapping()) {
      check_keys(node, keys::kDecisionOutput, "an output", context_);
      output.type = read_type(node);
      if (const yaml::Node* values = value_of(node, "values")) read_values(*values, output);
      if (const yaml::Node* fallback = value_of(node, "default")) {
        output.fallback = read_feel(*fallback, "an expression in FEEL").value_or(Text{});
      }
    }
    if (name == nullptr) {
      report_missing(codes::kDocumentMissingKey, node.span, "an output has a name",
                     "write `name: …`", context_);
      is_complete_ = false;
      return;
    }
    const auto text = read_text(*name, "the name of an output", context_);
    if (!text || !check_name(*text, name->span, "an output", context_)) return;
    output.name = *text;
    for (const decision::OutputText& other : text_.table.outputs) {
      if (other.name != output.name) continue;
      context_.diagnostics.error(codes::kDocumentDuplicate, name->span,
                                 "there are two outputs `" + output.name + "`", "rename one");
    }
    text_.table.outputs.push_back(std::move(output));
  }

  // The values that an output may have, the one that goes first in front.
  void read_values(const yaml::Node& node, decision::OutputText& output) {
    output.allowed_values.where = node.span;
    if (!node.is_sequence()) {
      output.allowed_values = read_feel(node, "a list of values in FEEL").value_or(Text{});
      return;
    }
    for (const yaml::Node& item : node.items) {
      const auto value = read_feel(item, "a value in FEEL");
      if (!value) continue;
      if (!output.allowed_values.text.empty()) output.allowed_values.text += ", ";
      output.allowed_values.text += value->text;
    }
  }

  void check_order() {
    const HitPolicy hit = text_.table.policy.hit;
    if (hit != HitPolicy::Priority && hit != HitPolicy::OutputOrder) return;
    for (const decision::OutputText& output : text_.table.outputs) {
      if (!output.allowed_values.empty()) return;
    }
    if (text_.table.outputs.empty()) return;
    const std::string policy(decision::to_string(text_.table.policy));
    context_.diagnostics.error(
        codes::kDecisionHitPolicy, value_of(node_, "hit_policy")->span,
        "`" + policy + "` goes by the order of the output's values, and none is given",
        "list them, the first one first: output: { name: " + text_.table.outputs.front().name +
            ", values: [ … ] }");
  }

  void read_rules() {
    const yaml::Node* node =
        need("rules", "the decision `" + document_.name + "` has no rules", "write `rules: [ … ]`");
    if (node == nullptr) return;
    if (!node->is_sequence() || node->items.empty()) {
      report_wrong_type(*node, "a list of rules", context_);
      return;
    }
    for (const yaml::Node& item : node->items) read_rule(item);
  }

  void read_rule(const yaml::Node& node) {
    rule_ = {};
    rule_.where = node.span;
    Localized why;
    if (node.is_mapping()) {
      read_words("why", node, why);
      read_named_parts(node);
    } else if (node.is_sequence()) {
      read_row(node);
    } else {
      report_wrong_type(node, "a rule: a list of cells, or a mapping with `when` and `then`",
                        context_);
    }
    text_.table.rules.push_back(std::move(rule_));
    text_.decision.rules.push_back({std::move(why), node.span});
  }

  // Tests first, then outputs.
  void read_row(const yaml::Node& node) {
    const std::size_t inputs = text_.table.inputs.size();
    const std::size_t outputs = text_.table.outputs.size();
    // Without the right columns nothing is known about the right cells.
    if (inputs == 0 || outputs == 0) return;
    if (node.items.size() != inputs + outputs) {
      report_cells(node, count_of(node.items.size(), "cell"),
                   count_of(inputs, "input") + " and " + count_of(outputs, "output"));
    }
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      add_cell(node.items[i], i < inputs ? rule_.tests : rule_.outputs);
    }
  }

  void read_named_parts(const yaml::Node& node) {
    check_keys(node, keys::kDecisionRule, "a rule of a decision", context_);
    read_part(node, "when", "input", text_.table.inputs.size(), rule_.tests);
    read_part(node, "then", "output", text_.table.outputs.size(), rule_.outputs);
  }

  void read_part(const yaml::Node& rule, std::string_view key, std::string_view what,
                 std::size_t count, std::vector<Text>& into) {
    const yaml::Node* node = value_of(rule, key);
    if (node == nullptr) {
      is_complete_ = false;
      report_missing(codes::kDocumentMissingKey, rule.span,
                     "a rule has a cell for each " + std::string(what),
                     "write `" + std::string(key) + ": [ … ]`", context_);
      return;
    }
    const std::size_t found = node->is_sequence() ? node->items.size() : 1;
    if (count > 0 && found != count) {
      report_cells(*node, count_of(found, "cell"), count_of(count, what));
    }
    if (!node->is_sequence()) return add_cell(*node, into);
    for (const yaml::Node& item : node->items) add_cell(item, into);
  }

  void report_cells(const yaml::Node& node, const std::string& found, const std::string& wanted) {
    context_.diagnostics.error(
        codes::kDecisionRule, node.span,
        "rule " + std::to_string(text_.table.rules.size() + 1) + " has " + found + " for " + wanted,
        "write one cell for each, \"-\" for an input that does not matter");
  }

  void add_cell(const yaml::Node& node, std::vector<Text>& into) {
    if (auto text = read_feel(node, "a cell: a text in FEEL")) into.push_back(std::move(*text));
  }

  const Document& document_;
  const yaml::Node& node_;
  Context& context_;
  DecisionText text_;
  decision::RuleText rule_;
  bool is_complete_ = true;  // what is missing in a damaged document is not reported
};

}  // namespace

void read_decision(const Document& document, Context& context) {
  context.decisions.emplace(document.name, DecisionReader(document, context).read());
}

}  // namespace formwork::compile
