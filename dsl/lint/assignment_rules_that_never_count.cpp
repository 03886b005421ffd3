#include "dsl/diagnostics/codes.h"
#include "dsl/lint/lint.h"

namespace formwork::lint {
namespace {

class RuleCheck {
 public:
  RuleCheck(const model::Assignment& assignment, Diagnostics& diagnostics)
      : assignment_(assignment), diagnostics_(diagnostics) {}

  void run() {
    for (const model::AssignmentRule& rule : assignment_.rules) check(rule);
  }

 private:
  void check(const model::AssignmentRule& rule) {
    if (always_ != nullptr) {
      warn(rule, "`" + always_->id + "` above it holds for every record",
           "move it up, or correct the condition above it")
          .related.push_back({always_->where, "this one takes all"});
      return;
    }
    const feel::Value* constant = rule.when ? rule.when->constant() : nullptr;
    if (constant == nullptr) return;
    if (!constant->is_null() && constant->boolean()) {
      always_ = &rule;
      return;
    }
    warn(rule,
         std::string("its `when` is ") + (constant->is_null() ? "null" : "false") +
             " for every record",
         "correct its condition, or remove the rule");
  }

  Diagnostic& warn(const model::AssignmentRule& rule, const std::string& why, std::string remedy) {
    return diagnostics_.warning(
        codes::kAssignmentNever, rule.where,
        "the rule `" + rule.id + "` of `" + assignment_.name + "` never counts: " + why,
        std::move(remedy));
  }

  const model::Assignment& assignment_;
  Diagnostics& diagnostics_;
  const model::AssignmentRule* always_ = nullptr;
};

}  // namespace

void check_assignment_rules_that_never_count(const model::Model& model, Diagnostics& diagnostics) {
  for (const model::Assignment& assignment : model.assignments) {
    RuleCheck(assignment, diagnostics).run();
  }
}

}  // namespace formwork::lint
