#include "tests/conformance/kit.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <pugixml.hpp>

#include "dsl/decision/model.h"
#include "dsl/dmn/read.h"
#include "dsl/dmn/xml.h"
#include "dsl/feel/operators.h"
#include "tests/conformance/kit_value.h"

namespace formwork::conformance {
namespace {

namespace fs = std::filesystem;
using decision::Given;
using decision::Model;
using feel::Value;
using pugi::xml_node;

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) throw std::runtime_error(path.string() + " cannot be read");
  return text.str();
}

std::vector<fs::path> files_in(const fs::path& folder, std::string_view ending) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.path().extension() == ending) {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

// The models of one folder of tests, each compiled with the others there to be imported.
class Models {
 public:
  explicit Models(const fs::path& folder) {
    for (const fs::path& path : files_in(folder, ".dmn")) {
      sources_.emplace(path.filename().string(),
                       std::make_shared<const Source>(path.filename().string(), read_file(path)));
    }
  }

  const Model* find(const std::string& name) {
    const auto source = sources_.find(name);
    if (source == sources_.end()) return nullptr;
    std::shared_ptr<const Model>& model = compiled_[name];
    if (model == nullptr) {
      std::vector<SourcePtr> sources{source->second};
      for (const auto& [other, text] : sources_) {
        if (other != name) sources.push_back(text);
      }
      Diagnostics diagnostics;
      model = dmn::load(sources, diagnostics);
    }
    return model.get();
  }

 private:
  std::map<std::string, SourcePtr> sources_;
  std::map<std::string, std::shared_ptr<const Model>> compiled_;
};

class TestFile {
 public:
  TestFile(const fs::path& path, Models& models, const feel::Environment& environment,
           std::vector<Result>& results)
      : models_(models), environment_(environment), results_(results) {
    const fs::path folder = path.parent_path();
    const std::string level = folder.parent_path().filename().string();
    folder_ = level.substr(level.rfind('-') + 1) + "/" + folder.filename().string();
    prefix_ = folder_ + "/" + path.stem().string() + "/";
    const std::string text = read_file(path);
    const auto parsed = document_.load_buffer(text.data(), text.size(),
                                              pugi::parse_default | pugi::parse_ws_pcdata_single);
    if (!parsed) throw std::runtime_error(path.string() + ": " + parsed.description());
  }

  void run() {
    const xml_node root = document_.document_element();
    const Model* model = models_.find(dmn::child(root, "modelName").text().get());
    for (const xml_node& node : root.children()) {
      if (dmn::local_name(node) == "testCase") run_case(node, model);
    }
  }

 private:
  void run_case(const xml_node& node, const Model* model) {
    std::vector<Given> given;
    for (const xml_node& each : node.children()) {
      if (dmn::local_name(each) != "inputNode") continue;
      given.push_back(
          {each.attribute("name").value(), each.attribute("namespace").value(), read_value(each)});
    }
    for (const xml_node& each : node.children()) {
      if (dmn::local_name(each) == "resultNode") run_result(node, each, model, given);
    }
  }

  void run_result(const xml_node& test, const xml_node& node, const Model* model,
                  const std::vector<Given>& given) {
    Result result;
    result.folder = folder_;
    result.test_case = prefix_ + test.attribute("id").value();
    result.id = result.test_case + "/" + node.attribute("name").value();
    const Value expected = read_value(dmn::child(node, "expected"));
    std::vector<feel::Warning> reasons;
    Value got;
    if (model != nullptr) {
      got = evaluate(*model, test, node.attribute("name").value(), given, reasons);
    } else {
      reasons.push_back({0, 0, "the model cannot be read"});
    }
    result.expects_value = !expected.is_null();
    result.passed = model != nullptr && are_alike(expected, got);
    result.expected = feel::to_literal(expected, *environment_.zone);
    result.got = feel::to_literal(got, *environment_.zone);
    for (const feel::Warning& reason : reasons) {
      result.reason += (result.reason.empty() ? "" : "; ") + reason.message;
    }
    results_.push_back(std::move(result));
  }

  // A decision, or an output of the service that the case calls.
  Value evaluate(const Model& model, const xml_node& test, const std::string& name,
                 const std::vector<Given>& given, std::vector<feel::Warning>& reasons) const {
    const std::string invocable = test.attribute("invocableName").value();
    if (invocable.empty()) return model.evaluate(name, given, environment_, &reasons);
    const Value answer = model.invoke(invocable, given, environment_, &reasons);
    if (answer.kind() != feel::ValueKind::Context) return answer;
    const Value* output = answer.context().find(name);
    return output != nullptr ? *output : answer;
  }

  Models& models_;
  const feel::Environment& environment_;
  std::vector<Result>& results_;
  std::string folder_;
  std::string prefix_;
  pugi::xml_document document_;
};

std::vector<fs::path> test_folders(const fs::path& kit) {
  std::vector<fs::path> folders;
  for (const auto& level : fs::directory_iterator(kit)) {
    if (!level.is_directory() || !level.path().filename().string().starts_with("compliance-")) {
      continue;
    }
    for (const auto& folder : fs::directory_iterator(level.path())) {
      if (folder.is_directory()) folders.push_back(folder.path());
    }
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

}  // namespace

std::vector<Result> run_kit(const fs::path& folder, const feel::Environment& environment) {
  std::vector<Result> results;
  for (const fs::path& each : test_folders(folder)) {
    Models models(each);
    for (const fs::path& file : files_in(each, ".xml")) {
      TestFile(file, models, environment, results).run();
    }
  }
  if (results.empty()) throw std::runtime_error(folder.string() + " holds no tests");
  return results;
}

}  // namespace formwork::conformance
