#include "dsl/decision/text.h"

namespace formwork::decision {

void add_problems(Findings& findings, const std::vector<feel::Problem>& problems, const Text& text,
                  std::string_view home) {
  for (const feel::Problem& problem : problems) {
    findings.push_back({.code = problem.code,
                        .is_warning = problem.is_warning,
                        .text = text,
                        .begin = problem.begin,
                        .end = problem.end,
                        .message = problem.message,
                        .remedy = problem.remedy,
                        .home = std::string(home)});
  }
}

}  // namespace formwork::decision
