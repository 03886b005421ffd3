// What we ship compiles without a single finding, warnings included.
#include <doctest/doctest.h>

#include "dsl/compile/compile.h"
#include "dsl/lint/lint.h"
#include "tests/dsl/compile/app_folder.h"

namespace formwork::compile {
namespace {

std::string findings_of(const std::filesystem::path& folder) {
  Diagnostics diagnostics;
  const auto model = compile({sources_in(folder), ""}, diagnostics);
  if (model != nullptr) lint::check(*model, diagnostics);
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics.all()) text += to_text(diagnostic);
  if (text.empty() && model == nullptr) text = "no model";
  return text;
}

TEST_CASE("every template and example compiles without a finding") {
  const auto folders = app_folders();
  REQUIRE_FALSE(folders.empty());
  for (const auto& folder : folders) {
    CAPTURE(folder.string());
    CHECK(findings_of(folder) == "");
  }
}

TEST_CASE("every template and example has a README and an app document that says its name") {
  for (const auto& folder : app_folders()) {
    CAPTURE(folder.string());
    CHECK(std::filesystem::exists(folder / "README.md"));
    Diagnostics diagnostics;
    const auto model = compile({sources_in(folder), ""}, diagnostics);
    REQUIRE(model != nullptr);
    CHECK(model->app.name == folder.filename().string());
  }
}

TEST_CASE("every file of a template or example names its schema for editors") {
  for (const auto& folder : app_folders()) {
    for (const SourcePtr& source : sources_in(folder)) {
      CAPTURE(source->name());
      const auto path = std::filesystem::path(source->name()).lexically_relative(folder);
      std::string up = "../../";
      for (auto part = std::next(path.begin()); part != path.end(); ++part) up += "../";
      CHECK(source->line(1).starts_with("# yaml-language-server: $schema=" + up + "schemas/"));
    }
  }
}

TEST_CASE(
    "a lead of the CRM has source, company, contact and title, and one way to reach somebody") {
  Diagnostics diagnostics;
  const auto model = compile({sources_in("templates/crm"), ""}, diagnostics);
  REQUIRE(model != nullptr);
  const model::Entity* lead = model->find_entity("lead");
  REQUIRE(lead != nullptr);
  for (const char* name : {"source", "company", "contact", "title"}) {
    CAPTURE(name);
    const fields::Field* field = model::find_field(*lead, name);
    REQUIRE(field != nullptr);
    CHECK(field->required);
  }
  CHECK(model::find_field(*lead, "email")->unique);
  REQUIRE(lead->rules.size() == 1);
  CHECK(lead->rules.front().fields.size() == 4);
}

}  // namespace
}  // namespace formwork::compile
