// formwork clock advance: puts the clock of a server forward that runs for a trial.
#include "server/program/store_command.h"

namespace formwork::program {
namespace {

constexpr Option kOptions[] = {
    {.name = "DURATION",
     .value = "DURATION",
     .summary = "by how much, such as P1D or PT2H30M",
     .required = true},
    kDbOption,
};

Exit run_clock_advance(const Arguments& arguments) {
  return ask_store(arguments["--db"], {.action = "clock advance", .by = arguments["DURATION"]});
}

}  // namespace

const Command& clock_advance_command() {
  static const Command command{"clock advance",
                               "Put the clock of a server forward that was started with --clock",
                               kOptions, run_clock_advance};
  return command;
}

}  // namespace formwork::program
