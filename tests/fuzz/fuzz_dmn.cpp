#include <array>
#include <memory>
#include <string>
#include <vector>

#include "dsl/diagnostics/diagnostic.h"
#include "dsl/dmn/read.h"
#include "tests/fuzz/target.h"
#include "tests/support/feel/example_scope.h"

namespace formwork::fuzz {
namespace {

void check_places(const Diagnostics& diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    const Span& where = diagnostic.where;
    if (!where) continue;
    if (where.begin > where.end || where.end > where.source->text().size()) {
      broken("a finding lies within the text");
    }
  }
}

}  // namespace

void fuzz_dmn(std::string_view input) {
  const std::array<SourcePtr, 1> sources{
      std::make_shared<const Source>("m.dmn", std::string(input))};
  Diagnostics diagnostics;
  const std::shared_ptr<const decision::Model> model = dmn::load(sources, diagnostics);
  check_places(diagnostics);
  if (model == nullptr) {
    if (!diagnostics.has_errors()) broken("a model that cannot be read has an error");
    return;
  }
  feel::Random random(input.size());
  std::vector<decision::Given> given;
  for (const decision::Model::Named& variable : model->inputs()) {
    given.push_back({.name = variable.name, .value = feel::random_value(random, variable.type)});
  }
  constexpr feel::Budget kBudget{.steps = 20'000,
                                 .list_elements = 5'000,
                                 .string_bytes = 50'000,
                                 .depth = 50,
                                 .value_parts = 50'000,
                                 .value_depth = 300};
  const feel::Environment& environment = feel::example_environment();
  for (const decision::Model::Named& decision : model->decisions()) {
    std::vector<feel::Warning> reasons;
    decision::Trace trace;
    model->evaluate(decision.name, given, environment, &reasons, &trace, kBudget);
  }
  for (const decision::Model::Named& service : model->services()) {
    model->invoke(service.name, given, environment, nullptr, kBudget);
  }
}

}  // namespace formwork::fuzz
