// Work in a process of its own that is killed with -9, and what it acknowledged until then.
#pragma once

#include <csignal>
#include <cstdint>
#include <vector>

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace formwork::testing {

// `work` gets the end of a pipe, writes the number of whatever was acknowledged to it, eight bytes
// at once so that none is torn, and never returns. The numbers that came before the kill.
template <class Work>
std::vector<std::int64_t> numbers_until_killed(unsigned after_microseconds, Work work) {
  int ends[2] = {};
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::close(ends[0]);
    work(ends[1]);
    ::_exit(5);
  }
  ::close(ends[1]);
  ::usleep(after_microseconds);
  ::kill(child, SIGKILL);
  std::vector<std::int64_t> numbers;
  std::int64_t number = 0;
  while (::read(ends[0], &number, sizeof number) == sizeof number) numbers.push_back(number);
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(WIFSIGNALED(status));
  return numbers;
}

}  // namespace formwork::testing
