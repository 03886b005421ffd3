// formwork_bench: every figure beside the peer or limit that was measured with it, in one run.
//
// Exit status: 0 all goals met, 1 a goal missed, 2 wrong usage, 3 something could not be measured.
#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include "tests/bench/benches.h"
#include "tests/bench/lab.h"
#include "tests/bench/measure/machine.h"
#include "tests/bench/measure/report.h"

namespace formwork::bench {
namespace {

namespace fs = std::filesystem;

struct Arguments {
  std::vector<std::string> names;
  std::string format = "text";
  double seconds = 2;
  double patience = 5;
  bool list = false;
  bool large = false;
  Options options;
};

// BUILD/tests/bench/formwork_bench tells where everything else is; BUILD is build/PRESET of the
// sources.
void find_programs(Options& options) {
  const fs::path own = fs::read_symlink("/proc/self/exe").parent_path();
  options.build = own.parent_path().parent_path();
  options.product = options.build / "formwork";
  options.floor = own / "formwork_floor";
  options.files = options.build.parent_path().parent_path() / "tests" / "bench";
  options.app = options.files / "leads";
  options.data = own;
}

// What a run left that was killed: its number is in the name and no process has it any more.
void remove_leftovers(const fs::path& parent) {
  constexpr std::string_view kPrefix = "data-";
  for (const auto& entry : fs::directory_iterator(parent)) {
    const std::string name = entry.path().filename();
    if (!name.starts_with(kPrefix)) continue;
    pid_t owner = 0;
    const char* const end = name.data() + name.size();
    const auto [rest, error] = std::from_chars(name.data() + kPrefix.size(), end, owner);
    if (error != std::errc{} || rest != end) continue;
    if (::kill(owner, 0) != 0 && errno == ESRCH) fs::remove_all(entry.path());
  }
}

// The stores of a run, gone when it ends.
class DataFolder {
 public:
  explicit DataFolder(const fs::path& parent)
      : folder_(parent / fmt::format("data-{}", ::getpid())) {
    fs::create_directories(folder_);
    remove_leftovers(parent);
  }

  ~DataFolder() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  DataFolder(const DataFolder&) = delete;
  DataFolder& operator=(const DataFolder&) = delete;

  const fs::path& path() const { return folder_; }

 private:
  fs::path folder_;
};

std::vector<Bench> chosen(const std::vector<std::string>& names) {
  std::vector<Bench> found;
  for (const Bench& bench : all_benches()) {
    if (names.empty() || std::ranges::find(names, bench.name) != names.end())
      found.push_back(bench);
  }
  return found;
}

BenchResult run_bench(const Bench& bench, Lab& lab) {
  BenchResult result{.name = std::string(bench.name), .about = std::string(bench.about)};
  try {
    bench.run(lab, result);
  } catch (const std::exception& reason) {
    result.skipped = reason.what();
    fmt::print(stderr, "formwork_bench: SKIPPED {}: {}\n", bench.name, reason.what());
  }
  return result;
}

int status_of(const std::vector<BenchResult>& results) {
  const auto skipped = [](const BenchResult& result) { return !result.skipped.empty(); };
  const auto missed = [](const BenchResult& result) {
    return !std::ranges::all_of(result.figures, &Figure::is_met);
  };
  if (std::ranges::any_of(results, skipped)) return 3;
  return std::ranges::any_of(results, missed) ? 1 : 0;
}

int run(const Arguments& arguments) {
  take_priority();
  Options options = arguments.options;
  const DataFolder folder(options.data);
  options.data = folder.path();
  Lab lab(options, describe_machine(folder.path()));
  const bool as_text = arguments.format == "text";
  if (as_text) fmt::print("machine: {}\n", machine_line(lab.machine()));
  std::fflush(stdout);
  std::vector<BenchResult> results;
  for (const Bench& bench : chosen(arguments.names)) {
    results.push_back(run_bench(bench, lab));
    if (as_text) fmt::print("\n{}", text_of(results.back()));
    std::fflush(stdout);
  }
  if (!as_text) fmt::print("{}", json_of(lab.machine(), results));
  return status_of(results);
}

std::chrono::milliseconds milliseconds_of(double seconds) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::duration<double>(seconds));
}

void print_list() {
  for (const Bench& bench : all_benches()) fmt::print("{:<12} {}\n", bench.name, bench.about);
}

void declare(CLI::App& app, Arguments& arguments) {
  std::vector<std::string> names;
  for (const Bench& bench : all_benches()) names.emplace_back(bench.name);
  Options& options = arguments.options;
  app.add_option("name", arguments.names, "Benches to run; all if none is named")
      ->check(CLI::IsMember(names));
  app.add_flag("--list", arguments.list, "List the benches and do nothing");
  app.add_option("--format", arguments.format, "text or json")
      ->check(CLI::IsMember({"text", "json"}));
  app.add_option("--rounds", options.rounds, "Rounds of each comparison")->check(CLI::Range(1, 99));
  app.add_option("--seconds", arguments.seconds, "Length of a measurement")
      ->check(CLI::Range(0.1, 600.0));
  app.add_option("--patience", arguments.patience,
                 "Seconds to wait for a quiet machine before each measurement")
      ->check(CLI::Range(0.0, 600.0));
  app.add_option("--rows", options.rows, "Records that are there at the beginning");
  app.add_flag("--large", arguments.large, "Growth to 1,000,000 records; minutes to fill");
  app.add_option("--program", options.product, "The formwork program");
  app.add_option("--app", options.app, "The app that it serves");
  app.add_option("--role", options.role, "The role that may create and read leads");
  app.add_option("--data", options.data, "Where the stores go while it runs; a real disk");
}

}  // namespace
}  // namespace formwork::bench

int main(int argc, char** argv) {
  namespace bench = formwork::bench;
  CLI::App app{"Measures Formwork, each figure beside a peer or limit."};
  bench::Arguments arguments;
  bench::find_programs(arguments.options);
  bench::declare(app, arguments);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  if (arguments.list) {
    bench::print_list();
    return 0;
  }
  if (arguments.large) arguments.options.many_rows = 1'000'000;
  arguments.options.duration = bench::milliseconds_of(arguments.seconds);
  arguments.options.patience = bench::milliseconds_of(arguments.patience);
  try {
    return bench::run(arguments);
  } catch (const std::exception& failure) {
    fmt::print(stderr, "formwork_bench: {}\n", failure.what());
    return 3;
  }
}
