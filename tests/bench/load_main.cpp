// formwork_load: the load generator by hand, for one server and one question.
//
//   formwork_load --port 8080 --connections 32 --create
//   formwork_load --port 8080 --rate 20000 /static/600
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "tests/bench/measure/lead.h"
#include "tests/bench/measure/load.h"

namespace formwork::bench {
namespace {

void print(const LoadResult& result) {
  const Histogram& granted = result.granted;
  fmt::print("{:.0f} /s granted in {:.2f} s; ms p50 {:.3f}, p99 {:.3f}, p99.9 {:.3f}, max {:.3f}\n",
             result.granted_per_second(), result.seconds, granted.quantile_ms(0.5),
             granted.quantile_ms(0.99), granted.quantile_ms(0.999), granted.max_ms());
  for (const auto& [status, count] : result.statuses) fmt::print("  {}: {}\n", status, count);
  fmt::print("  with Retry-After: {}, broken: {}, offered: {}, unsent: {}\n",
             result.with_retry_after, result.broken, result.offered, result.unsent);
}

}  // namespace
}  // namespace formwork::bench

int main(int argc, char** argv) {
  namespace bench = formwork::bench;
  CLI::App app{"Sends requests to 127.0.0.1 and prints throughput and latencies."};
  bench::LoadPlan plan;
  double seconds = 2;
  bool create = false;
  std::uint64_t first = 0;
  std::vector<std::string> fields;
  std::vector<std::string> targets;
  app.add_option("--port", plan.port, "Port of the server")->required();
  app.add_option("--connections", plan.connections, "Connections; in the open loop the most");
  app.add_option("--seconds", seconds, "Length of the run");
  app.add_option("--rate", plan.rate, "Requests/s of an open loop");
  app.add_option("--header", fields, "A header field, as `Name: value`");
  app.add_flag("--create", create, "Post leads instead of getting targets");
  app.add_option("--first", first, "Number of the first lead");
  app.add_option("target", targets, "What to get, in turn");
  CLI11_PARSE(app, argc, argv);
  if (create == !targets.empty()) {
    fmt::print(stderr, "formwork_load: give either --create or targets\n");
    return 2;
  }
  std::string extra;
  for (const std::string& field : fields) extra += field + "\r\n";
  plan.duration = std::chrono::milliseconds(static_cast<int>(seconds * 1'000));
  std::uint64_t number = first;
  plan.write_request = [&](std::string& out) {
    if (create) {
      out += bench::request_text("POST", "/api/v1/records/lead", extra, bench::lead_body(number));
    } else {
      out += bench::request_text("GET", targets[number % targets.size()], extra);
    }
    ++number;
  };
  try {
    bench::print(bench::run_load(plan));
  } catch (const std::exception& failure) {
    fmt::print(stderr, "formwork_load: {}\n", failure.what());
    return 3;
  }
  return 0;
}
