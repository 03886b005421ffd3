// The `formwork` program: reads the command line, and is the last to catch what broke.
#include <cstdio>
#include <exception>

#include "server/program/command_line.h"

int main(int argc, char** argv) {
  try {
    return static_cast<int>(formwork::program::run(argc, argv));
  } catch (const std::exception& broken) {
    std::fprintf(stderr, "formwork: %s\n", broken.what());
    return static_cast<int>(formwork::program::Exit::EnvironmentAtFault);
  }
}
