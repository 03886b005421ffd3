// formwork user change NAME: another place in the organization. What is not named stays.
#include "server/program/store_command.h"

namespace formwork::program {
namespace {

constexpr Option kOptions[] = {
    {.name = "NAME", .value = "NAME", .summary = "the user", .required = true},
    {.name = "--roles", .value = "ROLE,…", .summary = "all roles from now on; \"\" for none"},
    {.name = "--manager", .value = "NAME", .summary = "whom the user reports to; \"\" for nobody"},
    {.name = "--teams", .value = "TEAM,…", .summary = "all teams from now on; \"\" for none"},
    {.name = "--heads", .value = "TEAM,…", .summary = "all teams led from now on; \"\" for none"},
    {.name = "--email", .value = "ADDRESS", .summary = "where the user gets mail; \"\" for none"},
    kDbOption,
};

Exit run_user_change(const Arguments& arguments) {
  AdminRequest request{.action = "user change", .user = arguments["NAME"]};
  request.roles = arguments.find("--roles");
  request.manager = arguments.find("--manager");
  request.teams = arguments.find("--teams");
  request.heads = arguments.find("--heads");
  request.email = arguments.find("--email");
  if (!request.roles && !request.manager && !request.teams && !request.heads && !request.email) {
    return complain("say what to change: --roles, --manager, --teams, --heads or --email",
                    Exit::WrongUsage);
  }
  return ask_store(arguments["--db"], request);
}

}  // namespace

const Command& user_change_command() {
  static const Command command{"user change", "Change a user's roles, manager, teams and address",
                               kOptions, run_user_change};
  return command;
}

}  // namespace formwork::program
