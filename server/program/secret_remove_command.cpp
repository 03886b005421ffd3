// formwork secret remove NAME: nothing is signed with it any more, nor taken that is.
#include "server/program/store_command.h"

namespace formwork::program {
namespace {

constexpr Option kOptions[] = {
    {.name = "NAME", .value = "NAME", .summary = "as documents name it", .required = true},
    kDbOption,
};

Exit run_secret_remove(const Arguments& arguments) {
  AdminRequest request{.action = "secret remove"};
  request.secret = arguments["NAME"];
  return ask_store(arguments["--db"], request);
}

}  // namespace

const Command& secret_remove_command() {
  static const Command command{"secret remove", "Forget a secret at once", kOptions,
                               run_secret_remove};
  return command;
}

}  // namespace formwork::program
