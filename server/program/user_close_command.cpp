// formwork user close NAME: nobody signs in as it any more, and somebody else gets its tasks.
#include "server/program/store_command.h"

namespace formwork::program {
namespace {

constexpr Option kOptions[] = {
    {.name = "NAME", .value = "NAME", .summary = "the user who leaves", .required = true},
    {.name = "--hand-over-to",
     .value = "NAME",
     .summary = "who gets the open tasks; needed when there are any"},
    kDbOption,
};

Exit run_user_close(const Arguments& arguments) {
  return ask_store(
      arguments["--db"],
      {.action = "user close", .user = arguments["NAME"], .heir = arguments["--hand-over-to"]});
}

}  // namespace

const Command& user_close_command() {
  static const Command command{"user close", "Close the account of a user who leaves", kOptions,
                               run_user_close};
  return command;
}

}  // namespace formwork::program
