// Model: decisions with what they require, compiled; after DMN 1.5, chapters 6 to 10.
//
// A model never fails to compile: logic that cannot be read is reported and gives null. Evaluating
// is pure and may be done by any number of threads.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/decision/boxed.h"
#include "dsl/decision/definitions.h"
#include "dsl/decision/item_type.h"
#include "dsl/decision/table.h"

namespace formwork::decision {

// What was computed on the way, in the order in which it was done.
struct DecisionTrace {
  std::string name;
  feel::Value value;
  std::vector<TracedTable> tables;
  std::vector<feel::Warning> reasons;  // why something is null
};

struct Trace {
  std::vector<DecisionTrace> decisions;
};

// A value that the caller gives: of an input, or of a decision that is then not computed.
struct Given {
  std::string name;             // `age`, or `imported.age`
  std::string name_space = {};  // of the model that has it; empty: wherever the name leads
  feel::Value value = {};
};

class Model {
 public:
  // `models[0]` is the one to evaluate, the others are there to be imported.
  static std::shared_ptr<const Model> compile(std::span<const Definitions> models,
                                              Findings& findings);

  ~Model();

  struct Named {
    std::string name;
    feel::Type type;
  };

  // Of the first model, in the order of its text.
  std::vector<Named> decisions() const;
  std::vector<Named> inputs() const;
  std::vector<Named> services() const;

  // The value of a decision; null with a reason when there is none of that name. Functions among
  // the values must not outlive the model.
  feel::Value evaluate(std::string_view decision, std::span<const Given> given,
                       const feel::Environment& environment,
                       std::vector<feel::Warning>* reasons = nullptr, Trace* trace = nullptr,
                       const feel::Budget& budget = {}) const;

  // Calls a service or a knowledge model with arguments by name; what is not given is null.
  feel::Value invoke(std::string_view name, std::span<const Given> arguments,
                     const feel::Environment& environment,
                     std::vector<feel::Warning>* reasons = nullptr,
                     const feel::Budget& budget = {}) const;

  // The tables of the first model with the names of their decisions, for analysis.
  std::vector<std::pair<std::string, std::shared_ptr<const Table>>> tables() const;

  struct Program;

  explicit Model(std::unique_ptr<Program> program);

 private:
  std::unique_ptr<Program> program_;
};

}  // namespace formwork::decision
