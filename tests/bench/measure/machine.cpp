#include "tests/bench/measure/machine.h"

#include <chrono>
#include <fstream>
#include <sstream>
#include <system_error>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "tests/bench/measure/histogram.h"
#include "tests/bench/measure/process.h"

namespace formwork::bench {
namespace {

constexpr int kFlushes = 300;
constexpr std::size_t kPage = 4'096;

std::string cpu_name() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  }
  return "unknown CPU";
}

// The file is written in full before, so that a flush has no new block to record.
Histogram measure_flushes(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), file.string());
  const std::string page(kPage, 'x');
  Histogram times;
  for (int i = 0; i <= kFlushes; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    if (::pwrite(descriptor, page.data(), page.size(), 0) < 0 || ::fdatasync(descriptor) != 0) {
      throw std::system_error(errno, std::generic_category(), file.string());
    }
    if (i > 0) times.add(std::chrono::steady_clock::now() - begin);
  }
  ::close(descriptor);
  std::filesystem::remove(file);
  return times;
}

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

double cpu_seconds_of(int who) {
  rusage usage{};
  ::getrusage(who, &usage);
  return seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
}

}  // namespace

Machine describe_machine(const std::filesystem::path& data_folder) {
  constexpr double kBytesPerGib = 1024.0 * 1024 * 1024;
  const Histogram flushes = measure_flushes(data_folder / "flush");
  utsname system{};
  ::uname(&system);
  const auto pages = static_cast<double>(::sysconf(_SC_PHYS_PAGES));
  return {.cpu = cpu_name(),
          .cores = std::thread::hardware_concurrency(),
          .memory_gib = pages * static_cast<double>(::sysconf(_SC_PAGESIZE)) / kBytesPerGib,
          .kernel = fmt::format("{} {}", system.sysname, system.release),
          .flush_median_ms = flushes.quantile_ms(0.5),
          .flush_p99_ms = flushes.quantile_ms(0.99)};
}

std::string machine_line(const Machine& machine) {
  return fmt::format("{}, {} cores, {:.0f} GiB, {}, fdatasync of 4 KB {:.2f} ms (p99 {:.2f})",
                     machine.cpu, machine.cores, machine.memory_gib, machine.kernel,
                     machine.flush_median_ms, machine.flush_p99_ms);
}

double busy_cpu_seconds() {
  std::istringstream line(read_file("/proc/stat"));
  std::string name;
  double user = 0;
  double nice = 0;
  double system = 0;
  double idle = 0;
  double disk_wait = 0;
  double interrupts = 0;
  double soft_interrupts = 0;
  double stolen = 0;
  line >> name >> user >> nice >> system >> idle >> disk_wait >> interrupts >> soft_interrupts >>
      stolen;
  const double ticks = user + nice + system + interrupts + soft_interrupts + stolen;
  return ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double own_cpu_seconds() { return cpu_seconds_of(RUSAGE_SELF); }

double ended_cpu_seconds() { return cpu_seconds_of(RUSAGE_CHILDREN); }

void take_priority() {
  constexpr int kPriority = -10;
  // Only root may; without it the figures are still right on a quiet machine.
  if (::setpriority(PRIO_PROCESS, 0, kPriority) != 0) return;
}

}  // namespace formwork::bench
