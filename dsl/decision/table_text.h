// TableText: a decision table as its author wrote it.
#pragma once

#include <string>
#include <vector>

#include "dsl/decision/hit_policy.h"
#include "dsl/decision/text.h"

namespace formwork::decision {

struct InputText {
  std::string label;  // empty: the expression names it
  Text expression;
  std::string type;     // as written; empty: not stated
  Text allowed_values;  // unary tests; empty: anything
  // Unary tests of what can come, as whoever wrote the table knows from elsewhere. Nothing is
  // refused by it; only gaps and overlaps stay within.
  Text domain = {};

  const std::string& name() const { return label.empty() ? expression.text : label; }
};

struct OutputText {
  std::string name;  // may be empty when it is the only one
  std::string type;
  Text allowed_values;  // in the order of their priority
  Text fallback;        // the output when no rule hits
};

struct RuleText {
  std::vector<Text> tests;    // one for each input
  std::vector<Text> outputs;  // one for each output
  std::string annotation;
  Span where;
};

struct TableText {
  Policy policy;
  std::vector<InputText> inputs;
  std::vector<OutputText> outputs;
  std::vector<RuleText> rules;
  Span where;
};

}  // namespace formwork::decision
