#include "tests/bench/measure/process.h"

#include <charconv>
#include <csignal>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace formwork::bench {
namespace {

constexpr std::chrono::seconds kStopPatience{10};

struct Outputs {
  int input;
  int output;
  int messages;
};

int open_file(const std::filesystem::path& file, int flags) {
  const int descriptor = ::open(file.c_str(), flags | O_CLOEXEC, 0600);
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), file.string());
  return descriptor;
}

pid_t start(std::vector<std::string>& command, const Outputs& outputs) {
  std::vector<char*> arguments;
  for (std::string& argument : command) arguments.push_back(argument.data());
  arguments.push_back(nullptr);
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (pid > 0) return pid;
  // The child: nothing but system calls from here on.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(127);
  ::dup2(outputs.input, STDIN_FILENO);
  ::dup2(outputs.output, STDOUT_FILENO);
  ::dup2(outputs.messages, STDERR_FILENO);
  ::execv(arguments[0], arguments.data());
  ::_exit(127);
}

double kib_after(std::string_view text, std::string_view name) {
  const std::size_t at = text.find(name);
  if (at == std::string_view::npos) return 0;
  const std::size_t digits = text.find_first_of("0123456789", at + name.size());
  double kib = 0;
  std::from_chars(text.data() + digits, text.data() + text.size(), kib);
  return kib;
}

// Of a process, by its number.
Memory memory_of(const std::string& process) {
  constexpr double kKibPerMib = 1'024;
  const std::string rollup = read_file("/proc/" + process + "/smaps_rollup");
  const std::string status = read_file("/proc/" + process + "/status");
  return {.resident_mib = kib_after(rollup, "Rss:") / kKibPerMib,
          .proportional_mib = kib_after(rollup, "Pss:") / kKibPerMib,
          .highest_mib = kib_after(status, "VmHWM:") / kKibPerMib};
}

}  // namespace

std::string read_file(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return std::move(text).str();
}

Process::Process(std::vector<std::string> command, std::filesystem::path log)
    : pid_(-1), log_(std::move(log)) {
  const int input = open_file("/dev/null", O_RDONLY);
  const int output = open_file(log_, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND);
  pid_ = start(command, {input, output, output});
  ::close(input);
  ::close(output);
}

Process::Process(Process&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), log_(std::move(other.log_)) {}

Process::~Process() { stop(); }

bool Process::is_running() {
  if (pid_ < 0) return false;
  if (::waitpid(pid_, nullptr, WNOHANG) != pid_) return true;
  pid_ = -1;
  return false;
}

void Process::stop() {
  if (!is_running()) return;
  ::kill(pid_, SIGTERM);
  const auto limit = std::chrono::steady_clock::now() + kStopPatience;
  while (is_running()) {
    if (std::chrono::steady_clock::now() > limit) ::kill(pid_, SIGKILL);
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
}

double Process::cpu_seconds() const {
  const std::string stat = read_file(fmt::format("/proc/{}/stat", pid_));
  // Fields count from behind the name, which may hold blanks: utime is the 12th there, stime the
  // 13th.
  std::istringstream fields(stat.substr(stat.rfind(')') + 1));
  std::string skipped;
  for (int i = 0; i < 11; ++i) fields >> skipped;
  double user = 0;
  double system = 0;
  fields >> user >> system;
  return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

Memory Process::memory() const { return memory_of(std::to_string(pid_)); }

Memory own_memory() { return memory_of("self"); }

Finished run_program(std::vector<std::string> command, std::string_view input,
                     const std::filesystem::path& folder) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) {
    throw std::system_error(errno, std::generic_category(), "pipe2");
  }
  const auto output_file = folder / "output.txt";
  const auto messages_file = folder / "messages.txt";
  const int output = open_file(output_file, O_WRONLY | O_CREAT | O_TRUNC);
  const int messages = open_file(messages_file, O_WRONLY | O_CREAT | O_TRUNC);
  const pid_t pid = start(command, {ends[0], output, messages});
  ::close(ends[0]);
  ::close(output);
  ::close(messages);
  // Fits into the pipe, so it cannot block; a program that reads nothing is no fault of ours.
  if (!input.empty() && ::write(ends[1], input.data(), input.size()) < 0 && errno != EPIPE) {
    throw std::system_error(errno, std::generic_category(), "write");
  }
  ::close(ends[1]);
  int status = 0;
  ::waitpid(pid, &status, 0);
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return {code, read_file(output_file), read_file(messages_file)};
}

}  // namespace formwork::bench
