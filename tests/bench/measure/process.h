// Programs that a bench starts: running ones it measures, and short ones it waits for.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace formwork::bench {

struct Memory {
  double resident_mib = 0;      // RSS
  double proportional_mib = 0;  // PSS: shared pages divided among those that share them
  double highest_mib = 0;       // the highest RSS so far
};

// A program in the background. It dies with this object, and with the bench itself.
class Process {
 public:
  // Both outputs go to `log`, which is emptied first; standard input is empty. Throws
  // std::runtime_error if the program cannot be started.
  Process(std::vector<std::string> command, std::filesystem::path log);
  ~Process();
  Process(Process&& other) noexcept;
  Process& operator=(Process&&) = delete;

  bool is_running();

  // SIGTERM, and SIGKILL after ten seconds.
  void stop();

  double cpu_seconds() const;
  Memory memory() const;

  const std::filesystem::path& log() const { return log_; }

 private:
  pid_t pid_;
  std::filesystem::path log_;
};

// Of the bench itself.
Memory own_memory();

struct Finished {
  int status;  // 128 + signal if a signal ended it
  std::string output;
  std::string messages;
};

// Runs a program to its end with `input` (a few hundred bytes at most) as standard input. Its
// outputs pass through files in `folder`.
Finished run_program(std::vector<std::string> command, std::string_view input,
                     const std::filesystem::path& folder);

std::string read_file(const std::filesystem::path& file);

}  // namespace formwork::bench
