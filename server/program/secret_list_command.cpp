// formwork secret list: which secrets there are and who uses them, without the secrets themselves.
#include "server/program/store_command.h"

namespace formwork::program {
namespace {

constexpr Option kOptions[] = {kDbOption};

Exit run_secret_list(const Arguments& arguments) {
  return ask_store(arguments["--db"], {.action = "secret list"});
}

}  // namespace

const Command& secret_list_command() {
  static const Command command{"secret list", "List secrets and the webhooks that use them",
                               kOptions, run_secret_list};
  return command;
}

}  // namespace formwork::program
