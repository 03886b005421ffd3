#include <algorithm>
#include <vector>

#include "dsl/diagnostics/codes.h"
#include "dsl/lint/lint.h"

namespace formwork::lint {
namespace {

using Fields = std::vector<std::size_t>;

bool is_within(const Fields& some, const Fields& all) {
  return std::all_of(some.begin(), some.end(), [&](std::size_t field) {
    return std::find(all.begin(), all.end(), field) != all.end();
  });
}

class Checker {
 public:
  Checker(const model::Model& model, Diagnostics& diagnostics)
      : model_(model), diagnostics_(diagnostics) {}

  void check(const model::Intake& intake, Fields given, const Span& where) {
    for (const model::FieldValue& value : intake.values) given.push_back(value.field);
    const model::Entity& entity = model_.entities[intake.entity];
    for (const model::Unique& unique : entity.uniques) {
      const bool is_matched =
          std::any_of(intake.match.begin(), intake.match.end(),
                      [&](const Fields& set) { return is_within(set, unique.fields); });
      if (!is_matched && is_within(unique.fields, given)) report(entity, unique, where);
    }
  }

 private:
  void report(const model::Entity& entity, const model::Unique& unique, const Span& where) {
    std::string names;
    for (const std::size_t field : unique.fields) {
      names += (names.empty() ? "" : ", ") + entity.fields[field].name;
    }
    const std::string set = unique.fields.size() == 1 ? names : "[" + names + "]";
    diagnostics_.warning(codes::kIntakeUnique, where,
                         "`" + set +
                             "` is unique, and no record is looked for by it: what comes "
                             "in a second time is refused",
                         "add it to `match`: [" + set + "]");
  }

  const model::Model& model_;
  Diagnostics& diagnostics_;
};

}  // namespace

void check_unmatched_uniques(const model::Model& model, Diagnostics& diagnostics) {
  Checker checker(model, diagnostics);
  for (const model::Webhook& webhook : model.webhooks) {
    if (const auto* way = webhook.inbound()) checker.check(way->intake, {}, webhook.where);
  }
  for (const model::PublicForm& form : model.forms) {
    checker.check(form.intake, form.fields, form.where);
  }
}

}  // namespace formwork::lint
