#include "dsl/diagnostics/codes.h"
#include "dsl/lint/lint.h"

namespace formwork::lint {
namespace {

void check_why(const Localized& why, const Span& where, const std::string& name,
               Diagnostics& diagnostics) {
  if (!why.empty()) return;
  diagnostics.warning(codes::kAssignmentUnsaid, where,
                      "people who get or lose records by `" + name + "` are not told why it is so",
                      "write `why: …`");
}

}  // namespace

void check_assignments_without_why(const model::Model& model, Diagnostics& diagnostics) {
  for (const model::Assignment& assignment : model.assignments) {
    check_why(assignment.why, assignment.where, assignment.name, diagnostics);
    for (const model::AssignmentRule& rule : assignment.rules) {
      if (rule.when) check_why(rule.why, rule.where, rule.id, diagnostics);
    }
    for (const model::Recycle& recycle : assignment.recycle) {
      check_why(recycle.why, recycle.where, recycle.id, diagnostics);
    }
  }
}

}  // namespace formwork::lint
