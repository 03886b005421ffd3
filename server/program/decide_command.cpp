// formwork decide FILE.dmn: the decisions of a DMN model for given inputs, and why.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <vector>

#include "dsl/base/json.h"
#include "dsl/decision/model.h"
#include "dsl/dmn/read.h"
#include "dsl/feel/json.h"
#include "dsl/feel/operators.h"
#include "engine/command/environment.h"
#include "server/program/app_folder.h"
#include "server/program/commands.h"

namespace formwork::program {
namespace {

namespace fs = std::filesystem;
using decision::Given;
using decision::Model;
using feel::Value;

constexpr Option kOptions[] = {
    {.name = "FILE",
     .value = "FILE",
     .summary = "the DMN model; what it imports is looked for beside it",
     .required = true},
    {.name = "--decision",
     .value = "NAME",
     .summary = "the decision to make; without it all are made"},
    {.name = "--context", .value = "JSON", .summary = "an object with the inputs: '{\"age\": 42}'"},
    {.name = "--explain", .summary = "also print which rules hit, and why something is null"},
    {.name = "--zone",
     .value = "ZONE",
     .summary = "time zone of now() and today()",
     .fallback = "UTC"},
    {.name = "--format", .value = "FORMAT", .summary = "feel, or json", .fallback = "json"},
};

SourcePtr read_source(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) return nullptr;
  return std::make_shared<const Source>(path.generic_string(), text.str());
}

std::vector<fs::path> models_beside(const fs::path& file) {
  std::vector<fs::path> found;
  std::error_code error;
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".dmn" && entry.path().filename() != file.filename()) {
      found.push_back(entry.path());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

// The model and, when it imports others, the models beside it that are imported.
std::vector<SourcePtr> with_imports(const fs::path& file, const SourcePtr& source) {
  std::vector<SourcePtr> sources{source};
  Diagnostics ignored;  // load() reads again and reports
  const auto main = dmn::read(source, ignored);
  if (!main || main->imports.empty()) return sources;
  std::vector<std::pair<SourcePtr, decision::Definitions>> others;
  for (const fs::path& path : models_beside(file)) {
    const SourcePtr other = read_source(path);
    if (other == nullptr) continue;
    if (auto model = dmn::read(other, ignored)) others.emplace_back(other, std::move(*model));
  }
  std::vector<decision::Import> wanted = main->imports;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    for (const auto& [other, model] : others) {
      if (model.name_space != wanted[i].name_space) continue;
      if (std::find(sources.begin(), sources.end(), other) != sources.end()) continue;
      sources.push_back(other);
      wanted.insert(wanted.end(), model.imports.begin(), model.imports.end());
    }
  }
  return sources;
}

feel::Type type_named(const Model& model, const std::string& name) {
  for (const std::vector<Model::Named>& list : {model.inputs(), model.decisions()}) {
    for (const Model::Named& each : list) {
      if (each.name == name) return each.type;
    }
  }
  return {};
}

Expected<std::vector<Given>, std::string> read_inputs(const std::string& text, const Model& model) {
  std::vector<Given> inputs;
  if (text.empty()) return inputs;
  const auto json = json::parse(text);
  if (!json) return Unexpected(json.error().message);
  if (!json->is_object()) return Unexpected(std::string("expected an object"));
  for (const auto& [name, member] : json->members) {
    FW_TRY(Value value, feel::from_json(member, type_named(model, name)));
    inputs.push_back({name, {}, std::move(value)});
  }
  return inputs;
}

class Decider {
 public:
  Decider(const Model& model, const TimeZone& zone, const Arguments& arguments)
      : model_(model), arguments_(arguments) {
    environment_.now = engine::system_clock().now();
    environment_.zone = &zone;
  }

  void print(const std::vector<std::string>& names, const std::vector<Given>& inputs) {
    std::vector<std::pair<std::string, Value>> values;
    for (const std::string& name : names) {
      reasons_.clear();
      values.emplace_back(name, model_.evaluate(name, inputs, environment_, &reasons_, &trace_));
      note_reasons();
    }
    if (arguments_.has("--decision")) {
      std::cout << shown(values.front().second) << '\n';
    } else if (arguments_["--format"] == "json") {
      std::cout << shown(Value(feel::Context::of(std::move(values)))) << '\n';
    } else {
      for (const auto& [name, value] : values) std::cout << name << ": " << shown(value) << '\n';
    }
    if (arguments_.has("--explain")) explain();
  }

