// formwork explore DIR: walks an app at random and looks whether what must always hold does.
#include <charconv>
#include <cstdio>

#include "engine/scenario/explore.h"
#include "server/program/commands.h"
#include "server/program/scenarios.h"

namespace formwork::program {
namespace {

constexpr Option kOptions[] = {
    {.name = "DIR", .value = "DIR", .summary = "the app's folder", .required = true},
    {.name = "--seed",
     .value = "N",
     .summary = "which walk: the same seed takes the same steps",
     .fallback = "1"},
    {.name = "--steps", .value = "N", .summary = "how many steps", .fallback = "1000"},
    {.name = "--coverage", .summary = "also print what the walk did not come by"},
};

template <class T>
bool read(const std::string& text, T& number) {
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  return read.ec == std::errc() && read.ptr == end;
}

Exit run_explore(const Arguments& arguments) {
  scenario::Walk walk;
  if (!read(arguments["--seed"], walk.seed) || !read(arguments["--steps"], walk.steps)) {
    return complain("--seed and --steps take whole numbers", Exit::WrongUsage);
  }
  const auto model = app_to_play(arguments["DIR"], "text");
  if (!model) return model.error();
  if ((*model)->people.empty()) {
    return complain("the app has no `people` who could do anything; name some with their roles",
                    Exit::InputAtFault);
  }
  scenario::Coverage coverage;
  const scenario::Explored explored = scenario::explore(
      *model, walk, make_scratch_stores(), arguments.has("--coverage") ? &coverage : nullptr);
  if (arguments.has("--coverage")) print_coverage(coverage);
  std::printf("seed %llu: %zu steps, %zu of them refused, %zu decisions, %zu records\n",
              static_cast<unsigned long long>(walk.seed), explored.steps, explored.refused,
              explored.decisions, explored.records);
  if (!explored.violation) return Exit::Success;
  std::fprintf(stderr, "broken: %s\n", explored.violation->invariant.c_str());
  std::printf("# this scenario shows it:\n%s", explored.violation->scenario.c_str());
  return Exit::InputAtFault;
}

}  // namespace

const Command& explore_command() {
  static const Command command{"explore", "Walk an app at random and check what always holds",
                               kOptions, run_explore};
  return command;
}

}  // namespace formwork::program
