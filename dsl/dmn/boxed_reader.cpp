#include "dsl/dmn/boxed_reader.h"

#include <array>
#include <string>
#include <utility>

#include "dsl/diagnostics/codes.h"

namespace formwork::dmn {

using decision::Boxed;
using pugi::xml_node;
using Kind = Boxed::Kind;

namespace {

struct Name {
  std::string_view element;
  Kind kind;
};

constexpr std::array kNames = {
    Name{"literalExpression", Kind::Literal},
    Name{"decisionTable", Kind::Table},
    Name{"context", Kind::Context},
    Name{"invocation", Kind::Invocation},
    Name{"functionDefinition", Kind::Function},
    Name{"list", Kind::List},
    Name{"relation", Kind::Relation},
    Name{"conditional", Kind::Conditional},
    Name{"filter", Kind::Filter},
    Name{"for", Kind::For},
    Name{"some", Kind::Some},
    Name{"every", Kind::Every},
};

Kind kind_of(const xml_node& node) {
  if (node.type() != pugi::node_element) return Kind::Nothing;
  const std::string_view name = local_name(node);
  for (const Name& each : kNames) {
    if (each.element == name) return each.kind;
  }
  return Kind::Nothing;
}

}  // namespace

bool BoxedReader::is_logic(const xml_node& node) { return kind_of(node) != Kind::Nothing; }

decision::Variable BoxedReader::variable(const xml_node& node) const {
  return {node.attribute("name").value(), node.attribute("typeRef").value(),
          place_of(source_, node)};
}

void BoxedReader::read_children(const xml_node& node, Boxed& into) {
  for (const xml_node& each : node.children()) {
    if (is_logic(each)) into.children.push_back(read(each));
  }
}

Boxed BoxedReader::only_child(const xml_node& node) {
  for (const xml_node& each : node.children()) {
    if (is_logic(each)) return read(each);
  }
  return {};
}

Boxed BoxedReader::read(const xml_node& node) {
  Boxed boxed;
  const Kind kind = kind_of(node);
  switch (kind) {
    case Kind::Literal:
      boxed.text = text_of(source_, child(node, "text"));
      break;
    case Kind::Table:
      boxed.table = table(node);
      break;
    case Kind::Context:
      boxed = context(node);
      break;
    case Kind::Invocation:
      boxed = invocation(node);
      break;
    case Kind::Function:
      boxed = function(node);
      break;
    case Kind::Relation:
      boxed = relation(node);
      break;
    case Kind::Conditional:
      boxed = parts(node, kind, {"if", "then", "else"});
      break;
    case Kind::Filter:
      boxed = parts(node, kind, {"in", "match"});
      break;
    case Kind::For:
      boxed = parts(node, kind, {"in", "return"});
      break;
    case Kind::Some:
    case Kind::Every:
      boxed = parts(node, kind, {"in", "satisfies"});
      break;
    default:
      read_children(node, boxed);
  }
  if (boxed.kind != Kind::Foreign) boxed.kind = kind;
  boxed.type = node.attribute("typeRef").value();
  boxed.where = place_of(source_, node);
  return boxed;
}

Boxed BoxedReader::context(const xml_node& node) {
  Boxed boxed;
  for (const xml_node& entry : node.children()) {
    if (local_name(entry) != "contextEntry") continue;
    boxed.variables.push_back(variable(child(entry, "variable")));
    boxed.children.push_back(only_child(entry));
  }
  return boxed;
}

Boxed BoxedReader::invocation(const xml_node& node) {
  Boxed boxed;
  boxed.children.push_back(only_child(node));
  for (const xml_node& binding : node.children()) {
    if (local_name(binding) != "binding") continue;
    boxed.variables.push_back(variable(child(binding, "parameter")));
    boxed.children.push_back(only_child(binding));
  }
  return boxed;
}

Boxed BoxedReader::function(const xml_node& node) {
  Boxed boxed;
  boxed.kind = Kind::Function;
  boxed.where = place_of(source_, node);
  for (const xml_node& each : node.children()) {
    if (local_name(each) == "formalParameter") boxed.variables.push_back(variable(each));
  }
  boxed.children.push_back(only_child(node));
  const std::string_view kind = node.attribute("kind").value();
  if (kind.empty() || kind == "FEEL") return boxed;
  // The parameters stay, so that calls are read as ever.
  boxed.children.front() = {};
  boxed.children.front().kind = Kind::Foreign;
  boxed.children.front().where = boxed.where;
  return boxed;
}

Boxed BoxedReader::relation(const xml_node& node) {
  Boxed boxed;
  for (const xml_node& each : node.children()) {
    if (local_name(each) == "column") {
      boxed.variables.push_back(variable(each));
    } else if (local_name(each) == "row") {
      Boxed row;
      row.kind = Kind::List;
      row.where = place_of(source_, each);
      read_children(each, row);
      boxed.children.push_back(std::move(row));
    }
  }
  return boxed;
}

Boxed BoxedReader::parts(const xml_node& node, Kind kind,
                         std::initializer_list<std::string_view> names) {
  Boxed boxed;
  for (const std::string_view name : names) {
    const xml_node part = child(node, name);
    boxed.children.push_back(only_child(part));
    if (boxed.children.back().type.empty()) {
      boxed.children.back().type = part.attribute("typeRef").value();
    }
  }
  if (kind == Kind::For || kind == Kind::Some || kind == Kind::Every) {
    boxed.variables.push_back(
        {node.attribute("iteratorVariable").value(), {}, place_of(source_, node)});
  }
  return boxed;
}

std::shared_ptr<const decision::TableText> BoxedReader::table(const xml_node& node) {
  auto table = std::make_shared<decision::TableText>();
  table->where = place_of(source_, node);
  read_policy(node, *table);
  for (const xml_node& each : node.children()) {
    const std::string_view name = local_name(each);
    if (name == "input") {
      table->inputs.push_back(input(each));
    } else if (name == "output") {
      table->outputs.push_back(output(each));
    } else if (name == "rule") {
      table->rules.push_back(rule(each));
    }
  }
  return table;
}

void BoxedReader::read_policy(const xml_node& node, decision::TableText& table) {
  const pugi::xml_attribute policy = node.attribute("hitPolicy");
  if (policy) {
    if (const auto parsed = decision::parse_policy(policy.value())) {
      table.policy = *parsed;
    } else {
      diagnostics_.error(codes::kDecisionHitPolicy, table.where,
                         std::string("there is no hit policy `") + policy.value() + "`",
                         "write UNIQUE, ANY, PRIORITY, FIRST, RULE ORDER, OUTPUT ORDER or COLLECT");
    }
  }
  const pugi::xml_attribute aggregation = node.attribute("aggregation");
  if (!aggregation) return;
  if (const auto parsed = decision::parse_aggregation(aggregation.value())) {
    table.policy.aggregation = *parsed;
  } else {
    diagnostics_.error(codes::kDecisionHitPolicy, table.where,
                       std::string("there is no aggregation `") + aggregation.value() + "`",
                       "write SUM, MIN, MAX or COUNT");
  }
}

decision::InputText BoxedReader::input(const xml_node& node) const {
  decision::InputText input;
  const xml_node expression = child(node, "inputExpression");
  input.label = node.attribute("label").value();
  input.expression = text_of(source_, child(expression, "text"));
  input.type = expression.attribute("typeRef").value();
  input.allowed_values = text_of(source_, child(child(node, "inputValues"), "text"));
  return input;
}

decision::OutputText BoxedReader::output(const xml_node& node) const {
  decision::OutputText output;
  output.name = node.attribute("name").value();
  output.type = node.attribute("typeRef").value();
  output.allowed_values = text_of(source_, child(child(node, "outputValues"), "text"));
  output.fallback = text_of(source_, child(child(node, "defaultOutputEntry"), "text"));
  return output;
}

decision::RuleText BoxedReader::rule(const xml_node& node) const {
  decision::RuleText rule;
  rule.where = place_of(source_, node);
  for (const xml_node& each : node.children()) {
    const std::string_view name = local_name(each);
    if (name == "inputEntry") {
      rule.tests.push_back(text_of(source_, child(each, "text")));
    } else if (name == "outputEntry") {
      rule.outputs.push_back(text_of(source_, child(each, "text")));
    } else if (name == "annotationEntry") {
      if (!rule.annotation.empty()) rule.annotation += "; ";
      rule.annotation += text_of(source_, child(each, "text")).text;
    }
  }
  return rule;
}

}  // namespace formwork::dmn
