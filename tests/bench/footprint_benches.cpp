// What the server costs before anybody asks it anything: time to start, memory, disk.
#include <stdexcept>
#include <thread>

#include <fmt/format.h>

#include "tests/bench/benches.h"
#include "tests/bench/measure/ask.h"

namespace formwork::bench {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int kStarts = 11;
constexpr double kStartLimitMs = 55;
constexpr double kMemoryLimitMib = 20;
constexpr double kSizeLimitMb = 10;
constexpr double kFileLimit = 50;
constexpr double kBytesPerMb = 1e6;
constexpr std::chrono::seconds kReadyPatience{10};

double ms_since(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

void wait_for_ok(const Server& server, std::string_view target) {
  const auto limit = Clock::now() + kReadyPatience;
  while (ask(server.port, request_text("GET", target)).status != 200) {
    if (Clock::now() > limit) throw std::runtime_error(std::string(target) + " never gave 200");
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
}

struct Starts {
  std::vector<double> healthy_ms;
  std::vector<double> ready_ms;
};

void start_once(Lab& lab, Kind kind, const fs::path& store, Starts& starts) {
  const auto begin = Clock::now();
  const Server server = lab.start(kind, store);
  wait_for_ok(server, "/healthz");
  starts.healthy_ms.push_back(ms_since(begin));
  wait_for_ok(server, "/readyz");
  starts.ready_ms.push_back(ms_since(begin));
}

Memory idle_memory(Lab& lab, Kind kind) {
  const Server server = lab.start(kind, lab.copy_of(lab.store_with(kind, 0)));
  wait_for_ok(server, "/readyz");
  std::this_thread::sleep_for(std::chrono::seconds(1));
  return server.process.memory();
}

}  // namespace

void run_start(Lab& lab, BenchResult& result) {
  const fs::path empty = lab.copy_of(lab.store_with(Kind::Product, 0));
  const fs::path filled = lab.copy_of(lab.store_with(Kind::Product, lab.options().few_rows));
  const fs::path floor = lab.copy_of(lab.store_with(Kind::Floor, 0));
  Starts first;
  start_once(lab, Kind::Product, empty, first);  // makes the tables
  Starts of_empty;
  Starts of_filled;
  Starts of_floor;
  for (int i = 0; i < kStarts; ++i) {
    start_once(lab, Kind::Product, empty, of_empty);
    start_once(lab, Kind::Product, filled, of_filled);
    start_once(lab, Kind::Floor, floor, of_floor);
  }
  const std::string records = fmt::format("/readyz, {} records", lab.options().few_rows);
  result.figures = {limited("/healthz", "ms", of_empty.healthy_ms, kStartLimitMs),
                    limited("/readyz", "ms", of_empty.ready_ms, kStartLimitMs),
                    limited(records, "ms", of_filled.ready_ms, kStartLimitMs),
                    {.name = "/readyz",
                     .unit = "ms",
                     .peer = "floor",
                     .values = of_empty.ready_ms,
                     .peer_values = of_floor.ready_ms}};
  result.notes.push_back(
      fmt::format("the very first start, which makes the tables: {:.1f} ms", first.ready_ms[0]));
}

void run_idle_memory(Lab& lab, BenchResult& result) {
  const Memory ours = idle_memory(lab, Kind::Product);
  const Memory floor = idle_memory(lab, Kind::Floor);
  result.figures = {limited("resident", "MiB", {ours.resident_mib}, kMemoryLimitMib),
                    limited("proportional", "MiB", {ours.proportional_mib}, kMemoryLimitMib),
                    {.name = "resident",
                     .unit = "MiB",
                     .peer = "floor",
                     .values = {ours.resident_mib},
                     .peer_values = {floor.resident_mib}}};
}

void run_size(Lab& lab, BenchResult& result) {
  const Options& options = lab.options();
  if (!fs::exists(options.product)) {
    throw std::runtime_error(options.product.string() + " is missing");
  }
  const auto program = static_cast<double>(fs::file_size(options.product));
  result.figures.push_back(limited("program", "MB", {program / kBytesPerMb}, kSizeLimitMb));
  const fs::path prefix = options.data / "installed";
  const Finished done = run_program({"/usr/bin/cmake", "--install", options.build.string(),
                                     "--prefix", prefix.string(), "--strip"},
                                    {}, options.data);
  if (done.status != 0 || !fs::exists(prefix)) {
    throw std::runtime_error("`cmake --install` installs nothing: " + done.messages);
  }
  double bytes = 0;
  double files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(prefix)) {
    if (!entry.is_regular_file()) continue;
    bytes += static_cast<double>(entry.file_size());
    ++files;
  }
  result.figures.push_back(limited("installed", "MB", {bytes / kBytesPerMb}, kSizeLimitMb));
  result.figures.push_back(limited("installed", "files", {files}, kFileLimit));
}

}  // namespace formwork::bench
