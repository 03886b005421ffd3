// The cases of a scenario: a table, each row of which plays it with `{column}` replaced in texts.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "dsl/compile/context.h"
#include "dsl/compile/reading.h"

namespace formwork::compile {

class ScenarioCases {
 public:
  ScenarioCases(model::Scenario& scenario, Context& context)
      : scenario_(scenario), context_(context) {}

  void read(const yaml::Node& node);

  // What texts of the node ask of the cases; reports columns that are not there.
  void note_uses(const yaml::Node& node);

  void report_unused() const;

  // What a text is when the scenario is played: itself; for a placeholder alone, what the cases
  // say. Nothing for a placeholder amid other words.
  std::vector<PlacedText> texts_of(const yaml::Node& scalar) const;

 private:
  void read_row(const yaml::Node& node);
  void note_text(const yaml::Node& node);
  void report_bare(const yaml::Node& node);
  std::vector<std::string_view> names() const;

  model::Scenario& scenario_;
  Context& context_;
  std::vector<PlacedText> columns_;
  std::set<std::string, std::less<>> used_;
};

}  // namespace formwork::compile
