// Small DMN models for tests.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/decision/model.h"
#include "dsl/dmn/read.h"
#include "dsl/feel/operators.h"

namespace formwork::dmn {

inline std::string definitions(std::string_view body, std::string_view name_space = "urn:test") {
  return R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="test" namespace=")" +
         std::string(name_space) + "\">\n" + std::string(body) + "\n</definitions>\n";
}

// A decision with everything inside it given as XML.
inline std::string decision_of(std::string_view name, std::string_view inside,
                               std::string_view type = "") {
  std::string attribute;
  if (!type.empty()) attribute = " typeRef=\"" + std::string(type) + "\"";
  return "<decision id=\"" + std::string(name) + "\" name=\"" + std::string(name) +
         "\"><variable name=\"" + std::string(name) + "\"" + attribute + "/>" +
         std::string(inside) + "</decision>";
}

inline std::string literal(std::string_view text) {
  return "<literalExpression><text>" + std::string(text) + "</text></literalExpression>";
}

inline std::string input_of(std::string_view name, std::string_view type) {
  return "<inputData id=\"" + std::string(name) + "\" name=\"" + std::string(name) +
         "\"><variable name=\"" + std::string(name) + "\" typeRef=\"" + std::string(type) +
         "\"/></inputData>";
}

inline std::string needs_input(std::string_view id) {
  return "<informationRequirement><requiredInput href=\"#" + std::string(id) +
         "\"/></informationRequirement>";
}

inline std::string needs_decision(std::string_view id) {
  return "<informationRequirement><requiredDecision href=\"#" + std::string(id) +
         "\"/></informationRequirement>";
}

inline std::string needs_knowledge(std::string_view id) {
  return "<knowledgeRequirement><requiredKnowledge href=\"#" + std::string(id) +
         "\"/></knowledgeRequirement>";
}

struct Loaded {
  std::shared_ptr<const decision::Model> model;
  Diagnostics diagnostics;

  // As FEEL.
  std::string value(std::string_view decision,
                    const std::vector<std::pair<std::string, std::string>>& inputs = {}) const {
    std::vector<feel::Warning> reasons;
    return value(decision, inputs, reasons);
  }

  std::string value(std::string_view decision,
                    const std::vector<std::pair<std::string, std::string>>& inputs,
                    std::vector<feel::Warning>& reasons) const {
    const feel::Environment environment;
    std::vector<decision::Given> given;
    for (const auto& [name, text] : inputs) given.push_back({name, {}, value_of(text)});
    return feel::to_literal(model->evaluate(decision, given, environment, &reasons),
                            *environment.zone);
  }

  static feel::Value value_of(std::string_view text) {
    const feel::CompiledExpression compiled = feel::compile_expression(text, feel::Scope());
    const feel::Environment environment;
    feel::Evaluation evaluation(environment, {});
    return compiled.expression.value().evaluate(evaluation);
  }

  std::string findings() const {
    std::string text;
    for (const Diagnostic& each : diagnostics.all()) {
      text += std::string(each.code) + ": " + each.message + "\n";
    }
    return text;
  }
};

inline Loaded load_texts(const std::vector<std::string>& texts) {
  std::vector<SourcePtr> sources;
  for (const std::string& text : texts) {
    sources.push_back(
        std::make_shared<const Source>("model" + std::to_string(sources.size()) + ".dmn", text));
  }
  Loaded loaded;
  loaded.model = load(sources, loaded.diagnostics);
  return loaded;
}

inline Loaded load_body(std::string_view body) { return load_texts({definitions(body)}); }

}  // namespace formwork::dmn
