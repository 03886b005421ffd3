// formwork user list: everybody, with roles and place in the organization.
#include "server/program/store_command.h"

namespace formwork::program {
namespace {

constexpr Option kOptions[] = {kDbOption};

Exit run_user_list(const Arguments& arguments) {
  return ask_store(arguments["--db"], {.action = "user list"});
}

}  // namespace

const Command& user_list_command() {
  static const Command command{"user list", "List users with their roles, managers and teams",
                               kOptions, run_user_list};
  return command;
}

}  // namespace formwork::program
