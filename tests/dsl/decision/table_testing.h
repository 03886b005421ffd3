// Tables for tests, written as rows of texts.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/decision/table.h"
#include "dsl/feel/operators.h"
#include "dsl/feel/type.h"

namespace formwork::decision {

// A table over variables `name: type`; each row has a cell for each input, then one for each
// output.
struct TestTable {
  std::string policy;
  std::vector<std::pair<std::string, std::string>> inputs;  // name, type
  std::vector<std::vector<std::string>> rows;
  std::vector<OutputText> outputs = {{.name = "result"}};
  std::map<std::string, std::string> allowed = {};  // of inputs

  TableText text() const {
    TableText table;
    table.policy = parse_policy(policy).value();
    for (const auto& [name, type] : inputs) {
      const auto values = allowed.find(name);
      table.inputs.push_back(
          {{}, {name, {}}, type, {values == allowed.end() ? "" : values->second, {}}});
    }
    table.outputs = outputs;
    for (const std::vector<std::string>& row : rows) {
      RuleText rule;
      for (std::size_t i = 0; i < row.size(); ++i) {
        (i < inputs.size() ? rule.tests : rule.outputs).push_back({row[i], {}});
      }
      table.rules.push_back(std::move(rule));
    }
    return table;
  }

  feel::Scope scope() const {
    feel::Scope result;
    for (const auto& [name, type] : inputs) {
      result.add(name, feel::Type::parse(type).value_or(feel::Type()));
    }
    return result;
  }

  std::shared_ptr<const Table> compile(Findings& findings) const {
    const TypeLookup types = [](std::string_view name) -> std::optional<ItemType> {
      const auto type = feel::Type::parse(name);
      if (!type) return std::nullopt;
      return ItemType{*type};
    };
    const feel::Scope variables = scope();
    return compile_table(text(), {variables, types, feel::Options::Mode::Lenient, "the table"},
                         findings);
  }

  std::shared_ptr<const Table> compile() const {
    Findings findings;
    return compile(findings);
  }
};

struct Answer {
  std::string value;  // as FEEL
  TableTrace trace;
  std::vector<std::string> reasons;
};

inline feel::Value value_of(std::string_view text) {
  const feel::CompiledExpression compiled = feel::compile_expression(text, feel::Scope());
  const feel::Environment environment;
  feel::Evaluation evaluation(environment, {});
  return compiled.expression.value().evaluate(evaluation);
}

// With the inputs as FEEL.
inline Answer decide(const Table& table, const std::vector<std::string>& inputs) {
  std::vector<feel::Value> values;
  for (const std::string& input : inputs) values.push_back(value_of(input));
  std::vector<const feel::Value*> variables;
  for (const feel::Value& value : values) variables.push_back(&value);
  const feel::Environment environment;
  std::vector<feel::Warning> warnings;
  feel::Evaluation evaluation(environment, variables, &warnings);
  Answer answer;
  answer.value = feel::to_literal(evaluate(table, evaluation, &answer.trace), *environment.zone);
  for (const feel::Warning& warning : warnings) answer.reasons.push_back(warning.message);
  return answer;
}

inline std::string decided(const TestTable& table, const std::vector<std::string>& inputs) {
  return decide(*table.compile(), inputs).value;
}

}  // namespace formwork::decision
