// What a bench found: each figure of ours with the peer or limit that was measured beside it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/bench/measure/machine.h"

namespace formwork::bench {

enum class Bound { AtLeast, AtMost };

struct Goal {
  Bound bound;
  double ratio;
};

// One value per round on each side. A limit that is not measured (20 MiB) has one value.
struct Figure {
  std::string name;
  std::string unit;
  std::string subject = "formwork";
  std::string peer;
  std::vector<double> values;
  std::vector<double> peer_values;
  std::optional<Goal> goal = std::nullopt;

  double value() const;
  double peer_value() const;

  // The median of the rounds' own ratios: what drifts during a run drifts on both sides of a round.
  double ratio() const;
  bool is_met() const;
};

struct BenchResult {
  std::string name;
  std::string about;
  std::vector<Figure> figures;
  std::vector<std::string> notes;
  std::string skipped;  // why nothing was measured; empty if it was
};

double median(std::vector<double> values);

std::string text_of(const BenchResult& result);
std::string json_of(const Machine& machine, const std::vector<BenchResult>& results);

}  // namespace formwork::bench
