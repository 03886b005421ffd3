// formwork test DIR: plays the app's scenarios.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/scenario/play.h"
#include "server/program/app_folder.h"
#include "server/program/commands.h"
#include "server/program/scenarios.h"

namespace formwork::program {
namespace {

constexpr Option kOptions[] = {
    {.name = "DIR", .value = "DIR", .summary = "the app's folder", .required = true},
    {.name = "--only",
     .value = "TEXT",
     .summary = "play scenarios whose names have this text in them"},
    {.name = "--coverage", .summary = "also print what no scenario exercised"},
    {.name = "--format",
     .value = "FORMAT",
     .summary = "failures as text on standard error, or as json on standard output",
     .fallback = "text"},
};

using ModelPtr = std::shared_ptr<const model::Model>;

// Plays scenarios on as many threads as the machine has cores, each for itself.
class Rehearsal {
 public:
  Rehearsal(ModelPtr model, std::vector<const model::Scenario*> scenarios, bool covers)
      : model_(std::move(model)),
        scenarios_(std::move(scenarios)),
        covers_(covers),
        results_(scenarios_.size()) {
    if (covers_) coverage_.all = scenario::what_to_cover(*model_);
  }

  void run() {
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    const std::size_t count = std::min(cores, std::max<std::size_t>(1, scenarios_.size()));
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < count; ++i) threads.emplace_back([this] { work(); });
    work();
    threads.clear();
    if (broken_) std::rethrow_exception(broken_);
  }

  // In the order of the documents.
  const std::vector<std::vector<scenario::Result>>& results() const { return results_; }

  const scenario::Coverage& coverage() const { return coverage_; }

 private:
  void work() {
    scenario::Coverage seen;
    const scenario::MakeStore make_store = make_scratch_stores();
    try {
      for (std::size_t i = next_++; i < scenarios_.size(); i = next_++) {
        results_[i] = scenario::play(model_, *scenarios_[i], make_store, covers_ ? &seen : nullptr);
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      broken_ = std::current_exception();
    }
    const std::lock_guard lock(mutex_);
    coverage_.seen.merge(seen.seen);
  }

  const ModelPtr model_;
  const std::vector<const model::Scenario*> scenarios_;
  const bool covers_;
  std::vector<std::vector<scenario::Result>> results_;
  std::atomic<std::size_t> next_{0};
  std::mutex mutex_;
  scenario::Coverage coverage_;  // guarded by mutex_
  std::exception_ptr broken_;    // guarded by mutex_
};

std::vector<const model::Scenario*> chosen(const model::Model& model, const std::string& only) {
  std::vector<const model::Scenario*> scenarios;
  for (const model::Scenario& scenario : model.scenarios) {
    if (scenario.name.find(only) != std::string::npos) scenarios.push_back(&scenario);
  }
  return scenarios;
}

Exit run_test(const Arguments& arguments) {
  const std::string format = arguments["--format"];
  auto model = app_to_play(arguments["DIR"], format);
  if (!model) return model.error();
  Rehearsal rehearsal(*model, chosen(**model, arguments["--only"]), arguments.has("--coverage"));
  rehearsal.run();
  std::size_t passed = 0;
  std::size_t failed = 0;
  std::string json;
  for (const auto& results : rehearsal.results()) {
    for (const scenario::Result& result : results) {
      ++(result.passed ? passed : failed);
      if (!result.passed && format == "text") {
        std::fprintf(stderr, "failed: %s\n", result.name.c_str());
      }
      for (const Diagnostic& failure : result.failures) {
        if (format == "text") {
          std::fputs((to_text(failure) + "\n").c_str(), stderr);
        } else {
          json += json.empty() ? "[" : ",\n ";
          append_json(json, failure);
        }
      }
    }
  }
  if (format == "json") {
    std::printf("%s]\n", json.empty() ? "[" : json.c_str());
    return failed == 0 ? Exit::Success : Exit::InputAtFault;
  }
  if (arguments.has("--coverage")) print_coverage(rehearsal.coverage());
  std::printf("%zu passed, %zu failed\n", passed, failed);
  return failed == 0 ? Exit::Success : Exit::InputAtFault;
}

}  // namespace

const Command& test_command() {
  static const Command command{"test", "Play the scenarios of an app", kOptions, run_test};
  return command;
}

}  // namespace formwork::program
