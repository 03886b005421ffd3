// The machine under the figures, and how much of it others were using.
#pragma once

#include <filesystem>
#include <string>

namespace formwork::bench {

struct Machine {
  std::string cpu;
  unsigned cores = 0;
  double memory_gib = 0;
  std::string kernel;
  double flush_median_ms = 0;  // overwrite 4 KB and fdatasync, in the folder of the benches' data
  double flush_p99_ms = 0;
};

Machine describe_machine(const std::filesystem::path& data_folder);

// "AMD EPYC, 2 cores, 23 GiB, Linux 6.18, fdatasync of 4 KB 0.10 ms (p99 0.16)"
std::string machine_line(const Machine& machine);

// Processor time that all programs together have used since the start, in seconds; on a virtual
// machine also what the host took away.
double busy_cpu_seconds();

// The same for the bench itself.
double own_cpu_seconds();

// And for the programs that it has waited for to end.
double ended_cpu_seconds();

// Runs the bench and all that it starts ahead of other programs, where the system permits it. Where
// the kernel groups processes by session (autogroup) that holds within the session alone, so a
// build in another terminal still disturbs.
void take_priority();

}  // namespace formwork::bench