 private:
  std::string shown(const Value& value) const {
    return arguments_["--format"] == "json" ? feel::to_json(value, *environment_.zone)
                                            : literal(value);
  }

  std::string literal(const Value& value) const {
    return feel::to_literal(value, *environment_.zone);
  }

  void note_reasons() {
    for (const feel::Warning& reason : reasons_) {
      if (std::find(notes_.begin(), notes_.end(), reason.message) == notes_.end()) {
        notes_.push_back(reason.message);
      }
    }
  }

  // What belongs to no decision: an input that the model does not have.
  bool is_told(const std::string& note) const {
    return std::any_of(trace_.decisions.begin(), trace_.decisions.end(), [&](const auto& each) {
      return std::any_of(each.reasons.begin(), each.reasons.end(),
                         [&](const feel::Warning& reason) { return reason.message == note; });
    });
  }

  void explain() const {
    std::vector<std::string> told;
    for (const decision::DecisionTrace& each : trace_.decisions) {
      // Every decision asked for begins anew, so those that several require come again.
      if (std::find(told.begin(), told.end(), each.name) != told.end()) continue;
      told.push_back(each.name);
      std::cout << each.name << " = " << literal(each.value) << '\n';
      for (const decision::TracedTable& table : each.tables) explain_table(table);
      for (const feel::Warning& reason : each.reasons) {
        std::cout << "  null: " << reason.message << '\n';
      }
    }
    for (const std::string& note : notes_) {
      if (!is_told(note)) std::cout << "note: " << note << '\n';
    }
  }

  void explain_table(const decision::TracedTable& traced) const {
    std::cout << "  inputs:";
    for (std::size_t i = 0; i < traced.trace.inputs.size(); ++i) {
      std::cout << (i == 0 ? " " : ", ") << traced.table->columns()[i].name << " = "
                << literal(traced.trace.inputs[i]);
    }
    std::cout << '\n';
    for (std::size_t i = 0; i < traced.trace.hits.size(); ++i) {
      std::cout << "  rule " << traced.trace.hits[i] + 1 << " hits";
      if (i < traced.trace.outputs.size()) std::cout << ": " << literal(traced.trace.outputs[i]);
      std::cout << '\n';
    }
    if (traced.trace.hits.empty()) {
      std::cout << (traced.trace.used_fallback ? "  no rule hits; the default stands in\n"
                                               : "  no rule hits\n");
    }
  }

  const Model& model_;
  const Arguments& arguments_;
  feel::Environment environment_;
  std::vector<feel::Warning> reasons_;
  std::vector<std::string> notes_;
  decision::Trace trace_;
};

Exit run_decide(const Arguments& arguments) {
  const TimeZone* zone = TimeZone::find(arguments["--zone"]);
  if (zone == nullptr) {
    return complain("there is no time zone `" + arguments["--zone"] + "`", Exit::WrongUsage);
  }
  if (arguments["--format"] != "feel" && arguments["--format"] != "json") {
    return complain("--format is feel or json", Exit::WrongUsage);
  }
  const fs::path file = arguments["FILE"];
  const SourcePtr source = read_source(file);
  if (source == nullptr) return complain("cannot read " + file.string(), Exit::InputAtFault);
  Diagnostics diagnostics;
  const std::shared_ptr<const Model> model = dmn::load(with_imports(file, source), diagnostics);
  diagnostics.sort();
  print_text(diagnostics);
  if (model == nullptr) return Exit::InputAtFault;
  const auto inputs = read_inputs(arguments["--context"], *model);
  if (!inputs) return complain("--context: " + inputs.error(), Exit::InputAtFault);

  std::vector<std::string> names;
  for (const Model::Named& each : model->decisions()) names.push_back(each.name);
  if (arguments.has("--decision")) {
    const std::string wanted = arguments["--decision"];
    if (std::find(names.begin(), names.end(), wanted) == names.end()) {
      return complain("the model has no decision `" + wanted + "`", Exit::InputAtFault);
    }
    names = {wanted};
  }
  Decider(*model, *zone, arguments).print(names, *inputs);
  return diagnostics.has_errors() ? Exit::InputAtFault : Exit::Success;
}

}  // namespace

const Command& decide_command() {
  static const Command command{"decide", "Make the decisions of a DMN model, and say why", kOptions,
                               run_decide};
  return command;
}

}  // namespace formwork::program
